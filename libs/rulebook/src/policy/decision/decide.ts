/** Decides one period by a rule: every payment, what each party gets and pays, what is shown, and the proofs. Pure. */
import { formatYuan, periodEnd, sumFen, weakerGrade, type Bilingual } from '@gep/kernel';
import { PolicyNotDecided } from '../../errors';
import { refuseUnscorable, refuseWithinTerm } from '../scorecard/refuse-unscorable';
import { EvaluationFault, type NamedValue } from '../expression/value';
import type { InputPeriod, Place, PolicyBook } from '../expression/place';
import { confirmationReasons, type PolicyRule } from '../rule';
import type { Balance, Decision, DecisionPayment, Proof, ShownUnit } from './decision';
import { EvaluationFaults, type PaidLine, type PaidPayment, type PaymentSide } from './paid';
import { eachUnit } from './entitlement';
import { paidAt } from './pay';
import { namesBehind, traceValues } from './trace-values';

export interface DecideOptions {
  /** Which units' lines say what they rest on; all when absent. */
  readonly isTraced?: (unit: string) => boolean;
}

/**
 * @param book the rows as `readPolicyRows` gives them; what is computed of it is remembered in it, so that a book serves one rule
 * @throws PolicyNotDecided with everything that stands in the way
 */
export function decide(rule: PolicyRule, book: PolicyBook, period: string, options: DecideOptions = {}): Decision {
  refuseUnscorable(rule);
  const at = book.byPeriod.get(period);
  if (!at) throw new PolicyNotDecided(rule.id, period, [periodMissing(book, period)]);
  refuseWithinTerm(rule, period);
  if (!book.isTrial) refuseOutside(rule, period);
  const place = { book, period: at };
  const faults: EvaluationFault[] = [];
  const attempt = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch (error) {
      if (error instanceof EvaluationFault) faults.push(error);
      else if (error instanceof EvaluationFaults) faults.push(...error.faults);
      else throw error;
      return undefined;
    }
  };
  attempt(() => refuseNobody(rule, place));
  const paid = rule.payments.map((payment) => attempt(() => paidAt(payment, rule.parties, place)));
  for (const check of rule.checks) attempt(() => holdCheck(check, place));
  const shown = attempt(() => showValues(rule, place));
  if (faults.length > 0) throw new PolicyNotDecided(rule.id, period, unique(faults));
  const payments = paid.map((one, index) => describe(rule, index, one!, place, options));
  const balances = balancesOf(rule, payments, at);
  const used = namesBehind(
    rule,
    [...rule.payments, ...rule.show].map(({ code }) => code),
  );
  const { id, title, edition, status, mechanism } = rule;
  return {
    rule: { id, title, edition, status, mechanism },
    period,
    inputDigest: book.digest,
    payments,
    balances,
    shown: shown ?? [],
    proofs: proofsOf(rule, payments, balances),
    weakest: traceValues(rule, used, ['total'], place)
      .flatMap(({ grade = 'published', changes = [] }) => [grade, ...changes.map((one) => one.grade)])
      .reduce<Decision['weakest']>(weakerGrade, 'published'),
    needsConfirmation: confirmationReasons(rule),
  };
}

const unique = (faults: readonly EvaluationFault[]): EvaluationFault[] => [
  ...new Map(
    faults.map((fault) => [
      `${fault.code} ${fault.text.en} ${fault.at.unit} ${fault.at.row} ${fault.at.column}`,
      fault,
    ]),
  ).values(),
];

function periodMissing(book: PolicyBook, period: string): EvaluationFault {
  const known = book.periods.map((one) => one.period).join(', ');
  return new EvaluationFault(
    'policy.period-missing',
    { zh: `输入中没有核算期 ${period}`, en: `the input has no period ${period}` },
    { zh: `可选：${known}`, en: `it has ${known}` },
    { period },
  );
}

function refuseOutside({ id, valid }: PolicyRule, period: string): void {
  if (period === '') return;
  const day = periodEnd(period);
  if (day >= valid.from && (valid.to === undefined || day <= valid.to)) return;
  const until = valid.to ?? '…';
  const fault = new EvaluationFault(
    'policy.out-of-force',
    {
      zh: `规则自 ${valid.from} 至 ${until} 有效，而 ${period} 止于 ${day}`,
      en: `the rule holds from ${valid.from} to ${until}, and ${period} ends on ${day}`,
    },
    { zh: '请用在该期有效的规则，或更正 valid', en: 'use the rule that held then, or correct valid' },
    { period },
  );
  throw new PolicyNotDecided(id, period, [fault]);
}

function refuseNobody(rule: PolicyRule, place: Place): void {
  if (place.period.units.length > 0 || rule.columns.every(({ per }) => per === 'total')) return;
  throw new EvaluationFault(
    'policy.nobody',
    { zh: '输入中没有单位', en: 'the input has no units' },
    { zh: '请补上各单位的行', en: 'add the rows of the units' },
    {},
  );
}

function holdCheck({ condition, name, expression }: PolicyRule['checks'][number], place: Place): void {
  const fail = (unit: string): EvaluationFault =>
    new EvaluationFault(
      'policy.check-failed',
      { zh: `核对“${name.zh}”不成立：${expression}`, en: `the check "${name.en}" does not hold: ${expression}` },
      { zh: '请核对数据', en: 'check the figures' },
      unit === '' ? {} : { unit },
    );
  if (condition.scope === 'total') {
    if (!(condition.run(place) as boolean)) throw fail('');
    return;
  }
  eachUnit(place, (unit, at) => {
    const places = condition.scope === 'row' ? unit.rows.map((row) => ({ ...at, row })) : [at];
    if (!places.every((one) => condition.run(one) as boolean)) throw fail(unit.code);
  });
}

