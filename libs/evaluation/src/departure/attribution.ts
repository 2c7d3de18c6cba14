/** A declared cause: which shares of an effect an auditor puts down to nature, people or method, for which land and service. */
import { Fraction } from '@gep/kernel';
import type { AttributedEffect, CauseShares } from './term-parts';
import { undeclaredShare } from './term-parts';

/** What is declared to be the cause, with the document that shows it. */
export interface AttributionDraft {
  readonly effect: AttributedEffect;
  /** Null: every ecosystem type. */
  readonly type: string | null;
  /** Null: every service. */
  readonly service: string | null;
  /** Exact decimal or fraction text; together at most one. */
  readonly natural: string;
  readonly human: string;
  readonly method: string;
  readonly reason: string;
  readonly documentTitle: string;
  /** SHA-256 of the document. */
  readonly documentDigest: string;
}

/** Shares as they are counted with; undefined when a text is no share or they are more than one together. */
export function sharesOf({
  natural,
  human,
  method,
}: Pick<AttributionDraft, 'natural' | 'human' | 'method'>): CauseShares | undefined {
  const read = [natural, human, method].map((text) => Fraction.parse(text));
  if (read.some((share) => share === undefined || share.compare(Fraction.zero) < 0)) return undefined;
  const shares = { natural: read[0]!, human: read[1]!, method: read[2]! };
  return undeclaredShare(shares).compare(Fraction.zero) < 0 ? undefined : shares;
}

export interface CauseQuestion {
  readonly effect: AttributedEffect;
  readonly type: string | null;
  readonly service: string | null;
}

/**
 * The declaration that speaks of this effect most closely: of the type and the service, else of the type, else of the service,
 * else of the effect as such; of several alike the one declared last.
 * @param declared in the order in which they were declared
 */
export function attributionOf<A extends AttributionDraft>(
  declared: readonly A[],
  { effect, type, service }: CauseQuestion,
): A | undefined {
  const fitting = declared.filter(
    (each) =>
      each.effect === effect &&
      (each.type === null || each.type === type) &&
      (each.service === null || each.service === service),
  );
  const closeness = (each: A): number => (each.type === null ? 0 : 2) + (each.service === null ? 0 : 1);
  const closest = Math.max(...fitting.map(closeness));
  return fitting.findLast((each) => closeness(each) === closest);
}
