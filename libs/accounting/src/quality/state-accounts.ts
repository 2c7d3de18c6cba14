/** States accounts of ours, one or several periods of a territory, in the form that the checks read. */
import { assert, conversionFactor, formatYuan, Fraction, periodEnd, shareOfYear } from '@gep/kernel';
import type { StatisticRow } from '@gep/observation';
import {
  ownPrices,
  parameterLookup,
  type EcosystemType,
  type NormEdition,
  type QualityRules,
  type Service,
} from '@gep/rulebook';
import { unassignedType, type Account, type AccountLine } from '../account/account';
import { netOfFlows } from '../flow/eliminated-part';
import type { DayGap } from '../days/fill-days';
import type { LinesBelow } from '../flow/idle-flows';
import { worthOfLine } from '../report-table/worth-of-line';
import type { MissingSheet } from '../sheet/sheet-status';
import { placeOf, stateBelow } from './state-below';
import {
  emptyPeriod,
  type StatedAccount,
  type StatedCell,
  type StatedDayGap,
  type StatedInput,
  type StatedName,
  type StatedPeriod,
  type StatedSetAside,
  type StatedService,
  type StatedSum,
} from './stated-account';

/** What an account does not hold and a check needs. */
export interface BesideAccount {
  /** Inhabitants by period. */
  readonly people?: Readonly<Record<string, string>>;
  /** The territory and those above it, nearest first. */
  readonly places?: readonly string[];
  /** Days that lack, by period, where the accounts come without their base sums. */
  readonly dayGaps?: Readonly<Record<string, readonly DayGap[]>>;
  /** What was reported, by period; of an account that was added up there is none. */
  readonly statistics?: Readonly<Record<string, readonly StatisticRow[]>>;
  /** Data sheets of which something lacks, by period. */
  readonly missingSheets?: Readonly<Record<string, readonly MissingSheet[]>>;
  /** What the accounts below an aggregate come to, by period. */
  readonly below?: Readonly<Record<string, LinesBelow>>;
}

/**
 * @param accounts periods of one territory, in any order; the norm is that of the last one
 * @param rules name the factors whose meaning is checked
 */
export function stateAccounts(
  accounts: readonly Account[],
  norm: NormEdition,
  rules: QualityRules,
  {
    people = {},
    places = [accounts[0].territory],
    dayGaps = {},
    statistics = {},
    missingSheets = {},
    below = {},
  }: BesideAccount = {},
): StatedAccount {
  assert(accounts.length > 0, 'no account to state');
  const ordered = [...accounts].sort((a, b) => (periodEnd(a.period) < periodEnd(b.period) ? -1 : 1));
  return {
    territory: ordered[0].territory,
    exact: true,
    valueUnit: 'yuan',
    yuanPerValue: '1',
    types: norm.types.map(typeName),
    services: norm.services.map(({ code, name }) => ({ code, name })),
    periods: ordered.map((account) => ({
      ...statePeriod(account, norm),
      ...(people[account.period] === undefined ? {} : { people: people[account.period] }),
      inputs: factorsOf(account, norm, rules, places),
      dayGaps: gapsOf(dayGaps[account.period] ?? account.baseSums?.dayGaps ?? [], norm),
      setAside: setAsideOf(account, norm, statistics[account.period] ?? []),
      missingSheets: missingSheets[account.period] ?? [],
      ...(below[account.period] ? stateBelow(account, below[account.period]) : {}),
    })),
  };
}

function setAsideOf({ lines }: Account, norm: NormEdition, statistics: readonly StatisticRow[]): StatedSetAside[] {
  const own = ownPrices(norm);
  return statistics.flatMap(({ item, type: stated, price, priceUnit }): StatedSetAside[] => {
    const by = own.get(item);
    if (by === undefined || price === null) return [];
    const type = stated ?? norm.products.find(({ code }) => code === item)?.type ?? null;
    const line = lines.find((one) => one.item === item && one.type === type);
    const taken = line?.priceUnit === priceUnit ? line?.price : undefined;
    return [
      {
        at: `statistics.${item}${type === null ? '' : `.${type}`}.price`,
        item,
        ...(type === null ? {} : { type }),
        price,
        unit: priceUnit ?? '',
        ...(by === null ? {} : { by }),
        ...(taken ? { taken: Fraction.parse(taken)!.toDecimalText(20) } : {}),
      },
    ];
  });
}

function gapsOf(gaps: readonly DayGap[], norm: NormEdition): StatedDayGap[] {
  return gaps.map(({ series, days, missing }) => {
    const name = norm.series.find(({ code }) => code === series)!.name;
    return { at: `series.${series}`, series: { code: series, name }, days, missing };
  });
}

