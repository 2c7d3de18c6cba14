/** SQL of shadow settlements. Rows are only added: a shadow shows for ever what was planned. */
import type { Fen } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { ShadowMissing } from './errors';
import type { ShadowEntry, ShadowPart } from './shadow';
import type { VirtualFund } from './virtual-fund';

/** A shadow without its entries. */
export interface ShadowHead {
  readonly id: string;
  readonly territoryPath: string;
  readonly name: string;
  readonly planDigest: string;
  readonly runBy: string;
  readonly runName: string;
  readonly runAt: Date;
  /** Ids of the real settlements that it became. */
  readonly settlements: readonly string[] | null;
}

interface Shadow extends ShadowHead {
  readonly entries: readonly ShadowEntry[];
}

const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? each.toString() : each));

export async function insertShadow(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath, name, planDigest, entries }: Omit<Shadow, 'runBy' | 'runName' | 'runAt' | 'settlements'>,
): Promise<void> {
  await tx.query(
    'insert into settlement.shadow (id, territory_path, name, plan_digest, run_name) values ($1, $2, $3, $4, $5)',
    [id, territoryPath, name, planDigest, actor.name],
  );
  for (const [at, entry] of entries.entries()) {
    const { draft, snapshotDigest, ruleEdition, decisionDigest, fundDigest, fund, draws, figures, parts, yearBefore } =
      entry;
    await tx.query(
      `insert into settlement.shadow_entry (shadow_id, entry_no, territory_path, code, draft, snapshot_digest, rule_edition,
         decision_digest, fund_digest, funding, figures, parts, year_before)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[id, at + 1, draft.territoryPath, draft.code, plain(draft), snapshotDigest, ruleEdition, decisionDigest],
        ...[fundDigest, plain({ fund, draws }), plain(figures), plain(parts), yearBefore],
      ],
    );
  }
}

const headColumns = `s.id, s.territory_path::text as "territoryPath", s.name, s.plan_digest as "planDigest", s.run_by as "runBy",
  s.run_name as "runName", s.run_at as "runAt",
  (select p.settlements from settlement.shadow_promotion p where p.shadow_id = s.id) as settlements`;

/** Shadows that the actor sees, the newest first. @param within ltree text */
export async function listShadows(
  tx: EntityManager,
  { within, after, limit }: { readonly within?: string; readonly after?: string; readonly limit: number },
): Promise<ShadowHead[]> {
  return tx.query<ShadowHead[]>(
    `select ${headColumns} from settlement.shadow s where ($1::public.ltree is null or s.territory_path <@ $1)
       and ($2::uuid is null or (s.run_at, s.id) < (select l.run_at, l.id from settlement.shadow l where l.id = $2))
     order by s.run_at desc, s.id desc limit $3`,
    [within ?? null, after ?? null, limit],
  );
}

/** @throws ShadowMissing */
export async function getShadow(tx: EntityManager, id: string): Promise<Shadow> {
  const [head] = /^[0-9a-f-]{36}$/.test(id)
    ? await tx.query<ShadowHead[]>(`select ${headColumns} from settlement.shadow s where s.id = $1`, [id])
    : [];
  if (!head) throw new ShadowMissing(id);
  const rows = await tx.query<EntryRow[]>(
    `select draft, snapshot_digest as "snapshotDigest", rule_edition as "ruleEdition", decision_digest as "decisionDigest",
       fund_digest as "fundDigest", funding, figures, parts, year_before as "yearBefore"
     from settlement.shadow_entry where shadow_id = $1 order by entry_no`,
    [id],
  );
  return { ...head, entries: rows.map(readEntry) };
}

type Text<T> = { readonly [K in keyof T]: T[K] extends Fen ? string : T[K] };
type EntryRow = Omit<ShadowEntry, 'fund' | 'draws' | 'parts'> & {
  readonly funding: {
    readonly fund: Omit<VirtualFund, 'sources'> & { readonly sources: readonly Text<VirtualFund['sources'][number]>[] };
    readonly draws: readonly Text<ShadowEntry['draws'][number]>[];
  };
  readonly parts: readonly Text<ShadowPart>[];
};

function readEntry({ funding: { fund, draws }, parts, ...entry }: EntryRow): ShadowEntry {
  return {
    ...entry,
    fund: { ...fund, sources: fund.sources.map(readFen<VirtualFund['sources'][number]>) },
    draws: draws.map(readFen<ShadowEntry['draws'][number]>),
    parts: parts.map(readFen<ShadowPart>),
  };
}

/** Amounts are kept as decimal text, and every name of one ends in `Fen`. */
const readFen = <T>(row: Text<T>): T =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, key.endsWith('Fen') ? BigInt(value as string) : value]),
  ) as T;

/** False when it was promoted before. */
export async function insertPromotion(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath }: ShadowHead,
  settlements: readonly string[],
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into settlement.shadow_promotion (shadow_id, territory_path, settlements, promoted_name) values ($1, $2, $3, $4)
     on conflict do nothing returning shadow_id`,
    [id, territoryPath, settlements, actor.name],
  );
  return rows.length > 0;
}

/** Does the work and undoes everything that it wrote; what it gives back is kept. */
export async function onFork<T>(tx: EntityManager, work: () => Promise<T>): Promise<T> {
  await tx.query('savepoint shadow_fork');
  const result = await work();
  await tx.query('rollback to savepoint shadow_fork');
  return result;
}
