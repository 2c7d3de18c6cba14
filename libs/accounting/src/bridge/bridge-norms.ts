/** Leads from the total of one norm to that of another over the same observation: every difference is a named step. */
import { assert, Bilingual, DomainError, Fen } from '@gep/kernel';
import type { NormEdition, Service } from '@gep/rulebook';
import type { Account } from '../account/account';
import { computeAccount } from '../account/compute-account';
import type { ObservedPeriod } from '../account/observed-period';
import { BridgeRowsDiffer } from './errors';
import { lineStepKinds, lineSteps } from './line-steps';
import { differingParameters, exchangeParameter } from './exchange-parameter';

/** The kinds of step, in the order in which they are taken. */
export const bridgeStepKinds = [
  'droppedService',
  'switchedOff',
  'addedService',
  'switchedOn',
  'parameter',
  ...lineStepKinds,
  // What declared flows take back above two territories: no norm of one territory alone has it.
  'flows',
] as const;
export type BridgeStepKind = (typeof bridgeStepKinds)[number];

/** One difference between two norms, and what it does to the total when those before it have been made. */
export interface BridgeStep {
  readonly kind: BridgeStepKind;
  /** The parameter, or the service. */
  readonly code: string;
  readonly name: Bilingual;
  /** Why a switch leaves the service out. */
  readonly reason?: Bilingual;
  readonly fen: Fen;
  /** The total after this step. */
  readonly totalFen: Fen;
  /** What it does to each service. */
  readonly byService: Readonly<Record<string, Fen>>;
}

export interface NormBridge {
  readonly territory: string;
  readonly period: string;
  readonly from: BridgeEnd;
  readonly to: BridgeEnd;
  readonly differenceFen: Fen;
  readonly order: readonly BridgeStepKind[];
  /** Steps that are not nothing; they sum to the difference to the fen. */
  readonly steps: readonly BridgeStep[];
  /** Parameters that could not be exchanged alone; what they do is in the steps `quantity`, `price` and `gamma`. */
  readonly together: readonly string[];
}

interface BridgeEnd {
  readonly norm: { readonly id: string; readonly edition: string };
  readonly totalFen: Fen;
  /** What declared flows take back of it, at most nought; the total is without it. */
  readonly takenBackFen: Fen;
}

type Amounts = Readonly<Record<string, Fen>>;

/**
 * Services that only one norm counts come first, then, for those that both count, parameters one by one in the order of their
 * codes, and then line by line what remains: types, quantity, cap, price, γ, rounding.
 * @param observed the same files as each norm reads them: its own names of types and items
 * @throws BridgeRowsDiffer; as computeAccount
 */
export function bridgeNorms(
  [from, to]: readonly [NormEdition, NormEdition],
  [before, after]: readonly [ObservedPeriod, ObservedPeriod],
): NormBridge {
  refuseOtherRows([from, to], [before, after]);
  const [start, end] = [computeAccount(from, before), computeAccount(to, after)];
  const steps: BridgeStep[] = [];
  let totalFen = start.totals.totalFen;
  const take = (step: Omit<BridgeStep, 'fen' | 'totalFen'>): void => {
    const fen = Object.values(step.byService).reduce((sum, part) => sum + part, 0n);
    if (Object.values(step.byService).every((part) => part === 0n)) return;
    totalFen += fen;
    steps.push({ ...step, fen, totalFen });
  };
  const services = { from: codesOf(from), to: codesOf(to) };
  takeServices(from, to, start, 'leave', take);
  takeServices(to, from, end, 'enter', take);
  const shared = (account: Account): Amounts =>
    Object.fromEntries(
      Object.entries(account.totals.byService).filter(([code]) => services.from.has(code) && services.to.has(code)),
    );
  const { account, together } = takeParameters(from, to, before, start, shared, take);
  takeLines(from, to, account, end, (code) => services.from.has(code) && services.to.has(code), take);
  assert(totalFen === end.totals.totalFen, `${end.totals.totalFen - totalFen} fen between two norms are left`);
  return {
    territory: start.territory,
    period: start.period,
    from: { norm: start.norm, totalFen: start.totals.totalFen, takenBackFen: 0n },
    to: { norm: end.norm, totalFen: end.totals.totalFen, takenBackFen: 0n },
    differenceFen: end.totals.totalFen - start.totals.totalFen,
    order: bridgeStepKinds,
    steps,
    together,
  };
}

