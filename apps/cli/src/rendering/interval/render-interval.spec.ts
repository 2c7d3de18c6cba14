/** What intervals say as text where the account itself lies outside them. */
import type { AccountInterval } from '@gep/accounting';
import { renderInterval } from './render-interval';

const figure = (accountFen: bigint) => ({
  ...{ accountFen, meanFen: 900n, medianFen: 900n, lowFen: 800n, highFen: 1000n },
  grade: 'published' as const,
});
const drawn = (code: string, value: number): AccountInterval['drawn'][number] => ({
  ...{ kind: 'parameter', code, from: '2000-01-01', unit: '1', least: 0, most: null, share: 0.5, cutDraws: 0 },
  spread: { low: 10, value, high: 20, distribution: 'uniform' },
});
const interval = (nitrogen: bigint): AccountInterval & { seconds: number } => ({
  ...{ territory: '990101', period: '2024', norm: { id: 'sample', edition: 'e'.repeat(64) }, accountDigest: 'd' },
  ...{ draws: 100, seed: 1, cutDraws: 0, fixedFen: 0n, total: figure(900n), target: null, unexplained: 0, seconds: 1 },
  ...{ byCategory: {}, byService: { nitrogen: figure(nitrogen), water: figure(850n) }, byType: {} },
  drawn: [drawn('nitrogenPrice', 10), drawn('waterPrice', 15)],
});
const shown = (nitrogen: bigint, language: 'zh' | 'en'): string =>
  renderInterval(interval(nitrogen), { names: (code) => code, parameters: (code) => code }, language);

it('names what lies outside its own interval, and the values at the edge of their ranges', () => {
  expect(shown(700n, 'en')).toContain('Outside their own 90% interval: nitrogen. ');
  expect(shown(700n, 'en')).toMatch(/at the edge of their range are: nitrogenPrice$/m);
  expect(shown(700n, 'zh')).toContain('账户值在自身 90% 区间之外：nitrogen。');
  expect(shown(800n, 'en')).not.toContain('Outside');
});
