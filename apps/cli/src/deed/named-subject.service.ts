/** The code by which people name a subject of a procedure, and the subject that a code or an id names. */
import { getAgreement, listBreaches, listCycles, listMeasurements } from '@gep/compensation';
import {
  getDelivery,
  getDeparture,
  getIncident,
  getOutsideFigure,
  getRecordedProgress,
  getScoreRun,
  getTargetPlan,
  getYearlyDisclosure,
} from '@gep/evaluation';
import { DomainError, isUuid } from '@gep/kernel';
import { findAppeals, type Subject } from '@gep/procedure';
import { codeOfDividend, getContract, getDividend } from '@gep/procurement';
import { listHeads, listParts, settlementIdOf } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { type DeedSubjectKind, isSubjectKind, type SubjectCodes, subjectKey } from '../rendering/deed/subject-kinds';

interface NamedSubject {
  readonly id: string;
  readonly code: string;
}

/** By kind; each takes an id, and a code where the kind has one. They throw what is missing, and SettlementAmbiguous. */
export const namedSubjects: Readonly<
  Record<DeedSubjectKind, (tx: EntityManager, named: string) => Promise<NamedSubject>>
> = {
  settlement: async (tx, named) => {
    const id = await settlementIdOf(tx, named);
    const [head] = await listHeads(tx, { ids: [id] });
    // A party sees its own part alone.
    const [part] = head ? [] : await listParts(tx, { settlementIds: [id] });
    return { id, code: head?.code ?? part?.gist.code ?? named };
  },
  agreement: async (tx, named) => {
    const { id, code } = await getAgreement(tx, named);
    return { id, code };
  },
  'agreement-period': async (tx, named) => {
    if (isUuid(named)) {
      const [cycle] = await listCycles(tx, { id: named });
      return { id: named, code: cycle ? `${cycle.agreement} ${cycle.period}` : '' };
    }
    const [agreement, period] = named.split(' ');
    const { territoryPath, code } = await getAgreement(tx, agreement);
    const [cycle] = await listCycles(tx, { territoryPath, agreement: code, period });
    return { id: cycle?.id ?? '', code: `${code} ${period}` };
  },
  'agreement-breach': async (tx, named) => {
    const [found] = isUuid(named) ? await listBreaches(tx, { id: named }) : [];
    return { id: named, code: found ? `${found.agreement} ${found.party}` : '' };
  },
  measurement: async (tx, named) => {
    const [found] = isUuid(named) ? await listMeasurements(tx, { id: named }) : [];
    return { id: named, code: found ? `${found.agreement} ${found.period}` : '' };
  },
  contract: async (tx, named) => {
    const { id, code } = await getContract(tx, named);
    return { id, code };
  },
  dividend: async (tx, named) => {
    const found = await getDividend(tx, named);
    return { id: found.id, code: codeOfDividend(found) };
  },
  appeal: async (tx, named) => {
    const [found] = isUuid(named) ? await findAppeals(tx, [named]) : [];
    if (!found) return { id: named, code: '' };
    const { subject, figure, party } = found;
    const about = (await codesOf(tx, [subject])).get(subjectKey(subject)) ?? subject.id;
    return { id: named, code: [about, figure, figure === party ? '' : party].filter(Boolean).join(' ') };
  },
  'yearly-disclosure': async (tx, named) => {
    const { id, territory, year, edition } = await getYearlyDisclosure(tx, named);
    return { id, code: `${territory} ${year} ${edition}` };
  },
  departure: (tx, named) => getDeparture(tx, named),
  'target-plan': async (tx, named) => {
    const { id, code } = await getTargetPlan(tx, named);
    return { id, code };
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

/** Codes of subjects of any kind; one that is gone, or has no code, is absent. */
export async function codesOf(tx: EntityManager, subjects: readonly Subject[]): Promise<SubjectCodes> {
  const found = new Map<string, string>();
  for (const { kind, id } of subjects) {
    const key = subjectKey({ kind, id });
    if (found.has(key) || !isSubjectKind(kind)) continue;
    const { code } = await namedSubjects[kind](tx, id).catch(whatIsMissing);
    if (code !== '' && code !== id) found.set(key, code);
  }
  return found;
}

function whatIsMissing(error: unknown): NamedSubject {
  if (error instanceof DomainError && error.kind === 'missing') return { id: '', code: '' };
  throw error;
}

/** @throws ProcedureMissing of the deed itself, where the kind has no codes */
export const subjectIdOf = async (tx: EntityManager, kind: string, named: string): Promise<string> =>
  isSubjectKind(kind) && !isUuid(named) ? (await namedSubjects[kind](tx, named)).id : named;
