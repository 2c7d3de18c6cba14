/** SQL of written explanations: only ever added. */
import type { EntityManager } from 'typeorm';

/** Which account is meant: all vintages of one territory, period and norm. */
export interface ExplainedAccount {
  readonly territory: string;
  readonly period: string;
  readonly normId: string;
}

export interface FindingExplanation {
  readonly id: string;
  readonly findingKey: string;
  readonly rule: string;
  readonly accountId: string;
  readonly text: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

/** All explanations of an account, the first one first. */
export async function listExplanations(
  tx: EntityManager,
  { territory, period, normId }: ExplainedAccount,
): Promise<FindingExplanation[]> {
  const rows: ExplanationRow[] = await tx.query(
    `SELECT id, finding_key, rule, account_id, explanation, actor_id, actor_name, explained_at
     FROM accounting.finding_explanation
     WHERE territory_code = $1 AND period = $2 AND norm_id = $3 ORDER BY explained_at, id`,
    [territory, period, normId],
  );
  return rows.map(toExplanation);
}

/** @param path ltree text of the territory */
export async function insertExplanation(
  tx: EntityManager,
  { territory, period, normId }: ExplainedAccount,
  path: string,
  { id, findingKey, rule, accountId, text, by }: Omit<FindingExplanation, 'at'>,
): Promise<FindingExplanation> {
  const rows: ExplanationRow[] = await tx.query(
    `INSERT INTO accounting.finding_explanation
       (id, territory_code, period, norm_id, territory_path, finding_key, rule, account_id, explanation, actor_id, actor_name)
     VALUES ($1, $2, $3, $4, $5::public.ltree, $6, $7, $8, $9, $10, $11)
     RETURNING id, finding_key, rule, account_id, explanation, actor_id, actor_name, explained_at`,
    [id, territory, period, normId, path, findingKey, rule, accountId, text, by.id, by.name],
  );
  return toExplanation(rows[0]);
}

interface ExplanationRow {
  id: string;
  finding_key: string;
  rule: string;
  account_id: string;
  explanation: string;
  actor_id: string;
  actor_name: string;
  explained_at: Date;
}

function toExplanation(row: ExplanationRow): FindingExplanation {
  return {
    id: row.id,
    findingKey: row.finding_key,
    rule: row.rule,
    accountId: row.account_id,
    text: row.explanation,
    by: { id: row.actor_id, name: row.actor_name },
    at: row.explained_at,
  };
}
