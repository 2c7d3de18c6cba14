/** Draws accounts: the values of all outputs for each draw of a run; runs may be shared out, the bits stay the same. */
import { compileFormulas, reuseBaseSums, type BaseSums } from '@gep/formula';
import type { AccountLine } from '../account/account';
import { runHere } from '../account/compute-account';
import { refuseFault } from '../account/refuse-fault';
import { fillDays } from '../days/fill-days';
import { fillStandIns } from '../account/stand-ins';
import { type MeasuredAmount, productRows } from '../account/statistic-lines';
import { type Counted, countSupplies } from '../counting/count-supplies';
import { QuantityNotFinite } from '../errors';
import type { DrawModel } from './draw-model';
import type { DrawnFactor } from './drawn-factor';
import type { FollowedLine } from './drawn-flows';
import { DoubleCountedInDraw, DrawsTooHeavy } from './errors';
import { FenColumns } from './fen-columns';

/** Draws from `from` up to, not including, `to`. */
export interface DrawRun {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** Draws of all runs. */
  readonly draws: number;
}

/** What each draw gives: columns for each output (in fen) and each drawn value, draws in order. */
export interface Draws {
  /** As `FenColumns` names them. */
  readonly outputs: readonly (readonly [string, BigInt64Array])[];
  readonly values: readonly Float64Array[];
  /** For each drawn value, 1 in the draws where it was cut to what it may mean. */
  readonly cuts: readonly Uint8Array[];
}

/** Draws, and each line that was to be followed as it was in every one of them. */
export interface FollowedDraws extends Draws {
  readonly followed: readonly FollowedLine[];
}

/** Rows × draws that are read at most. */
const mostRowsRead = 1_000_000_000;

/**
 * Values of drawn lines are rounded to whole fen; all others are those of the account. A formula that drawn values
 * reach is compiled for each draw; its row sums are kept where they do not change, else the rows are read anew.
 * @throws DrawsTooHeavy, DoubleCountedInDraw, and as computeAccount where a drawn value makes what cannot be computed
 */
export function runDraws(
  model: DrawModel,
  { seed, from, to, draws }: DrawRun,
  follows: (line: AccountLine) => boolean = () => false,
): FollowedDraws {
  const { account, values, lines } = model;
  const columns = new FenColumns(
    account,
    lines.map(({ line }) => line),
    to - from,
  );
  const drawn = values.list.map(() => new Float64Array(to - from));
  const cuts = values.list.map(() => new Uint8Array(to - from));
  const varying = varyingLines(model);
  const followed = followedLines(lines, follows, to - from);
  const numbers = new Float64Array(values.list.length);
  const drawValues = values.drawer(seed, numbers);
  for (let at = 0; at < to - from; at++) {
    drawValues(from + at, (cut) => (cuts[cut][at] = 1));
    for (let nth = 0; nth < numbers.length; nth++) drawn[nth][at] = numbers[nth];
    const amounts = varying.counted || model.productsDrawn ? model.amounts.drawn(numbers) : [];
    const results = model.wanted.length > 0 ? resultsOf(model, numbers, amounts, draws) : undefined;
    const counted = varying.counted ? countDrawn(model, varying, numbers, results, amounts) : undefined;
    for (const nth of varying.places) {
      const yuan = yuanOf(model.observed, lines[nth], numbers, results, counted?.[nth] ?? lines[nth].counted);
      if (yuan === undefined) columns.keep(nth);
      else columns.enter(nth, at, yuan);
    }
    columns.finish(at);
    refuseDoubleCount(model, columns, from + at);
    for (const { at: nth, quantities, fens } of followed) {
      quantities[at] = (counted?.[nth] ?? lines[nth].counted).quantity;
      fens[at] = columns.fenOf(nth);
    }
  }
  return { outputs: columns.outputs, values: drawn, cuts, followed };
}

function followedLines(
  lines: DrawModel['lines'],
  follows: (line: AccountLine) => boolean,
  draws: number,
): readonly (FollowedLine & { readonly at: number })[] {
  return lines.flatMap(({ line }, at) =>
    follows(line) ? [{ at, line, quantities: new Float64Array(draws), fens: new BigInt64Array(draws) }] : [],
  );
}

interface VaryingLines {
  readonly counted: boolean;
  readonly places: readonly number[];
}

/** Lines that may differ between draws; where the norm has rules to count by, what one supplies may bear on any other. */
function varyingLines({ lines, amounts, compiled }: DrawModel): VaryingLines {
  const counted = lines.some(({ quantity }) => quantity.kind !== 'fixed') || amounts.quantitiesDrawn;
  const isVarying = ({ quantity, price, gamma }: DrawModel['lines'][number]): boolean =>
    [quantity, price, gamma].some(({ kind }) => kind !== 'fixed');
  const all = counted && compiled.hasCountingRules;
  return { counted, places: lines.flatMap((line, at) => (all || isVarying(line) ? [at] : [])) };
}

