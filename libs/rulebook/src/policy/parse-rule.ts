/** Turns a rule file into a checked edition, or into the list of everything that is wrong with it. */
import {
  type Bilingual,
  canonicalJson,
  digestOf,
  Fraction,
  weakerGrade,
  type EvidenceGrade,
  type UnitTable,
} from '@gep/kernel';
import type { NormFile } from '../norm/norm';
import { buildColumn, buildRuleParameter } from './build-columns';
import { buildPayment } from './build-payments';
import { buildCredit } from './credit/build-credit';
import { defineFormula, defineTable } from './build-tables';
import { paidAt } from './decision/pay';
import type { Compiled, NamedValue } from './expression/value';
import type { InputDomain } from './lint-table';
import type { RawRule } from './raw-rule';
import type { PolicyProblem, PolicyRule, RuleCheck, RuleNote, RulePayment, RuleTable } from './rule';
import { RuleDraft } from './rule-draft';
import { RuleVocabulary } from './rule-vocabulary';
import { buildScorecard } from './scorecard/build-scorecard';
import { hasTwins } from './scorecard/check-scorecard';
import { expandScorecard } from './scorecard/expand-scorecard';
import type { Derived } from './scorecard/expansion';

/** Raised whenever the meaning of a rule changes without its letters changing. */
const contentVersion = 1;

/** Pure: the same text and units give the same edition. @returns the rule when there is no problem */
export function parseRule(file: NormFile, units: UnitTable): { rule?: PolicyRule; problems: PolicyProblem[] } {
  const draft = new RuleDraft(file, units);
  const { raw } = draft;
  if (!raw) return { problems: problemsOf(draft) };
  const rule = build(draft, raw);
  const problems = problemsOf(draft);
  return problems.length > 0 || !rule ? { problems } : { rule, problems };
}

/** The log is that of norms; the codes are those of rules. */
const problemsOf = (draft: RuleDraft): PolicyProblem[] =>
  draft.log.sorted().map((problem) => ({ ...problem, code: problem.code.replace(/^norm\./, 'policy.') }));

function build(draft: RuleDraft, raw: RawRule): PolicyRule | undefined {
  const { period = 'year', rows = [], parties = [] } = raw;
  const finer = (['month', 'quarter'] as const).find((length) => rows.includes(length));
  const vocabulary = new RuleVocabulary(draft, { period, rows: finer });
  refuseHeader(draft, raw);
  const written = withScorecard(draft, raw);
  const columns = written.columns.flatMap(({ path, raw: column }) => buildColumn(vocabulary, column, path, raw));
  const parameters = (raw.parameters ?? []).flatMap((one, at) => buildRuleParameter(vocabulary, one, at, raw));
  const domains = new Map<string, InputDomain>(columns.map((column) => [column.code, column]));
  const tables = new Map<number, RuleTable>();
  written.tables.forEach(({ path, raw: table }, at) =>
    defineTable(vocabulary, table, path, domains, (built) => tables.set(at, built)),
  );
  for (const { path, raw: formula } of written.formulas) defineFormula(vocabulary, formula, path);
  const payments = new Map<number, RulePayment>();
  (raw.payments ?? []).forEach((_, at) => definePayment(vocabulary, raw, at, payments));
  const names = vocabulary.all();
  const checks = (raw.checks ?? []).flatMap(({ name, expression }, at): RuleCheck[] => {
    const condition = vocabulary.condition(['checks', at, 'expression'], expression);
    return condition ? [{ name, expression, condition }] : [];
  });
  const show = (raw.show ?? []).flatMap((code, at) => {
    const named = names.get(code);
    if (!named && !vocabulary.known().includes(code))
      draft.log.unknown(['show', at], { zh: '名称', en: 'name' }, code, vocabulary.known());
    return named ? [named] : [];
  });
  const credit = raw.credit && buildCredit(draft, raw.credit);
  show.push(...written.show.flatMap((code) => names.get(code) ?? []));
  if (!credit && !raw.payments && !raw.show && !raw.scorecard)
    draft.log.add(
      ['id'],
      'policy.nothing-decided',
      {
        zh: '规则既无 payments 也无 show，没有结果',
        en: 'the rule has neither payments nor show, so it decides nothing',
      },
      {
        zh: '请写 payments；不涉及支付的（评分、分级）写 show',
        en: 'add payments; for a score or a grade that pays nothing, add show',
      },
    );
  const { id, title, mechanism, place, status, incomplete = [], valid, sources } = raw;
  const content = contentOf(raw, draft.units);
  return {
    ...{ id, title, mechanism, place, status, incomplete, valid, sources, period, rows, parties },
    ...{ columns, parameters, names, checks, show, file: draft.file },
    tables: [...tables.entries()].toSorted(([a], [b]) => a - b).map(([, table]) => table),
    formulas: written.formulas.map(({ path, raw: { code, expression } }) => ({
      ...{ code, expression },
      ...(path[0] === 'scorecard' && { isDerived: true as const }),
    })),
    scorecard: written.scorecard,
    payments: [...payments.entries()].toSorted(([a], [b]) => a - b).map(([, payment]) => payment),
    ...{ edition: digestOf(content), content, units: draft.units },
    ...(credit && { credit }),
    weakest: weakestOf(parameters),
    notes: notesOf(raw),
  };
}

