import type { ComparableAccount, ComparableLine } from '@gep/accounting';
import { renderComparable } from './render-comparable';

const line = (service: string, years: string[], comparableFen: bigint): ComparableLine => ({
  ...{ service, type: null, item: null, currentFen: comparableFen, movedFen: comparableFen, comparableFen },
  ...{ basePrice: '2.5', priceUnit: 'yuan/t', from: 'norm', moved: null },
  basis: { class: 'cost', years, region: null, index: null },
});
const account = (...lines: ComparableLine[]): ComparableAccount => ({
  ...{ territory: '520523', period: '2024', basePeriod: '2020', lines },
  ...{ baseFen: 900n, baseReportedFen: 900n, currentFen: 1000n, movedFen: 1000n, comparableFen: 1000n },
  ...{ currentGrowth: '0.1', comparableGrowth: '0.1', impliedIndex: '1' },
});
const names = (code: string): string => `<${code}>`;

it('says what of the total rests on prices whose year the norm does not state, and how to mend it', () => {
  const mixed = account(line('soil', [], 25_000n), line('water', ['2010'], 100n), line('oxygen', [], 5_000n));
  const [zh, en] = (['zh', 'en'] as const).map((language) => renderComparable(mixed, names, language));
  expect(zh).toMatch('其中 300.00 元的单价规范未注明年份（<soil>、<oxygen>）');
  expect(zh).toMatch('priceYear');
  expect(en).toMatch('of it 300.00 yuan at prices whose year the norm does not state (<soil>, <oxygen>)');
  expect(zh.split('\n').find((row) => row.includes('<soil>'))).toMatch('未注明');
  expect(en.split('\n').find((row) => row.includes('<soil>'))).toMatch('not stated');
});

it('says nothing of it where every price that counts has a year', () => {
  const text = renderComparable(account(line('water', ['2010'], 100n), line('oxygen', [], 0n)), names, 'en');
  expect(text).not.toMatch('whose year');
});
