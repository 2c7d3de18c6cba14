/** What the threads of decisions do: read a sent table by a rule and decide it, or hold two rules against each other. */
import { backtestCredit, runCredit, type CreditRun } from '@gep/credit';
import { UnitTable, type UnitDefinition } from '@gep/kernel';
import { backtest, backtestKind, decide, parseRule, totalsOf, type Decision, type PolicyRule } from '@gep/rulebook';
import { wire } from '../answer/wire';
import { readSentTable, type SentTable } from './policy-table';

/** A rule as a thread can be given it. */
export interface RuleTexts {
  readonly file: PolicyRule['file'];
  readonly units: readonly UnitDefinition[];
}

export interface DecideTask {
  readonly rule: RuleTexts;
  /** The rule in force, beside which the other is tried on all periods. */
  readonly beside?: RuleTexts;
  readonly table: SentTable;
}

export function handle({ rule: texts, beside, table }: DecideTask): object {
  const parse = (of: RuleTexts) => {
    const units = new UnitTable(of.units);
    const { rule, problems } = parseRule(of.file, units);
    // It was checked before it was handed over.
    if (!rule) throw new Error(problems[0].text.en);
    return { rule, units };
  };
  const { rule, units } = parse(texts);
  if (beside) {
    const current = parse(beside);
    const sideOf = (own: typeof current, other: PolicyRule) => {
      const totals = totalsOf(own.rule, other, table.totals);
      return { rule: own.rule, book: readSentTable(own.rule, own.units, { ...table, totals }) };
    };
    const isCredit = backtestKind(rule, current.rule) === 'credit';
    return wire((isCredit ? backtestCredit : backtest)(sideOf({ rule, units }, current.rule), sideOf(current, rule)));
  }
  const book = readSentTable(rule, units, table);
  const period = rule.period === 'none' ? '' : (table.period ?? book.periods.at(-1)?.period ?? '');
  return wire({
    ...decide(rule, book, period),
    ...(rule.credit && { shown: shownScores(runCredit(rule, book, period)) }),
  });
}

/** Scores and grades of units, in the form of other values that a rule shows. */
const shownScores = ({ units }: CreditRun): Decision['shown'] =>
  units.map(({ unit, score, grade }) => ({
    ...{ unit, name: '' },
    values: [
      { code: 'score', origin: 'formula', value: score, unit: '1' },
      ...(grade === null ? [] : [{ code: 'grade', origin: 'formula', value: grade } as const]),
    ],
  }));
