/** Collects everything wrong with a norm, each with its place in the files, so that an author sees it all at once. */
import { closestWord, type Bilingual } from '@gep/kernel';
import type { NormProblem } from '../norm/norm';

/** Keys and indexes from the top of the norm, for example `['services', 3, 'price', 'parameter']`. */
export type NormPath = readonly (string | number)[];

export interface NormPosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export class ProblemLog {
  readonly problems: NormProblem[] = [];

  constructor(private readonly locate: (path: NormPath) => NormPosition) {}

  add(path: NormPath, code: string, text: Bilingual, mend: Bilingual): void {
    this.addAt(this.locate(path), formatPath(path), code, text, mend);
  }

  addAt(at: NormPosition, path: string, code: string, text: Bilingual, mend: Bilingual): void {
    this.problems.push({ file: at.file, line: at.line, column: at.column, path, code, text, mend });
  }

  /** A reference to something that the norm does not have. */
  unknown(path: NormPath, what: Bilingual, name: string, known: Iterable<string>): void {
    const candidates = [...known];
    this.add(
      path,
      'norm.unknown-code',
      {
        zh: `${what.zh}“${name}”不存在`,
        en: `${what.en} "${name}" does not exist`,
      },
      suggestion(name, candidates),
    );
  }

  /** In reading order: by file, line and column. */
  sorted(): NormProblem[] {
    return [...this.problems].sort(
      (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code),
    );
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `services[3].price.parameter` */
export function formatPath(path: NormPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** "Did you mean …?", or the list of what there is. */
export function suggestion(name: string, known: readonly string[]): Bilingual {
  const near = closestWord(name, known);
  if (near) return { zh: `是否应为“${near}”？`, en: `did you mean "${near}"?` };
  if (known.length === 0)
    return { zh: '此处没有可用的代码，请先定义', en: 'nothing is defined that could be meant here; define it first' };
  const shown = known.slice(0, 12).join(', ');
  const more = known.length > 12 ? ', …' : '';
  return { zh: `可用的有：${shown}${more}`, en: `known here: ${shown}${more}` };
}
