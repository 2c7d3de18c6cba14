/** An account at the prices of a base period: what changed when prices are left out, and by how much prices did. */
import { conversionFactor, Decimal, Fen, Fraction, periodEnd, roundToFen, shareOfYear, unitValue } from '@gep/kernel';
import { NormEdition, parameterLookup } from '@gep/rulebook';
import type { Account, AccountLine } from '../account/account';
import { lineKey } from '../account/line-order';
import { BasePeriodDiffers, BasePriceMissing, MixedPriceBases, PriceIndexRefused } from './errors';
import { normPriceOf, PriceBasis, priceBasisOf } from './line-price';
import { UnitWorth } from './line-sides';

/** A stated index that moves a price into the money of the base period. */
export interface PriceIndex {
  /** A product or service whose base price is missing (its current price is moved), or a price year. */
  readonly of: string;
  /** Price of the base period over the price that is moved. */
  readonly factor: Fraction;
  readonly source: string;
}

/** An index as people write it. @throws PriceIndexRefused */
export function priceIndex(of: string, factor: string, source: string): PriceIndex {
  const read = Fraction.parse(factor);
  if (!read || read.compare(Fraction.zero) <= 0) throw new PriceIndexRefused(of, factor, 'factor');
  if (source.trim() === '') throw new PriceIndexRefused(of, factor, 'source');
  return { of, factor: read, source };
}

/** Quantities of one period at its own and at base prices. γ and quantities are those of the account. */
export interface ComparableLine {
  readonly service: string;
  readonly type: string | null;
  readonly item: string | null;
  readonly currentFen: Fen;
  readonly comparableFen: Fen;
  /** At current prices, moved by the index of their price year as base prices are; null where that is not given. */
  readonly movedFen: Fen | null;
  /** Exact text in `priceUnit`. */
  readonly basePrice: string;
  readonly priceUnit: string;
  readonly basis: PriceBasis;
  /** The base account, the norm on the base day, or the current price moved by an index. */
  readonly from: 'account' | 'norm' | 'index';
  /** The index that moved the price, if one did. */
  readonly moved: { readonly of: string; readonly factor: string; readonly source: string } | null;
}

export interface ComparableAccount {
  readonly territory: string;
  readonly period: string;
  readonly basePeriod: string;
  /** The account of the base period at base prices, price years moved by the indices. */
  readonly baseFen: Fen;
  /** The account of the base period as it is. */
  readonly baseReportedFen: Fen;
  readonly currentFen: Fen;
  /** The current account with the same price years moved; null where a price year of it has no index. */
  readonly movedFen: Fen | null;
  readonly comparableFen: Fen;
  /** Between the accounts as they are; exact to 12 digits, null after nothing. */
  readonly currentGrowth: string | null;
  readonly comparableGrowth: string | null;
  /** Current over comparable value, both with the same price years moved: by how much prices changed the total. */
  readonly impliedIndex: string | null;
  readonly lines: readonly ComparableLine[];
}

/** Accounts of one territory. */
interface ComparedAccounts {
  readonly base: Account;
  readonly current: Account;
  /** Accounts of the base period of what the territory followed, whose prices are its own. */
  readonly priced?: readonly Account[];
}

/**
 * Σ quantity × base price. The base price of a line is that of the base account; where the base period has no such line, the
 * one that the norm gives on its last day, or the one price at which the base account counts this product; failing that
 * the current price moved by a stated index.
 * @param accounts observed, of the same territory under the same edition: the base, and the one to be shown at its prices
 * @param places of the territory, nearest first
 * @throws BasePriceMissing, BasePeriodDiffers, MixedPriceBases when prices are in the money of several years
 */
export function atComparablePrices(
  norm: NormEdition,
  accounts: ComparedAccounts,
  places: readonly string[],
  indices: readonly PriceIndex[] = [],
): ComparableAccount {
  const { base, current } = accounts;
  if (!shareOfYear(base.period).equals(shareOfYear(current.period)))
    throw new BasePeriodDiffers(current.period, base.period);
  const reprice = new Repricing(norm, accounts, places, indices);
  const [baseLines, lines] = [base, current].map((account) => account.lines.map((line) => reprice.line(line, account)));
  refuseMixed(current.territory, [...baseLines, ...lines]);
  const before = { baseFen: sumOf(baseLines), baseReportedFen: reportedOf(baseLines) };
  return summed(current.territory, current.period, base.period, before, lines);
}

