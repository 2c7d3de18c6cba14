/** Money of accounts in yuan, or in the currency of a table by a rate of exchange of the norm. */
import { combineDimensions, conversionFactor, periodEnd, type Unit } from '@gep/kernel';
import { parameterLookup, type NormEdition, type PrintedTable } from '@gep/rulebook';
import type { Account } from '../account/account';
import type { ObservedPeriod } from '../account/observed-period';
import { decimalOf, type AccountFigures, type Figure, type FigureChoice, type RateOfExchange } from './account-figures';
import { exchangeMissing, exchangeUnknown, rateMissing } from './cell-refusals';

/** A currency, what accounts come to in it, and what one unit of it costs; yuan has no rate. */
export interface PrintedMoney {
  readonly unit: Unit;
  readonly of: (choice: FigureChoice) => Figure;
  readonly rate?: { readonly unit: Unit; readonly of: RateOfExchange };
}

const yuanDimension = 'money';

/**
 * The money that a figure in `unit` is in.
 * @throws CellUnanswerable when it is another currency than yuan and no rate is named or found
 */
export function moneyIn(
  { exchange }: PrintedTable,
  unit: Unit,
  norm: NormEdition,
  figures: AccountFigures,
  observed: readonly ObservedPeriod[],
): PrintedMoney {
  const yuan = norm.units.parse('yuan');
  const inYuan: PrintedMoney = { unit: yuan, of: (choice) => figures.value(choice, yuan) };
  if (yuanDimension in unit.dimension) return inYuan;
  if (exchange === undefined) {
    // Currencies are founded in units.yaml by their ISO codes.
    const currency = Object.keys(unit.dimension).find((base) => /^[A-Z]{3}$/.test(base));
    if (currency === undefined) return inYuan;
    throw exchangeMissing(unit.text, currency);
  }
  const rates = norm.parameters.filter(({ unit: { dimension } }) => isRate(dimension));
  const declared = rates.find(({ code }) => code === exchange);
  if (!declared) {
    const known = rates.map(({ code }) => code);
    throw exchangeUnknown(exchange, known);
  }
  const currency: Unit = {
    text: exchange,
    dimension: combineDimensions(yuan.dimension, declared.unit.dimension, -1),
    factor: yuan.factor.dividedBy(declared.unit.factor),
  };
  const of: RateOfExchange = (account) => rateAt(norm, exchange, declared.unit, account, observed);
  return {
    unit: currency,
    of: (choice) => figures.exchanged(choice, of),
    rate: { unit: declared.unit, of },
  };
}

/** Yuan for one unit of one other currency. */
const isRate = (dimension: Unit['dimension']): boolean =>
  dimension[yuanDimension] === 1 &&
  Object.entries(dimension).every(
    ([base, power]) => base === yuanDimension || (/^[A-Z]{3}$/.test(base) && power === -1),
  );

function rateAt(
  norm: NormEdition,
  code: string,
  unit: Unit,
  { territory, period }: Account,
  observed: readonly ObservedPeriod[],
): ReturnType<RateOfExchange> {
  const places = observed.find((one) => one.territory === territory && one.period === period)?.places ?? [territory];
  const found = parameterLookup(norm, { places, date: periodEnd(period) })(code, {});
  if (!found) throw rateMissing(code, territory, period);
  return { yuan: decimalOf(found.value.times(conversionFactor(found.unit, unit))), grade: found.evidence.grade };
}
