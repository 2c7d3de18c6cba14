/** SQL of stored rule editions, and of who confirmed, adopted and withdrew them. */
import { periodEnd, type Bilingual, type Period } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { PolicyMechanism, PolicyRule } from '../policy/rule';
import type { Adoption, Confirmation, PolicyEditionRecord } from './adoption';
import { PolicyAmbiguous, PolicyNotInForce } from './errors';
import { adoptionsInForce, choosePolicy, type WantedRule } from './in-force';
import { getPolicyEdition } from './policy-edition.store';

export interface PolicyInForce {
  readonly edition: string;
  readonly rule: PolicyRule;
  readonly adoptionId: string;
  readonly adoption: Adoption;
}

export interface InForceQuestion extends WantedRule {
  readonly territoryPath: string;
  readonly period: Period;
  /** As it was known then; now when absent. */
  readonly knownAt?: Date;
}

/**
 * The rule in force for a period, by the last day of the period: what was adopted from a later day changes nothing before it.
 * An adoption of the territory goes before one of a territory above it.
 * @throws PolicyNotInForce, PolicyAmbiguous
 */
export async function policyInForce(tx: EntityManager, question: InForceQuestion): Promise<PolicyInForce> {
  const { territoryPath, period, id, mechanism, slot } = question;
  const day = periodEnd(period);
  const inForce = await listPoliciesInForce(tx, question);
  const territory = territoryPath.split('.').at(-1)!;
  const found = choosePolicy(inForce, { id, mechanism, slot });
  if (found.length > 1) throw new PolicyAmbiguous(territory, period, found);
  const [adoption] = found;
  if (!adoption) throw new PolicyNotInForce({ id, mechanism, slot }, { territory, period, day }, inForce);
  const { edition } = adoption;
  return { edition, rule: await getPolicyEdition(tx, edition), adoptionId: adoption.id, adoption };
}

/**
 * The rule of a mechanism in force on a day: the nearest place, there the latest adoption that covers the day.
 * @throws PolicyNotInForce, PolicyAmbiguous
 */
export async function policyOnDay(
  tx: EntityManager,
  {
    territoryPath,
    day,
    mechanism,
  }: { readonly territoryPath: string; readonly day: string; readonly mechanism: string },
): Promise<PolicyInForce> {
  const inForce = adoptionsInForce(await listAdoptions(tx, { above: territoryPath }), {
    placePath: territoryPath,
    day,
  });
  const found = choosePolicy(inForce, { mechanism });
  const territory = territoryPath.split('.').at(-1)!;
  if (found.length > 1) throw new PolicyAmbiguous(territory, day, found);
  const [adoption] = found;
  if (!adoption) throw new PolicyNotInForce({ mechanism }, { territory, period: day, day }, inForce);
  return {
    edition: adoption.edition,
    rule: await getPolicyEdition(tx, adoption.edition),
    adoptionId: adoption.id,
    adoption,
  };
}

/** One for each mechanism and slot, those of territories above included. */
export async function listPoliciesInForce(
  tx: EntityManager,
  { territoryPath, period, knownAt }: Pick<InForceQuestion, 'territoryPath' | 'period' | 'knownAt'>,
): Promise<Adoption[]> {
  const adoptions = await listAdoptions(tx, { above: territoryPath });
  return adoptionsInForce(adoptions, { placePath: territoryPath, day: periodEnd(period), knownAt });
}

export interface AdoptionFilter {
  readonly id?: string;
  readonly edition?: string;
  /** Of the territory with this path, and of all above it. */
  readonly above?: string;
}

interface AdoptionRow {
  readonly id: string;
  readonly no: string;
  readonly edition: string;
  readonly policyId: string;
  readonly title: Bilingual;
  readonly mechanism: PolicyMechanism;
  readonly placePath: string;
  readonly slot: string;
  readonly from: string;
  readonly to: string | null;
  readonly reason: string;
  readonly adoptedBy: string;
  readonly adopterName: string;
  readonly adoptedAt: Date;
  readonly proposedBy: string;
  readonly proposerName: string;
  readonly proposedAt: Date;
  readonly confirmationId: string | null;
  readonly confirmationPath: string;
  readonly reasons: readonly Bilingual[];
  readonly statement: string;
  readonly confirmedBy: string;
  readonly confirmerName: string;
  readonly confirmedAt: Date;
  readonly withdrawnFrom: string | null;
  readonly withdrawnReason: string;
  readonly withdrawnBy: string;
  readonly withdrawerName: string;
  readonly withdrawnAt: Date;
}

