/** A study worked through as an example: what it printed, cell by cell, and notes on its inconsistencies. */
import type { Bilingual } from '@gep/kernel';
import { RulebookFileUnreadable } from '../errors';
import { compileShape } from '../yaml/check-shape';
import type { NormFile } from '../norm/norm';
import { formatPath } from '../yaml/problem-log';
import { readYaml } from '../yaml/read-yaml';
import { observationsFile } from './observations-file';
import { bilingual, decimal, record, rowsOf, text } from '../yaml/shapes';

/** The two columns of the study. */
export type CasePeriod = 'before' | 'after';

/** Printed figures as decimal text, with the digits that were printed. */
export interface PrintedCell {
  readonly quantity?: string;
  /** Unit meant; `printedUnit` is given where the paper prints another. */
  readonly unit?: string;
  readonly printedUnit?: string;
  /** In `valueUnit` of the case. */
  readonly value?: string;
  readonly area?: string;
  /** Per cent. */
  readonly share?: string;
  readonly rank?: string;
}

export interface CaseTable<Row> {
  readonly title: Bilingual;
  readonly before: Readonly<Record<string, Row>>;
  readonly after: Readonly<Record<string, Row>>;
  readonly total?: Readonly<Partial<Record<CasePeriod, string>>>;
}

/** A remark on cells such as `table4.before.sedimentReduction.quantity` or `table6.after`. */
export interface CaseNote {
  readonly cells: readonly string[];
  readonly text: Bilingual;
}

/** What the text of a study says of two of its figures. */
export interface CaseClaim {
  /** The section, for example `text.4.2`. */
  readonly at: string;
  /** The column that the claim leads to. */
  readonly period: CasePeriod;
  readonly from: string;
  readonly to: string;
  readonly direction: 'up' | 'down';
}

export interface PublishedCase {
  readonly case: string;
  readonly title: Bilingual;
  readonly source: Bilingual;
  /** Id of the norm that follows the method of the study. */
  readonly norm: string;
  /** Name of the observations file beside this one. */
  readonly observations: string;
  readonly territory: { readonly code: string; readonly name: Bilingual };
  /** Accounting periods that stand for the columns. */
  readonly periods: Readonly<Record<CasePeriod, string>>;
  /** Unit of every printed value. */
  readonly valueUnit: string;
  /** Areas by ecosystem type. */
  readonly table1: CaseTable<PrintedCell>;
  /** Quantities and values by service. */
  readonly table4: CaseTable<PrintedCell>;
  /** Values by service group and ecosystem type. */
  readonly table5: CaseTable<Readonly<Record<string, string>>>;
  /** Values, shares and ranks by ecosystem type. */
  readonly table6: CaseTable<PrintedCell>;
  readonly claims?: readonly CaseClaim[];
  readonly notes: readonly CaseNote[];
}

const table = (row: object) =>
  record(
    {
      title: bilingual,
      before: rowsOf(row),
      after: rowsOf(row),
      total: record({ before: decimal, after: decimal }, []),
    },
    ['title', 'before', 'after'],
  );
const cell = record(
  { quantity: decimal, unit: text, printedUnit: text, value: decimal, area: decimal, share: decimal, rank: decimal },
  [],
);
const claim = record({
  at: text,
  period: { type: 'string', enum: ['before', 'after'] },
  from: decimal,
  to: decimal,
  direction: { type: 'string', enum: ['up', 'down'] },
});
const whole = record(
  {
    case: text,
    title: bilingual,
    source: bilingual,
    norm: text,
    observations: observationsFile,
    territory: record({ code: text, name: bilingual }),
    periods: record({ before: text, after: text }),
    valueUnit: text,
    table1: table(cell),
    table4: table(cell),
    table5: table(rowsOf(decimal)),
    table6: table(cell),
    claims: { type: 'array', items: claim },
    notes: { type: 'array', items: record({ cells: { type: 'array', items: text, minItems: 1 }, text: bilingual }) },
  },
  [
    ...['case', 'title', 'source', 'norm', 'observations', 'territory', 'periods', 'valueUnit'],
    ...['table1', 'table4', 'table5', 'table6', 'notes'],
  ],
);
const departuresOf = compileShape(whole);

/** @throws RulebookFileUnreadable with every problem and its line */
export function parsePublishedCase(file: NormFile): PublishedCase {
  const source = readYaml(file);
  const departures = source.faults.length > 0 ? [] : departuresOf(source.value);
  if (source.faults.length + departures.length === 0) return source.value as PublishedCase;
  const problems = [
    ...source.faults.map(({ at, text: { zh, en } }) => ({ line: at.line, zh, en })),
    ...departures.map(({ path, atKey, text: reason, mend }) => {
      const { line } = source.position(path, atKey ? 'key' : 'value');
      return {
        line,
        zh: `${formatPath(path)}：${reason.zh}；${mend.zh}`,
        en: `${formatPath(path)}: ${reason.en}; ${mend.en}`,
      };
    }),
  ];
  const list = (language: 'zh' | 'en'): string =>
    problems.map((problem) => `${problem.line} ${problem[language]}`).join('; ');
  throw new RulebookFileUnreadable(file.path, { zh: list('zh'), en: list('en') });
}