/** What is nothing at the values of the norm may have a value in a draw, and then count twice. @throws DoubleCountedInDraw */
function refuseDoubleCount({ exclusive, lines, observed }: DrawModel, columns: FenColumns, draw: number): void {
  for (const { group, lines: services } of exclusive) {
    const valued = services.filter((places) => places.some((at) => columns.isValued(at)));
    if (valued.length < 2) continue;
    const codes = valued.map(([at]) => lines[at].line.service);
    throw new DoubleCountedInDraw(observed, group, codes, draw);
  }
}

type Results = ReadonlyMap<string, Float64Array>;

function resultsOf(
  model: DrawModel,
  numbers: Float64Array,
  amounts: readonly MeasuredAmount[],
  draws: number,
): Results {
  const { norm, compiled, wanted, values } = model;
  const products = model.productsDrawn ? productRows(amounts) : model.products;
  const lookup = values.lookupOf(numbers);
  const program = compileFormulas(norm.formulas, wanted, lookup, compiled.types);
  const kept = model.standInsDrawn ? undefined : reuseBaseSums(program.plan, model.sums);
  return program.assemble(kept ?? readRows(model, program, lookup, draws), products);
}

function readRows(
  { norm, observed, compiled, chunks }: DrawModel,
  { plan, daySums }: ReturnType<typeof compileFormulas>,
  lookup: Parameters<typeof fillStandIns>[1],
  draws: number,
): BaseSums {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  if (rows * draws > mostRowsRead) throw new DrawsTooHeavy(observed, rows, draws, mostRowsRead);
  const filled = fillStandIns(norm, lookup, plan.columns, observed.chunks);
  const withDays = fillDays(norm, daySums, observed, filled.chunks);
  const sums = runHere(plan, withDays.chunks);
  if (sums.fault) refuseFault(sums.fault, norm, compiled, observed, withDays.chunks);
  return sums;
}

/** What is counted of each line, by the rules of the norm: most have none, and then all that is not below zero. */
function countDrawn(
  { norm, lines, observed, compiled }: DrawModel,
  { places }: VaryingLines,
  numbers: Float64Array,
  results: Results | undefined,
  amounts: readonly MeasuredAmount[],
): readonly (Counted | undefined)[] {
  const quantityOf = ({ supply, quantity }: DrawModel['lines'][number]): number => {
    const drawn = numberOf(quantity, numbers, results);
    if (!Number.isFinite(drawn)) throw new QuantityNotFinite(observed, supply.service.code, supply.type ?? '', drawn);
    return drawn;
  };
  if (!compiled.hasCountingRules) {
    const counted: (Counted | undefined)[] = new Array(lines.length);
    let isPlain = true;
    for (const at of places) {
      const drawn = quantityOf(lines[at]);
      isPlain &&= drawn >= 0;
      if (lines[at].quantity.kind !== 'fixed')
        counted[at] = { quantity: drawn === 0 ? 0 : drawn, supplied: null, isUsed: true };
    }
    if (isPlain) return counted;
  }
  const supplies = lines.map((line) => ({ ...line.supply, quantity: quantityOf(line) }));
  return countSupplies(norm, supplies, amounts, observed);
}

/**
 * What a line is worth in a draw; undefined when that is what it is worth in the account.
 * @throws QuantityNotFinite where a drawn value is divided by and was cut to nothing
 */
function yuanOf(
  observed: DrawModel['observed'],
  { line, counted, price, gamma, yuanScale }: DrawModel['lines'][number],
  numbers: Float64Array,
  results: Results | undefined,
  { quantity, isUsed }: Counted,
): number | undefined {
  if (!isUsed) return 0;
  const isFixed = price.kind === 'fixed' && gamma.kind === 'fixed';
  if (isFixed && counted.isUsed && quantity === counted.quantity) return undefined;
  const yuan = quantity * numberOf(price, numbers, results) * numberOf(gamma, numbers, results) * yuanScale;
  if (!Number.isFinite(yuan)) throw new QuantityNotFinite(observed, line.service, line.type ?? '', yuan);
  return yuan;
}

function numberOf(factor: DrawnFactor, numbers: Float64Array, results: Results | undefined): number {
  if (factor.kind === 'fixed') return factor.value;
  if (factor.kind === 'value') return numbers[factor.at] * factor.factor;
  if (factor.kind === 'formula') return results!.get(factor.code)![factor.at] * factor.share;
  return factor.by.reduce((value, { at, over, power }) => value * scale(numbers[at] / over, power), factor.value);
}

const scale = (ratio: number, power: number): number =>
  power === 1 ? ratio : power === -1 ? 1 / ratio : ratio ** power;
