/** What eco-compensation can be refused for, and how to mend it. */
import { type Bilingual, DomainError } from '@gep/kernel';

/** One thing that is wrong with a table of flows, costs or payments. */
export interface BenefitProblem extends Bilingual {
  /** Which of the tables. */
  readonly table: string;
  /** Row of the file; 0 when it is about the whole table. */
  readonly row: number;
  readonly column?: string;
  readonly value?: string;
}

/** Flows, costs or payments cannot be evaluated as they stand; everything wrong is told at once. */
export class BenefitInputRefused extends DomainError {
  readonly code = 'compensation.benefit-input-refused';
  readonly kind = 'invalid';
  constructor(readonly problems: readonly BenefitProblem[]) {
    const where = ({ table, row, column = '', value }: BenefitProblem, language: 'zh' | 'en'): string => {
      const cell =
        row === 0 ? table : language === 'zh' ? `${table} 第 ${row} 行 ${column}` : `${table} row ${row} ${column}`;
      return value === undefined ? cell.trim() : `${cell.trim()} “${value}”`;
    };
    const said = (language: 'zh' | 'en'): string =>
      problems
        .slice(0, 20)
        .map((problem) => `${where(problem, language)}: ${problem[language]}`)
        .join('; ');
    super(
      {
        zh: `效益未评估，有 ${problems.length} 处须改正：${said('zh')}`,
        en: `not evaluated, ${problems.length} to mend: ${said('en')}`,
      },
      { problems },
    );
  }
}

/** One fault of the terms of an agreement, at its place in the document. */
export interface AgreementProblem extends Bilingual {
  readonly path: string;
}

/** The document is not an agreement that can be concluded; everything wrong is told at once. */
export class AgreementRefused extends DomainError {
  readonly code = 'compensation.agreement-refused';
  readonly kind = 'invalid';
  constructor(readonly problems: readonly AgreementProblem[]) {
    const said = (language: 'zh' | 'en'): string =>
      problems
        .slice(0, 20)
        .map((problem) => `${problem.path}: ${problem[language]}`)
        .join('; ');
    super(
      {
        zh: `协议未接受，有 ${problems.length} 处须改正（格式见 libs/compensation/README.md）：${said('zh')}`,
        en: `the agreement is not taken, ${problems.length} to mend (its form is in libs/compensation/README.md): ${said('en')}`,
      },
      { problems },
    );
  }
}

/** There is no such agreement, or not where the person may look. */
export class AgreementMissing extends DomainError {
  readonly code = 'compensation.agreement-missing';
  readonly kind = 'missing';
  /** @param among agreements of this code, when there are several */
  constructor(wanted: string, among: readonly string[] = []) {
    const several = among.length > 0;
    super(
      {
        zh: several
          ? `有 ${among.length} 个协议的代码是“${wanted}”，请用编号指明：${among.join('；')}`
          : `没有协议“${wanted}”，或不在您可见的范围内；可用的见 gep agreement list 或 GET /api/v1/agreements`,
        en: several
          ? `${among.length} agreements have the code "${wanted}"; name one by its id: ${among.join('; ')}`
          : `there is no agreement "${wanted}", or not where you may look; gep agreement list and GET /api/v1/agreements tell what is there`,
      },
      { agreement: wanted, among },
    );
  }
}

/** Something of an agreement is not there. */
export class CompensationMissing extends DomainError {
  readonly code = 'compensation.missing';
  readonly kind = 'missing';
  constructor(what: Bilingual, wanted: string) {
    super(
      {
        zh: `没有${what.zh}“${wanted}”，或不在您可见的范围内；见 gep agreement show 或 GET /api/v1/agreements/{id}`,
        en: `there is no ${what.en} "${wanted}", or not where you may look; see gep agreement show or GET /api/v1/agreements/{id}`,
      },
      { wanted },
    );
  }
}

/** The agreement, its state or its terms do not allow what is wished. */
export class DeedNotAgreed extends DomainError {
  readonly code = 'compensation.not-agreed';
  readonly kind = 'conflict';
  constructor(agreement: string, why: Bilingual, facts: Readonly<Record<string, unknown>> = {}) {
    super({ zh: `协议 ${agreement}：${why.zh}`, en: `agreement ${agreement}: ${why.en}` }, { agreement, ...facts });
  }
}
