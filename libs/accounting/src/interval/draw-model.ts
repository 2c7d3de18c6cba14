/** Everything of an account that does not change between draws, and how each line follows from the drawn values. */
import { type BaseSums, type ColumnChunk, compileFormulas, type ProductRow, type WantedFormula } from '@gep/formula';
import { assert, Fraction } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { Account, AccountLine } from '../account/account';
import type { AccountProgram } from '../account/account-program';
import { computeAccount, prepareRows, runHere } from '../account/compute-account';
import { lineKey } from '../account/line-order';
import type { ObservedPeriod } from '../account/observed-period';
import { amountOf } from '../account/over-period';
import { amountsOf, productRows, readStatistics } from '../account/statistic-lines';
import { type Counted, countSupplies, type Supply } from '../counting/count-supplies';
import { DrawnAmounts } from './drawn-amounts';
import { DrawnFactor, DrawnFactors } from './drawn-factor';
import { DrawnValues } from './drawn-values';

/** A line and what its value is made of. */
export interface DrawnLine {
  readonly line: AccountLine;
  /** What is supplied and counted at the values of the norm. */
  readonly supply: Supply;
  readonly counted: Counted;
  /** Before anything is deducted or capped. */
  readonly quantity: DrawnFactor;
  readonly price: DrawnFactor;
  readonly gamma: DrawnFactor;
  /** Yuan in one quantity unit × price unit. */
  readonly yuanScale: number;
}

export interface DrawModel {
  readonly norm: NormEdition;
  readonly observed: ObservedPeriod;
  readonly account: Account;
  readonly compiled: AccountProgram;
  readonly values: DrawnValues;
  readonly lines: readonly DrawnLine[];
  /** Formulas that drawn values reach; all others keep the results of the account. */
  readonly wanted: readonly WantedFormula[];
  /** Sums of the rows for `wanted` at the values of the norm. */
  readonly sums: BaseSums;
  readonly chunks: readonly ColumnChunk[];
  /** A drawn value stands in for an attribute: rows are filled and read anew for each draw. */
  readonly standInsDrawn: boolean;
  /** What product formulas read; drawn anew when `productsDrawn`. */
  readonly products: readonly ProductRow[];
  readonly productsDrawn: boolean;
  readonly amounts: DrawnAmounts;
  /** Of each exclusive group without a deduction, the places of its services among the lines. */
  readonly exclusive: readonly ExclusiveLines[];
}

export interface ExclusiveLines {
  readonly group: NormEdition['exclusive'][number];
  readonly lines: readonly (readonly number[])[];
}

/**
 * Computes the account at the values of the norm and finds what is drawn.
 * @throws as computeAccount
 */
export function drawModel(norm: NormEdition, observed: ObservedPeriod): DrawModel {
  const account = computeAccount(norm, observed);
  const { compiled, chunks, standIns } = prepareRows(norm, observed);
  const reported = readStatistics(norm, observed);
  const products = compiled.readsProducts ? productRows(reported) : [];
  const values = new DrawnValues(compiled.lookup, observed);
  const amounts = new DrawnAmounts(norm, reported, values);
  const factors = new DrawnFactors(norm, compiled, values, amounts, standIns);
  const results = compiled.program.assemble(runHere(compiled.program.plan, chunks), products);
  const priced = pricedAccount(norm, observed, account);
  const lines = [
    ...modelledLines(account, priced, compiled, factors, results),
    ...measuredLines(account, priced, norm, factors, amounts),
  ];
  amounts.enterBounds();
  const supplies = lines.map(({ supply }) => supply);
  const counted = countSupplies(norm, supplies, reported, observed);
  const { wanted, standInsDrawn, productsDrawn } = factors;
  const { plan } = compileFormulas(norm.formulas, wanted, compiled.lookup, compiled.types);
  return {
    ...{ norm, observed, account, compiled, values, wanted, standInsDrawn, productsDrawn, chunks, products, amounts },
    lines: lines.map((line, at) => ({ ...line, counted: counted[at] })),
    sums: runHere(plan, chunks),
    exclusive: exclusiveLines(norm, lines),
  };
}

