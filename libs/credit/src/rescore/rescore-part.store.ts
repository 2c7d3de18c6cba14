/** SQL of one part of a run: what it reads as streams of columns, and the scores that it writes. */
import { finished } from 'node:stream/promises';
import { assert } from '@gep/kernel';
import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import { type PackedRow, timesBits } from './block-counting';
import { CopiedRows, headerBytes } from './copied-rows';
import { type RescoreRun, uuid, type WalkPlace } from './rescore.store';

/** Scoring of single subjects waits until the transaction ends, and a run waits for what is being scored. */
export async function lockAllScores(tx: EntityManager): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(7140142)');
}

/** Number of the score stored last, as far as the actor sees; 0: none. */
export async function getLastNumber(tx: EntityManager): Promise<string> {
  const [{ no }] = await tx.query<[{ no: string }]>(
    'select coalesce((select no from credit.score order by no desc limit 1), 0)::text as no',
  );
  return no;
}

/** A copy takes no parameters: what goes into its text is checked to be nothing but itself. */
const literal = (text: string, form: RegExp): string => {
  assert(form.test(text), `not of its form: ${text}`);
  return `'${text}'`;
};
const pathOf = (path: string): string => `${literal(path, /^[\w.-]+$/)}::public.ltree`;
const idOf = (id: string): string => `${literal(id, uuid)}::uuid`;
const dayOf = (day: string): string => `${literal(day, /^\d{4}-\d{2}-\d{2}$/)}::date`;

/** Rows piece by piece as they arrive; a piece has to be read before the next is asked for. */
async function* copyOut(tx: EntityManager, query: string, fields: number): AsyncGenerator<CopiedRows> {
  assert(tx.queryRunner, 'a part is read in a transaction');
  const client = (await tx.queryRunner.connect()) as ClientBase;
  const stream = client.query(copyTo(`copy (${query}) to stdout (format binary)`));
  try {
    let [left, begun]: [Buffer, boolean] = [Buffer.alloc(0), false];
    for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      left = Buffer.concat([left, piece]);
      if (!begun && left.length < headerBytes) continue;
      const rows = new CopiedRows(begun ? left : left.subarray(headerBytes), fields);
      begun = true;
      yield rows;
      left = rows.rest();
    }
    assert(begun && left.length === 0, 'a copy ends with a whole row');
  } finally {
    // What a reader who gave up left unread would be taken for the answer to the next query.
    if (!stream.readableEnded && !stream.errored) await finished(stream.resume());
  }
}

/** Subjects are met in the order of their index; the planner, who takes a place for a handful of rows, would sort them all for every part. */
const byWalk = `set local enable_sort = off; set local enable_bitmapscan = off; set local enable_seqscan = off`;

/**
 * For the same reason it would look up each entry of a crowd by itself. Where a part is no small share of all subjects, all entries are
 * passed once instead.
 */
async function planCounting(tx: EntityManager, subjects: number): Promise<void> {
  const [{ share }] = await tx.query<[{ share: number }]>(
    `select $1 / greatest(reltuples, 1)::float8 as share from pg_class where oid = 'credit.subject'::regclass`,
    [subjects],
  );
  await tx.query(
    `set local enable_sort = on; set local enable_bitmapscan = on; set local enable_seqscan = on; set local work_mem = '128MB';
     set local enable_nestloop = ${share > 0.03 ? 'off' : 'on'}`,
  );
}

/** Stored scores are told in this part of a point, which is a multiple of every scale. */
export const finest = 100_000;

/** Subjects of a part, and how many there are. */
export interface WalkSpan {
  readonly territoryPath: string;
  /** After this one; undefined: from the first. */
  readonly from: WalkPlace | undefined;
  readonly most: number;
}

/** Of one snapshot, so that two queries number the subjects alike. */
const walked = ({ territoryPath, from, most }: WalkSpan): string => {
  const path = pathOf(territoryPath);
  const after = from ? `and (s.territory_path, s.id) > (${pathOf(from.path)}, ${idOf(from.subject)})` : '';
  return `select s.id, s.territory_path from credit.subject s
    where s.territory_path >= ${path} and s.territory_path <@ ${path} ${after} order by s.territory_path, s.id limit ${most}`;
};