/** In the order in which they were adopted. */
export async function listAdoptions(tx: EntityManager, filter: AdoptionFilter = {}): Promise<Adoption[]> {
  const { id, edition, above } = filter;
  const rows = (await tx.query(
    `select a.id, a.no, a.edition, e.policy_id as "policyId", e.title, e.mechanism, a.place_path::text as "placePath",
            a.slot, a.valid_from::text as "from", a.valid_to::text as "to", a.reason, a.adopted_by as "adoptedBy",
            a.adopter_name as "adopterName", a.adopted_at as "adoptedAt", e.proposed_by as "proposedBy",
            e.proposer_name as "proposerName", e.proposed_at as "proposedAt", c.id as "confirmationId",
            c.place_path::text as "confirmationPath", c.reasons, c.statement, c.confirmed_by as "confirmedBy",
            c.confirmer_name as "confirmerName", c.confirmed_at as "confirmedAt", w.from_day::text as "withdrawnFrom",
            w.reason as "withdrawnReason", w.withdrawn_by as "withdrawnBy", w.withdrawer_name as "withdrawerName",
            w.withdrawn_at as "withdrawnAt"
     from rulebook.policy_adoption a join rulebook.policy_edition e using (edition)
       left join rulebook.policy_confirmation c on c.id = a.confirmation_id
       left join rulebook.policy_withdrawal w on w.adoption_id = a.id
     where ($1::uuid is null or a.id = $1) and ($2::text is null or a.edition = $2)
       and ($3::public.ltree is null or a.place_path @> $3)
     order by a.no`,
    [id ?? null, edition ?? null, above ?? null],
  )) as AdoptionRow[];
  return rows.map(adoptionOf);
}

const adoptionOf = (row: AdoptionRow): Adoption => ({
  ...{ id: row.id, no: Number(row.no), edition: row.edition, policyId: row.policyId, title: row.title },
  ...{ mechanism: row.mechanism, placePath: row.placePath, slot: row.slot, from: row.from, to: row.to },
  reason: row.reason,
  adopted: { by: row.adoptedBy, name: row.adopterName, at: row.adoptedAt },
  proposed: { by: row.proposedBy, name: row.proposerName, at: row.proposedAt },
  confirmation: row.confirmationId === null ? null : confirmationOf({ ...row, id: row.confirmationId }),
  withdrawal:
    row.withdrawnFrom === null
      ? null
      : {
          ...{ from: row.withdrawnFrom, reason: row.withdrawnReason },
          ...{ by: row.withdrawnBy, name: row.withdrawerName, at: row.withdrawnAt },
        },
});

type ConfirmationRow = Pick<
  AdoptionRow,
  'edition' | 'confirmationPath' | 'reasons' | 'statement' | 'confirmedBy' | 'confirmerName' | 'confirmedAt'
> & { readonly id: string };

const confirmationOf = (row: ConfirmationRow): Confirmation => ({
  ...{ id: row.id, edition: row.edition, placePath: row.confirmationPath },
  ...{ reasons: row.reasons, statement: row.statement },
  ...{ by: row.confirmedBy, name: row.confirmerName, at: row.confirmedAt },
});

/** Records an edition; one that is there already stays as it is. @returns whether it was new */
export async function insertPolicyEdition(tx: EntityManager, rule: PolicyRule, { name }: Actor): Promise<boolean> {
  const { edition, id, mechanism, title, content, file, units } = rule;
  const inserted = (await tx.query(
    `insert into rulebook.policy_edition (edition, policy_id, mechanism, title, content, file, units, proposer_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (edition) do nothing returning edition`,
    [edition, id, mechanism, ...[title, content, file, units.definitions].map(asJson), name],
  )) as unknown[];
  return inserted.length > 0;
}