/** Where nobody uses a service its price is 0; draws in which somebody does need the price that it then has. */
function pricedAccount(norm: NormEdition, observed: ObservedPeriod, account: Account): Account {
  const users = new Set(norm.services.map(({ use }) => use?.users));
  const isUnused = ({ item, quantity, spread }: ObservedPeriod['statistics'][number]): boolean =>
    spread !== undefined && users.has(item) && Number(quantity) === 0;
  if (!observed.statistics.some(isUnused)) return account;
  const statistics = observed.statistics.map((row) => (isUnused(row) ? { ...row, quantity: row.spread!.high } : row));
  return computeAccount({ ...norm, exclusive: [] }, { ...observed, statistics });
}

function exclusiveLines({ exclusive }: NormEdition, lines: readonly UncountedLine[]): ExclusiveLines[] {
  const placesOf = (code: string): number[] => lines.flatMap(({ line }, at) => (line.service === code ? [at] : []));
  return exclusive
    .filter(({ deduct }) => !deduct)
    .map((group) => ({ group, lines: group.services.map(placesOf).filter((places) => places.length > 0) }))
    .filter((group) => group.lines.length > 1);
}

type UncountedLine = Omit<DrawnLine, 'counted'>;

function modelledLines(
  account: Account,
  priced: Account,
  { lines }: AccountProgram,
  factors: DrawnFactors,
  results: ReadonlyMap<string, Float64Array>,
): UncountedLine[] {
  const [lineAt, pricedAt] = [linesOf(account), linesOf(priced)];
  return lines.map(({ service, type, typeAt, over }) => {
    const { formula } = service.quantity;
    const line = lineAt(service.code, type, null);
    const price = numberOf(pricedAt(service.code, type, null).price);
    const quantity = amountOf(results.get(formula)![typeAt], over.quantity.share);
    return {
      line,
      supply: { service, type, quantity },
      quantity: factors.quantity(formula, type, over.quantity.share.toNumber(), quantity),
      price: factors.price(service, type, over.price.share.toNumber(), price),
      gamma: factors.gamma(service, type, numberOf(line.gamma)),
      yuanScale: service.yuanScale.toNumber(),
    };
  });
}

function measuredLines(
  account: Account,
  priced: Account,
  { services }: NormEdition,
  factors: DrawnFactors,
  { amounts }: DrawnAmounts,
): UncountedLine[] {
  const [lineAt, pricedAt] = [linesOf(account), linesOf(priced)];
  return services.flatMap((service) =>
    amountsOf(service, amounts).map((amount) => {
      const { product, type, quantity } = amount;
      const nth = amounts.indexOf(amount);
      const line = lineAt(service.code, type, product.code);
      const price = numberOf(pricedAt(service.code, type, product.code).price);
      const yuanScale = service.price.kind === 'product' ? product.yuanScale : service.yuanScale;
      return {
        line,
        supply: { service, type, quantity: quantity.toNumber() },
        quantity: factors.reported(nth, quantity.toNumber()),
        price: factors.price(service, type, 1, price, nth),
        gamma: factors.gamma(service, type, numberOf(line.gamma)),
        yuanScale: yuanScale.toNumber(),
      };
    }),
  );
}

function linesOf({ lines }: Account): (service: string, type: string | null, item: string | null) => AccountLine {
  const byKey = new Map(lines.map((line) => [lineKey(line), line]));
  return (service, type, item) => {
    const line = byKey.get(lineKey({ service, type, item }));
    assert(line, `${service} has no line for ${type ?? 'the territory'}`);
    return line;
  };
}

/** Prices and γ of an observed account are always given. */
const numberOf = (text: string | null): number => Fraction.parse(text!)!.toNumber();
