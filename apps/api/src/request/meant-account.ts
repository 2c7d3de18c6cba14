/** Which recorded account a request means, as the subjects take it. */

/** Undefined: now. */
export const momentOf = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(text);

interface NamedAccount {
  readonly territory: string;
  readonly period: string;
  readonly norm: string;
  readonly edition?: string;
  readonly asOf?: string;
  readonly published?: boolean;
}

export function meantAccount({ territory, period, norm: id, edition, asOf, published }: NamedAccount) {
  return { territory, period, norm: { id, edition }, asOf: momentOf(asOf), published };
}
