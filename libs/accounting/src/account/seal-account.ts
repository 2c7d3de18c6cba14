/** Turns lines into a finished account: totals that add up to the fen, the weakest grade, and the digest. */
import { assert, CompensatedSum, digestOf, EvidenceGrade, Fen, weakerGrade } from '@gep/kernel';
import { Account, AccountLine, AccountTotals, unassignedType } from './account';
import { compareCodes } from './line-order';

/** Everything of an account that is not derived from the rest. */
export type UnsealedAccount = Omit<Account, 'totals' | 'grade' | 'digest'>;

/**
 * Adds totals, grade and digest.
 * The digest covers what the account says, not how it was reached: base sums are left out, so that an account computed
 * from kept sums equals the one computed from patches.
 */
export function sealAccount(account: UnsealedAccount): Account {
  const totals = totalLines(account.lines, Object.keys(account.areaByType));
  const grade = account.lines.reduce<EvidenceGrade>((weakest, line) => weakerGrade(weakest, line.grade), 'published');
  return { ...account, totals, grade, digest: digestAccount(account) };
}

/** Sums line values by category, group, service and type; types without a line get zero. */
export function totalLines(lines: readonly AccountLine[], types: readonly string[]): AccountTotals {
  const byCategory: Record<string, Fen> = {};
  const byGroup: Record<string, Fen> = {};
  const byService: Record<string, Fen> = {};
  const byType: Record<string, Fen> = Object.fromEntries(types.map((type) => [type, 0n]));
  let totalFen = 0n;
  for (const { category, group, service, type, valueFen } of lines) {
    totalFen += valueFen;
    byCategory[category] = (byCategory[category] ?? 0n) + valueFen;
    byGroup[group] = (byGroup[group] ?? 0n) + valueFen;
    byService[service] = (byService[service] ?? 0n) + valueFen;
    const typeKey = type ?? unassignedType;
    byType[typeKey] = (byType[typeKey] ?? 0n) + valueFen;
  }
  return { totalFen, byCategory, byGroup, byService, byType };
}

/** Digest of JSON without objects, so that there is one text for one account; this is hot, and native JSON is fast. */
function digestAccount(account: UnsealedAccount): string {
  const { territory, period, norm, observationDigest, origin, areaUnit, areaByType, coverage, children } = account;
  const areas = Object.keys(areaByType)
    .sort(compareCodes)
    .map((type) => [type, areaByType[type]]);
  const content = [
    [territory, period, norm.id, norm.edition, observationDigest, origin],
    [areaUnit, areas, coverage.present, coverage.expected, coverage.complete],
    children.map((child) => [child.territory, child.digest]),
    account.lines.map(contentOfLine),
  ];
  return digestOf(JSON.stringify(content));
}

function contentOfLine(line: AccountLine): unknown[] {
  assert(Number.isFinite(line.quantity), `the quantity of ${line.service} is ${line.quantity}`);
  const { service, category, group, type, item, quantity, unit, price, priceUnit, gamma, valueFen, grade } = line;
  return [service, category, group, type, item, quantity, unit, price, priceUnit, gamma, valueFen.toString(), grade];
}

/** Sum of the areas of all types, in the account's area unit. */
export function totalArea(account: Pick<Account, 'areaByType'>): number {
  const total = new CompensatedSum();
  for (const area of Object.values(account.areaByType)) total.add(area);
  return total.value;
}

/** @throws BrokenInvariant when the parts of an account do not add up to its wholes */
export function assertAddsUp(account: Account): void {
  const { totalFen, ...maps } = account.totals;
  for (const [name, map] of Object.entries(maps)) {
    const sum = Object.values(map as Record<string, Fen>).reduce((a, b) => a + b, 0n);
    assert(sum === totalFen, `${name} of ${account.territory} ${account.period} adds up to ${sum}, not ${totalFen}`);
  }
}