/** What the author wrote, and behind it what follows from the scorecard, when something can be scored by it. */
function withScorecard(draft: RuleDraft, raw: RawRule) {
  const placed = <T>(key: string, list: readonly T[] = []): Derived<T>[] =>
    list.map((one, at) => ({ path: [key, at], raw: one }));
  const scorecard = raw.scorecard && buildScorecard(draft, raw, raw.scorecard);
  const isWhole = scorecard?.lacking.length === 0 && !hasTwins(raw.scorecard!);
  const more = isWhole ? expandScorecard(scorecard, raw.scorecard!) : undefined;
  return {
    scorecard,
    columns: [...placed('columns', raw.columns), ...(more?.columns ?? [])],
    tables: [...placed('tables', raw.tables), ...(more?.tables ?? [])],
    formulas: [...placed('formulas', raw.formulas), ...(more?.formulas ?? [])],
    show: more?.show ?? [],
  };
}

function definePayment(vocabulary: RuleVocabulary, raw: RawRule, at: number, payments: Map<number, RulePayment>): void {
  const { code, name } = raw.payments![at];
  const type = { kind: 'number', unit: vocabulary.units.parse('yuan') } as const;
  const outline = { code, name, type, origin: 'payment' } as const;
  const build = (): NamedValue[] | undefined => {
    const payment = buildPayment(vocabulary, raw.payments![at], at, raw);
    if (!payment) return undefined;
    payments.set(at, payment);
    const once = payment.kind === 'amount' && payment.once;
    const parties = raw.parties ?? [];
    const run: NamedValue['run'] = (place) =>
      Fraction.of(paidAt(payment, parties, place).byUnit.get(once ? '' : place.unit!.code) ?? 0n, 100n);
    return [{ ...outline, scope: once ? 'total' : 'unit', uses: usesOf(payment), run }];
  };
  vocabulary.define(code, { path: ['payments', at], outline, build });
}

/** Every name that a payment reads. */
function usesOf(payment: RulePayment): Set<string> {
  const parts: (Pick<Compiled, 'uses'> | undefined)[] = [payment.when, payment.advance, payment.instalments?.count];
  if (payment.kind === 'amount') parts.push(payment.amount);
  if (payment.kind === 'pool')
    parts.push(
      payment.pool,
      payment.groups,
      payment.within && { uses: new Set([payment.within.code]) },
      payment.floor,
      payment.cap,
      ...payment.factors.flatMap(({ share, weight }) => [share, weight]),
    );
  if (payment.kind === 'bands')
    parts.push(
      payment.within && { uses: new Set([payment.within.code]) },
      ...payment.by,
      ...payment.bands.map(({ each }) => each),
    );
  return new Set(parts.flatMap((part) => (part ? [...part.uses] : [])));
}

function notesOf({ note, parameters = [], tables = [] }: RawRule): RuleNote[] {
  const written: [about: string, note: Bilingual | undefined][] = [
    ['', note],
    ...parameters.flatMap((one): [string, Bilingual | undefined][] => [
      [one.code, one.note],
      ...(one.values ?? []).map((value): [string, Bilingual | undefined] => [one.code, value.note]),
    ]),
    ...tables.flatMap(({ code, rows }) =>
      rows.map((row, at): [string, Bilingual | undefined] => [`${code} ${at + 1}`, row.note]),
    ),
  ];
  return written.flatMap(([about, one]) => (one ? [{ about, note: one }] : []));
}

function refuseHeader(draft: RuleDraft, raw: RawRule): void {
  const { log } = draft;
  draft.dayAt(['valid', 'from'], raw.valid.from);
  if (raw.valid.to !== undefined) draft.dayAt(['valid', 'to'], raw.valid.to);
  const { valid, rows = [], period = 'year', columns } = raw;
  if (valid.to !== undefined && valid.to < valid.from)
    log.add(
      ['valid', 'to'],
      'policy.malformed',
      { zh: '终止日早于起始日', en: 'the last day lies before the first' },
      { zh: '请改正日期', en: 'correct the dates' },
    );
  for (const [at, key] of rows.entries()) {
    const finer = key === 'month' ? period !== 'month' && period !== 'none' : key === 'quarter' && period === 'year';
    const column = columns.find(({ code }) => code === key);
    if (!finer && column?.unit !== 'text')
      log.add(
        ['rows', at],
        'policy.no-rows',
        {
          zh: `“${key}”不能区分一个单位的各行`,
          en: `"${key}" cannot tell the rows of a unit apart`,
        },
        {
          zh: '写 month 或 quarter（须短于 period），或一个 unit: text 的列',
          en: 'write month or quarter (shorter than period), or a column of unit: text',
        },
      );
  }
}

function weakestOf(parameters: PolicyRule['parameters']): EvidenceGrade {
  return parameters
    .flatMap(({ values }) => values.map(({ evidence }) => evidence.grade))
    .reduce(weakerGrade, 'published');
}

/** What is written, with the exact factors of the units it names; comments, layout and the order of keys do not matter. */
function contentOf(raw: RawRule, units: UnitTable): string {
  const written = new Set([...raw.columns, ...(raw.parameters ?? []), ...(raw.formulas ?? [])].map(({ unit }) => unit));
  const factors = Object.fromEntries(
    [...written].filter((unit) => unit !== 'text' && unit !== 'yes-no').map((unit) => [unit, readFactor(units, unit)]),
  );
  return canonicalJson({ contentVersion, rule: raw, factors });
}

const readFactor = (units: UnitTable, unit: string): string => {
  try {
    return units.parse(unit).factor.toString();
  } catch {
    return '';
  }
};
