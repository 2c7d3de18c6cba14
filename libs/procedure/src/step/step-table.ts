/** State machines as tables: which act leads from which states to which, by whom, with a reason or without. */
import type { Bilingual } from '@gep/kernel';
import { StepNotNow, StepNotYours, StepOfSamePerson, StepReasonMissing, type SubjectPlace } from '../errors';

/** What a procedure is about: something of a mechanism, by its kind and its id, a UUID. */
export interface Subject {
  readonly kind: string;
  readonly id: string;
}

/** The act by which every subject comes to be. */
export const openingAct = 'open';

export interface StepRow<S extends string, A extends string> {
  readonly act: A;
  readonly from: readonly S[];
  readonly to: S;
  /** Must be held at or above the territory of the subject. */
  readonly permission?: string;
  readonly reasonNeeded?: boolean;
  /** Whoever ever did one of these on the subject may not do this one. */
  readonly apartFrom?: readonly (A | typeof openingAct)[];
}

export interface StepTable<S extends string, A extends string> {
  readonly kind: string;
  /** What such a subject is called. */
  readonly name: Bilingual;
  readonly first: S;
  readonly rows: readonly StepRow<S, A>[];
  readonly nameOfState: Readonly<Record<S, Bilingual>>;
  readonly nameOfAct: Readonly<Record<A, Bilingual>>;
  /** What is typed for an act whose verb is not the act itself. */
  readonly verbs?: Readonly<Partial<Record<A, string>>>;
}

/** A step as it was taken; never changed afterwards. */
export interface TakenStep {
  /** 1 is the opening. */
  readonly no: number;
  readonly act: string;
  /** Null before the opening. */
  readonly from: string | null;
  readonly to: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly at: Date;
  readonly reason: string | null;
  readonly documentDigest: string | null;
}

/** Who wishes to act and what was done before. */
export interface StepFacts {
  readonly subject: SubjectPlace;
  readonly actorId: string;
  readonly actorName: string;
  /** Whether the person holds a permission for the territory of the subject. */
  readonly holds: (permission: string) => boolean;
  readonly steps: readonly TakenStep[];
  readonly reason: string | null;
}

/** Fewer characters explain nothing. */
const leastReason = 4;

/** Where the act leads. @throws StepRefused with what stands in the way: the state, the role, the same person, no reason */
export function judgeStep<S extends string, A extends string>(
  table: StepTable<S, A>,
  state: S,
  act: A,
  { subject, actorId, actorName, holds, steps, reason }: StepFacts,
): { readonly to: S } {
  const nameOf = (each: string): Bilingual => nameOfAct(table, each);
  const place = { ...subject, name: table.name };
  const row = table.rows.find((each) => each.act === act && each.from.includes(state));
  if (!row) {
    const possible = possibleActs(table, state);
    const last = steps.at(-1);
    throw new StepNotNow(place, nameOf(act), {
      state: table.nameOfState[state],
      possible: possible.map((each) => ({ name: nameOf(each), verb: table.verbs?.[each] ?? each })),
      facts: { act, state, possible },
      ...(last && { last: { by: last.actorName, at: last.at, act: nameOf(last.act) } }),
    });
  }
  if (row.permission !== undefined && !holds(row.permission))
    throw new StepNotYours(place, nameOf(act), row.permission);
  const before = steps.find(
    (each) => each.actorId === actorId && (row.apartFrom as readonly string[] | undefined)?.includes(each.act),
  );
  if (before) throw new StepOfSamePerson(place, nameOf(act), { name: actorName, before: nameOf(before.act) });
  if (row.reasonNeeded && (reason ?? '').trim().length < leastReason)
    throw new StepReasonMissing(place, nameOf(act), leastReason);
  return { to: row.to };
}

const opening: Bilingual = { zh: '提出', en: 'open' };

export function nameOfAct({ nameOfAct: names }: Pick<StepTable<string, string>, 'nameOfAct'>, act: string): Bilingual {
  return (names as Readonly<Record<string, Bilingual | undefined>>)[act] ?? opening;
}

/** Acts that lead on from a state, by whomever; none in a state that ends the subject. */
export function possibleActs<S extends string, A extends string>(table: StepTable<S, A>, state: S): A[] {
  return [...new Set(table.rows.filter(({ from }) => from.includes(state)).map(({ act }) => act))];
}

/** What is wrong with a table: an act that leads two ways, a state never reached or never left for an end, a dead act. */
export function tableFaults<S extends string, A extends string>(table: StepTable<S, A>): string[] {
  const states = Object.keys(table.nameOfState) as S[];
  const acts = Object.keys(table.nameOfAct) as A[];
  const faults: string[] = [];
  const ways = table.rows.flatMap(({ act, from }) => from.map((state) => `${state} ${act}`));
  faults.push(...ways.filter((way, at) => ways.indexOf(way) !== at).map((way) => `two ways: ${way}`));
  const used = new Set<string>([table.first, ...table.rows.flatMap(({ from, to }) => [...from, to])]);
  faults.push(...[...used].filter((state) => !states.includes(state as S)).map((state) => `no name: ${state}`));
  const reached = closure([table.first], (state) =>
    table.rows.filter(({ from }) => from.includes(state)).map(({ to }) => to),
  );
  faults.push(...states.filter((state) => !reached.has(state)).map((state) => `never reached: ${state}`));
  const ends = states.filter((state) => possibleActs(table, state).length === 0);
  if (ends.length === 0) faults.push('no end');
  const ending = closure(ends, (state) => table.rows.filter(({ to }) => to === state).flatMap(({ from }) => [...from]));
  faults.push(...states.filter((state) => !ending.has(state)).map((state) => `no way to an end: ${state}`));
  for (const act of acts) if (!table.rows.some((row) => row.act === act)) faults.push(`dead act: ${act}`);
  for (const { act, apartFrom = [] } of table.rows) {
    if (!acts.includes(act)) faults.push(`no name: ${act}`);
    for (const other of apartFrom)
      if (other !== openingAct && !acts.includes(other)) faults.push(`apart from an unknown act: ${other}`);
  }
  return faults;
}

function closure<S>(starts: readonly S[], next: (state: S) => readonly S[]): Set<S> {
  const found = new Set(starts);
  for (const state of found) for (const each of next(state)) found.add(each);
  return found;
}
