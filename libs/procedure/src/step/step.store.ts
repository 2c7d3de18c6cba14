/** Opens subjects and takes their steps in the transaction of the deed: one after the other, each judged by the table. */
import { isUuid } from '@gep/kernel';
import { type Actor, OutOfScope } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { ProcedureMissing, SubjectMoved } from '../errors';
import { holdsAt, type Officer } from '../officer';
import { judgeStep, openingAct, type StepTable, type Subject, type TakenStep } from './step-table';

/** Where a subject stands. */
export interface SubjectState {
  readonly state: string;
  readonly territoryPath: string;
  readonly steps: readonly TakenStep[];
}

export interface StepWish<A extends string> {
  readonly id: string;
  readonly act: A;
  /** What people call the subject, for refusals. */
  readonly code?: string;
  readonly reason?: string | null;
  /** SHA-256 of the paper that belongs to the step. */
  readonly documentDigest?: string | null;
  /** The step that the person saw last; refused when there is a later one. */
  readonly afterStep?: number;
}

/** Holds all acts on a subject back until the transaction ends. */
export async function lockSubject(tx: EntityManager, { kind, id }: Subject): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 80))`, [`${kind} ${id}`]);
}

/** The subject comes to be in its first state; once, however often it is asked for. @returns the opening step */
export async function openSubject<S extends string, A extends string>(
  tx: EntityManager,
  actor: Actor,
  { kind, first }: Pick<StepTable<S, A>, 'kind' | 'first'>,
  wish: {
    readonly id: string;
    readonly territoryPath: string;
    readonly reason?: string | null;
    readonly documentDigest?: string | null;
  },
): Promise<TakenStep> {
  const subject = { kind, id: wish.id };
  await lockSubject(tx, subject);
  const before = await stateOf(tx, subject);
  if (before) return before.steps[0];
  const [made] = await tx.query<unknown[]>(
    `insert into procedure.subject (kind, id, territory_path) values ($1, $2, $3::ltree) on conflict do nothing returning id`,
    [kind, wish.id, wish.territoryPath],
  );
  // It is there, where the actor does not see it.
  if (!made) throw new OutOfScope('procedure.subject');
  return insertStep(tx, actor, subject, { ...wish, act: openingAct, from: null, to: first });
}

/**
 * Takes a step. Two at once: one wins, the other is judged by the state that it made.
 * @throws ProcedureMissing, SubjectMoved, StepRefused
 */
export async function takeStep<S extends string, A extends string>(
  tx: EntityManager,
  actor: Officer,
  table: StepTable<S, A>,
  wish: StepWish<A>,
): Promise<TakenStep> {
  const { id, act, afterStep, code } = wish;
  const subject = { kind: table.kind, id };
  const place = { ...subject, name: table.name, ...(code !== undefined && { code }) };
  await lockSubject(tx, subject);
  const { state, steps, territoryPath } = await getSubject(tx, subject);
  if (afterStep !== undefined && afterStep !== steps.length) throw new SubjectMoved(place, afterStep, steps.length);
  const reason = wish.reason?.trim() || null;
  const { to } = judgeStep(table, state as S, act, {
    ...{ subject: place, steps, reason, actorId: actor.id, actorName: actor.name },
    holds: (permission) => holdsAt(actor, permission, territoryPath),
  });
  return insertStep(tx, actor, subject, { ...wish, reason, from: state, to });
}

/** Undefined when there is none that the actor may see. */
export async function stateOf(tx: EntityManager, { kind, id }: Subject): Promise<SubjectState | undefined> {
  if (!isUuid(id)) return undefined;
  const rows = await tx.query<(TakenStep & { territoryPath: string })[]>(
    `select ${stepColumns}, territory_path::text as "territoryPath"
     from procedure.step where kind = $1 and subject_id = $2 order by no`,
    [kind, id],
  );
  const last = rows.at(-1);
  if (!last) return undefined;
  const steps = rows.map(({ territoryPath: _, ...step }) => step);
  return { state: last.to, territoryPath: last.territoryPath, steps };
}

/** @throws ProcedureMissing */
export async function getSubject(tx: EntityManager, subject: Subject): Promise<SubjectState> {
  const found = await stateOf(tx, subject);
  if (!found) throw new ProcedureMissing({ zh: '程序', en: 'procedure' }, `${subject.kind} ${subject.id}`);
  return found;
}

/** The states of many subjects of a kind, by id; what the actor does not see is not there. */
export async function statesOf(tx: EntityManager, kind: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; state: string }[]>(
    `select distinct on (subject_id) subject_id as id, to_state as state from procedure.step
     where kind = $1 and subject_id = any ($2::uuid[]) order by subject_id, no desc`,
    [kind, ids],
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** A subject in a list, with its last step. */
export interface ListedSubject extends Subject {
  readonly territoryPath: string;
  readonly state: string;
  readonly last: TakenStep;
}

export interface SubjectFilter {
  readonly kind: string;
  readonly state?: string;
  /** ltree text of the territory at or below which they lie. */
  readonly within?: string;
  readonly page: { readonly limit: number; readonly after?: string };
}

/** Subjects of a kind that the actor may see, by id. */
export async function listSubjects(
  tx: EntityManager,
  { kind, state, within, page }: SubjectFilter,
): Promise<ListedSubject[]> {
  const rows = await tx.query<(TakenStep & Subject & { territoryPath: string })[]>(
    `select s.kind, s.id, s.territory_path::text as "territoryPath", t.*
     from procedure.subject s cross join lateral (
       select ${stepColumns} from procedure.step where kind = s.kind and subject_id = s.id order by no desc limit 1) as t
     where s.kind = $1 and ($2::text is null or t."to" = $2) and ($3::ltree is null or s.territory_path <@ $3::ltree)
       and ($4::uuid is null or s.id > $4)
     order by s.id limit $5`,
    [kind, state ?? null, within ?? null, page.after ?? null, page.limit],
  );
  return rows.map(({ kind: _, id, territoryPath, ...last }) => ({ kind, id, territoryPath, state: last.to, last }));
}

const stepColumns = `no, act, from_state as "from", to_state as "to", actor_id as "actorId", actor_name as "actorName", at, reason,
  document_digest as "documentDigest"`;

async function insertStep(
  tx: EntityManager,
  actor: Actor,
  { kind, id }: Subject,
  step: Pick<TakenStep, 'act' | 'from' | 'to'> & Partial<Pick<TakenStep, 'reason' | 'documentDigest'>>,
): Promise<TakenStep> {
  const [row] = await tx.query<[TakenStep]>(
    `insert into procedure.step (kind, subject_id, act, from_state, to_state, actor_name, reason, document_digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${stepColumns}`,
    [kind, id, step.act, step.from, step.to, actor.name, step.reason ?? null, step.documentDigest ?? null],
  );
  return row;
}
