/** The names of one rule: each is understood when it is first needed, so that formulas may stand in any order. */
import { dimensionless, type UnitTable } from '@gep/kernel';
import type { NormPath, ProblemLog } from '../yaml/problem-log';
import { compileExpression } from './expression/compile-expression';
import { ExpressionLog } from './expression/expression-log';
import { fitResult } from './expression/fit-units';
import type { RuleNames } from './expression/rule-names';
import { isNumber, type Compiled, type NamedValue, type NumberExpression, type ValueType } from './expression/value';
import { readRuleNumber } from './read-interval';
import type { RuleDraft } from './rule-draft';

/** One thing that defines names. */
interface Definition {
  readonly path: NormPath;
  /** What the name is before it is understood: its type alone is known. */
  readonly outline?: Pick<NamedValue, 'code' | 'origin' | 'name' | 'type'>;
  /** @returns nothing when there is a problem, which is in the log */
  readonly build: () => readonly NamedValue[] | undefined;
}

/** Words that have a meaning of their own. */
const reserved = new Set(['units', 'and', 'or', 'not', 'unit', 'period', 'month', 'quarter', 'none', 'yes', 'no']);

export class RuleVocabulary implements RuleNames {
  readonly units: UnitTable;
  private readonly definitions = new Map<string, Definition>();
  private readonly found = new Map<string, NamedValue>();
  /** What is being understood, with how many steps to another period lay before it. */
  private readonly open = new Map<Definition, number>();
  private steps = 0;
  private readonly faulty = new Set<Definition>();
  /** What needs itself in an earlier period, and what of that has a value for each row. */
  private readonly namedInside = new Set<Definition>();
  private readonly ofRows = new Set<Definition>();
  readonly log: ProblemLog;

  constructor(
    readonly draft: RuleDraft,
    readonly calendar: RuleNames['calendar'],
  ) {
    this.units = draft.units;
    this.log = draft.log;
  }

  define(code: string, definition: Definition): void {
    const earlier = this.definitions.get(code);
    if (earlier || reserved.has(code))
      this.log.add(
        definition.path,
        'policy.duplicate-code',
        earlier
          ? {
              zh: `代码“${code}”重复，已见于第 ${this.draft.startOf(earlier.path).line} 行`,
              en: `the code "${code}" is given twice, first on line ${this.draft.startOf(earlier.path).line}`,
            }
          : { zh: `“${code}”是保留的词`, en: `"${code}" is a word with a meaning of its own` },
        { zh: '请改名', en: 'rename it' },
      );
    else this.definitions.set(code, definition);
  }

  known(): readonly string[] {
    return [...this.definitions.keys()];
  }

  /** All names, understood. */
  all(): Map<string, NamedValue> {
    for (const code of this.definitions.keys()) this.find(code, false);
    return new Map(
      [...this.definitions.keys()].flatMap((code) => {
        const named = this.found.get(code);
        return named ? [[code, named] as const] : [];
      }),
    );
  }

  find(code: string, inTime: boolean): NamedValue | 'cycle' | 'faulty' | undefined {
    const ready = this.found.get(code);
    if (ready) return ready;
    const definition = this.definitions.get(code);
    if (!definition) return undefined;
    if (this.faulty.has(definition)) return 'faulty';
    const begun = this.open.get(definition);
    const now = this.steps + (inTime ? 1 : 0);
    if (begun !== undefined) {
      // With a step to an earlier period between, the circle comes to an end.
      if (now === begun || !definition.outline) return 'cycle';
      const run: Compiled['run'] = (place) => this.found.get(code)!.run(place);
      this.namedInside.add(definition);
      const scope = this.ofRows.has(definition) ? 'row' : 'unit';
      return { ...definition.outline, scope, uses: new Set(), run };
    }
    const before = this.steps;
    this.steps = now;
    this.open.set(definition, now);
    const built = this.buildAll(definition);
    this.open.delete(definition);
    this.steps = before;
    if (!built) this.faulty.add(definition);
    for (const named of built ?? []) this.found.set(named.code, named);
    return this.found.get(code) ?? 'faulty';
  }

  /** What names itself is taken for a value of units; when it turns out to be one of rows, all that was built on that is built anew. */
  private buildAll(definition: Definition): readonly NamedValue[] | undefined {
    const known = new Set(this.found.keys());
    const built = definition.build();
    const isOfRows = built?.some(({ scope }) => scope === 'row') && this.namedInside.has(definition);
    if (!isOfRows || this.ofRows.has(definition)) return built;
    this.ofRows.add(definition);
    for (const code of [...this.found.keys()]) if (!known.has(code)) this.found.delete(code);
    return definition.build();
  }

  /** An expression of any kind at a place of the file. */
  compileAt(path: NormPath, text: string): Compiled | undefined {
    const constant = readRuleNumber(text);
    if (constant)
      return {
        type: { kind: 'number', unit: dimensionless },
        scope: 'total',
        uses: new Set(),
        constant,
        run: () => constant,
      };
    const log = this.logAt(path, text);
    const compiled = compileExpression(text, this, log);
    return log.problems > 0 ? undefined : compiled;
  }

  /** An expression of the type declared. */
  compileAs(path: NormPath, text: string, type: ValueType): Compiled | undefined {
    const compiled = this.compileAt(path, text);
    if (!compiled) return undefined;
    if (type.kind === 'number' && isNumber(compiled)) {
      const whole = { from: 0, to: text.length };
      return fitResult(compiled, type.unit, whole, this.logAt(path, text));
    }
    if (compiled.type.kind === type.kind) return compiled;
    const words = {
      number: { zh: '数', en: 'a number' },
      'yes-no': { zh: '条件（yes-no）', en: 'a condition (yes-no)' },
      text: { zh: '文字', en: 'words' },
    };
    const [found, wanted] = [words[compiled.type.kind], words[type.kind]];
    this.log.add(
      path,
      'policy.wrong-kind',
      { zh: `此处须是${wanted.zh}，却是${found.zh}`, en: `${wanted.en} is needed here, and this is ${found.en}` },
      { zh: '请改写表达式，或改 unit', en: 'change the expression, or the unit' },
    );
    return undefined;
  }

  number(path: NormPath, text: string, unit: string): NumberExpression | undefined {
    const wanted = { kind: 'number', unit: this.units.parse(unit) } as const;
    const compiled = this.compileAs(path, text, wanted) as NumberExpression | undefined;
    return compiled && { ...compiled, text };
  }

  condition(path: NormPath, text: string): Compiled | undefined {
    return this.compileAs(path, text, { kind: 'yes-no' });
  }

  private logAt(path: NormPath, text: string): ExpressionLog {
    return new ExpressionLog(this.log, path, text, this.draft.startOf(path));
  }
}
