/** SQL of figures that no account gives: each with the body and the document that it comes from. */
import type { Fen } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { TargetMissing } from '../errors';

/** A figure as a department supplied it. */
export interface OutsideFigure {
  readonly id: string;
  readonly territory: string;
  readonly territoryPath: string;
  readonly measure: 'gdp';
  readonly year: number;
  /** Year of its prices; null: those of its own year. */
  readonly pricesOf: string | null;
  readonly valueFen: Fen;
  readonly suppliedByBody: string;
  readonly supplierPath: string;
  readonly document: string;
  readonly documentDigest: string;
  readonly suppliedByName: string;
  readonly suppliedAt: Date;
}

const columns = `f.id, f.territory, f.territory_path::text as "territoryPath", f.measure, f.year, f.prices_of as "pricesOf",
  f.value_fen as "valueFen", f.supplied_by_body as "suppliedByBody", f.supplier_path::text as "supplierPath", f.document,
  f.document_digest as "documentDigest", f.supplied_by_name as "suppliedByName", f.supplied_at as "suppliedAt"`;

type FigureRow = Omit<OutsideFigure, 'valueFen'> & { valueFen: string };
const figureOf = (row: FigureRow): OutsideFigure => ({ ...row, valueFen: BigInt(row.valueFen) });

export async function insertFigure(
  tx: EntityManager,
  { name }: Actor,
  figure: Omit<OutsideFigure, 'id' | 'suppliedByName' | 'suppliedAt'>,
): Promise<string> {
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into evaluation.outside_figure (territory, territory_path, measure, year, prices_of, value_fen, supplied_by_body,
       supplier_path, document, document_digest, supplied_by_name)
     values ($1, $2::ltree, $3, $4, $5, $6, $7, $8::ltree, $9, $10, $11) returning id`,
    [
      ...[figure.territory, figure.territoryPath, figure.measure, figure.year, figure.pricesOf],
      ...[figure.valueFen.toString(), figure.suppliedByBody, figure.supplierPath, figure.document],
      ...[figure.documentDigest, name],
    ],
  );
  return id;
}

/** @throws TargetMissing */
export async function getFigure(tx: EntityManager, id: string): Promise<OutsideFigure> {
  const [row] = await tx.query<FigureRow[]>(`select ${columns} from evaluation.outside_figure f where f.id = $1`, [id]);
  if (!row) throw new TargetMissing({ zh: '外来数据', en: 'figure from outside' }, id);
  return figureOf(row);
}

export interface FigureFilter {
  readonly within?: string;
  readonly territory?: string;
  readonly year?: number;
  readonly limit: number;
  readonly after?: string;
}

/** Figures that the actor may see, by id. */
export async function listFigures(tx: EntityManager, filter: FigureFilter): Promise<OutsideFigure[]> {
  const rows = await tx.query<FigureRow[]>(
    `select ${columns} from evaluation.outside_figure f
     where ($1::ltree is null or f.territory_path <@ $1::ltree) and ($2::text is null or f.territory = $2)
       and ($3::int is null or f.year = $3) and ($4::uuid is null or f.id > $4) order by f.id limit $5`,
    [filter.within ?? null, filter.territory ?? null, filter.year ?? null, filter.after ?? null, filter.limit],
  );
  return rows.map(figureOf);
}

/** All that was supplied of one figure, the latest first. */
export async function listSupplied(
  tx: EntityManager,
  of: Pick<OutsideFigure, 'territory' | 'measure' | 'year' | 'pricesOf'>,
): Promise<OutsideFigure[]> {
  const rows = await tx.query<FigureRow[]>(
    `select ${columns} from evaluation.outside_figure f
     where f.territory = $1 and f.measure = $2 and f.year = $3 and f.prices_of is not distinct from $4 order by f.figure_no desc`,
    [of.territory, of.measure, of.year, of.pricesOf],
  );
  return rows.map(figureOf);
}
