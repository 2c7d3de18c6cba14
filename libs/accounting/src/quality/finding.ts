/** What a check found: the rule, how grave it is, where, what was expected and what stands there, why, and how to mend it. */
import { assert, digestOfValue, type Bilingual } from '@gep/kernel';
import type { QualityGrade, QualityRule, QualityRules } from '@gep/rulebook';

export interface Finding {
  /** Stays the same as long as the same figure stands at the same place; an explanation belongs to it. */
  readonly key: string;
  readonly rule: string;
  readonly grade: QualityGrade;
  readonly name: Bilingual;
  readonly territory: string;
  readonly period: string;
  /** The figures concerned, the one to mend first. */
  readonly cells: readonly string[];
  /** What the rows of `cells` call themselves, in their order, where their places are only numbers. */
  readonly labels?: readonly string[];
  readonly service: string | null;
  readonly type: string | null;
  /** Decimal text in `unit`, or null where no number is expected. */
  readonly expected: string | null;
  readonly found: string;
  readonly unit: string;
  readonly cause: Bilingual;
  readonly mend: Bilingual;
  readonly source: string;
}

/** What a rule says of one place; the rest is of the rule. */
export interface Discovery {
  readonly period: string;
  readonly cells: readonly [string, ...string[]];
  readonly service?: string;
  readonly type?: string;
  readonly expected?: string;
  readonly found: string;
  readonly unit?: string;
  readonly cause: Bilingual;
  /** Where the gravity depends on the size. */
  readonly grade?: QualityGrade;
}

export const qualityGrades: readonly QualityGrade[] = ['A', 'B', 'C', 'D'];

/** The rules with the territory they are applied to. */
export class FindingLog {
  readonly findings: Finding[] = [];

  constructor(
    readonly rules: QualityRules,
    private readonly territory: string,
    private readonly labels: ReadonlyMap<string, string> = new Map(),
  ) {}

  /** A place, with what its row calls itself where that says more. */
  named(at: string): string {
    const label = this.labelOf(at);
    return label === undefined ? at : `${at} (${label})`;
  }

  rule(code: string): QualityRule {
    const found = this.rules.rules.get(code);
    assert(found, `rulebook/checks/quality.yaml has no rule ${code}`);
    return found;
  }

  /** A limit of a rule, decimal text. */
  limit(rule: string, name: string): string {
    const found = this.rule(rule).limits?.[name];
    assert(found !== undefined, `the rule ${rule} of rulebook/checks/quality.yaml has no limit ${name}`);
    return found;
  }

  add(code: string, discovery: Discovery): void {
    const { grade, name, mend, source } = this.rule(code);
    const { period, cells, found } = discovery;
    this.findings.push({
      key: digestOfValue({ rule: code, territory: this.territory, period, cells, found }).slice(0, 24),
      rule: code,
      grade: discovery.grade ?? grade,
      name,
      territory: this.territory,
      period,
      cells,
      ...(cells.some((cell) => this.labelOf(cell) !== undefined)
        ? { labels: cells.map((cell) => this.labelOf(cell) ?? '') }
        : {}),
      service: discovery.service ?? null,
      type: discovery.type ?? null,
      expected: discovery.expected ?? null,
      found,
      unit: discovery.unit ?? '',
      cause: discovery.cause,
      mend,
      source,
    });
  }

  /** Of a row, or of a figure in it. */
  private labelOf(at: string): string | undefined {
    return this.labels.get(at) ?? this.labels.get(at.slice(0, Math.max(0, at.lastIndexOf('.'))));
  }
}
