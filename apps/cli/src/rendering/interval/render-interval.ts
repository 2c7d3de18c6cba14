/** Intervals of an account as text: totals with their 90% intervals, then the parameters behind the spread. */
import { unassignedType, type AccountInterval } from '@gep/accounting';
import { formatYuan, type Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { formatQuantity, moneyUnits, showWanYuan } from '../figures';
import { categoryNames, gradeNames } from '../render-account';
import { renderTable } from '../text-table';

const words = {
  grade: { zh: '证据等级', en: 'Evidence' },
  what: { zh: '项目', en: 'Of' },
  account: { zh: '账户', en: 'Account' },
  low: { zh: '第 5 百分位', en: '5th percentile' },
  median: { zh: '中位数', en: 'Median' },
  mean: { zh: '均值', en: 'Mean' },
  high: { zh: '第 95 百分位', en: '95th percentile' },
  total: { zh: '合计', en: 'Total' },
  byCategory: { zh: '类别', en: 'Category' },
  byService: { zh: '服务', en: 'Service' },
  byType: { zh: '类型', en: 'Type' },
  whole: { zh: '全域', en: 'whole territory' },
  parameter: { zh: '抽样的值', en: 'Drawn value' },
  cut: { zh: '截断次数', en: 'Draws cut' },
  quantity: { zh: '数量', en: 'quantity' },
  price: { zh: '单价', en: 'price' },
  spread: { zh: '取值范围', en: 'Spread' },
  share: { zh: '占总值方差的份额', en: 'Share in the variance of the total' },
  unexplained: { zh: '未解释（非线性）', en: 'unexplained (not linear)' },
  method: {
    zh: '份额 = 标准化回归系数 × 与总值的相关系数（Pratt）；与未解释之和为 1。每个值抽取一次，各类型、各地域共用者同时变动；不同的值相互独立。区间只反映写有取值范围的参数和统计；抽到没有意义的值（如负价格）时取其边界，并计入截断次数。',
    en: 'Share = standardised regression coefficient × correlation with the total (Pratt); with what is unexplained they add up to 1. One value is drawn once, whatever shares it moves together; different values are independent. The interval covers only parameters and statistics that carry a range; what is drawn beyond what it may mean, as a negative price, is cut there and counted.',
  },
} satisfies Record<string, Bilingual>;

const distributions: Record<AccountInterval['drawn'][number]['spread']['distribution'], Bilingual> = {
  uniform: { zh: '均匀', en: 'uniform' },
  triangular: { zh: '三角', en: 'triangular' },
  normal: { zh: '正态（90% 区间）', en: 'normal (90% interval)' },
  lognormal: { zh: '对数正态（90% 区间）', en: 'lognormal (90% interval)' },
};

/** Names of what lines are about, and of parameters, by code. */
interface IntervalNames {
  readonly names: (code: string) => string;
  readonly parameters: (code: string) => string;
}

export function renderInterval(
  interval: AccountInterval & { readonly seconds: number },
  { names, parameters }: IntervalNames,
  language: Language,
): string {
  const { territory, period, norm, draws, seed, seconds, target, cutDraws } = interval;
  const drawn = {
    zh: `${draws} 次抽样，种子 ${seed}，${seconds} 秒${cutDraws > 0 ? `；${cutDraws} 次有值被截断` : ''}`,
    en: `${draws} draws, seed ${seed}, ${seconds} s${cutDraws > 0 ? `; a value was cut in ${cutDraws} of them` : ''}`,
  };
  const aim = target && {
    zh: `总值不低于 ${formatYuan(target.fen)} 元的概率：${percent(target.probability)}`,
    en: `Probability that the total reaches ${formatYuan(target.fen)} yuan: ${percent(target.probability)}`,
  };
  return [
    `${territory} · ${period} · ${norm.id} @ ${norm.edition.slice(0, 12)} · ${drawn[language]}`,
    figuresTable(interval, names, language),
    sharesTable(interval, { names, parameters }, language),
    words.method[language],
    ...outsideNote(interval, { names, parameters }, language),
    ...(aim ? [aim[language]] : []),
  ].join('\n\n');
}

function figuresTable(interval: AccountInterval, names: (code: string) => string, language: Language): string {
  const unit = moneyUnits.wanYuan[language];
  const numbers = (['account', 'low', 'median', 'mean', 'high'] as const).map((word) => {
    return { heading: `${words[word][language]} (${unit})`, numeric: true };
  });
  const row = (name: string, figure: AccountInterval['total']): string[] => {
    const { accountFen, lowFen, medianFen, meanFen, highFen, grade } = figure;
    return [name, ...[accountFen, lowFen, medianFen, meanFen, highFen].map(showWanYuan), gradeNames[grade][language]];
  };
  const nameOf = nameIn(names, language);
  const part = (kind: 'byCategory' | 'byService' | 'byType'): string[][] =>
    Object.entries(interval[kind]).map(([code, figure]) => row(`${words[kind][language]} ${nameOf(code)}`, figure));
  const rows = [...part('byCategory'), ...part('byService'), ...part('byType')];
  return renderTable(
    [{ heading: words.what[language] }, ...numbers, { heading: words.grade[language] }],
    [row(words.total[language], interval.total), ...rows],
  );
}

const nameIn =
  (names: (code: string) => string, language: Language) =>
  (code: string): string =>
    code === unassignedType ? words.whole[language] : (categoryNames[code]?.[language] ?? names(code));

/** Why a figure of the account may lie outside its own interval: what it counts with stands at the edge of its range. */
function outsideNote(interval: AccountInterval, { names, parameters }: IntervalNames, language: Language): string[] {
  const isOutside = ({ accountFen, lowFen, highFen }: AccountInterval['total']): boolean =>
    accountFen < lowFen || accountFen > highFen;
  const nameOf = nameIn(names, language);
  const outside = [
    ...(isOutside(interval.total) ? [words.total[language]] : []),
    ...(['byCategory', 'byService', 'byType'] as const).flatMap((kind) =>
      Object.entries(interval[kind]).flatMap(([code, figure]) => (isOutside(figure) ? [nameOf(code)] : [])),
    ),
  ];
  if (outside.length === 0) return [];
  const atEdge = interval.drawn.filter(({ spread: { low, value, high } }) => {
    const place = (value - low) / (high - low);
    return place < edge || place > 1 - edge;
  });
  const list = language === 'zh' ? '、' : ', ';
  const named = [...new Set(atEdge.map(({ kind, code }) => (kind === 'parameter' ? parameters(code) : names(code))))];
  const who = outside.join(list);
  const edges = {
    zh: named.length > 0 ? `；位于范围边缘的有：${named.join(list)}` : '',
    en: named.length > 0 ? `; at the edge of their range are: ${named.join(list)}` : '',
  };
  const note = {
    zh: `账户值在自身 90% 区间之外：${who}。账户取规范的值和上报值，它们不一定在各自取值范围的中间${edges.zh}`,
    en: `Outside their own 90% interval: ${who}. The account counts with the values of the norm and as reported, which need not lie in the middle of their ranges${edges.en}`,
  };
  return [note[language]];
}

/** Part of a range from either end that counts as its edge. */
const edge = 0.1;

function sharesTable(
  { drawn, unexplained }: AccountInterval,
  { names, parameters }: IntervalNames,
  language: Language,
): string {
  const rows = drawn.map(({ kind, code, type, place, unit, spread, share, cutDraws }) => [
    [
      ...(kind === 'parameter' ? [parameters(code)] : [names(code), words[kind][language]]),
      ...(type ? [type === unassignedType ? words.whole[language] : names(type)] : []),
      ...(place ? [place] : []),
    ].join(' · '),
    `${formatQuantity(spread.low)} … ${formatQuantity(spread.high)} ${unit} ${distributions[spread.distribution][language]}`,
    share === null ? '' : percent(share),
    cutDraws === 0 ? '' : String(cutDraws),
  ]);
  const rest = unexplained === null ? [] : [[words.unexplained[language], '', percent(unexplained), '']];
  return renderTable(
    [
      { heading: words.parameter[language] },
      { heading: words.spread[language] },
      { heading: words.share[language], numeric: true },
      { heading: words.cut[language], numeric: true },
    ],
    [...rows, ...rest],
  );
}

/** A share below half of the last digit has no sign. */
function percent(share: number): string {
  const text = (share * 100).toFixed(2);
  return `${text === '-0.00' ? '0.00' : text}%`;
}
