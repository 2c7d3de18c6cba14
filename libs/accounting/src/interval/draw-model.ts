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
import { amountsOf, type MeasuredAmount, productRows, readStatistics } from '../account/statistic-lines';
import { type Counted, countSupplies, type Supply } from '../counting/count-supplies';
import { DrawnFactor, DrawnFactors, fixed } from './drawn-factor';
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
  readonly products: readonly ProductRow[];
  readonly amounts: readonly MeasuredAmount[];
}

/**
 * Computes the account at the values of the norm and finds what is drawn.
 * @throws as computeAccount
 */
export function drawModel(norm: NormEdition, observed: ObservedPeriod): DrawModel {
  const account = computeAccount(norm, observed);
  const { compiled, chunks, standIns } = prepareRows(norm, observed);
  const amounts = readStatistics(norm, observed);
  const products = compiled.readsProducts ? productRows(amounts) : [];
  const values = new DrawnValues(compiled.lookup);
  const factors = new DrawnFactors(norm, compiled, values, standIns);
  const results = compiled.program.assemble(runHere(compiled.program.plan, chunks), products);
  const lines = [
    ...modelledLines(account, compiled, factors, results),
    ...measuredLines(account, norm, factors, amounts),
  ];
  const supplies = lines.map(({ supply }) => supply);
  const counted = countSupplies(norm, supplies, amounts, observed);
  const { wanted, standInsDrawn } = factors;
  const { plan } = compileFormulas(norm.formulas, wanted, compiled.lookup, compiled.types);
  return {
    ...{ norm, observed, account, compiled, values, wanted, standInsDrawn, chunks, products, amounts },
    lines: lines.map((line, at) => ({ ...line, counted: counted[at] })),
    sums: runHere(plan, chunks),
  };
}

type UncountedLine = Omit<DrawnLine, 'counted'>;

function modelledLines(
  account: Account,
  { lines }: AccountProgram,
  factors: DrawnFactors,
  results: ReadonlyMap<string, Float64Array>,
): UncountedLine[] {
  const lineAt = linesOf(account);
  return lines.map(({ service, type, typeAt, over }) => {
    const { formula } = service.quantity;
    const line = lineAt(service.code, type, null);
    const quantity = amountOf(results.get(formula)![typeAt], over.quantity.share);
    return {
      line,
      supply: { service, type, quantity },
      quantity: factors.quantity(formula, type, over.quantity.share.toNumber(), quantity),
      price: factors.price(service, type, over.price.share.toNumber(), numberOf(line.price)),
      gamma: factors.gamma(service, type, numberOf(line.gamma)),
      yuanScale: service.yuanScale.toNumber(),
    };
  });
}

function measuredLines(
  account: Account,
  { services }: NormEdition,
  factors: DrawnFactors,
  amounts: readonly MeasuredAmount[],
): UncountedLine[] {
  const lineAt = linesOf(account);
  return services.flatMap((service) =>
    amountsOf(service, amounts).map(({ product, type, quantity }) => {
      const line = lineAt(service.code, type, product.code);
      const yuanScale = service.price.kind === 'product' ? product.yuanScale : service.yuanScale;
      return {
        line,
        supply: { service, type, quantity: quantity.toNumber() },
        quantity: fixed(quantity.toNumber()),
        price: factors.price(service, type, 1, numberOf(line.price)),
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
