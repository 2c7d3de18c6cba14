/** What scorecards can be refused for, and how to mend it. */
import { type Bilingual, DomainError } from '@gep/kernel';

const joined = (problems: readonly Bilingual[], language: 'zh' | 'en'): string =>
  problems
    .slice(0, 20)
    .map((problem) => problem[language])
    .join('; ');

/** Figures of a department cannot be taken; everything wrong is told at once. */
export class DeliveryRefused extends DomainError {
  readonly code = 'evaluation.delivery-refused';
  readonly kind = 'invalid';
  constructor(
    department: string,
    readonly problems: readonly Bilingual[],
  ) {
    super(
      {
        zh: `部门“${department}”的数据未接受：${joined(problems, 'zh')}`,
        en: `figures of the department "${department}" are not taken: ${joined(problems, 'en')}`,
      },
      { department, problems },
    );
  }
}

/** Something that is scored is not there. */
export class ScoreFiguresMissing extends DomainError {
  readonly code = 'evaluation.score-figures-missing';
  readonly kind = 'conflict';
  constructor(
    scorecard: string,
    period: string,
    readonly problems: readonly Bilingual[],
  ) {
    super(
      {
        zh: `${scorecard} ${period} 还缺 ${problems.length} 处数据（gep score status 或 GET /api/v1/evaluation/scorecards/completeness）：${joined(problems, 'zh')}`,
        en: `${scorecard} ${period} lacks ${problems.length} figures (gep score status, GET /api/v1/evaluation/scorecards/completeness): ${joined(problems, 'en')}`,
      },
      { scorecard, period, problems },
    );
  }
}

/** The run, its state or its rule does not allow what is wished. */
export class ScoreConflict extends DomainError {
  readonly code = 'evaluation.score-conflict';
  readonly kind = 'conflict';
  constructor(scorecard: string, why: Bilingual, facts: Readonly<Record<string, unknown>> = {}) {
    super({ zh: `考评 ${scorecard}：${why.zh}`, en: `scorecard ${scorecard}: ${why.en}` }, { scorecard, ...facts });
  }
}

/** There is no such run, delivery, request or unit, or not where the person may look. */
export class ScoreMissing extends DomainError {
  readonly code = 'evaluation.score-missing';
  readonly kind = 'missing';
  constructor(what: Bilingual, wanted: string) {
    super(
      {
        zh: `没有${what.zh}“${wanted}”，或不在您可见的范围内；见 gep score list 或 GET /api/v1/evaluation/scorecards/runs`,
        en: `there is no ${what.en} "${wanted}", or not where you may look; see gep score list or GET /api/v1/evaluation/scorecards/runs`,
      },
      { wanted },
    );
  }
}
