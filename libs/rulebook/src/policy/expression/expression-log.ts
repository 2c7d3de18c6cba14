/** Collects what is wrong inside the expressions of a rule, each at its line and column of the file. */
import type { Bilingual } from '@gep/kernel';
import type { NormPath, NormPosition, ProblemLog } from '../../yaml/problem-log';
import { formatPath } from '../../yaml/problem-log';

export interface Span {
  readonly from: number;
  readonly to: number;
}

export class ExpressionLog {
  problems = 0;

  /** @param start place of the first character of the expression */
  constructor(
    private readonly log: ProblemLog,
    private readonly path: NormPath,
    private readonly text: string,
    private readonly start: NormPosition,
  ) {}

  refuse(span: Span, code: string, text: Bilingual, mend: Bilingual): undefined {
    this.problems += 1;
    const before = this.text.slice(0, span.from);
    const breaks = before.split('\n').length - 1;
    const column = breaks === 0 ? this.start.column + before.length : before.length - before.lastIndexOf('\n');
    const at = { file: this.start.file, line: this.start.line + breaks, column };
    this.log.addAt(at, formatPath(this.path), code, text, mend);
    return undefined;
  }

  /** Names a part of an expression among all of a rule. */
  keyOf({ from, to }: Span): string {
    return `${formatPath(this.path)} ${from}-${to}`;
  }

  /** What stands there. */
  slice({ from, to }: Span): string {
    return this.text.slice(from, to);
  }
}