/** Rows that one norm refused and the other counts would hide in the steps of its services. */
function refuseOtherRows(norms: readonly NormEdition[], sides: readonly ObservedPeriod[]): void {
  const rowsOf = ({ chunks }: ObservedPeriod): Map<string, { sheet: string; row: number }> =>
    new Map(
      chunks.flatMap(({ sourceRow, sourceSheet: sheet }) =>
        Array.from(sourceRow, (row) => [`${sheet} ${row}`, { sheet, row }] as const),
      ),
    );
  const read = sides.map(rowsOf);
  const unread = norms.flatMap(({ id }, at) => {
    const rows = [...read[1 - at]].flatMap(([key, row]) => (read[at].has(key) ? [] : [row]));
    return rows.length > 0 ? [{ norm: id, rows }] : [];
  });
  if (unread.length > 0) throw new BridgeRowsDiffer(sides[0].territory, sides[0].period, unread);
}

type Take = (step: Omit<BridgeStep, 'fen' | 'totalFen'>) => void;

const codesOf = ({ services }: NormEdition): ReadonlySet<string> => new Set(services.map(({ code }) => code));

/** Services that only `own` counts: those that the other norm does not know, then those that it has switched off. */
function takeServices(
  own: NormEdition,
  other: NormEdition,
  account: Account,
  way: 'leave' | 'enter',
  take: Take,
): void {
  const counted = codesOf(other);
  const sign = way === 'leave' ? -1n : 1n;
  const switched = new Map(other.excluded.map(({ service, reason }) => [service, reason]));
  const alone = own.services.filter(({ code }) => !counted.has(code));
  const step = ({ code, name }: Service, kind: BridgeStepKind): Parameters<Take>[0] => ({
    ...{ kind, code, name, reason: switched.get(code) },
    byService: { [code]: sign * (account.totals.byService[code] ?? 0n) },
  });
  for (const service of alone.filter(({ code }) => !switched.has(code)))
    take(step(service, way === 'leave' ? 'droppedService' : 'addedService'));
  for (const service of alone.filter(({ code }) => switched.has(code)))
    take(step(service, way === 'leave' ? 'switchedOff' : 'switchedOn'));
}

/** Exchanges parameters one after the other. @returns the account with all of them exchanged that could be */
function takeParameters(
  from: NormEdition,
  to: NormEdition,
  observed: ObservedPeriod,
  start: Account,
  shared: (account: Account) => Amounts,
  take: Take,
): { account: Account; together: string[] } {
  let norm = from;
  let account = start;
  const together: string[] = [];
  for (const code of differingParameters(from, to)) {
    const exchanged = exchangeParameter(norm, to, code);
    const next = computedOrRefused(exchanged, observed);
    if (!next) {
      together.push(code);
      continue;
    }
    const { name } = to.parameters.find((parameter) => parameter.code === code)!;
    take({ kind: 'parameter', code, name, byService: differences(shared(account), shared(next)) });
    norm = exchanged;
    account = next;
  }
  return { account, together };
}

/** A value of the other norm may not reach the types or days of this one. */
function computedOrRefused(norm: NormEdition, observed: ObservedPeriod): Account | undefined {
  try {
    return computeAccount(norm, observed);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

function differences(before: Amounts, after: Amounts): Amounts {
  const codes = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = codes.map((code) => [code, (after[code] ?? 0n) - (before[code] ?? 0n)] as const);
  return Object.fromEntries(changed.filter(([, fen]) => fen !== 0n));
}

function takeLines(
  from: NormEdition,
  to: NormEdition,
  left: Account,
  right: Account,
  isShared: (service: string) => boolean,
  take: Take,
): void {
  const sums = lineSteps(from.units, to.units, left.lines, right.lines);
  for (const kind of lineStepKinds) {
    for (const { code, name } of to.services.filter((service) => isShared(service.code)))
      take({ kind, code, name, byService: { [code]: sums.get(code)?.[kind] ?? 0n } });
  }
}
