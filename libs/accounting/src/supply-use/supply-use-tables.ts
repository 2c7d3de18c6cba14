/** Supply-and-use tables of SEEA EA chapter 7: who supplies each service and who uses it, in quantities and in money. */
import { allocate, assert, Fraction, type Bilingual, type Fen, type ShareWeight } from '@gep/kernel';
import type { Beneficiary } from '@gep/rulebook';
import { unassignedType, type Account, type AccountLine } from '../account/account';
import { ExportsExceedSupply, TradeUnknown, TradeValueNeeded } from './errors';

/** What a norm says of a service, as far as its use is concerned. */
export interface UsedService {
  readonly code: string;
  readonly name: Bilingual;
  /** Serves another service instead of people. */
  readonly intermediate: boolean;
  readonly beneficiaries: readonly Beneficiary[];
}

/** A service that crosses the boundary of the account. */
export interface ServiceTrade {
  readonly service: string;
  readonly item: string | null;
  readonly direction: 'import' | 'export';
  /** In the unit of the service. */
  readonly quantity: Fraction;
  /** At the average price of the service in the account when absent. */
  readonly valueFen?: Fen;
}

/** Columns of use. Users are `group-scale`, such as `farmers-local`; `unassigned` is final use of whom nobody has said. */
export const intermediateUse = 'intermediate';
export const unassignedUse = 'unassigned';
export const exportUse = 'exports';

/** One row of either table; the columns of both sides add up to `total`. */
export interface SupplyUseSide<T> {
  readonly supply: ReadonlyMap<string, T>;
  readonly imports: T;
  readonly use: ReadonlyMap<string, T>;
  readonly total: T;
}

export interface SupplyUseRow {
  readonly service: string;
  readonly item: string | null;
  readonly intermediate: boolean;
  readonly unit: string;
  readonly physical: SupplyUseSide<Fraction>;
  readonly monetary: SupplyUseSide<Fen>;
  /** Supplied, but used by nobody; beside the table, never in it. */
  readonly unused: Fraction;
}

export interface SupplyUseTables {
  readonly territory: string;
  readonly period: string;
  readonly norm: Account['norm'];
  readonly rows: readonly SupplyUseRow[];
  /** Money of all services: its supply without imports is the total of the account. */
  readonly total: SupplyUseSide<Fen>;
  readonly finalFen: Fen;
  readonly intermediateFen: Fen;
}

type Lines = readonly AccountLine[];

/**
 * Tables of one account. Quantities count as the decimals that the account shows and are shared out in millionths of their last place,
 * money is shared out in fen, both by largest remainder: supply equals use exactly in every row.
 * @param services of the norm; a service that it lacks has no known users
 * @throws TradeUnknown, ExportsExceedSupply, TradeValueNeeded
 */
export function tabulateSupplyUse(
  account: Account,
  services: readonly UsedService[],
  trade: readonly ServiceTrade[] = [],
): SupplyUseTables {
  const groups = groupLines(account.lines);
  for (const { service, item } of trade) {
    const known = [...groups.values()].map(([line]) =>
      line.item === null ? line.service : `${line.service} / ${line.item}`,
    );
    if (!groups.has(keyOf(service, item))) throw new TradeUnknown(service, item, known);
  }
  const rows = [...groups].map(([key, lines]) => {
    const service = services.find(({ code }) => code === lines[0].service);
    return rowOf(
      lines,
      service,
      trade.filter((flow) => keyOf(flow.service, flow.item) === key),
    );
  });
  const total = totalOf(rows.map(({ monetary }) => monetary));
  const { territory, period, norm } = account;
  const supplied = sumFen(total.supply.values());
  assert(supplied === account.totals.totalFen, `supply of ${territory} ${period} is not the total of its account`);
  const intermediateFen = sumFen(
    rows.filter((row) => row.intermediate).map((row) => sumFen(row.monetary.supply.values())),
  );
  return { territory, period, norm, rows, total, intermediateFen, finalFen: supplied - intermediateFen };
}

const keyOf = (service: string, item: string | null): string => JSON.stringify([service, item]);

