/** Everybody of a territory scored anew, on the real database: equal to the replay of each, stopped, shared, and with deeds in between. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { CreditEditions, RescoreService } from '@gep/credit';
import { CreditTest, listOf, paper, village } from './credit-setup';
import { officer } from './procedure-setup';

let place: CreditTest;
let superuser: Client;
let rescores: RescoreService;
const key = (): string => randomUUID();
const county = officer('county', 'CN.990000.990100.990101', 'credit.manage', 'credit.read');

beforeAll(async () => {
  place = await CreditTest.start();
  await place.adopt(listOf(2), '2026-01-01');
  superuser = new Client({ connectionString: place.test.superuserUrl });
  await superuser.connect();
  rescores = new RescoreService(place.test.db, new CreditEditions(), 300);
  const one = await place.person(1);
  for (const day of ['2025-06-01', '2026-01-05']) await place.entry(one, 'sorting', { day });
});
afterAll(async () => {
  await superuser.end();
  await place.close();
});

/** Does something when a run has read who there is and not yet their entries. */
class Interrupted extends CreditEditions {
  constructor(private meanwhile: (() => Promise<unknown>) | undefined) {
    super();
  }

  override async inForce(...about: Parameters<CreditEditions['inForce']>) {
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    return super.inForce(...about);
  }
}

describe('everybody scored anew', () => {
  it('leaves the score of a deed done while it counts what was before; a second worker waits', async () => {
    const [fresh, same] = [await place.person(2), await place.person(3)];
    await superuser.query(
      `insert into credit.score (subject_id, territory_path, as_of, edition, score, grade, cause)
       select $1, '${village}', '2026-01-01', edition, 102, 'B', 'event' from credit.score order by no desc limit 1`,
      [same],
    );
    const { result } = await rescores.request(county, { territoryPath: village }, key());
    let second: ReturnType<RescoreService['run']> | undefined;
    const editions = new Interrupted(async () => {
      for (const one of [fresh, same]) await place.entry(one, 'sorting');
      second = rescores.run(result.id);
    });
    const done = await new RescoreService(place.test.db, editions).run(result.id);
    expect(done).toMatchObject({ parts: 1, endedAt: expect.any(Date) });
    expect(await second).toEqual(done);
    for (const one of [fresh, same])
      expect(await place.scores.explain(county, one)).toMatchObject({
        score: '102',
        stored: { score: '102', cause: 'event' },
      });
  });

  it('is the replay of each, bit by bit; stops and goes on; stores only what changed', async () => {
    const { rows: editions } = await superuser.query(`select distinct edition from credit.event order by 1`);
    const [older, newer] = editions;
    await superuser.query(`
      create temp table made as select gen_random_uuid() as id, n from generate_series(1, 1200) n;
      insert into credit.subject (id, territory_path, kind, since, consent_digest, registered_by)
        select id, '${village}', 'person', '2020-01-01', '${paper}', 'made' from made;
      create temp table entry as select gen_random_uuid() as id, m.id as subject_id, hashint4(m.n * 31 + k) as h, m.n, k from made m, generate_series(1, 8) k where k <= 1 + abs(hashint4(m.n)) % 8;
      insert into credit.event (id, subject_id, territory_path, behaviour, edition, day, times, negative, severity, evidence, evidence_digest, reference, reported_by, reported_name)
        select id, subject_id, '${village}', (array['sorting', 'project', 'frontage', 'discharge'])[1 + abs(h) % 4],
          case when abs(h) / 7 % 2 = 0 then '${older.edition}' else '${newer.edition}' end,
          date '2020-01-01' + abs(h) / 13 % 2300, 1 + abs(h) / 5 % 5, abs(h) % 4 > 1, 'ordinary', 'x', '${paper}', k::text, 'made', 'made' from entry;
      insert into credit.standing (event_id, subject_id, territory_path, state, effective_from, objections)
        select id, subject_id, '${village}', (array['effective', 'effective', 'effective', 'voided', 'repaired', 'reported'])[1 + abs(h) / 17 % 6],
          date '2020-01-20' + abs(h) / 13 % 2300, case when abs(h) / 19 % 9 = 0 then 1 else 0 end from entry;
      analyze credit.subject, credit.event, credit.standing`);
    const { result } = await rescores.request(county, { territoryPath: village }, key());
    await superuser.query(`
      create function credit.stop_here() returns trigger language plpgsql as $$ begin if new.no = 3 then raise exception 'killed'; end if; return new; end $$;
      create trigger stop_here before insert on credit.rescore_part for each row execute function credit.stop_here()`);
    await expect(rescores.run(result.id)).rejects.toThrow('killed');
    const half = await rescores.get(county, result.id);
    expect(half).toMatchObject({ parts: 2, subjects: 600, endedAt: null });
    await superuser.query('drop function credit.stop_here cascade');
    const done = await rescores.run(result.id);
    expect(done).toMatchObject({ parts: 5, refusal: null, endedAt: expect.any(Date) });
    expect(done.changed).toBeGreaterThan(half.changed);
    expect(await rescores.run(result.id)).toEqual(done);
    const { rows: stored } = await superuser.query<{ id: string; score: string; grade: string | null }>(
      `select s.id, trim_scale(l.score)::text as score, l.grade from credit.subject s left join lateral (
         select score, grade from credit.score where subject_id = s.id order by no desc limit 1) l on true where s.territory_path <@ '${village}'`,
    );
    expect(stored.length).toBe(done.subjects);
    const replayed = await place.test.db.snapshot(county, async (tx) => {
      const found = new Map<string, readonly [string, string | null]>();
      for (const { id } of stored) {
        const one = await place.scores.scoreOf(
          tx,
          { id, territoryPath: village, kind: 'person', since: '2020-01-01' },
          done.asOf,
        );
        found.set(id, [one.score, one.grade]);
      }
      return found;
    });
    expect(
      stored.filter(({ id, score, grade }) => replayed.get(id)![0] !== score || replayed.get(id)![1] !== grade),
    ).toEqual([]);
    expect(new Set(stored.map(({ score }) => score)).size).toBeGreaterThan(20);
    const { result: second } = await rescores.request(county, { territoryPath: village }, key());
    expect(await rescores.run(second.id)).toMatchObject({ subjects: done.subjects, changed: 0 });
  });
});
