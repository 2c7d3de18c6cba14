/** What each unit said last of a draft. */
import type { PlanReply } from './plan-edition';

type Said = Pick<PlanReply, 'unit' | 'versionNo' | 'answer'>;

/** The last reply of each unit, by unit. @param replies in the order in which they came */
export function standingReplies<T extends Said>(replies: readonly T[]): T[] {
  const last = new Map(replies.map((reply) => [reply.unit, reply]));
  return [...last.values()].sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

/** Units that never answered, and units whose counter-proposal is about the version that stands. */
export function unheardUnits<T extends Said>(
  units: readonly string[],
  replies: readonly T[],
  versionNo: number,
): { readonly silent: readonly string[]; readonly countered: readonly string[] } {
  const standing = standingReplies(replies);
  return {
    silent: units.filter((unit) => !standing.some((reply) => reply.unit === unit)),
    countered: standing
      .filter((reply) => reply.answer === 'countered' && reply.versionNo === versionNo)
      .map(({ unit }) => unit),
  };
}
