/** Does a deed and tells it as all deeds are told: the subject before and after, what comes next, by whom and until when. */
import { type Permission, rolesWith } from '@gep/access';
import { getAgreement, viewAgreement } from '@gep/compensation';
import { getTargetPlan, viewTargetPlan } from '@gep/evaluation';
import { isUuid } from '@gep/kernel';
import type { Actor, Database } from '@gep/platform';
import { type Clock, findAppeals, listClocks, nextSteps, stateOf, todayOf } from '@gep/procedure';
import { isUsed, viewContract } from '@gep/procurement';
import { viewSettlement } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { renderDeed, type ToldDeed } from '../rendering/deed/render-deed';
import { type DeedSubjectKind, type SubjectKind, subjectKinds } from '../rendering/deed/subject-kinds';
import { namedSubjects } from './named-subject.service';
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
          const { id } = await namedSubjects[kind](tx, named);
          // Anything else is refused by the deed itself.
          return isUuid(id) ? stateOf(tx, { kind, id }) : undefined;
        });
  const { id: made, replayed = false, ...rest }: Made = await work();
  return database.snapshot(actor, async (tx): Promise<ToldDeed> => {
    const { id, code } = await namedSubjects[kind](tx, named ?? made!);
    const found: Standing = (await standings[kind]?.(tx, id)) ?? {};
    const { waitsFor = [], owed = [], idle = [] } = found;
    const after = await stateOf(tx, { kind, id });
    const of: SubjectKind = subjectKinds[kind];
    const { state, steps } = after ?? { state: of.table.first, steps: [] };
    const clocks = found.clocks ?? (await listClocks(tx, { subject: { kind, id }, open: true }));
    const permissions = { ...of.permissions, ...found.permissions };
    const possible = nextSteps(of.table, state, steps, permissions).filter(({ act: step }) => !idle.includes(step));
    return {
      ...{ kind, id, code, act, from: before?.state ?? null, to: state, replayed, waitsFor },
      next: [...owed, ...possible].map((step) => ({ ...step, roles: rolesWith(step.permission) })),
      due: clocks.map(({ code: clock, dueOn: on, law }) => ({ clock, on, law })),
      made: { ...(made !== undefined && made !== id && { id: made }), ...rest },
    };
  });
}

/** What is known of a subject beside its id and code. */
interface Standing {
  readonly waitsFor?: readonly string[];
  readonly owed?: readonly OwedStep[];
  /** Acts that the table allows and that would move nothing. */
  readonly idle?: readonly string[];
  /** That run; those of the subject alone when absent. */
  readonly clocks?: readonly Clock[];
  /** Of acts that another one holds here than the table says. */
  readonly permissions?: Readonly<Record<string, string>>;
}

/** Of kinds that more is told of; each takes an id. */
const standings: Partial<Record<DeedSubjectKind, (tx: EntityManager, id: string) => Promise<Standing>>> = {
  settlement: async (tx, id) => {
    const view = await viewSettlement(tx, id);
    const disputed = view.parts.filter(({ state }) => state === 'disputed').map(({ party }) => party);
    return { waitsFor: disputed, owed: owedSteps(view), idle: idleActs(view) };
  },
  agreement: async (tx, id) => {
    const { unsigned, state } = await viewAgreement(tx, await getAgreement(tx, id));
    return { waitsFor: state === 'drafted' ? unsigned : [] };
  },
  contract: async (tx, id) => {
    const { clocks, spent } = await viewContract(tx, id, await todayOf(tx));
    return { clocks: clocks.filter(({ metOn }) => metOn === null), idle: isUsed(spent) ? [] : ['close'] };
  },
  'target-plan': async (tx, id) => {
    const { silent, state } = await viewTargetPlan(tx, await getTargetPlan(tx, id));
    return { waitsFor: state === 'drafted' ? silent : [] };
  },
  appeal: async (tx, id) => {
    const [found] = await findAppeals(tx, [id]);
    if (!found) return {};
    const permission = answering[found.subject.kind];
    return {
      permissions: {
        ...(permission !== undefined && { reply: permission, admit: permission }),
        ...(found.party.startsWith('owner:') && { complain: 'dividend.own', withdraw: 'dividend.own' }),
      },
    };
  },
};

/** Who prepares what is disputed, and so answers for it. */
const answering: Readonly<Record<string, Permission | undefined>> = {
  ...{ dividend: 'owner.manage', agreement: 'agreement.manage' },
  ...{ 'score-run': 'evaluation.prepare', 'target-plan': 'evaluation.prepare' },
};
