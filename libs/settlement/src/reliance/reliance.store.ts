/** SQL of the reliance register: rows are added with the deed, and asked for from below. */
import type { EntityManager } from 'typeorm';
import type { Dependent, Reliance, RelianceEnd } from './reliance';

/** Notes what was relied on, in the transaction of the deed. A row that is there already is not noted again. */
export async function noteReliances(tx: EntityManager, rows: readonly Reliance[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into settlement.reliance (dependent_kind, dependent_id, figure, account_id, disclosure_id, upstream_kind, upstream_id,
       amount_fen, territory_path, upstream_territory, period)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::bigint[],
       $9::public.ltree[], $10::text[], $11::text[])
     on conflict do nothing`,
    [
      rows.map(({ dependent }) => dependent.kind),
      rows.map(({ dependent }) => dependent.id),
      rows.map(({ figure }) => figure),
      rows.map(({ accountId }) => accountId),
      rows.map(({ disclosureId }) => disclosureId),
      rows.map(({ upstream }) => upstream?.kind ?? null),
      rows.map(({ upstream }) => upstream?.id ?? null),
      rows.map(({ amountFen }) => amountFen.toString()),
      rows.map(({ territoryPath }) => territoryPath),
      rows.map(({ upstreamTerritory }) => upstreamTerritory),
      rows.map(({ period }) => period),
    ],
  );
}

/**
 * Everything that rests on a vintage or a result, directly or through others: settlement, payment, dividend. A figure that
 * is reached on several ways stands once, by the shortest; nearest first.
 */
export async function listDependents(
  tx: EntityManager,
  of: { readonly accountId: string } | { readonly upstream: RelianceEnd },
): Promise<Dependent[]> {
  const found = new Map<string, Dependent>();
  const asked = new Map<string, RelianceEnd>();
  const keyOf = ({ kind, id }: RelianceEnd): string => `${kind} ${id}`;
  const first = 'upstream' in of ? [of.upstream] : [];
  for (const end of first) asked.set(keyOf(end), end);
  let rows = 'accountId' in of ? await restingOnAccount(tx, of.accountId) : await restingOn(tx, first);
  for (let steps = 1; rows.length > 0; steps++) {
    const next = new Map<string, RelianceEnd>();
    for (const row of rows) {
      const key = `${keyOf(row.dependent)} ${row.figure}`;
      if (!found.has(key)) found.set(key, { ...row, steps });
      if (!asked.has(keyOf(row.dependent))) next.set(keyOf(row.dependent), row.dependent);
    }
    for (const [key, end] of next) asked.set(key, end);
    rows = await restingOn(tx, [...next.values()]);
  }
  return [...found.values()];
}

type FoundRow = Omit<Dependent, 'steps'>;

const restingOnAccount = (tx: EntityManager, accountId: string): Promise<FoundRow[]> =>
  select(tx, 'account_id = $1::uuid', [accountId]);

async function restingOn(tx: EntityManager, ends: readonly RelianceEnd[]): Promise<FoundRow[]> {
  if (ends.length === 0) return [];
  const asked = '(upstream_kind, upstream_id) in (select * from unnest($1::text[], $2::text[]))';
  return select(tx, asked, [ends.map(({ kind }) => kind), ends.map(({ id }) => id)]);
}

async function select(tx: EntityManager, condition: string, values: unknown[]): Promise<FoundRow[]> {
  const rows = await tx.query<SelectedRow[]>(
    `select dependent_kind as "dependentKind", dependent_id as "dependentId", figure, account_id as "accountId",
       upstream_kind as "upstreamKind", upstream_id as "upstreamId", amount_fen as "amountFen",
       territory_path::text as "territoryPath", upstream_territory as "upstreamTerritory", period
     from settlement.reliance where ${condition}
     order by territory_path, dependent_kind, dependent_id, figure, noted_at, id`,
    values,
  );
  return rows.map(({ dependentKind, dependentId, upstreamKind, upstreamId, amountFen, ...row }) => ({
    ...row,
    dependent: { kind: dependentKind, id: dependentId },
    upstream: upstreamKind === null || upstreamId === null ? null : { kind: upstreamKind, id: upstreamId },
    amountFen: BigInt(amountFen),
  }));
}

type SelectedRow = Omit<FoundRow, 'dependent' | 'upstream' | 'amountFen'> & {
  dependentKind: string;
  dependentId: string;
  upstreamKind: string | null;
  upstreamId: string | null;
  amountFen: string;
};
