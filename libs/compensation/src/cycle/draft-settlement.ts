/** Makes from the terms of an agreement and the figures of a period what is handed in to be settled. */
import { type Fen, formatYuan, Fraction, type Period, roundToFen, unitValue } from '@gep/kernel';
import type { AdvanceTerm, AgreementTerms } from '../agreement/agreement-terms';
import { DeedNotAgreed } from '../errors';

/** The rule that pays what an agreement names. */
export const advancePlan = 'advance-plan';
/** The rule by which a party owes what was cut for a breach. */
export const breachCut = 'breach-cut';

/** Rule party → party of the book, and unit → party of the book. */
export function partiesOf({ parties, fund }: AgreementTerms): {
  readonly parties: Record<string, string>;
  readonly partyOfUnit: Record<string, string>;
} {
  const named = parties.flatMap(({ rule, book }) => (rule === null ? [] : [[rule, book] as const]));
  const units = parties.flatMap(({ units: own, book }) => own.map((unit) => [unit, book] as const));
  // Rules about the agreement itself (advances, cuts) call its fund so.
  return {
    parties: { agreementFund: `fund:${fund.code}`, ...Object.fromEntries(named) },
    partyOfUnit: Object.fromEntries(units),
  };
}

/** Name for ever of a settlement of the agreement; a later one of the period has a number behind it. */
export function settlementCode(agreement: string, period: Period, what: string, earlier: number): string {
  const code = `${agreement}-${period.toLowerCase()}-${what}`;
  return earlier === 0 ? code : `${code}-${earlier + 1}`;
}

/** What the last settlement gave each unit, in fen. */
export type LastSettled = ReadonlyMap<string, Fen>;

/**
 * Yuan of an advance for each unit; nothing for those with nothing.
 * @throws DeedNotAgreed when a share is of nothing
 */
export function planAdvance(terms: AgreementTerms, advance: AdvanceTerm, last: LastSettled): Map<string, string> {
  if (advance.by === 'amounts') return new Map(Object.entries(advance.amounts));
  const share = Fraction.parse(advance.share!)!;
  const planned = terms.parties
    .flatMap(({ units }) => units)
    .map((unit): [string, Fen] => [unit, shareOf(last.get(unit) ?? 0n, share)])
    .filter(([, fen]) => fen > 0n);
  if (planned.length === 0)
    throw new DeedNotAgreed(terms.code, {
      zh: `预付 ${advance.code} 是上次结算额的份额，而此前没有结算；首期请用 amounts 写明金额`,
      en: `the advance ${advance.code} is a share of what was last settled, and nothing was; give amounts for the first period`,
    });
  return new Map(planned.map(([unit, fen]) => [unit, formatYuan(fen)]));
}

/** Rounded to the fen once, half away from zero. */
const shareOf = (fen: Fen, share: Fraction): Fen =>
  roundToFen(1, unitValue(share.times(Fraction.parse(formatYuan(fen))!)));

/** Yuan of a column of the whole, with what earlier pools could not give. @throws DeedNotAgreed when the column has no number */
export function withCarried(terms: AgreementTerms, carriedFen: Fen): Readonly<Record<string, string>> {
  const { carryInto, totals, code } = terms;
  if (carryInto === null || carriedFen === 0n) return totals;
  const agreed = Fraction.parse(totals[carryInto] ?? '');
  if (!agreed)
    throw new DeedNotAgreed(code, {
      zh: `结转应加到 totals 的“${carryInto}”，而其中没有以元计的数`,
      en: `what is carried is added to "${carryInto}" of totals, which has no number of yuan`,
    });
  return { ...totals, [carryInto]: agreed.plus(Fraction.parse(formatYuan(carriedFen))!).toExactText() };
}

/** The day on which an advance falls due. */
export const dueDayOf = ({ day }: AdvanceTerm, period: Period): string => `${period.slice(0, 4)}-${day}`;
