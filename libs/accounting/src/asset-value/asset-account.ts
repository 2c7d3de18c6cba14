/** The monetary ecosystem asset account of SEEA EA chapter 10: value at two dates and every entry between them, to the fen. */
import { Fraction, type Fen } from '@gep/kernel';
import type { Asset, AssetInput, AssetService, ChangeDirection } from './asset-input';
import { discountFactors, discountTerms, type DiscountTerms } from './discount-factors';
import { DemandNeeded, ImpossibleChange } from './errors';
import { presentValue, sensitivityTable, type PresentValue, type SensitivityRow } from './present-value';
import { roundTogether, roundedFen } from './round-together';
import { splitThreeFactors, type ThreeFactors } from './three-factor-split';

/** The entries between opening and closing, in the order of SEEA EA table 10.1. */
export type AssetEntry =
  | 'enhancement'
  | 'degradation'
  | 'conversionsAdditions'
  | 'conversionsReductions'
  | 'catastrophicLoss'
  | 'upwardReappraisal'
  | 'downwardReappraisal'
  | 'revaluation';
export const assetEntries: readonly AssetEntry[] = [
  'enhancement',
  'degradation',
  'conversionsAdditions',
  'conversionsReductions',
  'catastrophicLoss',
  'upwardReappraisal',
  'downwardReappraisal',
  'revaluation',
];

export interface AssetServiceResult {
  readonly service: string;
  readonly asset: string;
  readonly openingFen: Fen;
  readonly closingFen: Fen | null;
  /** Exact effects of the three factors on the value (area is zero in a split by two); they add up to the change. */
  readonly effects: ThreeFactors | null;
  /** In fen; they add up to closing less opening. */
  readonly entries: ReadonlyMap<AssetEntry, Fen>;
}

export interface AssetRow {
  readonly openingFen: Fen;
  readonly entries: ReadonlyMap<AssetEntry, Fen>;
  readonly netFen: Fen | null;
  readonly closingFen: Fen | null;
}

export interface AssetAccount {
  readonly title: AssetInput['title'];
  readonly currency: string;
  readonly horizon: number;
  readonly split: AssetInput['split'];
  readonly discount: DiscountTerms;
  /** Of the prices and the rate; nominal prices are deflated by the inflation. */
  readonly terms: 'real' | 'nominal';
  readonly inflation: Fraction | null;
  readonly factors: readonly Fraction[];
  readonly services: readonly AssetServiceResult[];
  readonly assets: ReadonlyMap<string, AssetRow>;
  readonly total: AssetRow;
  readonly sensitivity: readonly SensitivityRow[];
}

/**
 * Values every service at both dates and books the change. Money is rounded to fen once for each value, and the entries of
 * a service are rounded together, so that opening + entries = closing to the fen in every service, asset and in the whole.
 * @throws HorizonTooLong, ImpossibleChange, DemandNeeded
 */
export function computeAssetAccount(input: AssetInput): AssetAccount {
  const { horizon, inflation, split } = input;
  const factors = discountFactors(input.discount, horizon);
  const how = { factors, horizon, inflation };
  const valueOf = (service: AssetService, side: 'opening' | 'closing'): PresentValue | null =>
    service[side] ? presentValue(service, service[side], how) : null;
  const services = input.services.map((service) => {
    const asset = input.assets.find(({ code }) => code === service.asset)!;
    return resultOf(asset, service, split, valueOf(service, 'opening')!, valueOf(service, 'closing'));
  });
  const assets = input.assets.map(({ code }) => [code, rowOf(services.filter(({ asset }) => asset === code))] as const);
  const total = rowOf(services);
  const sensitivity = sensitivityTable(input);
  return {
    ...{ title: input.title, currency: input.currency, horizon, split, factors, services },
    ...{
      discount: discountTerms(input.discount),
      terms: inflation ? ('nominal' as const) : ('real' as const),
      inflation,
    },
    ...{ assets: new Map(assets), total, sensitivity },
  };
}

function resultOf(
  asset: Asset,
  service: AssetService,
  split: AssetInput['split'],
  opening: PresentValue,
  closing: PresentValue | null,
): AssetServiceResult {
  const base = { service: service.code, asset: asset.code, openingFen: roundedFen(opening.value) };
  if (!closing) return { ...base, closingFen: null, effects: null, entries: new Map() };
  const closingFen = roundedFen(closing.value);
  const areas = split === 'three' ? [asset.opening, asset.closing!] : [Fraction.one, Fraction.one];
  const effects = effectsBetween(opening, closing, areas);
  const entries = roundTogether(bookEffects(asset, service, effects), closingFen - base.openingFen);
  return { ...base, closingFen, effects, entries };
}

