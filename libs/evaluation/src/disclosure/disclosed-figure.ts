/** One figure that is told to the public, with all that it rests on. */
import type { Bilingual } from '@gep/kernel';

/** What a figure tells of. */
export const figureKinds = ['account', 'target', 'progress', 'score'] as const;
export type FigureKind = (typeof figureKinds)[number];

/** One public figure with all that it rests on. */
export interface DisclosedFigure {
  /** Its stable name within the territory and year, for example `account.cn-terrestrial.service.waterRetention`. */
  readonly id: string;
  readonly kind: FigureKind;
  readonly name: Bilingual;
  /** Decimal text, or the word of a grade. */
  readonly value: string;
  /** Of the rulebook; `1` for a pure number or a word. */
  readonly unit: string;
  /** Id of the account vintage that it was published with; null where it rests on none. */
  readonly vintage: string | null;
  /** `id edition` of the norm; null where no account is behind it. */
  readonly norm: string | null;
  /** Digest of the account, of the snapshot of a score or of the edition of a plan. */
  readonly digest: string;
  /** Edition of the rule or plan that gave it; null for an account. */
  readonly rule: string | null;
  /** Evidence grade of the weakest value behind it. */
  readonly grade: string;
}