/** Adds territories. @throws MixedPriceBases when they are at prices of different periods */
export function addComparable(territory: string, parts: readonly ComparableAccount[]): ComparableAccount {
  const bases = [...new Set(parts.map(({ basePeriod }) => basePeriod))];
  if (bases.length > 1)
    throw new MixedPriceBases(territory, new Map(bases.map((base) => [base, codesAt(parts, base)])));
  refuseMixed(
    territory,
    parts.flatMap(({ lines }) => lines),
  );
  const before = {
    baseFen: parts.reduce((sum, part) => sum + part.baseFen, 0n),
    baseReportedFen: parts.reduce((sum, part) => sum + part.baseReportedFen, 0n),
  };
  const lines = parts.flatMap((part) => part.lines);
  return summed(territory, parts[0].period, parts[0].basePeriod, before, lines);
}

const codesAt = (parts: readonly ComparableAccount[], base: string): string[] =>
  parts.filter(({ basePeriod }) => basePeriod === base).map((part) => part.territory);

function summed(
  territory: string,
  period: string,
  basePeriod: string,
  { baseFen, baseReportedFen }: Pick<ComparableAccount, 'baseFen' | 'baseReportedFen'>,
  lines: readonly ComparableLine[],
): ComparableAccount {
  const [comparableFen, currentFen] = [sumOf(lines), reportedOf(lines)];
  const movedFen = lines.reduce<Fen | null>(
    (sum, line) => (sum === null || line.movedFen === null ? null : sum + line.movedFen),
    0n,
  );
  return {
    ...{ territory, period, basePeriod, baseFen, baseReportedFen, currentFen, movedFen, comparableFen },
    currentGrowth: quotient(currentFen - baseReportedFen, baseReportedFen),
    comparableGrowth: quotient(comparableFen - baseFen, baseFen),
    impliedIndex: movedFen === null ? null : quotient(movedFen, comparableFen),
    lines,
  };
}

const reportedOf = (lines: readonly ComparableLine[]): Fen => lines.reduce((sum, line) => sum + line.currentFen, 0n);

const sumOf = (lines: readonly ComparableLine[]): Fen => lines.reduce((sum, line) => sum + line.comparableFen, 0n);

function quotient(part: Fen, whole: Fen): string | null {
  if (whole === 0n) return null;
  return new Decimal(part.toString()).dividedBy(whole.toString()).toSignificantDigits(12).toString();
}

/** Finds base prices; what lines share is prepared once. */
class Repricing {
  private readonly worth: UnitWorth;
  private readonly baseLines: ReadonlyMap<string, AccountLine>;
  private readonly base: Account;
  /** Lines whose prices are base prices. */
  private readonly priced: readonly AccountLine[];
  private readonly lookup: ReturnType<typeof parameterLookup>;
  private readonly lookupNow: ReturnType<typeof parameterLookup>;
  private readonly indices: ReadonlyMap<string, PriceIndex>;

  constructor(
    private readonly norm: NormEdition,
    { base, current, priced = [] }: ComparedAccounts,
    places: readonly string[],
    indices: readonly PriceIndex[],
  ) {
    this.base = base;
    this.worth = UnitWorth.of(norm.units);
    this.baseLines = new Map(base.lines.map((line) => [lineKey(line), line]));
    this.priced = [...base.lines, ...priced.flatMap(({ lines }) => lines)];
    this.lookup = parameterLookup(norm, { places, date: periodEnd(base.period) });
    this.lookupNow = parameterLookup(norm, { places, date: periodEnd(current.period) });
    this.indices = new Map(indices.map((index) => [index.of, index]));
  }

