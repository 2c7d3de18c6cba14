/** Cross tables of several accounts as text: values in 10⁴ yuan, with totals and shares. */
import { unassignedType, type CrossTable } from '@gep/accounting';
import type { Bilingual, Fen } from '@gep/kernel';
import type { Language } from '../terminal/language';
import { moneyUnits, showSigned, showWanYuan } from './figures';
import type { Names } from './render-account';
import { renderTable } from './text-table';

const axes: Record<CrossTable['rows'], Bilingual> = {
  service: { zh: '服务', en: 'Service' },
  type: { zh: '类型', en: 'type' },
  territory: { zh: '地域', en: 'territory' },
  period: { zh: '核算期', en: 'period' },
};
const words = {
  total: { zh: '合计', en: 'Total' },
  share: { zh: '占比（%）', en: 'Share (%)' },
  whole: { zh: '不分类型', en: 'no type' },
  all: { zh: '各核算期', en: 'all periods' },
} satisfies Record<string, Bilingual>;

export function renderCrossTables(tables: readonly CrossTable[], names: Names, language: Language): string {
  const nameOf = (code: string): string => (code === unassignedType ? words.whole[language] : names(code));
  const shareOf = (part: Fen, whole: Fen): string =>
    whole === 0n ? '' : showSigned((Number(part) / Number(whole)) * 100, 2).replace('+', '');
  return tables
    .map(({ period, rows, columns, columnCodes, body, columnTotalsFen, totalFen }) => {
      const heading = `${period ?? words.all[language]} · ${axes[rows][language]} × ${axes[columns][language]} · ${moneyUnits.wanYuan[language]}`;
      // Sums over periods say nothing of a year: there the columns stand alone.
      const summed = columns !== 'period';
      const lines = [
        ...body.map(({ code, cellsFen, totalFen: own }) => [code, cellsFen, own] as const),
        ['', columnTotalsFen, totalFen] as const,
      ].map(([code, cells, own]) => [
        code === '' ? words.total[language] : nameOf(code),
        ...cells.map((cell) => (cell === null ? '' : showWanYuan(cell))),
        ...(summed ? [showWanYuan(own), shareOf(own, totalFen)] : []),
      ]);
      const last = summed ? [words.total[language], words.share[language]] : [];
      const headings = [...columnCodes.map(nameOf), ...last].map((text) => ({ heading: text, numeric: true }));
      return `${heading}\n${renderTable([{ heading: axes[rows][language] }, ...headings], lines)}`;
    })
    .join('\n\n');
}
