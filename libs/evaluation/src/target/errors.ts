/** What targets can be refused for, and how to mend it. */
import { type Bilingual, DomainError } from '@gep/kernel';

const joined = (problems: readonly Bilingual[], language: 'zh' | 'en'): string =>
  problems
    .slice(0, 20)
    .map((problem) => problem[language])
    .join('; ');

/** The document is not a plan that can be set; everything wrong is told at once. */
export class PlanRefused extends DomainError {
  readonly code = 'evaluation.plan-refused';
  readonly kind = 'invalid';
  constructor(
    plan: string,
    readonly problems: readonly Bilingual[],
  ) {
    super(
      {
        zh: `计划 ${plan} 未接受，有 ${problems.length} 处须改正（格式见 libs/evaluation/README.md）：${joined(problems, 'zh')}`,
        en: `the plan ${plan} is not taken, ${problems.length} to mend (its form is in libs/evaluation/README.md): ${joined(problems, 'en')}`,
      },
      { plan, problems },
    );
  }
}

/** A base cannot be had, or does not compare: no target may rest on it. */
export class BaseRefused extends DomainError {
  readonly code = 'evaluation.base-refused';
  readonly kind = 'conflict';
  constructor(
    plan: string,
    readonly problems: readonly Bilingual[],
  ) {
    super(
      {
        zh: `计划 ${plan} 的基数不成立（规范版本、边界、价格基础须与实绩相同）：${joined(problems, 'zh')}`,
        en: `bases of the plan ${plan} do not hold (edition, boundary and prices are those of what is judged by them): ${joined(problems, 'en')}`,
      },
      { plan, problems },
    );
  }
}

/** There is no such plan, result or figure, or not where the person may look. */
export class TargetMissing extends DomainError {
  readonly code = 'evaluation.target-missing';
  readonly kind = 'missing';
  constructor(what: Bilingual, wanted: string, among: readonly string[] = []) {
    const more = (text: string): string => (among.length > 0 ? `${text}: ${among.join('; ')}` : '');
    super(
      {
        zh: `没有${what.zh}“${wanted}”，或不在您可见的范围内${more('；请用编号指明')}；见 gep target list 或 GET /api/v1/evaluation/plans`,
        en: `there is no ${what.en} "${wanted}", or not where you may look${more('; name one by its id')}; see gep target list or GET /api/v1/evaluation/plans`,
      },
      { wanted, among },
    );
  }
}

/** The plan, its state or its figures do not allow what is wished. */
export class TargetConflict extends DomainError {
  readonly code = 'evaluation.target-conflict';
  readonly kind = 'conflict';
  constructor(plan: string, why: Bilingual, facts: Readonly<Record<string, unknown>> = {}) {
    super({ zh: `目标计划 ${plan}：${why.zh}`, en: `plan ${plan}: ${why.en}` }, { plan, ...facts });
  }
}

/** A figure that people handed in cannot be taken. */
export class OutsideFigureRefused extends DomainError {
  readonly code = 'evaluation.figure-refused';
  readonly kind = 'invalid';
  constructor(territory: string, why: Bilingual) {
    super(
      { zh: `${territory} 的外来数据未接受：${why.zh}`, en: `the figure of ${territory} is not taken: ${why.en}` },
      { territory },
    );
  }
}
