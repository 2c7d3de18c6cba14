/** SQL of what corrections left waiting, and of what later settlements took of it. */
import type { Fen } from '@gep/kernel';
import type { EntityManager } from 'typeorm';

/** What a settlement took of what a correction had left. */
export interface Taking {
  readonly settlementId: string;
  readonly party: string;
  readonly territoryPath: string;
  readonly correctionId: string;
  readonly about: string;
  readonly takenFen: Fen;
}

export async function insertTakings(tx: EntityManager, takings: readonly Taking[]): Promise<void> {
  if (takings.length === 0) return;
  await tx.query(
    `insert into settlement.taking (settlement_id, party, territory_path, correction_id, about, taken_fen)
     select * from unnest($1::uuid[], $2::text[], $3::public.ltree[], $4::uuid[], $5::uuid[], $6::bigint[])`,
    [
      takings.map(({ settlementId }) => settlementId),
      takings.map(({ party }) => party),
      takings.map(({ territoryPath }) => territoryPath),
      takings.map(({ correctionId }) => correctionId),
      takings.map(({ about }) => about),
      takings.map(({ takenFen }) => takenFen.toString()),
    ],
  );
}

/** What was taken of corrections of these settlements, by whomever. */
export async function listTakings(tx: EntityManager, abouts: readonly string[]): Promise<Taking[]> {
  const rows = await tx.query<(Omit<Taking, 'takenFen'> & { fen: string })[]>(
    `select settlement_id as "settlementId", party, territory_path::text as "territoryPath", correction_id as "correctionId", about,
       taken_fen as fen
     from settlement.taking where about = any ($1) order by settlement_id, party, correction_id`,
    [abouts],
  );
  return rows.map(({ fen, ...taking }) => ({ ...taking, takenFen: BigInt(fen) }));
}