/** What is text already stays as it is. */
const asJson = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export interface EditionFilter {
  readonly edition?: string;
  readonly policyId?: string;
  readonly after?: readonly [policyId: string, edition: string];
  readonly limit?: number;
}

/** By rule, then by digest. */
export async function listPolicyEditions(
  tx: EntityManager,
  filter: EditionFilter = {},
): Promise<PolicyEditionRecord[]> {
  const { edition, policyId, after, limit } = filter;
  const rows = (await tx.query(
    `select edition, policy_id as "policyId", mechanism, title, proposed_by as "by", proposer_name as "name", proposed_at as "at"
     from rulebook.policy_edition
     where ($1::text is null or edition = $1) and ($2::text is null or policy_id = $2)
       and ($3::text is null or (policy_id, edition) > ($3, $4::text))
     order by policy_id, edition limit $5`,
    [edition ?? null, policyId ?? null, after?.[0] ?? null, after?.[1] ?? null, limit ?? null],
  )) as (Omit<PolicyEditionRecord, 'proposed'> & PolicyEditionRecord['proposed'])[];
  return rows.map(({ by, name, at, ...row }) => ({ ...row, proposed: { by, name, at } }));
}

/** Of an edition, for the territory with this path or one above it; the latest first. */
export async function listConfirmations(
  tx: EntityManager,
  edition: string,
  above: string | null = null,
): Promise<Confirmation[]> {
  const rows = (await tx.query(
    `select id, edition, place_path::text as "confirmationPath", reasons, statement, confirmed_by as "confirmedBy",
            confirmer_name as "confirmerName", confirmed_at as "confirmedAt"
     from rulebook.policy_confirmation
     where edition = $1 and ($2::public.ltree is null or place_path @> $2) order by confirmed_at desc, id`,
    [edition, above],
  )) as ConfirmationRow[];
  return rows.map(confirmationOf);
}

/** Who adopts or withdraws at one place waits for whoever does so there now. */
export async function lockPlace(tx: EntityManager, placePath: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('rulebook.adoption ' || $1, 0))`, [placePath]);
}

/** Today in Beijing, the legal time of the territories. */
export async function today(tx: EntityManager): Promise<string> {
  const [row] = (await tx.query(`select (clock_timestamp() at time zone 'Asia/Shanghai')::date::text as day`)) as [
    { day: string },
  ];
  return row.day;
}

export async function insertConfirmation(
  tx: EntityManager,
  { name }: Actor,
  draft: Pick<Confirmation, 'edition' | 'placePath' | 'reasons' | 'statement'>,
): Promise<string> {
  const { edition, placePath, reasons, statement } = draft;
  return insertOne(
    tx,
    `insert into rulebook.policy_confirmation (edition, place_path, reasons, statement, confirmer_name)
     values ($1, $2, $3, $4, $5) returning id`,
    [edition, placePath, JSON.stringify(reasons), statement, name],
  );
}

export interface AdoptionDraft extends Pick<Adoption, 'edition' | 'placePath' | 'slot' | 'from' | 'to' | 'reason'> {
  readonly confirmationId: string | null;
}

export async function insertAdoption(tx: EntityManager, { name }: Actor, draft: AdoptionDraft): Promise<string> {
  const { edition, placePath, slot, from, to, reason, confirmationId } = draft;
  return insertOne(
    tx,
    `insert into rulebook.policy_adoption
       (edition, place_path, slot, valid_from, valid_to, reason, confirmation_id, adopter_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [edition, placePath, slot, from, to, reason, confirmationId, name],
  );
}

export async function insertWithdrawal(
  tx: EntityManager,
  { name }: Actor,
  { id, placePath }: Adoption,
  { from, reason }: { readonly from: string; readonly reason: string },
): Promise<void> {
  await tx.query(
    `insert into rulebook.policy_withdrawal (adoption_id, place_path, from_day, reason, withdrawer_name)
     values ($1, $2, $3, $4, $5)`,
    [id, placePath, from, reason, name],
  );
}

async function insertOne(tx: EntityManager, sql: string, values: readonly unknown[]): Promise<string> {
  const [row] = (await tx.query(sql, [...values])) as [{ id: string }];
  return row.id;
}
