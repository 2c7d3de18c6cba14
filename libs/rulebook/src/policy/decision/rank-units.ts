/** Ranks eligible units and gives each the award of its rank; equal ones by the rule for ties. */
import { allocate, Fraction, sumFen } from '@gep/kernel';
import { whereOf, type InputUnit, type Place } from '../expression/place';
import { EvaluationFault } from '../expression/value';
import type { RulePayment } from '../rule';
import { eachUnit } from './entitlement';
import type { PaidLine } from './paid';

type Bands = Extract<RulePayment, { kind: 'bands' }>;

interface Ranked {
  readonly code: string;
  readonly numbers: readonly Fraction[];
}

/** @param amounts award in fen of rank 1, 2, … */
export function rankUnits(
  payment: Bands,
  place: Place,
  amounts: readonly bigint[],
  units: readonly InputUnit[],
): Map<string, Pick<PaidLine, 'entitledFen' | 'rank'>> {
  const ranked = eligibleOf(payment, place, units).sort((a, b) => compareRanked(b, a));
  const found = new Map<string, Pick<PaidLine, 'entitledFen' | 'rank'>>();
  for (let at = 0; at < ranked.length;) {
    let end = at + 1;
    while (end < ranked.length && compareRanked(ranked[end], ranked[at]) === 0) end += 1;
    const tied = ranked.slice(at, end).map(({ code }) => code);
    const awards = amounts.slice(at, end);
    for (const [code, entitledFen] of shareTie(payment, place, tied, awards))
      found.set(code, { entitledFen, rank: at + 1 });
    at = end;
  }
  return found;
}

function eligibleOf({ by, when }: Bands, place: Place, units: readonly InputUnit[]): Ranked[] {
  const eligible: Ranked[] = [];
  eachUnit(
    place,
    (unit, at) => {
      if (!when || (when.run(at) as boolean))
        eligible.push({ code: unit.code, numbers: by.map((one) => one.run(at) as Fraction) });
    },
    units,
  );
  return eligible;
}

function compareRanked(a: Ranked, b: Ranked): number {
  for (const [at, number] of a.numbers.entries()) {
    const order = number.compare(b.numbers[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function shareTie(
  { ties, code, rounding }: Bands,
  place: Place,
  tied: readonly string[],
  awards: readonly bigint[],
): Map<string, bigint> {
  const all = (fen: bigint): Map<string, bigint> => new Map(tied.map((one) => [one, fen]));
  if (tied.length === 1) return all(awards[0] ?? 0n);
  const differ = awards.length < tied.length ? awards.length > 0 : new Set(awards).size > 1;
  if (!differ) return all(awards[0] ?? 0n);
  if (ties === 'upper') return all(awards[0]);
  if (ties === 'lower') return all(awards.length < tied.length ? 0n : awards.at(-1)!);
  if (ties === 'share') {
    const steps = allocate(
      sumFen(awards) / rounding.fen,
      tied.map((one) => ({ code: one, weight: Fraction.one })),
    );
    return new Map([...steps].map(([one, part]) => [one, part * rounding.fen]));
  }
  throw new EvaluationFault(
    'policy.tie',
    {
      zh: `“${code}”：${tied.join('、')} 并列于两档之间`,
      en: `"${code}": ${tied.join(', ')} are tied across two bands`,
    },
    {
      zh: '请在 by 中加一个分先后的量，或写 ties: share（平分）',
      en: 'add a second quantity to by that decides, or write ties: share',
    },
    whereOf(place),
  );
}
