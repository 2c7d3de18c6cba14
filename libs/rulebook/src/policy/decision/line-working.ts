/** How a line came from the figures: the expression of the rule, its exact value, what it was a part of, and the rounding. Pure. */
import { allocate, Fraction, type Bilingual } from '@gep/kernel';
import { sumFractions } from '../expression/exact-numbers';
import type { InputUnit, Place, PolicyBook } from '../expression/place';
import type { NumberExpression } from '../expression/value';
import type { PolicyRule, Rounding, RulePayment } from '../rule';
import { groupUnits } from './entitlement';
import type { PaidLine, PaidPayment } from './paid';
import { paidAt } from './pay';

/** An expression as the rule writes it, with its exact value (a decimal, or a fraction that has none) in its unit. */
export interface WorkedValue {
  readonly expression: string;
  readonly value: string;
  readonly unit: string;
}

/** One weight of a pool: exactly `pool × weight ÷ sum` is the share of the unit before bounds and rounding. */
export interface WorkedShare {
  readonly code: string;
  readonly weight: WorkedValue;
  readonly sum: string;
  /** What is shared out by this weight. */
  readonly poolFen: bigint;
  /** Yuan; none where all weights are zero. */
  readonly exactYuan?: string;
}

export type Working =
  | {
      readonly kind: 'amount';
      /** One, or one for each row that counts. */
      readonly amounts: readonly (WorkedValue & { readonly row?: number; readonly period?: string })[];
    }
  | {
      readonly kind: 'pool';
      readonly pool: WorkedValue;
      /** The word whose units share the pool; empty where all do. */
      readonly group: string;
      /** Where the groups share one pool: by what, and the part of this group. */
      readonly ofGroup?: { readonly expression: string; readonly poolFen: bigint };
      readonly units: number;
      readonly shares: readonly WorkedShare[];
      readonly floor?: WorkedValue;
      readonly cap?: WorkedValue;
      readonly leftover: string;
    }
  | {
      readonly kind: 'bands';
      readonly by: readonly WorkedValue[];
      readonly rank: number | null;
      readonly ranked: number;
      readonly bands: readonly (WorkedValue & { readonly first: number; readonly last: number })[];
      readonly ties: string;
    };

export type LineWorking = Working & {
  readonly payment: string;
  readonly name: Bilingual;
  readonly unit: string;
  readonly rounding: Rounding;
  readonly entitledFen: bigint;
};

/**
 * Of every line of these units, in the order of the rule. The values are those by which the lines were decided: the same
 * expressions at the same places of the same book.
 * @param book as it was decided by
 * @throws EvaluationFault, where the period cannot be decided
 */
export function lineWorkings(
  rule: PolicyRule,
  book: PolicyBook,
  period: string,
  units: ReadonlySet<string>,
): LineWorking[] {
  const at = book.byPeriod.get(period);
  if (!at) return [];
  const place = { book, period: at };
  return rule.payments.flatMap((payment) => {
    const paid = paidAt(payment, rule.parties, place);
    const { code, name, rounding } = payment;
    const tell = workingOf(payment, paid, place);
    return paid.lines
      .filter(({ unit }) => units.has(unit))
      .map((line) => ({
        ...{ payment: code, name, unit: line.unit, rounding, entitledFen: line.entitledFen },
        ...tell(line, { ...place, unit: at.byCode.get(line.unit) }),
      }));
  });
}

type Tell = (line: PaidLine, at: Place) => Working;
type PoolPayment = Extract<RulePayment, { kind: 'pool' }>;

function workingOf(payment: RulePayment, paid: PaidPayment, place: Place): Tell {
  if (payment.kind === 'pool') return sharesOf(payment, paid, place);
  if (payment.kind === 'amount') {
    const { amount } = payment;
    return ({ parts }, at) => ({
      kind: 'amount',
      amounts: parts
        ? parts.map(({ row, period }) => {
            const here = { ...at, row: at.unit!.rows.find((one) => one.row === row) };
            return { ...worked(amount, here), row, period };
          })
        : [worked(amount, at)],
    });
  }
  const { by, ties, bands } = payment;
  const ranked = paid.lines.filter(({ rank }) => rank !== undefined).length;
  const each = bands.map(({ first, last, each: award }) => ({ ...worked(award, place), first, last }));
  return ({ rank = null }, at) => ({
    ...{ kind: 'bands', ties, rank, ranked, bands: each },
    by: by.map((one) => worked(one, at)),
  });
}

interface GroupSums {
  readonly units: number;
  /** Of each factor, in the order of the rule. */
  readonly sums: readonly Fraction[];
}

function sharesOf(payment: PoolPayment, paid: PaidPayment, place: Place): Tell {
  const { pool, groups: parted, factors, floor, cap, leftover, within, when, rounding } = payment;
  const sums = new Map<string, GroupSums>();
  const sumsOf = (word: string, units: readonly InputUnit[]): GroupSums => {
    const known = sums.get(word);
    if (known) return known;
    const places = units.map((unit) => ({ ...place, unit })).filter((at) => !when || (when.run(at) as boolean));
    const of = factors.map(({ weight }) => sumFractions(places.map((at) => weight.run(at) as Fraction)));
    const made = { units: places.length, sums: of };
    sums.set(word, made);
    return made;
  };
  const groups = groupUnits(within, place);
  return (_line, at) => {
    const group = within ? (within.run(at) as string) : '';
    const { units, sums: of } = sumsOf(group, groups.get(group) ?? []);
    const wholeFen = (within ? paid.groups?.[group]?.poolFen : paid.poolFen) ?? 0n;
    const factorParts = factors.map(({ code, share }) => ({ code, weight: share.run(place) as Fraction }));
    const parts = allocate(wholeFen / rounding.fen, factorParts);
    return {
      ...{ kind: 'pool', group, units, leftover, pool: worked(pool, at) },
      ...(parted && { ofGroup: { expression: parted.text ?? '', poolFen: wholeFen } }),
      shares: factors.map(({ code, weight }, index) => {
        const sum = of[index];
        const poolFen = parts.get(code)! * rounding.fen;
        const own = weight.run(at) as Fraction;
        const exact = sum.numerator === 0n ? undefined : Fraction.of(poolFen, 100n).times(own).dividedBy(sum);
        return {
          ...{ code, weight: worked(weight, at), sum: sum.toExactText(), poolFen },
          ...(exact && { exactYuan: exact.toExactText() }),
        };
      }),
      ...(floor && { floor: worked(floor, at) }),
      ...(cap && { cap: worked(cap, at) }),
    };
  };
}

function worked(expression: NumberExpression, at: Place): WorkedValue {
  const value = expression.run(at) as Fraction;
  return { expression: expression.text ?? '', value: value.toExactText(), unit: expression.type.unit.text };
}
