/** The account of one territory and period: a pure function of norm edition, places, period and observation. */
import {
  BaseSums,
  ColumnChunk,
  ExactEnvironment,
  KernelPlan,
  reducePartials,
  reuseBaseSums,
  runKernel,
} from '@gep/formula';
import { assert, roundToFen, weakerGrade } from '@gep/kernel';
import type { NormEdition, Service } from '@gep/rulebook';
import { Counted, countSupplies } from '../counting/count-supplies';
import { refuseDoubleCounting } from '../counting/refuse-double-counting';
import { allowsGaps, DayGap, fillDays } from '../days/fill-days';
import { ObservedAt, QuantityNotFinite, UnknownEcosystemType } from '../errors';
import { Account, AccountLine, KeptBaseSums, StandIn } from './account';
import { AccountProgram, accountProgram, FormulaLine, termsOfFormulaLine } from './account-program';
import { completeness } from './completeness';
import { compareLinesBy } from './line-order';
import { TermsContext } from './line-terms';
import { ObservedPeriod } from './observed-period';
import { amountOf } from './over-period';
import { refuseFault } from './refuse-fault';
import { sealAccount } from './seal-account';
import { fillStandIns, sameStandIns } from './stand-ins';
import { amountsOf, MeasuredAmount, productRows, readStatistics, statisticLine } from './statistic-lines';

/** Sums the bases of a plan over rows; block ranges may be shared out, the bits stay the same. */
export type KernelRunner = (plan: KernelPlan, chunks: readonly ColumnChunk[]) => BaseSums;

/** Runs the kernel where it is called. */
export const runHere: KernelRunner = (plan, chunks) => reducePartials(plan, [runKernel(plan, chunks)]);

/**
 * Computes the account of an observed territory.
 * @throws UnknownEcosystemType, AttributeMissing, QuantityNotFinite, ParameterMissing,
 *   StatisticPriceMissing and others of `errors.ts`: what the observation or the norm lacks, at its place
 */
export function computeAccount(norm: NormEdition, observed: ObservedPeriod, run: KernelRunner = runHere): Account {
  const { compiled, chunks, standIns, gaps } = prepareRows(norm, observed);
  const sums = run(compiled.program.plan, chunks);
  if (sums.fault) refuseFault(sums.fault, norm, compiled, observed, chunks);
  return accountFromSums(norm, observed, compiled, sums, encodeSums(sums, standIns, gaps));
}

/** What the kernel needs for an observation: the compiled norm, and the rows with stand-ins and sums over days filled in. */
export interface PreparedRows {
  readonly compiled: AccountProgram;
  readonly chunks: readonly ColumnChunk[];
  readonly standIns: readonly StandIn[];
  readonly gaps: readonly DayGap[];
}

/** Makes an observation ready for the kernel. @throws as computeAccount */
export function prepareRows(norm: NormEdition, observed: ObservedPeriod): PreparedRows {
  const compiled = compileFor(norm, observed, typesOf(norm, observed));
  const { plan, daySums } = compiled.program;
  const { chunks, standIns } = fillStandIns(norm, compiled.lookup, plan.columns, observed.chunks);
  return { compiled, standIns, ...fillDays(norm, daySums, observed, chunks) };
}

/**
 * The same account from sums kept earlier over the same observation, without reading a patch.
 * @returns undefined when the sums do not fit: another formula, type or stand-in value
 */
export function recomputeFromSums(
  norm: NormEdition,
  observed: Omit<ObservedPeriod, 'chunks'>,
  kept: KeptBaseSums,
): Account | undefined {
  const types = norm.types.map(({ code }) => code).filter((code) => kept.types.includes(code));
  if (types.length !== kept.types.length) return undefined;
  const compiled = compileFor(norm, observed, types);
  const decoded = decodeSums(kept);
  const sums = reuseBaseSums(compiled.program.plan, decoded);
  if (!sums || !sameStandIns(norm, compiled.lookup, kept.standIns)) return undefined;
  if (!allowsGaps(norm, kept.dayGaps ?? [])) return undefined;
  const again = sums === decoded ? kept : encodeSums(sums, kept.standIns, kept.dayGaps);
  return accountFromSums(norm, { ...observed, chunks: [] }, compiled, sums, again);
}

