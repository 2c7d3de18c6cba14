/** The ecosystem extent account of SEEA EA chapter 4: what each class had, gained, lost and has, with a matrix that balances. */
import { Fraction, type Bilingual } from '@gep/kernel';
import { BoundaryCauseNeeded, ExtentImbalance, ExtentPartsDiffer, UnknownExtentClass } from './errors';

/** Why land changed its class. A pure change of boundary is booked as managed (SEEA EA 4.19). `unstated`: nobody said. */
export type ExtentCause = 'managed' | 'unmanaged' | 'boundary' | 'unstated';
export const extentCauses: readonly ExtentCause[] = ['managed', 'unmanaged', 'boundary', 'unstated'];

/** Land that was one class and is another, or is the same still; null is outside of the area. */
export interface Transition {
  readonly from: string | null;
  readonly to: string | null;
  readonly area: Fraction;
  readonly cause: ExtentCause;
}

export type AreaByClass = ReadonlyMap<string, Fraction>;

export interface ExtentInput {
  /** Name of the territory, or of a part of it. */
  readonly part: string;
  readonly from: string;
  readonly to: string;
  readonly unit: string;
  readonly classes: readonly { readonly code: string; readonly name: Bilingual }[];
  /** Undefined when only opening and closing are known. */
  readonly transitions?: readonly Transition[];
  /** Without transitions: what came from or went to outside because the boundary changed. */
  readonly crossed?: readonly Transition[];
  /** Figures of the source that the transitions must lead to. */
  readonly opening?: AreaByClass;
  readonly closing?: AreaByClass;
  readonly total?: Fraction;
  /** Digits after the point that the source prints; null for exact figures. */
  readonly decimals: number | null;
}

/** Additions or reductions of a class, by cause; a change of boundary is among the managed ones. */
export interface ExtentChange {
  readonly managed: Fraction;
  readonly unmanaged: Fraction;
  readonly unstated: Fraction;
  readonly sum: Fraction;
}

export interface ExtentRow {
  readonly opening: Fraction;
  /** Null when the matrix is unknown. */
  readonly additions: ExtentChange | null;
  readonly reductions: ExtentChange | null;
  readonly net: Fraction;
  readonly closing: Fraction;
  /** Parts of the whole area; null where there is none. */
  readonly openingShare: Fraction | null;
  readonly closingShare: Fraction | null;
  /** Net change as a part of opening, per year, where both periods are years (dynamic degree of HJ 1175). */
  readonly yearlyRate: Fraction | null;
}

/** A figure of the source beside the sum that stands in the account, where they differ within the tolerance. */
export interface ExtentDifference {
  readonly class: string | null;
  readonly side: 'opening' | 'closing';
  readonly stated: Fraction;
  readonly summed: Fraction;
  readonly difference: Fraction;
  readonly tolerance: Fraction;
}

export interface ExtentAccount {
  readonly part: string;
  readonly from: string;
  readonly to: string;
  readonly unit: string;
  readonly classes: ExtentInput['classes'];
  readonly rows: ReadonlyMap<string, ExtentRow>;
  readonly total: ExtentRow;
  /** From class (or `outside`) to class (or `outside`): rows add up to opening, columns to closing. Null: unknown. */
  readonly matrix: ReadonlyMap<string, AreaByClass> | null;
  /** By class, what came from outside and went there because the boundary changed; null where none did. */
  readonly crossed: ReadonlyMap<string, { readonly come: Fraction; readonly gone: Fraction }> | null;
  readonly differences: readonly ExtentDifference[];
}

/** Name of what lies beyond the boundary, in matrices. */
export const outside = 'outside';

const sumOf = (figures: Iterable<Fraction>): Fraction =>
  [...figures].reduce((sum, one) => sum.plus(one), Fraction.zero);
const addTo = (areas: Map<string, Fraction>, code: string, area: Fraction): void => {
  areas.set(code, (areas.get(code) ?? Fraction.zero).plus(area));
};

/**
 * The account of one area. The matrix decides: stated openings and closings are checked against its sums, and where they
 * differ by no more than half a unit of the last printed digit for every figure involved, the difference is listed.
 * @throws ExtentImbalance, UnknownExtentClass, BoundaryCauseNeeded
 */
export function computeExtent(input: ExtentInput): ExtentAccount {
  const { part, from, to, unit, classes, transitions, crossed = [] } = input;
  const areas = transitions ? areasOfTransitions(input, transitions) : statedAreas(input);
  const differences = transitions ? checkStated(input, transitions, areas) : checkTotals(input, areas);
  const flows = classes.map(({ code }) => flowsOf(code, areas, transitions));
  const total = totalOf(flows);
  const rated = (row: ExtentFlows): ExtentRow => rateRow(row, total, yearsBetween(from, to));
  return {
    part,
    from,
    to,
    unit,
    classes,
    rows: new Map(classes.map(({ code }, at) => [code, rated(flows[at])])),
    total: rated(total),
    matrix: transitions ? matrixOf(classes, transitions) : null,
    crossed: crossedOf(classes, transitions ?? crossed),
    differences,
  };
}

