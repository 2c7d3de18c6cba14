/** Draws several observed accounts together and adds them draw by draw; a value that they share is one value. */
import type { Fen } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { Account, AccountTotals } from '../account/account';
import { evidenceOf, joinEvidence, type TotalsEvidence } from '../account/evidence';
import type { ObservedPeriod } from '../account/observed-period';
import { totalLines } from '../account/seal-account';
import type { FlowTree } from '../flow/roll-up-lines';
import { drawModel } from './draw-model';
import { DrawnFlows } from './drawn-flows';
import { drawnName, type DrawnValue } from './drawn-values';
import { type DrawRun, type Draws, runDraws } from './run-draws';

/** What an interval is drawn from. */
export interface DrawPart {
  readonly norm: NormEdition;
  readonly observed: ObservedPeriod;
}

/** The draws of observed accounts, with what they are at the values of the norm. */
export interface DrawnParts {
  /** Of the first part; all there is to know when it is the only one. */
  readonly account: Pick<Account, 'territory' | 'period' | 'norm' | 'digest'>;
  readonly totals: DrawnTotals;
  /** On what the totals of all parts rest. */
  readonly evidence: TotalsEvidence;
  readonly values: readonly DrawnValue[];
  readonly draws: Draws;
}

export type DrawnTotals = Omit<AccountTotals, 'byGroup'>;

/**
 * Adds the parts in their order, and what declared flows between them take back in each draw.
 * @throws as drawModel and runDraws; what is refused of one part is refused of all; IntervalOverFlows
 */
export function drawParts(parts: readonly DrawPart[], run: DrawRun, tree?: FlowTree): DrawnParts {
  const flows = tree && new DrawnFlows(tree, run.draws);
  const outputs = new Map<string, BigInt64Array>();
  const drawn = new Map<string, { value: DrawnValue; column: Float64Array; cut: Uint8Array }>();
  let account: DrawnParts['account'] | undefined;
  let totals: DrawnTotals = { totalFen: 0n, byCategory: {}, byService: {}, byType: {} };
  let evidence = evidenceOf([]);
  for (const { norm, observed } of parts) {
    const model = drawModel(norm, observed);
    evidence = joinEvidence(evidence, evidenceOf(model.account.lines));
    const { territory, period, digest } = model.account;
    account ??= { territory, period, norm: model.account.norm, digest };
    totals = addTotals(totals, model.account.totals);
    const draws = runDraws(model, run, flows && ((line) => flows.follows(territory, line)));
    flows?.add({ territory, period, norm }, draws.followed);
    for (const [name, column] of draws.outputs) addColumn(outputs, name, column);
    model.values.list.forEach((value, at) => {
      const earlier = drawn.get(drawnName(value));
      if (earlier) draws.cuts[at].forEach((cut, draw) => (earlier.cut[draw] |= cut));
      else drawn.set(drawnName(value), { value, column: draws.values[at], cut: draws.cuts[at] });
    });
  }
  if (flows) {
    const taken = flows.undrawn();
    evidence = joinEvidence(evidence, evidenceOf(taken));
    totals = addTotals(totals, totalLines(taken, []));
    flows.enter(outputs);
  }
  const values = [...drawn.values()];
  return {
    account: account!,
    totals,
    evidence,
    values: values.map(({ value }) => value),
    draws: {
      outputs: [...outputs],
      values: values.map(({ column }) => column),
      cuts: values.map(({ cut }) => cut),
    },
  };
}

/** The memory of all columns, which a thread may hand over. */
export function buffersOf({ draws: { outputs, values, cuts } }: DrawnParts): ArrayBuffer[] {
  return [...outputs.map(([, column]) => column), ...values, ...cuts].map(({ buffer }) => buffer as ArrayBuffer);
}

function addColumn(sums: Map<string, BigInt64Array>, name: string, column: BigInt64Array): void {
  const sum = sums.get(name);
  if (!sum) sums.set(name, column);
  else for (let draw = 0; draw < column.length; draw++) sum[draw] += column[draw];
}

function addTotals(a: DrawnTotals, b: DrawnTotals): DrawnTotals {
  return {
    totalFen: a.totalFen + b.totalFen,
    byCategory: addMaps(a.byCategory, b.byCategory),
    byService: addMaps(a.byService, b.byService),
    byType: addMaps(a.byType, b.byType),
  };
}

function addMaps(a: Readonly<Record<string, Fen>>, b: Readonly<Record<string, Fen>>): Record<string, Fen> {
  const sum: Record<string, Fen> = { ...a };
  for (const [code, fen] of Object.entries(b)) sum[code] = (sum[code] ?? 0n) + fen;
  return sum;
}