/** Types that occur, in the order of the norm. @throws UnknownEcosystemType */
export function typesOf(norm: NormEdition, observed: ObservedPeriod): string[] {
  const known = norm.types.map(({ code }) => code);
  for (const chunk of observed.chunks) {
    const unknown = chunk.types.findIndex((type) => !known.includes(type));
    if (unknown < 0) continue;
    const row = chunk.typeIndex.indexOf(unknown);
    const at = { ...placeOf(observed), sheet: chunk.sourceSheet, row: chunk.sourceRow[row] };
    throw new UnknownEcosystemType(at, chunk.types[unknown], known);
  }
  const present = new Set(observed.chunks.flatMap((chunk) => chunk.types));
  return known.filter((type) => present.has(type));
}

function compileFor(
  norm: NormEdition,
  observed: Omit<ObservedPeriod, 'chunks'>,
  types: readonly string[],
): AccountProgram {
  const { places, period } = observed;
  return accountProgram({ norm, places, period, types, at: placeOf(observed) });
}

function accountFromSums(
  norm: NormEdition,
  observed: ObservedPeriod,
  compiled: AccountProgram,
  sums: BaseSums,
  baseSums: KeptBaseSums,
): Account {
  const amounts = readStatistics(norm, observed);
  const products = compiled.readsProducts ? productRows(amounts) : [];
  const results = compiled.program.assemble(sums, products);
  const environment = once((): Reading => {
    return { totals: totalsByType(compiled.types, results), types: compiled.types, products };
  });
  const context: TermsContext = { norm, ...compiled, at: placeOf(observed) };
  const { standIns } = baseSums;
  const given = norm.services.flatMap((service) => amountsOf(service, amounts).map((amount) => ({ service, amount })));
  const quantities = Float64Array.from(compiled.lines, (line) => quantityOf(line, results, context.at));
  const counted = countAll(norm, compiled, quantities, given, amounts, context.at);
  const modelled = compiled.lines.map((line, at) =>
    lineFromFormula(line, counted?.[at] ?? plainly(quantities[at]), compiled, context, environment, standIns),
  );
  const measured = given.map(({ service, amount }, at) => {
    const plain = plainly(amount.quantity.toNumber());
    return statisticLine(service, amount, counted?.[quantities.length + at] ?? plain, context, environment);
  });
  if (norm.exclusive.length > 0) refuseDoubleCounting(norm, modelled.concat(measured), context.at);
  const areas = results.get('area')!;
  return sealAccount(
    {
      territory: observed.territory,
      period: observed.period,
      norm: { id: norm.id, edition: norm.edition },
      observationDigest: observed.digest,
      origin: 'observed',
      lines: measured.length === 0 ? modelled : modelled.concat(measured).sort(compareLinesBy(norm)),
      areaByType: Object.fromEntries(compiled.types.map((type, index) => [type, areas[index]])),
      areaUnit: norm.attributes.find(({ code }) => code === 'area')!.unit.text,
      baseSums,
      coverage: { present: 1, expected: 1, ...completeness(observed.refusedRows) },
      children: [],
    },
    norm,
  );
}

/** What a price formula reads of the observation. */
type Reading = Omit<ExactEnvironment, 'lookup' | 'type'>;