/** The sum of areas that lie beside each other; stated totals were checked in each of them. @throws ExtentPartsDiffer */
export function mergeExtents(part: string, parts: readonly ExtentInput[]): ExtentInput {
  const names = parts.map((one) => one.part);
  const alike = (what: string, of: (one: ExtentInput) => string): void => {
    if (new Set(parts.map(of)).size > 1) throw new ExtentPartsDiffer(names, what);
  };
  alike('periods', ({ from, to }) => `${from} ${to}`);
  alike('unit', ({ unit }) => unit);
  alike('classes', ({ classes }) => classes.map(({ code }) => code).join(' '));
  const known = parts.every(({ transitions }) => transitions);
  const crossed = parts.flatMap((one) => (one.transitions ?? one.crossed ?? []).filter(crosses));
  const merged = (side: 'opening' | 'closing'): AreaByClass => {
    const sums = new Map<string, Fraction>();
    for (const one of parts) for (const [code, area] of sidesOf(one)[side]) addTo(sums, code, area);
    return sums;
  };
  const { from, to, unit, classes, decimals } = parts[0];
  const base = { part, from, to, unit, classes, decimals };
  if (known) return { ...base, transitions: parts.flatMap(({ transitions }) => transitions!) };
  return { ...base, opening: merged('opening'), closing: merged('closing'), crossed };
}

/** From or to outside. */
const crosses = ({ from, to }: Pick<Transition, 'from' | 'to'>): boolean => from === null || to === null;

interface Sides {
  readonly opening: AreaByClass;
  readonly closing: AreaByClass;
}

const sidesOf = (input: ExtentInput): Sides =>
  input.transitions ? areasOfTransitions(input, input.transitions) : statedAreas(input);

function areasOfTransitions({ part, classes }: ExtentInput, transitions: readonly Transition[]): Sides {
  const known = classes.map(({ code }) => code);
  const [opening, closing] = [new Map<string, Fraction>(), new Map<string, Fraction>()];
  for (const code of known) for (const side of [opening, closing]) side.set(code, Fraction.zero);
  for (const { from, to, area, cause } of transitions) {
    for (const name of [from, to])
      if (name !== null && !opening.has(name)) throw new UnknownExtentClass(part, name, known);
    if (crosses({ from, to }) !== (cause === 'boundary')) throw new BoundaryCauseNeeded(part, from, to, cause);
    if (from !== null) addTo(opening, from, area);
    if (to !== null) addTo(closing, to, area);
  }
  return { opening, closing };
}

function statedAreas({ part, classes, opening, closing }: ExtentInput): Sides {
  const known = classes.map(({ code }) => code);
  for (const code of [...(opening?.keys() ?? []), ...(closing?.keys() ?? [])])
    if (!known.includes(code)) throw new UnknownExtentClass(part, code, known);
  const filled = (areas: AreaByClass = new Map()): AreaByClass =>
    new Map(known.map((code) => [code, areas.get(code) ?? Fraction.zero]));
  return { opening: filled(opening), closing: filled(closing) };
}

/** Half a unit of the last printed digit, for so many figures. */
const toleranceOf = (decimals: number | null, figures: number): Fraction =>
  decimals === null ? Fraction.zero : Fraction.of(BigInt(figures), 2n * 10n ** BigInt(decimals));

function checkStated(input: ExtentInput, transitions: readonly Transition[], areas: Sides): ExtentDifference[] {
  const differences: ExtentDifference[] = [];
  const check = (
    side: 'opening' | 'closing',
    name: string | null,
    stated: Fraction,
    cells: number,
    summed: Fraction,
  ): void => {
    const tolerance = toleranceOf(input.decimals, cells + 1);
    const difference = summed.minus(stated);
    if (difference.numerator === 0n) return;
    if (sizeOf(difference).compare(tolerance) > 0)
      throw new ExtentImbalance({ part: input.part, class: name, side, unit: input.unit }, stated, summed, tolerance);
    differences.push({ class: name, side, stated, summed, difference, tolerance });
  };
  for (const side of ['opening', 'closing'] as const) {
    const key = side === 'opening' ? 'from' : 'to';
    for (const [code, stated] of input[side] ?? []) {
      const summed = areas[side].get(code);
      if (!summed)
        throw new UnknownExtentClass(
          input.part,
          code,
          input.classes.map((one) => one.code),
        );
      check(side, code, stated, transitions.filter((one) => one[key] === code).length, summed);
    }
    const cells = transitions.filter((one) => one[key] !== null).length;
    if (input.total) check(side, null, input.total, cells, sumOf(areas[side].values()));
  }
  return differences;
}

