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
