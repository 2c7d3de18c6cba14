/** What a unit is to reach of an indicator: its base with what that rests on, and its milestones. */
import { assert, type Fen, Fraction } from '@gep/kernel';
import { type Milestone, milestonesOf, grownFen, roundedFen } from './milestones';
import { isAdditive, type PlanTerms, type TargetEntry, type TargetMeasure } from './plan-terms';

/** A published account, or a figure from outside, that a value rests on. */
export interface ValuePart {
  readonly territory: string;
  readonly year: number;
  readonly accountId: string | null;
  readonly disclosureId: string | null;
  readonly vintage: number | null;
  /** Of an outside figure. */
  readonly figureId: string | null;
}

/** A figure of a unit in a year, in fen, or in fen for a hectare. */
export interface TargetValue {
  readonly fen: Fen;
  /** Exact text; null where the measure is not by area. */
  readonly areaHectare: string | null;
  readonly normEdition: string | null;
  readonly boundaryDay: string;
  /** Year whose prices count; null: its own. */
  readonly pricesOf: string | null;
  readonly parts: readonly ValuePart[];
}

export interface TargetRow {
  readonly unit: string;
  readonly indicator: string;
  readonly path: TargetEntry['path'];
  readonly base: TargetValue;
  readonly milestones: readonly Milestone[];
}

/** The milestones that an entry leads to from a base. @throws BrokenInvariant where `pathFault` finds one */
export function milestonesFor(entry: TargetEntry, baseFen: Fen, { term }: PlanTerms): Milestone[] {
  const { first: firstYear, last: lastYear } = term;
  if (entry.path === 'set')
    return Object.entries(entry.years!).map(([year, yuan]) => ({ year: Number(year), fen: fenOf(yuan) }));
  const targetFen = endOf(entry, baseFen, lastYear - firstYear + 1);
  return milestonesOf(entry.path, { baseFen, targetFen, firstYear, lastYear });
}

function endOf({ target, growth, yearly }: TargetEntry, baseFen: Fen, years: number): Fen {
  if (target !== null) return fenOf(target);
  if (growth !== null) return grownFen(baseFen, Fraction.parse(growth)!);
  return grownFen(baseFen, Fraction.one.plus(Fraction.parse(yearly!)!).power(years).minus(Fraction.one));
}

/** Whether the path cannot begin at this base: after nothing there is no growth (research: E32), and no curve leads to it. */
export function lacksBase({ path, target, growth, yearly }: TargetEntry, baseFen: Fen): boolean {
  if (path === 'set') return false;
  if (path === 'linear' && target !== null) return false;
  const leastGrowth = Fraction.of(-1n);
  const falls = [growth, yearly].some((one) => one !== null && Fraction.parse(one)!.compare(leastGrowth) <= 0);
  return baseFen <= 0n || falls || (target !== null && fenOf(target) <= 0n);
}

/** @param yuan with at most two decimals */
export function fenOf(yuan: string): Fen {
  const exact = Fraction.parse(yuan)?.times(Fraction.of(100n));
  assert(exact?.denominator === 1n, `not an amount: ${yuan}`);
  return exact.numerator;
}

/** What units that were merged are to reach together: the sum, or by area the mean that their areas weigh. */
export function jointRow(measure: TargetMeasure, rows: readonly TargetRow[]): TargetRow {
  const [first] = rows;
  if (rows.length === 1) return first;
  const joint = (fenOfRow: (row: TargetRow) => Fen): Fen =>
    isAdditive(measure) ? rows.reduce((sum, row) => sum + fenOfRow(row), 0n) : meanByArea(rows, fenOfRow);
  const areas = rows.map(({ base }) => base.areaHectare);
  return {
    ...first,
    unit: rows.map(({ unit }) => unit).join('+'),
    base: {
      ...first.base,
      fen: joint(({ base }) => base.fen),
      areaHectare: areas.includes(null) ? null : areas.reduce((sum, area) => plus(sum, area!), '0'),
      parts: rows.flatMap(({ base }) => base.parts),
    },
    milestones: first.milestones.map(({ year }, at) => ({ year, fen: joint((row) => row.milestones[at].fen) })),
  };
}

const plus = (sum: string | null, area: string): string =>
  Fraction.parse(sum!)!.plus(Fraction.parse(area)!).toExactText();

function meanByArea(rows: readonly TargetRow[], fenOfRow: (row: TargetRow) => Fen): Fen {
  const areas = rows.map(({ base }) => Fraction.parse(base.areaHectare!)!);
  const whole = areas.reduce((sum, area) => sum.plus(area), Fraction.zero);
  const weighed = rows.reduce((sum, row, at) => sum.plus(areas[at].times(Fraction.of(fenOfRow(row)))), Fraction.zero);
  return roundedFen(weighed.dividedBy(whole));
}

type Stored<T> = { readonly [Key in keyof T]: T[Key] extends Fen ? string : T[Key] };
/** As JSON keeps it. */
export type StoredRow = Omit<TargetRow, 'base' | 'milestones'> & {
  readonly base: Stored<TargetValue>;
  readonly milestones: readonly Stored<Milestone>[];
};

export const valueFromStored = (value: Stored<TargetValue>): TargetValue => ({ ...value, fen: BigInt(value.fen) });

export const rowFromStored = ({ base, milestones, ...row }: StoredRow): TargetRow => ({
  ...row,
  base: valueFromStored(base),
  milestones: milestones.map(({ year, fen }) => ({ year, fen: BigInt(fen) })),
});