/** Lines of one service and item have one unit; their types differ. */
function groupLines(lines: Lines): Map<string, Lines> {
  const groups = new Map<string, AccountLine[]>();
  for (const line of lines) {
    const key = keyOf(line.service, line.item);
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return groups;
}

function rowOf(lines: Lines, service: UsedService | undefined, trade: readonly ServiceTrade[]): SupplyUseRow {
  const { service: code, item, unit } = lines[0];
  assert(
    lines.every((line) => line.unit === unit),
    `lines of ${code} have different units`,
  );
  const supply = sumByType(
    lines,
    (line) => exactly(line.quantity),
    Fraction.zero,
    (a, b) => a.plus(b),
  );
  const supplyFen = sumByType(
    lines,
    (line) => line.valueFen,
    0n,
    (a, b) => a + b,
  );
  const [quantity, fen] = [sumOf(supply.values()), sumFen(supplyFen.values())];
  const flow = (direction: ServiceTrade['direction']): { quantity: Fraction; fen: Fen } => {
    const own = trade.filter((one) => one.direction === direction);
    return {
      quantity: sumOf(own.map((one) => one.quantity)),
      fen: sumFen(own.map((one) => worthOf(one, quantity, fen))),
    };
  };
  const [imports, exports] = [flow('import'), flow('export')];
  const whole = quantity.plus(imports.quantity);
  if (exports.quantity.numerator > 0n && exports.quantity.compare(whole) > 0)
    throw new ExportsExceedSupply(code, whole.toExactText(), exports.quantity.toExactText(), unit);
  const exported = exports.quantity.numerator !== 0n || exports.fen !== 0n;
  const ends = <T>(use: Map<string, T>, amount: T): Map<string, T> => (exported ? use.set(exportUse, amount) : use);
  const totalFen = fen + imports.fen;
  const gross = lines.map(({ supplied, quantity: used }) => exactly(supplied ?? used).minus(exactly(used)));
  return {
    service: code,
    item,
    intermediate: service?.intermediate ?? false,
    unit,
    physical: {
      supply,
      imports: imports.quantity,
      use: ends(shareQuantity(whole.minus(exports.quantity), service), exports.quantity),
      total: whole,
    },
    monetary: {
      supply: supplyFen,
      imports: imports.fen,
      use: ends(allocate(totalFen - exports.fen, usersOf(service)), exports.fen),
      total: totalFen,
    },
    unused: sumOf(gross),
  };
}

function sumByType<T>(lines: Lines, of: (line: AccountLine) => T, nothing: T, add: (a: T, b: T) => T): Map<string, T> {
  const sums = new Map<string, T>();
  for (const line of lines) {
    const type = line.type ?? unassignedType;
    sums.set(type, add(sums.get(type) ?? nothing, of(line)));
  }
  return sums;
}

/** The columns among which the home use of a service is shared. */
function usersOf(service: UsedService | undefined): ShareWeight[] {
  if (service?.intermediate) return [{ code: intermediateUse, weight: Fraction.one }];
  if (!service || service.beneficiaries.length === 0) return [{ code: unassignedUse, weight: Fraction.one }];
  const shares = new Map<string, Fraction>();
  for (const { group, scale, share } of service.beneficiaries) {
    const user = `${group}-${scale}`;
    shares.set(user, (shares.get(user) ?? Fraction.zero).plus(share));
  }
  return [...shares].map(([code, weight]) => ({ code, weight }));
}

/** A quantity is shared out in millionths of its last decimal place, so that the parts are decimals and add up to it. */
function shareQuantity(quantity: Fraction, service: UsedService | undefined): Map<string, Fraction> {
  let finest = 1_000_000n;
  while ((finest * quantity.numerator) % quantity.denominator !== 0n) finest *= 10n;
  const parts = allocate((finest * quantity.numerator) / quantity.denominator, usersOf(service));
  return new Map([...parts].map(([code, part]) => [code, Fraction.of(part, finest)]));
}

/** Rounded half away from zero, once for each flow. */
function worthOf({ service, quantity, valueFen }: ServiceTrade, supplied: Fraction, fen: Fen): Fen {
  if (valueFen !== undefined) return valueFen;
  if (supplied.numerator === 0n) throw new TradeValueNeeded(service);
  const { numerator, denominator } = quantity.times(Fraction.of(fen)).dividedBy(supplied);
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

function totalOf(sides: readonly SupplyUseSide<Fen>[]): SupplyUseSide<Fen> {
  const merged = (of: (side: SupplyUseSide<Fen>) => ReadonlyMap<string, Fen>): Map<string, Fen> => {
    const sums = new Map<string, Fen>();
    for (const side of sides) for (const [code, fen] of of(side)) sums.set(code, (sums.get(code) ?? 0n) + fen);
    return sums;
  };
  return {
    supply: merged(({ supply }) => supply),
    imports: sumFen(sides.map(({ imports }) => imports)),
    use: merged(({ use }) => use),
    total: sumFen(sides.map(({ total }) => total)),
  };
}

const exactly = (quantity: number): Fraction => Fraction.parse(String(quantity))!;
const sumOf = (figures: Iterable<Fraction>): Fraction =>
  [...figures].reduce((sum, one) => sum.plus(one), Fraction.zero);
const sumFen = (parts: Iterable<Fen>): Fen => [...parts].reduce((sum, part) => sum + part, 0n);
