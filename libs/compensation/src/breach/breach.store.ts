/** SQL of breaches of agreements and the measures taken for them. */
import type { Fen } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { BreachMeasure } from './breach-effect';

export interface BreachDraft {
  /** Code of the agreement. */
  readonly agreement: string;
  /** Code of the party in the agreement. */
  readonly party: string;
  readonly finding: string;
  readonly orderedOn: string;
  /** Last day on which the order can be obeyed. */
  readonly correctBy: string;
  readonly documentDigest: string | null;
}

export interface Breach extends BreachDraft {
  readonly id: string;
  readonly territoryPath: string;
  readonly orderedBy: string;
  readonly orderedAt: Date;
}

export async function insertBreach(tx: EntityManager, territoryPath: string, draft: BreachDraft): Promise<string> {
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into compensation.breach (territory_path, agreement, party, finding, ordered_on, correct_by, document_digest)
     values ($1::ltree, $2, $3, $4, $5, $6, $7) returning id`,
    [
      territoryPath,
      draft.agreement,
      draft.party,
      draft.finding,
      draft.orderedOn,
      draft.correctBy,
      draft.documentDigest,
    ],
  );
  return id;
}

export async function listBreaches(
  tx: EntityManager,
  filter: { readonly id?: string; readonly territoryPath?: string; readonly agreement?: string },
): Promise<Breach[]> {
  return tx.query(
    `select id, territory_path::text as "territoryPath", agreement, party, finding, ordered_on::text as "orderedOn",
       correct_by::text as "correctBy", document_digest as "documentDigest", ordered_by as "orderedBy", ordered_at as "orderedAt"
     from compensation.breach
     where ($1::uuid is null or id = $1) and ($2::ltree is null or territory_path = $2::ltree) and ($3::text is null or agreement = $3)
     order by ordered_on, id`,
    [filter.id ?? null, filter.territoryPath ?? null, filter.agreement ?? null],
  );
}

type StoredMeasure = Omit<BreachMeasure, 'state' | 'party'>;

export async function insertBreachMeasure(
  tx: EntityManager,
  {
    breachId,
    kind,
    period,
    until,
    amountFen,
    settlementId,
    territoryPath,
  }: Omit<StoredMeasure, 'id'> & { readonly territoryPath: string },
): Promise<string> {
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into compensation.breach_measure (breach_id, territory_path, kind, period, until, amount_fen, settlement_id)
     values ($1, $2::ltree, $3, $4, $5, $6, $7) returning id`,
    [breachId, territoryPath, kind, period, until, amountFen?.toString() ?? null, settlementId],
  );
  return id;
}

export async function listBreachMeasures(tx: EntityManager, breachIds: readonly string[]): Promise<StoredMeasure[]> {
  const rows = await tx.query<(Omit<StoredMeasure, 'amountFen'> & { amountFen: string | null })[]>(
    `select id, breach_id as "breachId", kind, period, until::text as until, amount_fen as "amountFen", settlement_id as "settlementId"
     from compensation.breach_measure where breach_id = any ($1::uuid[]) order by taken_at, id`,
    [breachIds],
  );
  return rows.map(({ amountFen, ...row }) => ({
    ...row,
    amountFen: amountFen === null ? null : (BigInt(amountFen) as Fen),
  }));
}