/** Without a matrix nothing says how land came or went, so the whole must be the same but for what crossed its boundary. */
function checkTotals(
  { part, unit, decimals, classes, crossed = [] }: ExtentInput,
  { opening, closing }: Sides,
): ExtentDifference[] {
  const over = crossed.map(({ from, area }) => (from === null ? area : Fraction.zero.minus(area)));
  const [stated, summed] = [sumOf([...opening.values(), ...over]), sumOf(closing.values())];
  const tolerance = toleranceOf(decimals, 2 * classes.length);
  const difference = summed.minus(stated);
  if (difference.numerator === 0n) return [];
  if (sizeOf(difference).compare(tolerance) > 0)
    throw new ExtentImbalance({ part, class: null, side: 'closing', unit }, stated, summed, tolerance);
  return [{ class: null, side: 'closing', stated, summed, difference, tolerance }];
}

const sizeOf = (figure: Fraction): Fraction => (figure.numerator < 0n ? Fraction.zero.minus(figure) : figure);

/** The entries of a class, before they are held against the whole. */
type ExtentFlows = Pick<ExtentRow, 'opening' | 'additions' | 'reductions' | 'net' | 'closing'>;

function flowsOf(code: string, { opening, closing }: Sides, transitions?: readonly Transition[]): ExtentFlows {
  const [before, after] = [opening.get(code)!, closing.get(code)!];
  const moved = transitions?.filter(({ from, to }) => from !== to);
  return {
    opening: before,
    additions: moved ? changeOf(moved.filter(({ to }) => to === code)) : null,
    reductions: moved ? changeOf(moved.filter(({ from }) => from === code)) : null,
    net: after.minus(before),
    closing: after,
  };
}

function changeOf(moved: readonly Transition[]): ExtentChange {
  const by = (...causes: ExtentCause[]): Fraction =>
    sumOf(moved.filter(({ cause }) => causes.includes(cause)).map(({ area }) => area));
  const [managed, unmanaged, unstated] = [by('managed', 'boundary'), by('unmanaged'), by('unstated')];
  return { managed, unmanaged, unstated, sum: sumOf([managed, unmanaged, unstated]) };
}

function totalOf(rows: readonly ExtentFlows[]): ExtentFlows {
  const total = (of: (row: ExtentFlows) => Fraction): Fraction => sumOf(rows.map(of));
  const change = (of: (row: ExtentFlows) => ExtentChange | null): ExtentChange | null => {
    const changes = rows.map(of).filter((one): one is ExtentChange => one !== null);
    if (changes.length < rows.length) return null;
    const sum = (key: keyof ExtentChange): Fraction => sumOf(changes.map((one) => one[key]));
    return { managed: sum('managed'), unmanaged: sum('unmanaged'), unstated: sum('unstated'), sum: sum('sum') };
  };
  return {
    opening: total(({ opening }) => opening),
    additions: change(({ additions }) => additions),
    reductions: change(({ reductions }) => reductions),
    net: total(({ net }) => net),
    closing: total(({ closing }) => closing),
  };
}

function crossedOf(classes: ExtentInput['classes'], transitions: readonly Transition[]): ExtentAccount['crossed'] {
  const over = transitions.filter(crosses);
  if (over.length === 0) return null;
  const areaOf = (side: 'from' | 'to', code: string): Fraction =>
    sumOf(over.filter((one) => one[side] === code).map(({ area }) => area));
  return new Map(classes.map(({ code }) => [code, { come: areaOf('to', code), gone: areaOf('from', code) }]));
}

function matrixOf(classes: ExtentInput['classes'], transitions: readonly Transition[]): Map<string, AreaByClass> {
  const crossed = transitions.some(({ cause }) => cause === 'boundary');
  const codes = [...classes.map(({ code }) => code), ...(crossed ? [outside] : [])];
  const matrix = new Map(codes.map((row) => [row, new Map(codes.map((column) => [column, Fraction.zero]))]));
  for (const { from, to, area } of transitions) addTo(matrix.get(from ?? outside)!, to ?? outside, area);
  return matrix;
}

function rateRow(row: ExtentFlows, whole: ExtentFlows, years: bigint | null): ExtentRow {
  const part = (figure: Fraction, of: Fraction): Fraction | null => (of.numerator === 0n ? null : figure.dividedBy(of));
  return {
    ...row,
    openingShare: part(row.opening, whole.opening),
    closingShare: part(row.closing, whole.closing),
    yearlyRate: years === null ? null : part(row.net, row.opening.times(Fraction.of(years))),
  };
}

function yearsBetween(from: string, to: string): bigint | null {
  if (![from, to].every((period) => /^\d{4}$/.test(period))) return null;
  const years = BigInt(to) - BigInt(from);
  return years > 0n ? years : null;
}