/** Built-up, mining and traffic land of HJ 1166 (61, 63); urban green (62) is no built land. */
export function typeName({ code, name, hj1166 }: EcosystemType): StatedName {
  return { code, name, built: /^6[13]/.test(hj1166) };
}

function statePeriod(account: Account, norm: NormEdition): StatedPeriod {
  const { totals, areaByType, areaUnit, period } = account;
  const hectares = conversionFactor(norm.units.parse(areaUnit), norm.units.parse('hm2'));
  const lines = netOfFlows(account.lines);
  const services = new Map(norm.services.map((service) => [service.code, service]));
  const sums = (map: Readonly<Record<string, bigint>>, at: string, of: (line: AccountLine) => string): StatedSum[] =>
    Object.entries(map).map(([code, fen]) => ({
      total: { at: `${at}.${code}`, text: formatYuan(fen) },
      parts: lines
        .filter((line) => of(line) === code)
        .map((line) => ({ at: `${placeOf(line)}.value`, text: formatYuan(line.valueFen) })),
    }));
  return {
    ...emptyPeriod,
    period,
    shareOfYear: shareOfYear(period).toDecimalText(20),
    areas: Object.entries(areaByType).map(([type, area]) => {
      return { at: `areas.${type}`, type, area: exactOf(area).times(hectares).toDecimalText(20) };
    }),
    services: lines.map((line) => ({
      ...stateLine(line, services.get(line.service), norm, period),
      // Shares of a rounded line are not rounded anew: a fen may go to the one or the other.
      ...(account.origin !== 'observed' ? { summed: true } : {}),
    })),
    cells: cellsOf(lines),
    types: Object.entries(totals.byType).map(([type, fen]) => ({ at: `types.${type}`, type, value: formatYuan(fen) })),
    totals: [{ at: 'totals.total', text: formatYuan(totals.totalFen) }],
    sums: [
      ...sums(totals.byCategory, 'categories', ({ category }) => category),
      ...sums(totals.byGroup, 'groups', ({ group }) => group),
      ...sums(totals.byService, 'services', ({ service }) => service),
    ],
  };
}

const exactOf = (value: number): Fraction => Fraction.parse(String(value))!;
/** A double as decimal text without exponent. */
const decimalOf = (value: number): string => exactOf(value).toDecimalText(20);

function stateLine(line: AccountLine, service: Service | undefined, norm: NormEdition, period: string): StatedService {
  const { type } = line;
  const unitValue = worthOfLine(line, norm);
  const year = service && priceYearOf(service, type, norm, period);
  return {
    at: placeOf(line),
    code: line.service,
    group: line.group,
    category: line.category,
    ...(type === null ? {} : { type }),
    quantity: decimalOf(line.quantity),
    unit: line.unit,
    ...(unitValue ? { unitValue: unitValue.toDecimalText(40) } : {}),
    value: formatYuan(line.valueFen),
    ...(year === undefined ? {} : { priceYear: year, pricedByNorm: true }),
    ...(service ? { negative: service.negative } : {}),
  };
}

/** The year in whose money the parameter of a price is, where the norm says so. */
function priceYearOf({ price }: Service, type: string | null, norm: NormEdition, period: string): string | undefined {
  if (price.kind !== 'parameter') return undefined;
  const date = periodEnd(period);
  const values = norm.parameters
    .find(({ code }) => code === price.parameter)!
    .values.filter((value) => value.from <= date && (value.type === undefined || value.type === type));
  return values.reduce<(typeof values)[number] | undefined>(
    (latest, value) => (!latest || value.from >= latest.from ? value : latest),
    undefined,
  )?.priceYear;
}

function cellsOf(lines: readonly AccountLine[]): StatedCell[] {
  const cells = new Map<string, { row: string; type: string; fen: bigint }>();
  for (const { service, type, valueFen } of lines) {
    const key = `cells.${service}.${type ?? unassignedType}`;
    const cell = cells.get(key) ?? { row: service, type: type ?? unassignedType, fen: 0n };
    cells.set(key, { ...cell, fen: cell.fen + valueFen });
  }
  return [...cells].map(([at, { row, type, fen }]) => ({ at, row, type, value: formatYuan(fen) }));
}

/** Factors of the norm for the types that earn something by regulation. */
function factorsOf(
  { lines, period }: Account,
  norm: NormEdition,
  { factors }: QualityRules,
  places: readonly string[],
): StatedInput[] {
  const lookup = parameterLookup(norm, { places, date: periodEnd(period) });
  const earning = lines.filter(({ category, valueFen }) => category === 'regulating' && valueFen !== 0n);
  const types = [...new Set(earning.flatMap(({ type }) => type ?? []))];
  return factors.flatMap((code) =>
    types.flatMap((type) => {
      const found = lookup(code, { type });
      return found ? [{ at: `parameters.${code}.${type}`, code, type, value: found.value.toDecimalText(20) }] : [];
    }),
  );
}
