/** Where a departing audit stands, what that allows, and the trail of what was done. */
import type { Bilingual } from '@gep/kernel';
import { appendAudit, type Actor } from '@gep/platform';
import { type Clock, getSubject, listClocks, type TakenStep } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import type { Attribution, Departure, DeparturePlan, DepartureRecord, PlanDraft, TermSnapshot } from './departure';
import { departureSteps, type DepartureState } from './departure-steps';
import { findPlan, findReport, listAttributions, listRecords } from './departure.store';
import { DepartureRefused, TermAccountUnpublished } from './errors';
import type { TermReport } from './term-report';
import { listSnapshots } from './term-snapshot.store';

/** Ten days for comments (Audit Law art. 44). */
export const commentClock = 'audit-comments';

export interface DepartureView extends Departure {
  readonly state: DepartureState;
  readonly steps: readonly TakenStep[];
  readonly plan: DeparturePlan | null;
  readonly attributions: readonly Attribution[];
  readonly records: readonly DepartureRecord[];
  readonly clocks: readonly Clock[];
  readonly reportDigest: string | null;
}

export async function viewDeparture(tx: EntityManager, departure: Departure): Promise<DepartureView> {
  const { id } = departure;
  const subject = { kind: departureSteps.kind, id };
  const { state, steps } = await getSubject(tx, subject);
  return {
    ...departure,
    ...{ state: state as DepartureState, steps },
    plan: (await findPlan(tx, id)) ?? null,
    attributions: await listAttributions(tx, id),
    records: await listRecords(tx, id),
    clocks: await listClocks(tx, { subject }),
    reportDigest: (await findReport(tx, id))?.digest ?? null,
  };
}

/** @throws DepartureRefused in any other state */
export async function requireState(
  tx: EntityManager,
  { id, code }: Departure,
  states: readonly DepartureState[],
  deed: Bilingual,
): Promise<void> {
  const { state } = await getSubject(tx, { kind: departureSteps.kind, id });
  if ((states as readonly string[]).includes(state)) return;
  const { nameOfState } = departureSteps;
  const named = (language: keyof Bilingual): string => states.map((each) => nameOfState[each][language]).join(' / ');
  const now = nameOfState[state as DepartureState];
  throw new DepartureRefused(
    code,
    {
      zh: `${deed.zh}须在“${named('zh')}”时办理，现为“${now.zh}”`,
      en: `${deed.en} it has to be ${named('en')}, and it is ${now.en}`,
    },
    { state, states },
  );
}

export interface TermEnds {
  readonly appointment: TermSnapshot;
  readonly departure: TermSnapshot;
}

/**
 * The frozen ends that a plan names, which have to be those of this term, with every year that they divide.
 * @throws DepartureRefused, TermAccountUnpublished
 */
export async function requireEnds(
  tx: EntityManager,
  { code, territory, normId, appointedOn, departedOn }: Departure,
  { appointmentSnapshot, departureSnapshot }: Pick<PlanDraft, 'appointmentSnapshot' | 'departureSnapshot'>,
): Promise<TermEnds> {
  const found = await listSnapshots(tx, { ids: [appointmentSnapshot, departureSnapshot] });
  const endOf = (id: string, end: 'appointment' | 'departure', day: string): TermSnapshot => {
    const one = found.find((each) => each.id === id);
    const { content } = one ?? {};
    const isOwn = content?.end === end && content.day === day && content.territory === territory;
    if (one && isOwn && content.norm === normId) {
      if (content.dividedYear !== null && content.divided === null)
        throw new TermAccountUnpublished(territory, content.dividedYear, normId);
      return one;
    }
    throw new DepartureRefused(
      code,
      {
        zh: `快照 ${id} 不是 ${territory} ${day} ${end === 'appointment' ? '任职' : '离任'}端点；请先冻结：gep departure freeze ${territory} ${end} ${day}`,
        en: `snapshot ${id} is not the ${end} of ${territory} on ${day}; freeze it first: gep departure freeze ${territory} ${end} ${day}`,
      },
      { snapshot: id },
    );
  };
  return {
    appointment: endOf(appointmentSnapshot, 'appointment', appointedOn),
    departure: endOf(departureSnapshot, 'departure', departedOn),
  };
}

const findingsOf = async (tx: EntityManager, id: string): Promise<TermReport['findings']> => {
  const report = await findReport(tx, id);
  return report ? (JSON.parse(report.content) as TermReport).findings : [];
};

/** @throws DepartureRefused for a code that the report does not have */
export async function requireFinding(
  tx: EntityManager,
  { id, code }: Departure,
  finding: string | null,
): Promise<void> {
  const codes = (await findingsOf(tx, id)).map((each) => each.code);
  if (finding !== null && codes.includes(finding)) return;
  throw new DepartureRefused(
    code,
    {
      zh: `请指明报告中的问题：${codes.join('、') || '（报告没有列出问题）'}`,
      en: `name a finding of the report: ${codes.join(', ') || '(it lists none)'}`,
    },
    { finding, codes },
  );
}

/** @throws DepartureRefused while a finding has nothing put right */
export async function requireRectified(tx: EntityManager, { id, code }: Departure): Promise<void> {
  const done = (await listRecords(tx, id)).map(({ finding }) => finding);
  const open = (await findingsOf(tx, id)).filter((each) => !done.includes(each.code)).map((each) => each.code);
  if (open.length === 0) return;
  throw new DepartureRefused(
    code,
    {
      zh: `下列问题尚无整改记录：${open.join('、')}；请用 gep departure record 或 POST …/records 登记`,
      en: `nothing is recorded as put right for ${open.join(', ')}; record it by gep departure record or POST …/records`,
    },
    { open },
  );
}

export function noted(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath }: Pick<Departure, 'id' | 'territoryPath'>,
  act: string,
  after: object,
): Promise<void> {
  return appendAudit(tx, {
    actor,
    action: `evaluation.departure.${act}`,
    subject: `departure ${id}`,
    territoryPath,
    after,
  });
}
