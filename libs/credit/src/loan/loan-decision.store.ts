/** SQL of what records decided about loans. */
import type { Fen } from '@gep/kernel';
import type { CreditLoanDecision, CreditLoanWish } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import type { SubjectRow } from '../subject/subject.store';

/** On what a decision rests. */
export interface LoanBasis {
  readonly consentId: string;
  readonly edition: string;
  readonly asOf: string;
  readonly score: string;
  readonly grade: string | null;
}

/** A decision as it was told to whoever asked. */
export interface LoanDecisionRow extends LoanBasis, CreditLoanWish, CreditLoanDecision {
  readonly id: string;
  readonly subjectId: string;
  readonly askedAt: Date;
}

/** @returns its id */
export async function insertLoanDecision(
  tx: EntityManager,
  { id, territoryPath }: SubjectRow,
  { consentId, edition, asOf, score, grade }: LoanBasis,
  { wish, decision }: { readonly wish: CreditLoanWish; readonly decision: CreditLoanDecision },
): Promise<string> {
  const [made] = await tx.query<[{ id: string }]>(
    `insert into credit.loan_decision (subject_id, territory_path, consent_id, edition, as_of, score, grade, kind, amount_fen, months,
       pledge_signed, open, most_fen, most_months, obstacles)
     values ($1, $2::ltree, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning id`,
    [
      ...[id, territoryPath, consentId, edition, asOf, score, grade, wish.kind, wish.amountFen, wish.months],
      ...[wish.pledgeSigned, decision.open, decision.mostFen, decision.mostMonths, decision.obstacles],
    ],
  );
  return made.id;
}

type Stored = Omit<LoanDecisionRow, 'amountFen' | 'mostFen'> & { readonly amountFen: string; readonly mostFen: string };

/** What a credit user was told, the latest first. */
export async function listLoanDecisions(
  tx: EntityManager,
  { askedBy, limit }: { readonly askedBy: string; readonly limit: number },
): Promise<LoanDecisionRow[]> {
  const rows = await tx.query<Stored[]>(
    `select id, subject_id as "subjectId", consent_id as "consentId", edition, as_of as "asOf", trim_scale(score)::text as score, grade,
       kind, amount_fen as "amountFen", months, pledge_signed as "pledgeSigned", open, most_fen as "mostFen", most_months as "mostMonths",
       obstacles, asked_at as "askedAt"
     from credit.loan_decision where asked_by = $1 order by asked_at desc, id limit $2`,
    [askedBy, limit],
  );
  return rows.map(({ amountFen, mostFen, ...row }) => ({
    ...row,
    amountFen: fenOf(amountFen),
    mostFen: fenOf(mostFen),
  }));
}

const fenOf = (text: string): Fen => BigInt(text);
