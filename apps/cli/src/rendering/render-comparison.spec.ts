/** What two accounts side by side call the values of no type, in both languages. */
import type { AccountComparison } from '@gep/accounting';
import { renderComparison } from './render-comparison';

it('calls what has no ecosystem type the whole territory, never by its code', () => {
  const change = { before: 100n, after: 300n, absolute: 200n, relative: 2 };
  const side = (period: string) => ({ territory: '990101', period, norm: { id: 'sample' } });
  const comparison = {
    ...{ before: side('2023'), after: side('2024'), total: change },
    ...{ byService: { tourism: change }, byType: { unassigned: change } },
  } as unknown as AccountComparison;
  const shown = (['zh', 'en'] as const).map((language) => renderComparison(comparison, (code) => code, language));
  expect(shown.join()).not.toContain('unassigned');
  expect([shown[0].includes('全域'), shown[1].includes('whole territory')]).toEqual([true, true]);
});
