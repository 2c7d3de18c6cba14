/** Makes the input of an asset account from GEP accounts: what an account counts in a year is expected of every year to come. */
import { Fraction, type Bilingual } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import { unassignedType, type Account, type AccountLine } from '../account/account';
import { netOfFlows } from '../flow/eliminated-part';
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
    nameOf: (code) => names.get(code) ?? (code === unassignedType ? unassigned : { zh: code, en: code }),
  };
}

const unassigned: Bilingual = { zh: '未分类型', en: 'unassigned' };

/**
 * Every type is an asset, every line a service with a constant flow: its quantity at `value / quantity` yuan, so that one
 * year is worth exactly what the account says. Prices are those of the account; the discount rate is a real one.
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
    const flow = (account: Account): Expectation => flowOf(account.lines.find((one) => keyOf(one) === key));
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

function flowOf(line: AccountLine | undefined): Expectation {
  if (!line || line.quantity === 0) return { quantity: Fraction.zero, unitPrice: Fraction.zero };
  const quantity = Fraction.parse(String(line.quantity))!;
  return { quantity, unitPrice: Fraction.of(line.valueFen, 100n).dividedBy(quantity) };
}
