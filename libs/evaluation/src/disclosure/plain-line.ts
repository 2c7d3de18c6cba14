/** The year of a territory in one sentence that needs no expert. */
import { type Bilingual, Decimal } from '@gep/kernel';
import type { DisclosedFigure } from './disclosed-figure';

/**
 * What nature gave, what most of it was, how far the goal was reached and how the year was judged; what is not
 * disclosed is not said.
 */
export function plainLine(
  place: { readonly nameZh: string; readonly nameEn: string | null },
  year: number,
  figures: readonly DisclosedFigure[],
): Bilingual {
  const parts = [ofAccount(place, year, figures), ofGoals(figures), ofScore(figures)].flatMap((part) => part ?? []);
  return {
    zh: `${parts.map(({ zh }) => zh).join('')}`,
    en: parts.map(({ en }) => en).join(' '),
  };
}

function ofAccount(
  { nameZh, nameEn }: { readonly nameZh: string; readonly nameEn: string | null },
  year: number,
  figures: readonly DisclosedFigure[],
): Bilingual | undefined {
  const total = figures.find(({ kind, id }) => kind === 'account' && id.endsWith('.total'));
  if (!total) return undefined;
  const of = `${total.id.slice(0, -'total'.length)}service.`;
  const [most] = figures
    .filter(({ id }) => id.startsWith(of))
    .sort((a, b) => new Decimal(b.value).comparedTo(a.value) || (a.id < b.id ? -1 : 1));
  const [zhSum, enSum] = [inBillions(total.value, 8), inBillions(total.value, 9)];
  const whole = new Decimal(total.value);
  const share =
    most && whole.greaterThan(0) ? new Decimal(most.value).times(100).dividedBy(whole).toFixed(1) : undefined;
  const largest = share !== undefined && {
    zh: `，其中最大的一项是${most!.name.zh}，占 ${share}%`,
    en: `; the largest part was ${most!.name.en} (${share}%)`,
  };
  return {
    zh: `${year} 年，${nameZh}的自然为人们提供的产品和服务价值 ${zhSum} 亿元${largest ? largest.zh : ''}。`,
    en: `In ${year} nature in ${nameEn ?? nameZh} gave people goods and services worth ${enSum} billion yuan${largest ? largest.en : ''}.`,
  };
}

function ofGoals(figures: readonly DisclosedFigure[]): Bilingual | undefined {
  const attained = figures.filter(({ kind, id }) => kind === 'progress' && id.endsWith('.attainment'));
  if (attained.length === 0) return undefined;
  const met = attained.filter(({ value }) => new Decimal(value).greaterThanOrEqualTo(100)).length;
  return {
    zh: `本年 ${attained.length} 项目标完成 ${met} 项。`,
    en: `Of ${attained.length} ${attained.length === 1 ? 'goal' : 'goals'} of the year ${met} ${met === 1 ? 'was' : 'were'} met.`,
  };
}

function ofScore(figures: readonly DisclosedFigure[]): Bilingual | undefined {
  const scores = figures.filter(({ kind, id }) => kind === 'score' && id.endsWith('.total'));
  const [only, ...others] = scores;
  if (!only) return undefined;
  if (others.length === 0)
    return { zh: `年度考核得 ${only.value} 分。`, en: `Its evaluation came to ${only.value} points.` };
  const said = (language: keyof Bilingual, joint: string): string =>
    scores.map(({ name, value }) => `${name[language]} ${value}`).join(joint);
  return { zh: `年度考核：${said('zh', '，')}。`, en: `Its evaluations: ${said('en', '; ')}.` };
}

/** @param power 8 for 亿, 9 for billions */
const inBillions = (yuan: string, power: number): string => new Decimal(yuan).dividedBy(`1e${power}`).toFixed(2);