/**
 * Subjects by place and id. Fields: id, place, last stored score in `finest` parts (null: none), the edition that it is by, and
 * whether it is of a later day than the run.
 */
export async function* copySubjects(tx: EntityManager, span: WalkSpan, asOf: string): AsyncGenerator<CopiedRows> {
  await tx.query(byWalk);
  yield* copyOut(
    tx,
    `select s.id, s.territory_path::text, (l.score * ${finest})::float8, l.edition, (l.as_of > ${dayOf(asOf)})::int
     from (${walked(span)}) s
       left join lateral (select score, edition, as_of from credit.score where subject_id = s.id order by no desc limit 1) l on true
     order by s.territory_path, s.id`,
    5,
  );
}

/**
 * Entries that count on a day, in one row for each subject that has any. Fields: which of the subjects of the span, from 0; its
 * entries, eight bytes each (`timesBits`).
 * @param rows an entry whose edition or item is not among them is packed with the place after the last
 */
export async function* copyEntries(
  tx: EntityManager,
  span: WalkSpan & { readonly subjects: number },
  asOf: string,
  rows: readonly PackedRow[],
): AsyncGenerator<CopiedRows> {
  await planCounting(tx, span.subjects);
  const places = rows.map(
    ({ edition, code }, at) =>
      `(${literal(edition, /^[0-9a-f]{64}$/)}, ${literal(code, /^[\p{L}_][\p{L}\p{N}_]*$/u)}, ${at})`,
  );
  yield* copyOut(
    tx,
    `select s.at, string_agg(int8send(((e.day - date '1970-01-01')::int8 << 32) | (coalesce(v.place, ${rows.length})::int8 << ${timesBits}) | e.times), '')
     from (select id, (row_number() over (order by territory_path, id))::int - 1 as at from (${walked(span)}) w) s
       join credit.standing t on t.subject_id = s.id join credit.event e on e.id = t.event_id
       left join (values ${places.join(',')}) as v (edition, code, place) on v.edition = e.edition and v.code = e.behaviour
     where t.state = 'effective' and t.objections = 0 and t.effective_from <= ${dayOf(asOf)}
     group by s.at order by s.at`,
    2,
  );
}

/** Editions that the entries of these subjects name. */
export async function listEditionsOf(tx: EntityManager, subjects: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ edition: string }[]>(
    'select distinct edition from credit.event where subject_id = any($1::uuid[]) order by 1',
    [subjects],
  );
  return rows.map(({ edition }) => edition);
}

/** Editions that entries of a span name. */
export async function listEditionsIn(tx: EntityManager, span: WalkSpan): Promise<string[]> {
  const rows = await tx.query<{ edition: string }[]>(
    `select distinct e.edition from (${walked(span)}) s join credit.event e on e.subject_id = s.id order by 1`,
  );
  return rows.map(({ edition }) => edition);
}

/** Of one edition. */
export interface ScoreColumns {
  readonly edition: string;
  readonly subjects: string[];
  readonly paths: string[];
  readonly scores: string[];
  readonly grades: (string | null)[];
}

/** Scores stored between two numbers, the second included, are those of deeds done since the part was read. */
export interface ScoredSince {
  readonly after: string;
  readonly till: string;
}

/** Whom a deed has scored since, on the day of the run or later, is left out. @returns how many were stored */
export async function insertScores(
  tx: EntityManager,
  run: Pick<RescoreRun, 'id' | 'asOf'>,
  since: ScoredSince,
  { edition, subjects, paths, scores, grades }: ScoreColumns,
): Promise<number> {
  const [{ stored }] = await tx.query<[{ stored: number }]>(
    `with stored as (
       insert into credit.score (subject_id, territory_path, as_of, edition, score, grade, cause, run_id)
       select subject, path, $1, $2, score, grade, 'run', $3
       from unnest($4::uuid[], $5::ltree[], $6::numeric[], $7::text[]) as made (subject, path, score, grade)
       where not exists (
         select from credit.score k where k.subject_id = made.subject and k.no > $8 and k.no <= $9 and k.as_of >= $1::date)
       returning 1)
     select count(*)::int as stored from stored`,
    [run.asOf, edition, run.id, subjects, paths, scores, grades, since.after, since.till],
  );
  return stored;
}
