/** Turns lines into a finished account: totals that add up to the fen, the weakest grade, and the digest. */
import { assert, CompensatedSum, EvidenceGrade, Fen, weakerGrade } from '@gep/kernel';
import { Account, AccountLine, AccountTotals, unassignedType } from './account';
import { digestAccount, DigestNorm } from './digest-account';

/** Everything of an account that is not derived from the rest. */
export type UnsealedAccount = Omit<Account, 'totals' | 'grade' | 'digest'>;

/**
 * Adds totals, grade and digest.
 * The digest covers what the account says, not how it was reached: base sums are left out, so that an account computed
 * from kept sums equals the one computed from patches.
 */
export function sealAccount(account: UnsealedAccount, norm: DigestNorm): Account {
  const totals = totalLines(account.lines, Object.keys(account.areaByType));
  const grade = account.lines.reduce<EvidenceGrade>((weakest, line) => weakerGrade(weakest, line.grade), 'published');
  return { ...account, totals, grade, digest: digestAccount(account, norm) };
}

/** Sums line values by category, group, service and type; types without a line get zero. A service has one group. */
export function totalLines(lines: readonly AccountLine[], types: readonly string[]): AccountTotals {
  const byCategory: Record<string, Fen> = {};
  const byGroup: Record<string, Fen> = {};
  const byService: Record<string, Fen> = {};
  const byType: Record<string, Fen> = Object.fromEntries(types.map((type) => [type, 0n]));
  let totalFen = 0n;
  // Lines of one service stand together: groups and categories are touched once for each run of them.
  for (let from = 0; from < lines.length;) {
    const { category, group, service } = lines[from];
    let fen = 0n;
    let to = from;
    for (; to < lines.length && lines[to].service === service; to++) {
      const { type, valueFen } = lines[to];
      const typeKey = type ?? unassignedType;
      byType[typeKey] = (byType[typeKey] ?? 0n) + valueFen;
      fen += valueFen;
    }
    totalFen += fen;
    byCategory[category] = (byCategory[category] ?? 0n) + fen;
    byGroup[group] = (byGroup[group] ?? 0n) + fen;
    byService[service] = (byService[service] ?? 0n) + fen;
    from = to;
  }
  return { totalFen, byCategory, byGroup, byService, byType };
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
