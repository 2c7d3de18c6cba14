/** What a reader sees of a rule of a policy: columns, parameters with their sources, tables, formulas, payments. */
import { confirmationReasons, type PolicyRule } from '../policy/rule';
import { creditView } from './credit-view';
import { scorecardView } from './scorecard-view';

/** What a rule says, without what computes it. */
export function policyView(rule: PolicyRule) {
  const { id, title, mechanism, place, status, incomplete, valid, edition, sources, period, rows, parties } = rule;
  // What follows from a scorecard is told by the scorecard.
  const formulas = rule.formulas.filter(({ isDerived }) => !isDerived);
  return {
    ...{ id, title, mechanism, place, status, incomplete, valid, edition, sources, period, rows, parties, formulas },
    needsConfirmation: confirmationReasons(rule),
    notes: rule.notes,
    columns: rule.columns.map(({ code, name, aliases, per, type }) => ({
      code,
      name,
      aliases,
      per,
      unit: unitOf(type),
    })),
    parameters: rule.parameters.map(({ code, name, unit, values }) => ({
      ...{ code, name, unit: unit.text },
      values: values.map(({ value, from, evidence }) => ({ value: value.toExactText(), from, ...evidence })),
    })),
    tables: rule.tables.map(({ code, name, hit, inputs, outputs, rows: tableRows }) => ({
      ...{ code, name, hit, outputs, rows: tableRows.length },
      inputs: inputs.map((input) => input.code),
    })),
    payments: rule.payments.map(({ code, name, kind, from, to, rounding }) => ({
      ...{ code, name, kind, from: sideOf(from), to: sideOf(to) },
      rounding: { fen: rounding.fen, mode: rounding.mode },
    })),
    show: rule.scorecard ? [] : rule.show.map(({ code }) => code),
    ...(rule.scorecard && { scorecard: scorecardView(rule.scorecard) }),
    ...(rule.credit && { credit: creditView(rule.credit) }),
  };
}

const unitOf = (type: PolicyRule['columns'][number]['type']): string =>
  type.kind === 'number' ? type.unit.text : type.kind;
const sideOf = (end: PolicyRule['payments'][number]['from']): string =>
  end.kind === 'units' ? 'units' : end.kind === 'party' ? end.code : end.value.code;