  line(line: AccountLine, { period }: Account): ComparableLine {
    const { service, type, item, priceUnit, gamma, quantity } = line;
    const found = this.basePrice(line, period);
    const basis = priceBasisOf(this.norm, line, this.lookup, this.base.period.slice(0, 4));
    const [year, ...others] = basis.years;
    const index = others.length === 0 && year !== undefined ? this.indices.get(year) : undefined;
    const price = index ? found.price.times(index.factor) : found.price;
    const applied = index ?? found.index;
    const scale = this.worth.yuanPerUnit(line);
    return {
      ...{ service, type, item, priceUnit },
      currentFen: line.valueFen,
      movedFen: this.movedFen(line, period, index !== undefined),
      comparableFen: roundToFen(quantity, unitValue(price.times(Fraction.parse(gamma!)!).times(scale))),
      basePrice: price.toExactText(),
      basis: index ? { ...basis, years: [this.base.period.slice(0, 4)] } : basis,
      from: found.from,
      moved: applied ? { of: applied.of, factor: applied.factor.toExactText(), source: applied.source } : null,
    };
  }

  /** What the line is worth with its own price year moved. @param isBaseMoved whether the base price was */
  private movedFen(line: AccountLine, period: string, isBaseMoved: boolean): Fen | null {
    const year = period.slice(0, 4);
    const lookup = period === this.base.period ? this.lookup : this.lookupNow;
    const { years } = priceBasisOf(this.norm, line, lookup, year);
    const index = years.length === 1 ? this.indices.get(years[0]) : undefined;
    if (index) return roundToFen(1, unitValue(index.factor.times(Fraction.of(line.valueFen, 100n))));
    const isInOwnMoney = years.length === 1 && years[0] === year;
    return !isBaseMoved || isInOwnMoney || line.valueFen === 0n ? line.valueFen : null;
  }

  private basePrice(
    line: AccountLine,
    period: string,
  ): { price: Fraction; from: ComparableLine['from']; index?: PriceIndex } {
    const same = this.baseLines.get(lineKey(line));
    if (same) return { price: this.inUnitOf(line, same), from: 'account' };
    const followed = this.onePrice(line, (other) => lineKey(other) === lineKey(line));
    if (followed) return { price: followed, from: 'account' };
    const given = normPriceOf(this.norm, line, this.lookup, period);
    if (given) return { price: given, from: 'norm' };
    const alike = this.onePrice(line, ({ service, item }) => service === line.service && item === line.item);
    if (alike) return { price: alike, from: 'account' };
    const index = this.indices.get(line.item ?? line.service) ?? this.indices.get(line.service);
    if (!index) throw new BasePriceMissing(this.base.territory, this.base.period, line);
    return { price: Fraction.parse(line.price!)!.times(index.factor), from: 'index', index };
  }

  /** The price that these lines have in common; of several followed territories with prices of their own there is none. */
  private onePrice(line: AccountLine, isMeant: (other: AccountLine) => boolean): Fraction | undefined {
    const prices = this.priced.filter((other) => isMeant(other) && other.price !== null);
    const [first, ...others] = prices.map((other) => this.inUnitOf(line, other));
    return first && others.every((price) => price.equals(first)) ? first : undefined;
  }

  private inUnitOf({ priceUnit }: AccountLine, other: AccountLine): Fraction {
    const price = Fraction.parse(other.price!)!;
    if (priceUnit === other.priceUnit) return price;
    const { units } = this.norm;
    return price.times(conversionFactor(units.parse(other.priceUnit), units.parse(priceUnit)));
  }
}

/** One total has one basis: prices whose year is stated must all be in the money of that year. */
function refuseMixed(territory: string, lines: readonly ComparableLine[]): void {
  const services = new Map<string, Set<string>>();
  for (const { basis, comparableFen, service } of lines) {
    if (comparableFen === 0n) continue;
    for (const year of basis.years) services.set(year, (services.get(year) ?? new Set()).add(service));
  }
  if (services.size <= 1) return;
  throw new MixedPriceBases(territory, new Map([...services].map(([year, codes]) => [year, [...codes]])));
}
