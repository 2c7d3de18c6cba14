/** Sets two accounts side by side: what changed, by how much, and in what proportion. */
import { CompensatedSum, Decimal, EvidenceGrade, Fen } from '@gep/kernel';
import { Account, AccountLine } from './account';
import { compareCodes, lineKey } from './line-order';

/** A change of money. `relative` is (after − before) / |before|, null when there was nothing before. */
export interface FenChange {
  readonly before: Fen;
  readonly after: Fen;
  readonly absolute: Fen;
  readonly relative: number | null;
}

/** A change of a physical quantity or area, in its own unit. */
export interface QuantityChange {
  readonly before: number;
  readonly after: number;
  readonly absolute: number;
  readonly relative: number | null;
}

export interface LineChange {
  readonly service: string;
  readonly category: string;
  readonly group: string;
  readonly type: string | null;
  readonly item: string | null;
  /** Declaration by which the line takes back what is counted twice. */
  readonly flow?: string;
  /** Absent when the two accounts measure the line in different units. */
  readonly quantity: QuantityChange | null;
  readonly unit: string | null;
  readonly price: { readonly before: string | null; readonly after: string | null };
  readonly value: FenChange;
}

/** Which account a side of a comparison is. */
export interface AccountReference {
  readonly territory: string;
  readonly period: string;
  readonly norm: { readonly id: string; readonly edition: string };
  readonly digest: string;
  /** The weakest evidence that its total rests on. */
  readonly grade: EvidenceGrade;
}

export interface AccountComparison {
  readonly before: AccountReference;
  readonly after: AccountReference;
  readonly total: FenChange;
  readonly byCategory: Readonly<Record<string, FenChange>>;
  readonly byGroup: Readonly<Record<string, FenChange>>;
  readonly byService: Readonly<Record<string, FenChange>>;
  readonly byType: Readonly<Record<string, FenChange>>;
  readonly areaByType: Readonly<Record<string, QuantityChange>>;
  readonly lines: readonly LineChange[];
}

/** Compares line by line and total by total; a line that is missing on one side counts as zero there. */
export function compareAccounts(before: Account, after: Account): AccountComparison {
  const changes = (pick: (account: Account) => Readonly<Record<string, Fen>>): Record<string, FenChange> =>
    joinKeys(pick(before), pick(after), (a, b) => changeOfFen(a ?? 0n, b ?? 0n));
  return {
    before: referenceTo(before),
    after: referenceTo(after),
    total: changeOfFen(before.totals.totalFen, after.totals.totalFen),
    byCategory: changes((account) => account.totals.byCategory),
    byGroup: changes((account) => account.totals.byGroup),
    byService: changes((account) => account.totals.byService),
    byType: changes((account) => account.totals.byType),
    areaByType: joinKeys(before.areaByType, after.areaByType, (a, b) => changeOfQuantity(a ?? 0, b ?? 0)),
    lines: compareLines(before, after),
  };
}

export function changeOfFen(before: Fen, after: Fen): FenChange {
  const absolute = after - before;
  const size = before < 0n ? -before : before;
  const relative =
    size === 0n ? null : new Decimal(absolute.toString()).dividedBy(new Decimal(size.toString())).toNumber();
  return { before, after, absolute, relative };
}

export function changeOfQuantity(before: number, after: number): QuantityChange {
  const difference = new CompensatedSum();
  difference.add(after);
  difference.add(-before);
  const absolute = difference.value;
  return { before, after, absolute, relative: before === 0 ? null : absolute / Math.abs(before) };
}

function referenceTo({ territory, period, norm, digest, grade }: Account): AccountReference {
  return { territory, period, norm, digest, grade };
}

function joinKeys<T, R>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  join: (a: T | undefined, b: T | undefined) => R,
): Record<string, R> {
  const keys = [...Object.keys(a), ...Object.keys(b).filter((key) => !(key in a))];
  return Object.fromEntries(keys.map((key) => [key, join(a[key], b[key])]));
}

function compareLines(before: Account, after: Account): LineChange[] {
  const left = new Map(before.lines.map((line) => [lineKey(line), line]));
  const right = new Map(after.lines.map((line) => [lineKey(line), line]));
  const keys = [...left.keys(), ...[...right.keys()].filter((key) => !left.has(key)).sort(compareCodes)];
  return keys.map((key) => compareLine(left.get(key), right.get(key)));
}

function compareLine(before: AccountLine | undefined, after: AccountLine | undefined): LineChange {
  const { service, category, group, type, item, flow } = (after ?? before)!;
  const sameUnit = !before || !after || before.unit === after.unit;
  return {
    service,
    category,
    group,
    type,
    item,
    ...(flow !== undefined && { flow }),
    quantity: sameUnit ? changeOfQuantity(before?.quantity ?? 0, after?.quantity ?? 0) : null,
    unit: sameUnit ? (after ?? before)!.unit : null,
    price: { before: before?.price ?? null, after: after?.price ?? null },
    value: changeOfFen(before?.valueFen ?? 0n, after?.valueFen ?? 0n),
  };
}
