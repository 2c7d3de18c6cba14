/** An asset account as text: entries by asset, the effects behind them by service, and how values depend on discounting. */
import {
  assetEntries,
  roundedFen,
  unassignedType,
  type AssetAccount,
  type AssetEntry,
  type AssetInput,
  type AssetRow,
  type DiscountTiming,
} from '@gep/accounting';
import { Fraction, type Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { moneyUnits, showYuan } from '../figures';
import { renderTable, type TableColumn } from '../text-table';

const words = {
  asset: { zh: '资产', en: 'Asset' },
  service: { zh: '服务', en: 'Service' },
  opening: { zh: '期初', en: 'Opening' },
  closing: { zh: '期末', en: 'Closing' },
  net: { zh: '净变化', en: 'Net change' },
  total: { zh: '合计', en: 'Total' },
  area: { zh: '面积效应', en: 'Area effect' },
  volume: { zh: '实物量效应', en: 'Volume effect' },
  price: { zh: '价格效应', en: 'Price effect' },
  rate: { zh: '折现率（%）', en: 'Rate (%)' },
  timing: { zh: '时点', en: 'Timing' },
  horizon: { zh: '年限', en: 'Years' },
  whole: { zh: '全域', en: 'whole territory' },
} satisfies Record<string, Bilingual>;

const entryNames: Record<AssetEntry, Bilingual> = {
  enhancement: { zh: '改善', en: 'Enhancement' },
  degradation: { zh: '退化', en: 'Degradation' },
  conversionsAdditions: { zh: '转换增加', en: 'Conversions, additions' },
  conversionsReductions: { zh: '转换减少', en: 'Conversions, reductions' },
  catastrophicLoss: { zh: '灾害损失', en: 'Catastrophic loss' },
  upwardReappraisal: { zh: '重估调增', en: 'Upward reappraisal' },
  downwardReappraisal: { zh: '重估调减', en: 'Downward reappraisal' },
  revaluation: { zh: '价格重估', en: 'Revaluation' },
};
const timings: Record<DiscountTiming, Bilingual> = {
  end: { zh: '年末', en: 'end of year' },
  start: { zh: '年初', en: 'start of year' },
  mid: { zh: '年中', en: 'middle of year' },
};
const sensitivityTitle = { zh: '对折现方式的敏感性', en: 'Sensitivity to the discounting' };

export function renderAssetValue(account: AssetAccount, input: AssetInput, language: Language): string {
  const currency = input.currency === 'yuan' ? moneyUnits.yuan[language] : input.currency;
  const years = { zh: `${account.horizon} 年`, en: `${account.horizon} years` }[language];
  const names = new Map(
    [...input.assets, ...input.services].map(({ code, name }) => [
      code,
      code === unassignedType ? words.whole[language] : name[language],
    ]),
  );
  return [
    `${account.title[language]} · ${years} · ${currency} · ${termsOf(account, language)}`,
    renderEntries(account, names, language),
    ...(account.services.some(({ effects }) => effects) ? [renderEffects(account, names, language)] : []),
    ...(account.sensitivity.length > 0
      ? [`${sensitivityTitle[language]}\n${renderSensitivity(account, language)}`]
      : []),
  ].join('\n\n');
}

const perCent = (rate: Fraction): string => `${rate.times(Fraction.of(100n)).toDecimalText(6)}%`;

/** How the future was discounted: two valuations that differ in it must not look alike. */
function termsOf({ discount, terms, inflation }: AssetAccount, language: Language): string {
  const { rate, schedule, timing } = discount;
  const kind = { real: { zh: '实际', en: 'real' }, nominal: { zh: '名义', en: 'nominal' } }[terms][language];
  const steps = (schedule ?? []).map(({ fromYear, rate: step }) => {
    return { zh: `第 ${fromYear} 年起 ${perCent(step)}`, en: `${perCent(step)} from year ${fromYear}` }[language];
  });
  const rates = { zh: `${kind}年折现率`, en: `${kind} discount rate` }[language];
  const given = { zh: '给定的折现系数', en: 'discount factors as given' }[language];
  const listed = rate ? perCent(rate) : steps.join(language === 'zh' ? '、' : ', ');
  return [
    rate || schedule ? `${rates} ${listed}` : given,
    ...(timing ? [`${words.timing[language]}${language === 'zh' ? '：' : ': '}${timings[timing][language]}`] : []),
    ...(inflation ? [{ zh: `通货膨胀 ${perCent(inflation)}`, en: `inflation ${perCent(inflation)}` }[language]] : []),
  ].join(' · ');
}

type Names = ReadonlyMap<string, string>;

/** Assets are columns, entries rows, as SEEA EA prints it. */
function renderEntries({ assets, total }: AssetAccount, names: Names, language: Language): string {
  const columns: [string, AssetRow][] = [
    ...[...assets].map(([code, row]): [string, AssetRow] => [names.get(code)!, row]),
    [words.total[language], total],
  ];
  const line = (word: Bilingual, of: (row: AssetRow) => bigint | null | undefined): string[] => [
    word[language],
    ...columns.map(([, row]) => {
      const fen = of(row);
      return fen === null || fen === undefined ? '' : showYuan(fen);
    }),
  ];
  const entries = total.closingFen === null ? [] : assetEntries;
  const ends = [line(words.net, ({ netFen }) => netFen), line(words.closing, ({ closingFen }) => closingFen)];
  return renderTable(
    [{ heading: '' }, ...columns.map(([heading]) => ({ heading, numeric: true }))],
    [
      line(words.opening, ({ openingFen }) => openingFen),
      ...entries.map((entry) => line(entryNames[entry], (row) => row.entries.get(entry))),
      ...(total.closingFen === null ? [] : ends),
    ],
  );
}

const show = (yuan: Fraction | null): string => (yuan === null ? '' : showYuan(roundedFen(yuan)));

function renderEffects({ services, split }: AssetAccount, names: Names, language: Language): string {
  const effects = split === 'three' ? (['area', 'volume', 'price'] as const) : (['volume', 'price'] as const);
  const columns: TableColumn[] = [
    { heading: words.asset[language] },
    { heading: words.service[language] },
    ...[words.opening, ...effects.map((effect) => words[effect]), words.closing].map((word) => ({
      heading: word[language],
      numeric: true,
    })),
  ];
  const rows = services.map((one) => [
    names.get(one.asset)!,
    names.get(one.service)!,
    showYuan(one.openingFen),
    ...effects.map((effect) => show(one.effects && one.effects[effect])),
    one.closingFen === null ? '' : showYuan(one.closingFen),
  ]);
  return renderTable(columns, rows);
}

function renderSensitivity({ sensitivity }: AssetAccount, language: Language): string {
  return renderTable(
    [
      { heading: words.rate[language], numeric: 'point' },
      { heading: words.timing[language] },
      { heading: words.horizon[language], numeric: true },
      { heading: words.opening[language], numeric: true },
      { heading: words.closing[language], numeric: true },
    ],
    sensitivity.map(({ rate, timing, horizon, opening, closing }) => [
      rate.times(Fraction.of(100n)).toDecimalText(6),
      timings[timing][language],
      String(horizon),
      show(opening),
      show(closing),
    ]),
  );
}
