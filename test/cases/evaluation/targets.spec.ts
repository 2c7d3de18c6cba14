/** Every worked line of targets comes to the fen and to the percent that it states. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeTarget, milestonesOf, shownPercent } from '@gep/evaluation';
import { formatYuan } from '@gep/kernel';
import { parse } from 'yaml';

interface TargetCase {
  readonly name: string;
  readonly path: 'linear' | 'compound';
  readonly base: string;
  readonly target: string;
  readonly first: number;
  readonly last: number;
  readonly milestones: Readonly<Record<string, string>>;
  readonly actual: {
    readonly year: number;
    readonly amount: string;
    readonly attainment: string;
    readonly reached: boolean;
  };
}
const cases = parse(readFileSync(join(__dirname, 'targets.yaml'), 'utf8')) as TargetCase[];
const fen = (yuan: string): bigint => BigInt(yuan.replace('.', ''));

it.each(cases)('$name', ({ path, base, target, first, last, milestones, actual }) => {
  const [baseFen, targetFen] = [fen(base), fen(target)];
  const found = milestonesOf(path, { baseFen, targetFen, firstYear: first, lastYear: last });
  expect(Object.fromEntries(found.map((one) => [one.year, formatYuan(one.fen)]))).toEqual(milestones);
  const milestoneFen = found.find(({ year }) => year === actual.year)!.fen;
  const verdict = judgeTarget({ baseFen, milestoneFen, actualFen: fen(actual.amount), previousFen: null });
  expect([shownPercent(verdict.attainment!), verdict.isReached]).toEqual([actual.attainment, actual.reached]);
});