function showValues(rule: PolicyRule, place: Place): ShownUnit[] {
  const ofScope = (scope: NamedValue['scope']): NamedValue[] => rule.show.filter((named) => named.scope === scope);
  const shown: ShownUnit[] = [];
  const [whole, perUnit] = [ofScope('total'), ofScope('unit')];
  for (const named of whole) named.run(place);
  if (whole.length > 0) shown.push({ unit: '', name: '', values: traceValues(rule, whole, ['total'], place) });
  if (perUnit.length === 0) return shown;
  eachUnit(place, ({ code, name }, at) => {
    for (const named of perUnit) named.run(at);
    shown.push({ unit: code, name, values: traceValues(rule, perUnit, ['unit'], at) });
  });
  return shown;
}

function describe(
  rule: PolicyRule,
  index: number,
  { byUnit, lines, ...paid }: PaidPayment,
  place: Place,
  { isTraced = () => true }: DecideOptions,
): DecisionPayment {
  const { name, kind, code } = rule.payments[index];
  const names = namesBehind(rule, rule.names.get(code)!.uses);
  return {
    ...paid,
    name,
    kind,
    values: traceValues(rule, names, ['total'], place),
    lines: lines.map((line) => {
      const unit = place.period.byCode.get(line.unit);
      if (!unit || !isTraced(unit.code)) return line;
      const at = { ...place, unit, row: unit.rows[0] };
      return { ...line, values: traceValues(rule, names, ['unit', ...rowScopeOf(unit)], at) };
    }),
  };
}

/** Of several rows each has its own values, which are in the input; of one row they are told. */
const rowScopeOf = ({ rows }: { rows: readonly unknown[] }): 'row'[] => (rows.length === 1 ? ['row'] : []);

type Sum = { -readonly [K in keyof Balance]: Balance[K] };

function balancesOf(rule: PolicyRule, payments: readonly DecisionPayment[], period: InputPeriod): Balance[] {
  const found = { party: new Map<string, Sum>(), named: new Map<string, Sum>(), unit: new Map<string, Sum>() };
  const nameOf = ({ kind, code }: PaymentSide): Bilingual => {
    const unit = kind === 'unit' ? period.byCode.get(code)?.name || code : code;
    return rule.parties.find((one) => kind === 'party' && one.code === code)?.name ?? { zh: unit, en: unit };
  };
  const add = (side: PaymentSide, { entitledFen, advancedFen, dueFen }: PaidLine, gets: boolean): void => {
    const { kind, code } = side;
    let balance = found[kind].get(code);
    if (!balance) {
      balance = { kind, code, name: nameOf(side), entitledFen: 0n, advancedFen: 0n, dueFen: 0n };
      found[kind].set(code, balance);
    }
    balance.entitledFen = gets ? balance.entitledFen + entitledFen : balance.entitledFen - entitledFen;
    balance.advancedFen = gets ? balance.advancedFen + advancedFen : balance.advancedFen - advancedFen;
    balance.dueFen = gets ? balance.dueFen + dueFen : balance.dueFen - dueFen;
  };
  for (const { lines } of payments)
    for (const line of lines) {
      add(line.from, line, false);
      add(line.to, line, true);
    }
  const byCode = (balances: Map<string, Sum>): Sum[] =>
    [...balances.values()].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  return [...byCode(found.party), ...byCode(found.named), ...byCode(found.unit)];
}

function proofsOf(rule: PolicyRule, payments: readonly DecisionPayment[], balances: readonly Balance[]): Proof[] {
  const proofs: Proof[] = [];
  for (const { code, poolFen, totalFen, carryFen, lines } of payments) {
    if (poolFen !== undefined)
      proofs.push({
        code: 'pool',
        text: {
          zh: `${code}：各份之和 ${formatYuan(totalFen)} + 结转 ${formatYuan(carryFen)} = 总额 ${formatYuan(poolFen)}`,
          en: `${code}: parts ${formatYuan(totalFen)} + carried ${formatYuan(carryFen)} = pool ${formatYuan(poolFen)}`,
        },
        left: totalFen + carryFen,
        right: poolFen,
      });
    const paidIn = lines.flatMap(({ instalments }) => instalments ?? []);
    if (paidIn.length > 0) {
      const due = sumFen(lines.map(({ dueFen }) => dueFen));
      proofs.push({
        code: 'instalments',
        text: {
          zh: `${code}：各期之和 ${formatYuan(sumFen(paidIn))} = 应付 ${formatYuan(due)}`,
          en: `${code}: instalments ${formatYuan(sumFen(paidIn))} = due ${formatYuan(due)}`,
        },
        left: sumFen(paidIn),
        right: due,
      });
    }
  }
  if (balances.length > 0)
    proofs.push({
      code: 'zero-sum',
      text: { zh: '各方收支之和为零', en: 'what all parties get and pay sums to zero' },
      left: balances.reduce((sum, { entitledFen }) => sum + entitledFen, 0n),
      right: 0n,
    });
  for (const { name, expression } of rule.checks)
    proofs.push({ code: 'check', text: { zh: `${name.zh}：${expression}`, en: `${name.en}: ${expression}` } });
  return proofs;
}
