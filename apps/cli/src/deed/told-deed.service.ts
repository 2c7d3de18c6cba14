/** Does a deed and tells it as all deeds are told: the subject before and after, what comes next, by whom and until when. */
import { rolesWith } from '@gep/access';
import { getAgreement, listBreaches, listCycles, listMeasurements, viewAgreement } from '@gep/compensation';
import {
  getDelivery,
  getDeparture,
  getIncident,
  getOutsideFigure,
  getRecordedProgress,
  getScoreRun,
  getTargetPlan,
  getYearlyDisclosure,
  viewTargetPlan,
} from '@gep/evaluation';
import type { Actor, Database } from '@gep/platform';
import { type Clock, listClocks, nextSteps, stateOf, type StepTable, todayOf } from '@gep/procedure';
import { viewContract } from '@gep/procurement';
import { settlementIdOf, viewSettlement } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { deedKinds, type DeedSubjectKind, renderDeed, type ToldDeed } from '../rendering/deed/render-deed';
import { idleActs, type OwedStep, owedSteps } from './owed-steps';
import type { Terminal } from '../terminal/terminal.service';

/** What is acted on. */
export interface DeedSubject {
  readonly kind: DeedSubjectKind;
  readonly act: string;
  /** Id or code of what is there already (of a period: agreement and period); absent where the deed makes it. */
  readonly named?: string;
}

/** What deeds made have in common; the id where it made the subject itself. */
interface Made {
  readonly id?: string;
  readonly replayed?: boolean;
}

/** In whose name, and where. */
interface DeedPlace {
  readonly database: Database;
  readonly actor: Actor;
}

export async function tellDeed(
  terminal: Terminal,
  place: DeedPlace,
  subject: DeedSubject,
  work: () => Promise<object>,
): Promise<void> {
  const told = await doneDeed(place, subject, work);
  terminal.result(told, () => renderDeed(told, terminal.options.language));
}

/** Does it, for verbs that tell several of it. */
export async function doneDeed(
  { database, actor }: DeedPlace,
  { kind, act, named }: DeedSubject,
  work: () => Promise<object>,
): Promise<ToldDeed> {
  const before =
    named === undefined
      ? undefined
      : await database.snapshot(actor, async (tx) => {
          const { id } = await subjects[kind](tx, named);
          return idPattern.test(id) ? stateOf(tx, { kind, id }) : undefined;
        });
  const { id: made, replayed = false, ...rest }: Made = await work();
  return database.snapshot(actor, async (tx): Promise<ToldDeed> => {
    const found = await subjects[kind](tx, named ?? made!);
    const { id, code, waitsFor = [], owed = [], idle = [] } = found;
    const after = await stateOf(tx, { kind, id });
    const of: { readonly table: StepTable<string, string>; readonly permissions?: Readonly<Record<string, string>> } =
      deedKinds[kind];
    const { state, steps } = after ?? { state: of.table.first, steps: [] };
    const clocks = found.clocks ?? (await listClocks(tx, { subject: { kind, id }, open: true }));
    const possible = nextSteps(of.table, state, steps, of.permissions).filter(({ act: step }) => !idle.includes(step));
    return {
      ...{ kind, id, code, act, from: before?.state ?? null, to: state, replayed, waitsFor },
      next: [...owed, ...possible].map((step) => ({ ...step, roles: rolesWith(step.permission) })),
      due: clocks.map(({ code: clock, dueOn: on, law }) => ({ clock, on, law })),
      made: { ...(made !== undefined && made !== id && { id: made }), ...rest },
    };
  });
}

/** Anything else is refused by the deed itself. */
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface FoundSubject {
  readonly id: string;
  readonly code: string;
  readonly waitsFor?: readonly string[];
  readonly owed?: readonly OwedStep[];
  /** Acts that the table allows and that would move nothing. */
  readonly idle?: readonly string[];
  /** That run; those of the subject alone when absent. */
  readonly clocks?: readonly Clock[];
}

/** Throw what is missing, and SettlementAmbiguous. */
const subjects: Readonly<Record<DeedSubjectKind, (tx: EntityManager, named: string) => Promise<FoundSubject>>> = {
  settlement: async (tx, named) => {
    const view = await viewSettlement(tx, await settlementIdOf(tx, named));
    const { gist, parts } = view;
    const disputed = parts.filter(({ state }) => state === 'disputed').map(({ party }) => party);
    return { id: gist.id, code: gist.code, waitsFor: disputed, owed: owedSteps(view), idle: idleActs(view) };
  },
  agreement: async (tx, named) => {
    const { id, code, unsigned, state } = await viewAgreement(tx, await getAgreement(tx, named));
    return { id, code, waitsFor: state === 'drafted' ? unsigned : [] };
  },
  'agreement-period': async (tx, named) => {
    const [agreement, period] = named.split(' ');
    const { territoryPath, code } = await getAgreement(tx, agreement);
    const [cycle] = await listCycles(tx, { territoryPath, agreement: code, period });
    return { id: cycle?.id ?? '', code: `${code} ${period}` };
  },
  'agreement-breach': async (tx, named) => {
    const [found] = idPattern.test(named) ? await listBreaches(tx, { id: named }) : [];
    return { id: named, code: found ? `${found.agreement} ${found.party}` : '' };
  },
  measurement: async (tx, named) => {
    const [found] = idPattern.test(named) ? await listMeasurements(tx, { id: named }) : [];
    return { id: named, code: found ? `${found.agreement} ${found.period}` : '' };
  },
  contract: async (tx, named) => {
    const { contract, clocks } = await viewContract(tx, named, await todayOf(tx));
    return { id: contract.id, code: contract.code, clocks: clocks.filter(({ metOn }) => metOn === null) };
  },
  'yearly-disclosure': async (tx, named) => {
    const { id, territory, year, edition } = await getYearlyDisclosure(tx, named);
    return { id, code: `${territory} ${year} ${edition}` };
  },
  departure: (tx, named) => getDeparture(tx, named),
  'target-plan': async (tx, named) => {
    const { id, code, silent, state } = await viewTargetPlan(tx, await getTargetPlan(tx, named));
    return { id, code, waitsFor: state === 'drafted' ? silent : [] };
  },
  'target-progress': async (tx, named) => {
    const { id, plan, year } = await getRecordedProgress(tx, named);
    return { id, code: `${plan} ${year}` };
  },
  'outside-figure': async (tx, named) => {
    const { id, territory, year } = await getOutsideFigure(tx, named);
    return { id, code: `${territory} ${year}` };
  },
  'score-run': async (tx, named) => {
    const { id, scorecard, period, versionNo } = await getScoreRun(tx, named);
    return { id, code: `${scorecard} ${period} v${versionNo}` };
  },
  'score-delivery': async (tx, named) => {
    const { id, scorecard, period, department } = await getDelivery(tx, named);
    return { id, code: `${scorecard} ${period} ${department}` };
  },
  incident: async (tx, named) => {
    const { id, territory, period, kind } = await getIncident(tx, named);
    return { id, code: `${territory} ${period} ${kind}` };
  },
};
