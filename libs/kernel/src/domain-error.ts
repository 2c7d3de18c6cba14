/** The one shape of a refusal: what was asked cannot be done, why, and how to mend it, in both languages. */

/** The same sentence in Chinese and in English. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/**
 * What sort of refusal it is: `invalid` input, something `missing`, a `conflict` with what is already there,
 * a deed that is `forbidden` to this person, or a caller who is `unauthenticated` or asks `too-much`.
 */
export type RefusalKind = 'invalid' | 'missing' | 'conflict' | 'forbidden' | 'unauthenticated' | 'too-much';

/** Plain facts of a refusal (codes, amounts as text: JSON has no bigint, positions); safe to show and to log. */
export type Facts = Readonly<Record<string, string | number | boolean | object | null | undefined>>;

/**
 * Base of every refusal. Each subject derives its own classes in its `errors.ts`; the HTTP filter and the CLI know
 * only this one. A broken invariant is never a DomainError: it is an assertion and a bug.
 */
export abstract class DomainError extends Error {
  /** Stable machine code, `subject.reason`, for example `formula.unit-mismatch`. */
  abstract readonly code: string;
  abstract readonly kind: RefusalKind;

  constructor(
    /** What, where, why and how to mend, for a person. */
    readonly text: Bilingual,
    readonly facts: Facts = {},
  ) {
    super(text.en);
    this.name = new.target.name;
  }
}
