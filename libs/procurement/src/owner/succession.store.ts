/** SQL of what becomes of owners, of registered shares, and of who reads for whom. */
import { Fraction } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { Company } from '../company/company';
import type { OwnerSuccession } from './claim-share';
import type { HolderShare } from './holder-set';
import type { ShareMovement } from './register';
import type { RegisterDeed } from './register.store';

export const successionKinds = ['merge', 'split', 'succession', 'inheritance'] as const;
export type SuccessionKind = (typeof successionKinds)[number];

export async function insertOwnerSuccession(
  tx: EntityManager,
  company: Company,
  wish: {
    readonly predecessor: string;
    readonly kind: SuccessionKind;
    readonly successors: readonly string[];
    readonly parts: readonly bigint[];
    readonly whole: bigint;
  },
  { on, reason, documentDigest }: RegisterDeed,
): Promise<void> {
  await tx.query(
    `insert into procurement.owner_succession (company_id, predecessor, successor, kind, part, whole, effective_on, reason, document_digest, territory_path)
     select $1::uuid, $2, successor, $3, part, $4, $5::date, $6, $7, $8::public.ltree
     from unnest($9::text[], $10::bigint[]) as given (successor, part)`,
    [
      ...[company.id, wish.predecessor, wish.kind, wish.whole.toString(), on, reason, documentDigest],
      ...[company.territoryPath, wish.successors, wish.parts.map(String)],
    ],
  );
}

/** All that one company has; there are few beside the owners. */
export async function listOwnerSuccessions(tx: EntityManager, companyId: string): Promise<OwnerSuccession[]> {
  const rows = await tx.query<
    { owner: string; on: string; successors: { owner: string; part: string; whole: string }[] }[]
  >(
    `select predecessor as owner, min(effective_on) as on,
       json_agg(json_build_object('owner', successor, 'part', part::text, 'whole', whole::text) order by successor) as successors
     from procurement.owner_succession where company_id = $1 group by predecessor order by predecessor`,
    [companyId],
  );
  return rows.map(({ owner, on, successors }) => ({
    owner,
    effectiveOn: on,
    successors: successors.map((each): HolderShare => ({
      owner: each.owner,
      share: Fraction.of(BigInt(each.part), BigInt(each.whole)),
    })),
  }));
}

/** Shares of an owner on a day. */
export async function sharesHeld(tx: EntityManager, companyId: string, owner: string, on: string): Promise<bigint> {
  const [row] = await tx.query<[{ held: string }]>(
    `select coalesce(sum(case when taker = $2 then shares else -shares end), 0) as held from procurement.share_movement
     where company_id = $1 and (giver = $2 or taker = $2) and effective_on <= $3::date`,
    [companyId, owner, on],
  );
  return BigInt(row.held);
}

export async function insertShareMovements(
  tx: EntityManager,
  company: Company,
  movements: readonly ShareMovement[],
  { on, reason, documentDigest }: RegisterDeed,
): Promise<void> {
  await tx.query(
    `insert into procurement.share_movement (company_id, effective_on, giver, taker, shares, reason, document_digest, territory_path)
     select $1::uuid, $2::date, giver, taker, shares, $3, $4, $5::public.ltree
     from unnest($6::text[], $7::text[], $8::bigint[]) as given (giver, taker, shares)`,
    [
      ...[company.id, on, reason, documentDigest, company.territoryPath],
      ...[movements.map(({ giver }) => giver), movements.map(({ taker }) => taker)],
      movements.map(({ shares }) => shares.toString()),
    ],
  );
}

/** A link that is there already stays as it is. */
export async function insertOwnerLink(
  tx: EntityManager,
  {
    companyId,
    owner,
    userId,
    territoryPath,
  }: {
    readonly companyId: string;
    readonly owner: string;
    readonly userId: string;
    readonly territoryPath: string;
  },
): Promise<void> {
  await tx.query(
    `insert into procurement.owner_link (company_id, owner, held_by, territory_path) values ($1, $2, $3, $4)
     on conflict (company_id, owner, held_by) where ended_at is null do nothing`,
    [companyId, owner, userId, territoryPath],
  );
}

/** @returns whether there was one */
export async function endOwnerLink(
  tx: EntityManager,
  {
    companyId,
    owner,
    userId,
    endedBy,
  }: {
    readonly companyId: string;
    readonly owner: string;
    readonly userId: string;
    readonly endedBy: string;
  },
): Promise<boolean> {
  const [rows] = (await tx.query(
    `update procurement.owner_link set ended_by = $4, ended_at = clock_timestamp()
     where company_id = $1 and owner = $2 and held_by = $3 and ended_at is null returning id`,
    [companyId, owner, userId, endedBy],
  )) as [unknown[], number];
  return rows.length > 0;
}
