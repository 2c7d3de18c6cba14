/** What a reader sees of a rule of a policy: everything that it decides by, as its author wrote it, with sources and grades. */
import type { RawColumn, RawPayment, RawRule, RawTable } from '../policy/raw-rule';
import { confirmationReasons, type PolicyRule, type RulePayment } from '../policy/rule';
import { creditView } from './credit-view';
import { scorecardView } from './scorecard-view';

/** What a rule says, without what computes it. */
export function policyView(rule: PolicyRule) {
  const { id, title, mechanism, place, status, incomplete, valid, edition, sources, period, rows, parties } = rule;
  const { rule: raw } = JSON.parse(rule.content) as { rule: RawRule };
  return {
    ...{ id, title, mechanism, place, status, incomplete, valid, edition, sources, period, rows, parties },
    needsConfirmation: confirmationReasons(rule),
    notes: rule.notes,
    columns: rule.columns.map((column) =>
      columnView(
        column,
        raw.columns.find(({ code }) => code === column.code),
      ),
    ),
    parameters: rule.parameters.map(({ code, name, unit, values }) => ({
      ...{ code, name, unit: unit.text },
      values: values.map(({ value, from, evidence }) => ({ value: value.toExactText(), from, ...evidence })),
    })),
    tables: rule.tables.map((table) =>
      tableView(
        table,
        raw.tables?.find(({ code }) => code === table.code),
      ),
    ),
    // What follows from a scorecard is told by the scorecard.
    formulas: rule.formulas
      .filter(({ isDerived }) => !isDerived)
      .map(({ code, expression }) => {
        const written = raw.formulas?.find((one) => one.code === code);
        return { code, expression, name: written?.name, unit: written?.unit };
      }),
    checks: rule.checks.map(({ name, expression }) => ({ name, expression })),
    payments: rule.payments.map((payment) =>
      paymentView(
        payment,
        raw.payments!.find(({ code }) => code === payment.code)!,
      ),
    ),
    show: rule.scorecard ? [] : rule.show.map(({ code }) => code),
    ...(rule.scorecard && { scorecard: scorecardView(rule.scorecard) }),
    ...(rule.credit && { credit: creditView(rule.credit) }),
  };
}

function columnView({ code, name, aliases, per, type }: PolicyRule['columns'][number], written?: RawColumn) {
  const { default: fallback, min, max, values } = written ?? {};
  const unit = type.kind === 'number' ? type.unit.text : type.kind;
  return { code, name, aliases, per, unit, default: fallback, min, max, values };
}

function tableView({ code, name, hit, inputs, outputs, rows }: PolicyRule['tables'][number], written?: RawTable) {
  return {
    ...{ code, name, hit, outputs, rows: rows.length, inputs: inputs.map((input) => input.code) },
    cases: written?.rows.map(({ when = {}, then, note }) => ({ when, then, note })),
    otherwise: written?.otherwise,
    units: written?.outputs,
  };
}

/** The expressions as they are written, and what the rule does not say as it is taken. */
function paymentView(payment: RulePayment, written: RawPayment) {
  const { code, name, kind, from, to, rounding } = payment;
  const { when, advance, instalments, amount, pool, groups, weight, floor, cap } = written;
  return {
    ...{ code, name, kind, from: sideOf(from), to: sideOf(to), when, advance, instalments },
    ...(payment.instalments && { remainder: payment.instalments.remainder }),
    rounding: { fen: rounding.fen, mode: rounding.mode },
    ...(payment.kind === 'amount' && { amount, negative: payment.negative }),
    ...(payment.kind === 'pool' && {
      ...{ pool, within: written.within, groups, weight, factors: written.factors, floor, cap },
      ...{ leftover: payment.leftover, zeroWeights: payment.zeroWeights },
      ...{ floorsBeyond: payment.floorsBeyond, capsBelow: payment.capsBelow },
    }),
    ...(payment.kind === 'bands' && {
      ...{ within: written.within, by: [written.by!].flat(), bands: written.bands },
      ...{ ties: payment.ties, unfilled: payment.unfilled },
    }),
  };
}

const sideOf = (end: RulePayment['from']): string =>
  end.kind === 'units' ? 'units' : end.kind === 'party' ? end.code : end.value.code;
