/** An account at the prices of a base period as text. */
import type { ComparableAccount, ComparableLine } from '@gep/accounting';
import { formatYuan, sumFen, type Bilingual, type Fen } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { moneyUnits, partThousands, showDecimal, showUnit } from '../figures';
import { formatRelative } from '../render-comparison';
import type { Names } from '../render-account';
import { renderTable } from '../text-table';

const words = {
  service: { zh: '服务', en: 'Service' },
  type: { zh: '生态系统类型', en: 'Ecosystem type' },
  current: { zh: '现价', en: 'At current prices' },
  comparable: { zh: '可比价', en: 'At base prices' },
  basePrice: { zh: '基期单价', en: 'Base price' },
  unit: { zh: '单价单位', en: 'Price unit' },
  year: { zh: '价格年份', en: 'Price year' },
  yearless: { zh: '未注明', en: 'not stated' },
  from: { zh: '基价来源', en: 'Base price from' },
  base: { zh: '基期', en: 'Base' },
  growth: { zh: '增长率（现价 / 可比价）', en: 'Growth (current / base prices)' },
  index: { zh: '隐含价格指数', en: 'Implied price index' },
  reported: { zh: '原值', en: 'as reported' },
  moved: { zh: '现价按同样的年份指数换算', en: 'At current prices, price years moved by the same indices' },
  unmoved: {
    zh: '现价中有价格年份没有指数，无法换算，因此没有隐含价格指数；请为其价格年份补充 --index',
    en: 'a price year of the current account has no index, so there is no implied price index; add --index for it',
  },
} satisfies Record<string, Bilingual>;

const origins: Record<ComparableLine['from'], Bilingual> = {
  account: { zh: '基期账户', en: 'base account' },
  norm: { zh: '规范', en: 'norm' },
  index: { zh: '指数', en: 'index' },
};

export function renderComparable(comparable: ComparableAccount, names: Names, language: Language): string {
  const show = (fen: Fen): string => partThousands(formatYuan(fen));
  const yuan = moneyUnits.yuan[language];
  const rows = comparable.lines.map((line) => [
    line.item === null ? names(line.service) : `${names(line.service)} / ${names(line.item)}`,
    line.type === null ? '' : names(line.type),
    show(line.currentFen),
    show(line.comparableFen),
    showDecimal(line.basePrice),
    showUnit(line.priceUnit, language),
    line.basis.years.join(', ') || words.yearless[language],
    line.moved
      ? `${origins[line.from][language]} × ${line.moved.factor} (${line.moved.source})`
      : origins[line.from][language],
  ]);
  const relative = (text: string | null): string => formatRelative(text === null ? null : Number(text)) || '—';
  const { territory, period, basePeriod, baseFen, baseReportedFen, currentFen, movedFen, comparableFen } = comparable;
  const reported = baseReportedFen === baseFen ? '' : ` (${words.reported[language]} ${show(baseReportedFen)} ${yuan})`;
  return [
    renderTable(
      [
        { heading: words.service[language] },
        { heading: words.type[language] },
        { heading: `${words.current[language]} (${yuan})`, numeric: true },
        { heading: `${words.comparable[language]} (${yuan})`, numeric: true },
        { heading: words.basePrice[language], numeric: 'point' },
        { heading: words.unit[language] },
        { heading: words.year[language] },
        { heading: words.from[language] },
      ],
      rows,
    ),
    [
      `${territory} · ${period} · ${words.base[language]} ${basePeriod}: ${show(baseFen)} ${yuan}${reported}`,
      `${words.current[language]}: ${show(currentFen)} ${yuan} · ${words.comparable[language]}: ${show(comparableFen)} ${yuan}`,
      ...(movedFen === null || movedFen === currentFen ? [] : [`${words.moved[language]}: ${show(movedFen)} ${yuan}`]),
      `${words.growth[language]}: ${relative(comparable.currentGrowth)} / ${relative(comparable.comparableGrowth)}`,
      ...yearlessRemark(comparable.lines, names, language),
      `${words.index[language]}: ${comparable.impliedIndex ?? (movedFen === null ? words.unmoved[language] : '—')}`,
    ].join('\n'),
  ].join('\n\n');
}

/** What of the total rests on prices that no index of a year moves, because the norm does not say of which year they are. */
function yearlessRemark(lines: readonly ComparableLine[], names: Names, language: Language): string[] {
  const yearless = lines.filter(({ basis, comparableFen }) => basis.years.length === 0 && comparableFen !== 0n);
  if (yearless.length === 0) return [];
  const worth = partThousands(formatYuan(sumFen(yearless.map(({ comparableFen }) => comparableFen))));
  const services = [...new Set(yearless.map(({ service }) => service))].map((code) => names(code));
  const text = {
    zh: `其中 ${worth} 元的单价规范未注明年份（${services.join('、')}），可能属于其他年份，指数也不换算它们；请在本地规范中为其注明 priceYear`,
    en: `of it ${worth} yuan at prices whose year the norm does not state (${services.join(', ')}): they may be in the money of another year, and no index moves them; state their priceYear in a norm of your own`,
  };
  return [text[language]];
}
