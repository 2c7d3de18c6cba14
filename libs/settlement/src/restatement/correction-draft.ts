/** The drafts that a restatement leads to: a correction of what was paid, and a new version of what was not. */
import type { SettlementDraft, SettlementKind } from '../draft/settlement-draft';

/** What of a settlement its correction starts from. */
export interface Corrected {
  readonly id: string;
  readonly draft: SettlementDraft;
  /** The rule that it was decided by; its correction is decided by the same. */
  readonly ruleEdition: string;
}

/**
 * The same units, columns, parties and rule over the accounts as they are published now. It goes to money on the general way,
 * whichever mechanism the settlement came from.
 * @param taken codes that are in use in the territory
 */
export function correctionOf(
  { id, draft, ruleEdition }: Corrected,
  kind: SettlementKind,
  taken: readonly string[],
): SettlementDraft {
  const { gatedBy: _, ...rest } = draft;
  const policy = { ...draft.policy, edition: ruleEdition };
  return { ...rest, code: numbered(draft.code, 'c', taken), kind, policy, about: id };
}

/** The same draft under the next number, for a settlement that nobody was paid by. */
export function nextVersionOf({ draft, ruleEdition }: Corrected, taken: readonly string[]): SettlementDraft {
  const base = draft.code.replace(/\.v\d+$/, '');
  const policy = { ...draft.policy, edition: ruleEdition };
  return { ...draft, code: numbered(base, 'v', [base, ...taken]), policy };
}

/** `code.c1`, `code.c2`, …; versions begin with 2. */
function numbered(code: string, letter: 'c' | 'v', taken: readonly string[]): string {
  for (let no = letter === 'v' ? 2 : 1; ; no++) {
    const ending = `.${letter}${no}`;
    const name = `${code.slice(0, 80 - ending.length)}${ending}`;
    if (!taken.includes(name)) return name;
  }
}

/** The name of what a correction does. */
export function kindOfCorrection(
  parts: readonly { readonly claimFen: bigint; readonly billFen: bigint; readonly clawbackFen: bigint }[],
  way: SettlementDraft['trueUp']['way'],
): 'supplement' | 'clawback' | 'true-up' {
  const up = parts.some(({ claimFen }) => claimFen > 0n);
  const down = parts.some(({ billFen, clawbackFen }) => billFen + clawbackFen > 0n);
  if (up && !down && way === 'supplement') return 'supplement';
  return down && !up ? 'clawback' : 'true-up';
}
