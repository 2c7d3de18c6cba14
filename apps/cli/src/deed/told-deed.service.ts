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
import { listClocks, nextSteps, stateOf, type StepTable } from '@gep/procedure';
import { getContract } from '@gep/procurement';
import { settlementIdOf, viewSettlement } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { deedKinds, type DeedSubjectKind, renderDeed, type ToldDeed } from '../rendering/deed/render-deed';
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

export async function tellDeed(
  terminal: Terminal,
  { database, actor }: { readonly database: Database; readonly actor: Actor },
  { kind, act, named }: DeedSubject,
  work: () => Promise<object>,
): Promise<void> {
  const before =
    named === undefined
      ? undefined
      : await database.snapshot(actor, async (tx) => {
          const { id } = await subjectOf(tx, kind, named);
          return idPattern.test(id) ? stateOf(tx, { kind, id }) : undefined;
        });
  const { id: made, replayed = false, ...rest }: Made = await work();
  const told = await database.snapshot(actor, async (tx): Promise<ToldDeed> => {
    const { id, code, waitsFor } = await subjectOf(tx, kind, named ?? made!);
    const after = await stateOf(tx, { kind, id });
    const of: { readonly table: StepTable<string, string>; readonly permissions?: Readonly<Record<string, string>> } =
      deedKinds[kind];
    const { state, steps } = after ?? { state: of.table.first, steps: [] };
    const clocks = await listClocks(tx, { subject: { kind, id }, open: true });
    return {
      ...{ kind, id, code, act, from: before?.state ?? null, to: state, replayed, waitsFor },
      next: nextSteps(of.table, state, steps, of.permissions).map((step) => ({
        ...{ ...step, roles: rolesWith(step.permission) },
      })),
      due: clocks.map(({ code: clock, dueOn: on, law }) => ({ clock, on, law })),
      made: { ...(made !== undefined && made !== id && { id: made }), ...rest },
    };
  });
  terminal.result(told, () => renderDeed(told, terminal.options.language));
}

/** Anything else is refused by the deed itself. */
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface FoundSubject {
  readonly id: string;
  readonly code: string;
  readonly waitsFor: readonly string[];
}

/** @throws AgreementMissing, ContractMissing, SettlementMissing, SettlementAmbiguous */
async function subjectOf(tx: EntityManager, kind: DeedSubjectKind, named: string): Promise<FoundSubject> {
  switch (kind) {
    case 'settlement': {
      const { gist, parts } = await viewSettlement(tx, await settlementIdOf(tx, named));
      const disputed = parts.filter(({ state }) => state === 'disputed').map(({ party }) => party);
      return { id: gist.id, code: gist.code, waitsFor: disputed };
    }
    case 'agreement': {
      const { id, code, unsigned, state } = await viewAgreement(tx, await getAgreement(tx, named));
      return { id, code, waitsFor: state === 'drafted' ? unsigned : [] };
    }
    case 'agreement-period': {
      const [agreement, period] = named.split(' ');
      const { territoryPath, code } = await getAgreement(tx, agreement);
      const [cycle] = await listCycles(tx, { territoryPath, agreement: code, period });
      return { id: cycle?.id ?? '', code: `${code} ${period}`, waitsFor: [] };
    }
    case 'contract': {
      const { id, code } = await getContract(tx, named);
      return { id, code, waitsFor: [] };
    }
    case 'measurement': {
      const [found] = idPattern.test(named) ? await listMeasurements(tx, { id: named }) : [];
      return { id: named, code: found ? `${found.agreement} ${found.period}` : '', waitsFor: [] };
    }
    case 'yearly-disclosure': {
      const { id, territory, year, edition } = await getYearlyDisclosure(tx, named);
      return { id, code: `${territory} ${year} ${edition}`, waitsFor: [] };
    }
    case 'departure': {
      const { id, code } = await getDeparture(tx, named);
      return { id, code, waitsFor: [] };
    }
    case 'target-plan': {
      const { id, code, silent, state } = await viewTargetPlan(tx, await getTargetPlan(tx, named));
      return { id, code, waitsFor: state === 'drafted' ? silent : [] };
    }
    case 'target-progress': {
      const { id, plan, year } = await getRecordedProgress(tx, named);
      return { id, code: `${plan} ${year}`, waitsFor: [] };
    }
    case 'outside-figure': {
      const { id, territory, year } = await getOutsideFigure(tx, named);
      return { id, code: `${territory} ${year}`, waitsFor: [] };
    }
    case 'score-run': {
      const { id, scorecard, period, versionNo } = await getScoreRun(tx, named);
      return { id, code: `${scorecard} ${period} v${versionNo}`, waitsFor: [] };
    }
    case 'score-delivery': {
      const { id, scorecard, period, department } = await getDelivery(tx, named);
      return { id, code: `${scorecard} ${period} ${department}`, waitsFor: [] };
    }
    case 'incident': {
      const { id, territory, period, kind: what } = await getIncident(tx, named);
      return { id, code: `${territory} ${period} ${what}`, waitsFor: [] };
    }
    case 'agreement-breach': {
      const [found] = idPattern.test(named) ? await listBreaches(tx, { id: named }) : [];
      return { id: named, code: found ? `${found.agreement} ${found.party}` : '', waitsFor: [] };
    }
  }
}
