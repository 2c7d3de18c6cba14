/** Two accounts side by side as text: services, ecosystem types and the total. */
import { unassignedType, type AccountComparison, type FenChange } from '@gep/accounting';
import type { Bilingual } from '@gep/kernel';
import type { Language } from '../terminal/language';
import { moneyUnits, showSigned, showWanYuan } from './figures';
import type { Names } from './render-account';
import { renderTable } from './text-table';

const words = {
  service: { zh: '服务', en: 'Service' },
  type: { zh: '生态系统类型', en: 'Ecosystem type' },
  change: { zh: '变化（万元）', en: 'Change (10⁴ yuan)' },
  relative: { zh: '变化率', en: 'Relative' },
  total: { zh: '合计', en: 'Total' },
  whole: { zh: '全域', en: 'whole territory' },
} satisfies Record<string, Bilingual>;

/** `+12.50 %`; empty when there was nothing before. */
export function formatRelative(relative: number | null): string {
  return relative === null ? '' : `${showSigned(relative * 100, 2)} %`;
}

export function renderComparison(comparison: AccountComparison, names: Names, language: Language): string {
  const { before, after } = comparison;
  const unit = moneyUnits.wanYuan[language];
  const row = (name: string, change: FenChange): string[] => [
    name,
    showWanYuan(change.before),
    showWanYuan(change.after),
    showWanYuan(change.absolute),
    formatRelative(change.relative),
  ];
  const nameOf: Names = (code) => (code === unassignedType ? words.whole[language] : names(code));
  const table = (heading: string, changes: Readonly<Record<string, FenChange>>): string =>
    renderTable(
      [
        { heading },
        { heading: `${before.period} (${unit})`, numeric: true },
        { heading: `${after.period} (${unit})`, numeric: true },
        { heading: words.change[language], numeric: true },
        { heading: words.relative[language], numeric: true },
      ],
      [
        ...Object.entries(changes).map(([code, change]) => row(nameOf(code), change)),
        row(words.total[language], comparison.total),
      ],
    );
  return [
    `${after.territory} · ${before.period} → ${after.period} · ${after.norm.id}`,
    table(words.service[language], comparison.byService),
    table(words.type[language], comparison.byType),
  ].join('\n\n');
}
