/** A rule of a policy as it was published: the figures that were printed, beside those that the rule gives. Pure. */
import { formatYuan, Fraction, sumFen, type Bilingual } from '@gep/kernel';
import type { NormFile } from '../norm/norm';
import type { Decision, DecisionLine } from '../policy/decision/decision';
import { compileShape } from '../yaml/check-shape';
import { readShaped } from '../yaml/read-shaped';
import { bilingual, list, record, rowsOf, text } from '../yaml/shapes';

/** A decision of the case: a rule of the rulebook, and the table that it decides by. */
export interface PolicyCaseRun {
  readonly rule: string;
  readonly period?: string;
  readonly totals?: Readonly<Record<string, string>>;
  readonly input: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

const takes = ['total', 'advanced', 'due', 'instalment', 'subPool', 'balance', 'value'] as const;

/** One printed figure, and where ours stands in the decision; yuan unless it is a `value`. */
interface PrintedFigure {
  readonly name: Bilingual;
  readonly printed: string;
  /** Not printed itself: it follows from printed figures. */
  readonly derived?: 'yes' | 'no';
  readonly take: (typeof takes)[number];
  readonly payment?: string;
  /** A unit or party; all lines without it. */
  readonly line?: string;
  /** Of a sub-pool or a value. */
  readonly code?: string;
  /** The first run unless another is numbered. */
  readonly run?: string;
}

export interface PolicyCase {
  readonly case: string;
  readonly title: Bilingual;
  readonly source: Bilingual;
  readonly runs: readonly PolicyCaseRun[];
  readonly figures: readonly PrintedFigure[];
  readonly notes: readonly Bilingual[];
}

/** A figure beside ours; `difference` is ours less the printed one, exactly. */
export interface ComparedFigure {
  readonly name: Bilingual;
  readonly rule: string;
  readonly printed: string;
  readonly isDerived: boolean;
  readonly ours: string;
  readonly difference: string;
  readonly isEqual: boolean;
}

const departuresOf = compileShape(
  record({
    ...{ title: bilingual, source: bilingual, notes: list(bilingual) },
    runs: list(
      record(
        {
          ...{ rule: text, period: text, totals: rowsOf(text) },
          input: record({ header: list(text), rows: list({ type: 'array', items: { type: 'string' } }) }),
        },
        ['rule', 'input'],
      ),
    ),
    figures: list(
      record(
        {
          ...{ name: bilingual, printed: text, take: { type: 'string', enum: takes }, payment: text, line: text },
          ...{ code: text, run: text, derived: { type: 'string', enum: ['yes', 'no'] } },
        },
        ['name', 'printed', 'take'],
      ),
    ),
  }),
);

/** @throws RulebookFileUnreadable */
export function parsePolicyCase(name: string, file: NormFile): PolicyCase {
  const { raw, fail } = readShaped<Omit<PolicyCase, 'case'>>(file, departuresOf);
  raw.figures.forEach(({ printed, run = '1' }, at) => {
    if (!Fraction.parse(printed))
      fail(['figures', at, 'printed'], { zh: `“${printed}”不是数`, en: `"${printed}" is no number` });
    if (!raw.runs[Number(run) - 1])
      fail(['figures', at, 'run'], { zh: `没有第 ${run} 次计算`, en: `there is no run ${run}` });
  });
  return { case: name, ...raw };
}

/** @param decisions of the runs, in their order. What a decision does not have is nought. */
export function compareWithPrinted({ figures }: PolicyCase, decisions: readonly Decision[]): ComparedFigure[] {
  return figures.map((figure) => {
    const { name, printed, derived, run = '1' } = figure;
    const decision = decisions[Number(run) - 1];
    const ours = figureOf(decision, figure);
    const difference = Fraction.parse(ours)!.minus(Fraction.parse(printed)!);
    const isEqual = difference.numerator === 0n;
    const isDerived = derived === 'yes';
    return { name, rule: decision.rule.id, printed, isDerived, ours, difference: difference.toExactText(), isEqual };
  });
}

function figureOf(decision: Decision, { take, payment: wanted, line, code = '' }: PrintedFigure): string {
  if (take === 'balance') return formatYuan(decision.balances.find((one) => one.code === line)?.entitledFen ?? 0n);
  const payments = decision.payments.filter((payment) => wanted === undefined || payment.code === wanted);
  const lines = payments.flatMap((payment) => payment.lines).filter(({ unit }) => line === undefined || unit === line);
  if (take === 'value') {
    const values = [...decision.shown, ...lines].flatMap(({ unit, values: own = [] }) =>
      line === undefined || unit === line ? own : [],
    );
    return [...values, ...payments.flatMap((payment) => payment.values)].find((one) => one.code === code)?.value ?? '0';
  }
  if (take === 'subPool') return formatYuan(payments[0]?.subPools?.[code] ?? 0n);
  if (take === 'instalment') return formatYuan(lines[0]?.instalments?.[0] ?? 0n);
  const fenOf: Record<typeof take, (one: DecisionLine) => bigint> = {
    total: ({ entitledFen }) => entitledFen,
    advanced: ({ advancedFen }) => advancedFen,
    due: ({ dueFen }) => dueFen,
  };
  return formatYuan(sumFen(lines.map(fenOf[take])));
}