/** Effects of one year times the annuity are those of all years, exactly, and years alike have short fractions. */
function effectsBetween(opening: PresentValue, closing: PresentValue, areas: readonly Fraction[]): ThreeFactors {
  const [before, after] = [opening.alike, closing.alike];
  if (!before || !after || !before.annuity.equals(after.annuity)) return effectsOf([opening, closing], areas);
  const { price, volume, area } = effectsOf([before, after], areas);
  const whole = (effect: Fraction): Fraction => effect.times(before.annuity);
  return { price: whole(price), volume: whole(volume), area: whole(area) };
}

/**
 * Price is the mean discounted price of a unit, volume the quantity of a unit of area. Where one date has no quantity or no
 * area, the factor that cannot be told is taken from the other date: what appears whole is volume, or area.
 */
function effectsOf(values: readonly PresentValue[], areas: readonly Fraction[]): ThreeFactors {
  const none = (figure: Fraction): boolean => figure.numerator === 0n;
  const known = (figures: readonly (Fraction | null)[]): Fraction[] =>
    figures.map((figure, at) => figure ?? figures[1 - at] ?? Fraction.zero);
  const prices = known(values.map(({ value, quantity }) => (none(quantity) ? null : value.dividedBy(quantity))));
  const volumes = known(values.map(({ quantity }, at) => (none(areas[at]) ? null : quantity.dividedBy(areas[at]))));
  const at = (index: number): ThreeFactors => ({ price: prices[index], volume: volumes[index], area: areas[index] });
  return splitThreeFactors(at(0), at(1));
}

function bookEffects(asset: Asset, service: AssetService, effects: ThreeFactors): Map<AssetEntry, Fraction> {
  const booked = new Map<AssetEntry, Fraction>();
  const book = (entry: AssetEntry, amount: Fraction): void => {
    if (amount.numerator !== 0n) booked.set(entry, (booked.get(entry) ?? Fraction.zero).plus(amount));
  };
  const loss = service.catastrophicLoss ?? Fraction.zero;
  const volume = effects.volume.plus(loss);
  book('catastrophicLoss', Fraction.zero.minus(loss));
  book(effects.area.numerator > 0n ? 'conversionsAdditions' : 'conversionsReductions', effects.area);
  book('revaluation', effects.price);
  if (volume.numerator !== 0n) book(volumeEntry(asset, service, volume.numerator > 0n ? 'up' : 'down'), volume);
  return booked;
}

/**
 * The table of SEEA EA A10.1. A condition that did not change, or was not assessed, neither enhances nor degrades: what
 * then changes are expectations (ours).
 */
function volumeEntry(asset: Asset, service: AssetService, volume: 'up' | 'down'): AssetEntry {
  const condition: ChangeDirection = asset.condition ?? 'unchanged';
  if (condition === volume) return volume === 'up' ? 'enhancement' : 'degradation';
  const reappraisal = volume === 'up' ? 'upwardReappraisal' : 'downwardReappraisal';
  if (condition === 'unchanged') return reappraisal;
  const { demand } = service;
  if (!demand) throw new DemandNeeded(asset.code, service.code, volume, condition);
  if (demand !== volume) throw new ImpossibleChange(asset.code, service.code, { volume, condition, demand });
  return reappraisal;
}

function rowOf(services: readonly AssetServiceResult[]): AssetRow {
  const sum = (figures: readonly Fen[]): Fen => figures.reduce((total, fen) => total + fen, 0n);
  const openingFen = sum(services.map((one) => one.openingFen));
  const closings = services.flatMap(({ closingFen }) => (closingFen === null ? [] : [closingFen]));
  const closingFen = closings.length === services.length ? sum(closings) : null;
  const entries = assetEntries.flatMap((entry) => {
    const own = services.flatMap((one) => one.entries.get(entry) ?? []);
    return own.length === 0 ? [] : [[entry, sum(own)] as const];
  });
  return {
    openingFen,
    entries: new Map(entries),
    netFen: closingFen === null ? null : closingFen - openingFen,
    closingFen,
  };
}
