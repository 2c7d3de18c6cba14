/** Makes the input of an asset account from GEP accounts: what an account counts in a year is expected of every year to come. */
import { Fraction, roundToFen, unitValue, type Bilingual } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import { unassignedType, type Account, type AccountLine } from '../account/account';
import { netOfFlows } from '../flow/eliminated-part';
import { worthOfLine } from '../report-table/worth-of-line';
import { AssetTooLarge } from './errors';
import { constantRate, discountTimings, type DiscountTiming } from './discount-factors';
import type { Asset, AssetInput, AssetService, ChangeDirection, Expectation } from './asset-input';

/** How the flows of an account are carried into the future. */
export interface AssetAssumptions extends Pick<AssetInput, 'horizon' | 'discount' | 'sensitivity'> {
  /** By ecosystem type. */
  readonly condition: ReadonlyMap<string, ChangeDirection>;
  /** By service. */
  readonly demand: ReadonlyMap<string, 'up' | 'down'>;
  readonly nameOf: (code: string) => Bilingual;
  /** Exact yuan for a unit of the quantity; undefined where parts of a line had different prices. */
  readonly worthOf: (line: AccountLine) => Fraction | undefined;
  /** Lines × years that are valued at most; any number when absent. Exact fractions grow with the years. */
  readonly most?: number;
}

/** What is assumed of accounts for years to come. */
export interface AccountOutlook extends Pick<AssetAssumptions, 'condition' | 'demand' | 'horizon' | 'most'> {
  /** Real, a year. */
  readonly rate: Fraction;
  readonly timing: DiscountTiming;
}

/** One real rate, shown beside a percentage point below and above it and at every timing; names are those of the norm. */
export function assetAssumptions({ rate, timing, ...how }: AccountOutlook, norm: NormEdition): AssetAssumptions {
  const point = Fraction.of(1n, 100n);
  const names = new Map([...norm.types, ...norm.services, ...norm.products].map(({ code, name }) => [code, name]));
  return {
    ...how,
    discount: constantRate(rate, timing),
    sensitivity: {
      rates: [rate.minus(point), rate, rate.plus(point)],
      horizons: [how.horizon],
      timings: discountTimings,
    },
    worthOf: (line) => worthOfLine(line, norm),
    nameOf: (code) => names.get(code) ?? (code === unassignedType ? unassigned : { zh: code, en: code }),
  };
}

const unassigned: Bilingual = { zh: '未分类型', en: 'unassigned' };

/**
 * Every type is an asset, every line a service with a constant flow: its quantity at its price × γ, so that a price that stays
 * revalues nothing; where a line has no price of its own, at `value / quantity`. One year is worth what the account says.
 * The discount rate is a real one.
 * What declared flows take back is taken off.
 * @param closing the account of a later date, where the change is wanted as well
 */
export function assetInputOf(opening: Account, closing: Account | undefined, how: AssetAssumptions): AssetInput {
  const before = netted(opening);
  const after = closing && netted(closing);
  const keys = new Map(
    [before, ...(after ? [after] : [])].flatMap(({ lines }) => lines).map((line) => [keyOf(line), line]),
  );
  if (keys.size * how.horizon > (how.most ?? Infinity))
    throw new AssetTooLarge(before.territory, { lines: keys.size, years: how.horizon, most: how.most! });
  const types = [...new Set([...keys.values()].map(typeOf))];
  const services = [...keys].map(([key, line]): AssetService => {
    const flow = (account: Account): Expectation =>
      flowOf(
        account.lines.find((one) => keyOf(one) === key),
        how,
      );
    const demand = how.demand.get(line.service);
    return {
      code: key,
      name: how.nameOf(line.item ?? line.service),
      asset: typeOf(line),
      opening: flow(before),
      ...(after ? { closing: flow(after) } : {}),
      ...(demand ? { demand } : {}),
    };
  });
  const assets = types.map((code): Asset => {
    const condition = how.condition.get(code);
    return {
      code,
      name: how.nameOf(code),
      areaUnit: before.areaUnit,
      opening: areaOf(before, code),
      ...(after ? { closing: areaOf(after, code) } : {}),
      ...(condition ? { condition } : {}),
    };
  });
  const periods = after ? `${before.period}–${after.period}` : before.period;
  const title = `${before.territory} · ${periods} · ${before.norm.id}`;
  const { horizon, discount, sensitivity } = how;
  const fixed = { source: null, currency: 'yuan', inflation: null, split: 'three' } as const;
  return { title: { zh: title, en: title }, ...fixed, horizon, discount, sensitivity, assets, services };
}

const netted = (account: Account): Account => ({ ...account, lines: netOfFlows(account.lines) });
const typeOf = ({ type }: AccountLine): string => type ?? unassignedType;
const keyOf = (line: AccountLine): string => [line.service, ...(line.item ? [line.item] : []), typeOf(line)].join('/');

/** A service of the whole territory has no area of its own: 1 at both dates, so that no change is put down to it. */
function areaOf({ areaByType }: Account, type: string): Fraction {
  if (type === unassignedType) return Fraction.one;
  return Fraction.parse(String(areaByType[type] ?? 0))!;
}

function flowOf(line: AccountLine | undefined, { worthOf }: AssetAssumptions): Expectation {
  if (!line || line.quantity === 0) return { quantity: Fraction.zero, unitPrice: Fraction.zero };
  const quantity = Fraction.parse(String(line.quantity))!;
  const worth = worthOf(line);
  const isPriced = worth !== undefined && roundToFen(line.quantity, unitValue(worth)) === line.valueFen;
  // The value is rounded to the fen; divided again it would give each year another price.
  return { quantity, unitPrice: isPriced ? worth : Fraction.of(line.valueFen, 100n).dividedBy(quantity) };
}
