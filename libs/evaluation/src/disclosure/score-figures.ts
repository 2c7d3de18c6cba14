/** The public figures of a final score: points, grade and rank. */
import type { Bilingual } from '@gep/kernel';
import type { StandingScore } from '../scorecard/score-run';
import type { DisclosedFigure } from './disclosed-figure';

/** What the rule of a score calls itself and its grades. */
export interface ScoreWords {
  readonly title: Bilingual;
  readonly gradeName: (code: string) => Bilingual;
}

/** How it came about, indicator by indicator, is explained where it was made. */
export function scoreFigures({ gist, detail }: StandingScore, { title, gradeName }: ScoreWords): DisclosedFigure[] {
  const { scorecard, ruleEdition: rule, resultDigest: digest } = gist;
  const figure = (part: string, what: Bilingual, value: string): DisclosedFigure => ({
    ...{ id: `score.${scorecard}.${part}`, kind: 'score', value, unit: '1', vintage: null, norm: null },
    name: { zh: `${title.zh}·${what.zh}`, en: `${title.en}: ${what.en}` },
    ...{ digest, rule, grade: 'published' },
  });
  const { zh, en } = gradeName(detail.grade);
  return [
    figure('total', { zh: '得分', en: 'points' }, detail.score),
    figure('grade', { zh: '等次', en: 'grade' }, zh === en ? zh : `${zh} · ${en}`),
    // Without a place, because of falsification.
    ...(detail.rank > 0 ? [figure('rank', { zh: '名次', en: 'rank' }, String(detail.rank))] : []),
  ];
}