/** Few norms have a price that reads the observation, so what it reads is gathered when one does. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function totalsByType(
  types: readonly string[],
  results: ReadonlyMap<string, Float64Array>,
): Record<string, Record<string, number>> {
  const perType = [...results].filter(([, values]) => values.length === types.length);
  return Object.fromEntries(
    types.map((type, index) => {
      const computed = perType.filter(([, values]) => !Number.isNaN(values[index]));
      return [type, Object.fromEntries(computed.map(([code, values]) => [code, values[index]]))];
    }),
  );
}

/** @throws QuantityNotFinite */
function quantityOf(
  { service, type, typeAt, over }: FormulaLine,
  results: ReadonlyMap<string, Float64Array>,
  at: ObservedAt,
): number {
  const quantity = amountOf(results.get(service.quantity.formula)![typeAt], over.quantity.share);
  if (!Number.isFinite(quantity)) throw new QuantityNotFinite(at, service.code, type, quantity);
  return quantity;
}

/** Most norms have no rule to count by; then everything that is not below zero is counted as it is. */
function countAll(
  norm: NormEdition,
  { hasCountingRules, lines }: AccountProgram,
  quantities: Float64Array,
  given: readonly { readonly service: Service; readonly amount: MeasuredAmount }[],
  amounts: readonly MeasuredAmount[],
  at: ObservedAt,
): readonly Counted[] | undefined {
  const isNegative = quantities.some((each) => each < 0) || given.some(({ amount }) => amount.quantity.numerator < 0n);
  if (!hasCountingRules && !isNegative) return undefined;
  const supplies = [
    ...lines.map(({ service, type }, index) => ({ service, type, quantity: quantities[index] })),
    ...given.map(({ service, amount: { type, quantity } }) => ({ service, type, quantity: quantity.toNumber() })),
  ];
  return countSupplies(norm, supplies, amounts, at);
}

const plainly = (quantity: number): Counted => {
  return { quantity: quantity === 0 ? 0 : quantity, supplied: null, isUsed: true };
};

function lineFromFormula(
  { service, type, over, terms }: FormulaLine,
  { quantity, supplied, isUsed }: Counted,
  { inputs, lookup }: AccountProgram,
  context: TermsContext,
  environment: () => Reading,
  standIns: readonly StandIn[],
): AccountLine {
  const { formula } = service.quantity;
  const known = terms ?? termsOfFormulaLine(service, type, over, context, environment());
  let { grade } = known;
  for (const standIn of standIns) {
    if (standIn.type !== type || !inputs.get(formula)!.attributes.has(standIn.attribute)) continue;
    grade = weakerGrade(grade, gradeOfStandIn(context.norm, lookup, standIn.attribute, type));
  }
  return {
    service: service.code,
    category: service.category,
    group: service.group,
    type,
    item: null,
    quantity,
    supplied,
    unit: over.quantity.unit,
    price: isUsed ? known.price : '0',
    priceUnit: known.priceUnit,
    gamma: known.gamma,
    valueFen: isUsed ? roundToFen(quantity, known.unitValue) : 0n,
    grade,
  };
}

function gradeOfStandIn(
  norm: NormEdition,
  lookup: AccountProgram['lookup'],
  attribute: string,
  type: string,
): AccountLine['grade'] {
  const { fallback } = norm.attributes.find(({ code }) => code === attribute)!;
  const found = fallback === undefined ? undefined : lookup(fallback, { type });
  assert(found, `${attribute} was filled without a parameter`);
  return found.evidence.grade;
}

function placeOf({ territory, period }: Pick<ObservedPeriod, 'territory' | 'period'>): ObservedAt {
  return { territory, period };
}

function encodeSums(
  { keys, types, rows, sums }: BaseSums,
  standIns: readonly StandIn[],
  gaps: readonly DayGap[] = [],
): KeptBaseSums {
  const perType = types.map((_, type) => [...sums.subarray(type * keys.length, (type + 1) * keys.length)]);
  const dayGaps = gaps.length > 0 ? { dayGaps: gaps } : {};
  return { keys: [...keys], types: [...types], rows: [...rows], sums: perType, standIns, ...dayGaps };
}

function decodeSums({ keys, types, rows, sums }: KeptBaseSums): BaseSums {
  return { keys, types, rows: Float64Array.from(rows), sums: Float64Array.from(sums.flat()) };
}
