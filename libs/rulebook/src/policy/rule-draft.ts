/** A rule file whose shape is sound, with its problem log, and readers of units, numbers and days at a place of it. */
import { Fraction, UnknownUnit, type Unit, type UnitTable } from '@gep/kernel';
import type { NormFile } from '../norm/norm';
import { compileShape } from '../yaml/check-shape';
import { ProblemLog, suggestion, type NormPath } from '../yaml/problem-log';
import { readYaml, type YamlFile } from '../yaml/read-yaml';
import { impliedByCredit } from './credit/implied-by-credit';
import type { RawRule } from './raw-rule';
import { readRuleNumber } from './read-interval';
import { ruleSchema } from './rule-schema';

/** What follows a comma inside braces is read as a key of its own. */
const unquoted = {
  zh: "花括号内含逗号或方括号的公式须加引号：{ amount: 'min(a, b)' }",
  en: "inside braces a formula with a comma or brackets needs quotes: { amount: 'min(a, b)' }",
};

const departuresOf = compileShape(ruleSchema);

export class RuleDraft {
  readonly log: ProblemLog;
  private readonly source: YamlFile;
  /** Undefined when the file has no sound shape. */
  readonly raw: RawRule | undefined;

  constructor(
    readonly file: NormFile,
    readonly units: UnitTable,
  ) {
    this.source = readYaml(file);
    this.log = new ProblemLog((path) => this.source.position(path));
    for (const { at, text } of this.source.faults)
      this.log.addAt(at, '', 'policy.yaml', text, {
        zh: '请改正后再检查',
        en: 'correct it and check again',
      });
    if (this.source.faults.length > 0) return;
    const findings = departuresOf(this.source.value);
    for (const { path, atKey, code, text, mend } of findings)
      this.log.addAt(
        this.source.position(path, atKey ? 'key' : 'value'),
        path.join('.'),
        code,
        text,
        atKey && /[()*+/[\]]/.test(String(path.at(-1))) ? unquoted : mend,
      );
    if (findings.length > 0) return;
    const raw = withImplied(this.source.value as RawRule);
    if ((raw.columns as unknown) !== undefined) this.raw = raw;
    else
      this.log.add(
        ['id'],
        'policy.missing-key',
        { zh: '缺少“columns”', en: '"columns" is missing' },
        { zh: '请补上 columns', en: 'add columns' },
      );
  }

  get value(): unknown {
    return this.source.value;
  }

  /** Place of the first character of a text. */
  startOf(path: NormPath) {
    return this.source.position(path, 'text');
  }

  unitAt(path: NormPath, written: string): Unit | undefined {
    try {
      return this.units.parse(written);
    } catch (error) {
      if (!(error instanceof UnknownUnit)) throw error;
      const known = this.units.definitions.flatMap(({ code, aliases = [] }) => [code, ...aliases]);
      this.log.add(path, 'policy.unknown-unit', error.text, suggestion(String(error.facts['symbol']), known));
      return undefined;
    }
  }

  numberAt(path: NormPath, written: string): Fraction | undefined {
    const value = readRuleNumber(written);
    if (!value)
      this.log.add(
        path,
        'policy.malformed',
        { zh: `“${written}”不是一个数`, en: `"${written}" is not a number` },
        { zh: '写成 0.02、2% 或 1/7', en: 'write 0.02, 2% or 1/7' },
      );
    return value;
  }

  dayAt(path: NormPath, written: string): void {
    const day = new Date(`${written}T00:00:00Z`);
    if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(written)) return;
    this.log.add(
      path,
      'policy.malformed',
      { zh: `${written} 不是日历中的一天`, en: `${written} is not a day of the calendar` },
      { zh: '请改正日期', en: 'correct the date' },
    );
  }
}

/** With the columns that a section implies. */
const withImplied = (raw: RawRule): RawRule =>
  raw.credit
    ? { ...impliedByCredit(raw.credit), ...raw }
    : raw.scorecard
      ? { ...raw, columns: raw.columns ?? [] }
      : raw;
