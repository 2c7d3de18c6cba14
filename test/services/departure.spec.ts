/** A departing audit on the real database: frozen ends, parts that close, persons apart, the ten days, and a pack of equal bytes. */
import { randomUUID } from 'node:crypto';
import { ChangeService, ConditionService, ReportWriter, SeriesService } from '@gep/accounting';
import {
  DepartureReports,
  DepartureService,
  IntegrityService,
  PackWriter,
  ProgressService,
  packPages,
  packTables,
  TermFiguresService,
  TermSnapshots,
  type CommissionDraft,
} from '@gep/evaluation';
import { digestOf, DomainError } from '@gep/kernel';
import { verifyAuditChain } from '@gep/platform';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { Client } from 'pg';
import { forest } from './accounting-setup';
import { books, officer } from './procedure-setup';
import { county, holder, paths, startReviews, way, type ReviewsTest } from './review-setup';

const path = paths[county];
const organisation = officer('organisation', path, 'evaluation.approve');
const auditor = officer('auditor', path, 'evaluation.prepare', 'publication.publish');
const head = officer('head', path, 'evaluation.confirm');
const publisher = officer('publisher', path, 'publication.publish', 'evaluation.prepare');
const paper = 'c'.repeat(64);

let place: ReviewsTest;
let audits: DepartureService;
let reports: DepartureReports;
let terms: TermSnapshots;
let integrity: IntegrityService;
const writer = new PackWriter();
const workbooks = new ReportWriter();

beforeAll(async () => {
  place = await startReviews();
  const { db } = place.accounting.test;
  const rulebook = new RulebookService(db);
  const changes = new ChangeService(db, rulebook);
  const progress = new ProgressService(db, new SeriesService(db, rulebook), changes, rulebook, books);
  const figures = new TermFiguresService(db, changes, place.accounting.accounting, new ConditionService(db, rulebook));
  audits = new DepartureService(db, rulebook);
  reports = new DepartureReports(db, rulebook, figures, books, progress);
  terms = new TermSnapshots(db);
  integrity = new IntegrityService(db, new RulebookFolder('rulebook'), progress);
  // Hectares of forest and rain: planted in 2022, dry in 2023.
  for (const [period, hectares, rain] of [
    ['2020', 100, 1000],
    ['2021', 100, 1100],
    ['2022', 120, 1100],
    ['2023', 120, 900],
  ] as const) {
    await observe(period, hectares, rain);
    await publishYear(period);
  }
});
afterAll(async () => {
  await writer.onModuleDestroy();
  await workbooks.onModuleDestroy();
  await place.accounting.close();
});

/** Forest, and grass on the rest of the land, which gives nothing. */
const observe = (period: string, hectares: number, rain: number, whole = 150) =>
  place.accounting.observe([
    forest(county, hectares, { period, rain }),
    { territory: county, period, type: 'grass', area: whole - hectares, rain: 0 },
  ]);

async function publishYear(period: string): Promise<void> {
  await place.accounting.recompute(period);
  for (const [act, role] of way)
    await place.reviews.act(
      holder(role),
      { territory: county, period, normId: 'sample' },
      { act, reason: 'as observed' },
      randomUUID(),
    );
}

const refusal = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );
const freeze = (end: 'appointment' | 'departure', day: string, reason?: string) =>
  terms.freeze(auditor, { territory: county, norm: 'sample', end, day, reason }, randomUUID());
const commission = (code: string, appointedOn: string, departedOn: string) => {
  const draft: CommissionDraft = {
    ...{ territory: county, code, office: '县长', holder: 'H-7', appointedOn, departedOn },
    ...{ normId: 'sample', commissionedBy: '组织部', commissionDigest: paper },
  };
  return audits.commission(organisation, draft, randomUUID());
};
async function begun(code: string, from: string, to: string): Promise<string> {
  const { id } = (await commission(code, from, to)).result;
  const [first, last] = await Promise.all([ended('appointment', from), ended('departure', to)]);
  const plan = {
    ...{ appointmentSnapshot: first, departureSnapshot: last, conditionAttributes: [], weatherAttributes: ['rain'] },
    conditionDefinition: null,
  };
  await audits.plan(auditor, id, plan, randomUUID());
  await audits.act(auditor, { departure: id, act: 'begin' }, randomUUID());
  return id;
}
async function ended(end: 'appointment' | 'departure', day: string): Promise<string> {
  const [known] = await terms.list(auditor, { territory: county, end, day });
  return known?.id ?? (await freeze(end, day)).result.id;
}
const declare = (id: string, shares: { natural?: string; human?: string }, effect: 'area' | 'supply' = 'area') =>
  audits.declare(
    auditor,
    id,
    {
      ...{ effect, type: 'forest', service: null, natural: '0', human: '0', method: '0', ...shares },
      ...{ reason: 'planted by the county', documentTitle: 'planting record', documentDigest: paper },
    },
    randomUUID(),
  );
const verdict = {
  ...{ level: 'fairly-good' as const, reason: 'the forest grew by planting' },
  findings: [{ code: 'F1', text: 'the planting was not recorded in time' }],
};

it('closes to the fen, gives weather to nature, and planting to people only where a document shows it', async () => {
  const id = await begun('whole', '2021-01-01', '2023-12-31');
  const before = await reports.draft(auditor, id, null);
  // water = area × rain × 0.5 × 2 yuan: 100 × 1000 → 120 × 900 in mm·hm2, ten cubic metres each.
  expect([before.total.startFen, before.total.endFen]).toEqual(['100000000', '108000000']);
  expect(before.total.parts).toEqual({
    ...{ natural: '-11000000', human: '0', method: '0', boundary: '0', price: '0', undeclared: '19000000' },
  });
  expect(before.areas.rows.find(({ code }) => code === 'forest')).toMatchObject({
    ...{ opening: '100', closing: '120', change: '20' },
    parts: { natural: '0', human: '0', method: '0', boundary: '0', undeclared: '20' },
  });
  // The same without the two yuan of a cubic metre.
  expect(before.quantities).toHaveLength(1);
  expect(before.quantities![0]).toMatchObject({
    ...{ code: 'water', item: null, unit: 'm3', opening: '500000', closing: '540000', change: '40000' },
    parts: { natural: '-55000', human: '0', method: '0', boundary: '0', undeclared: '95000' },
  });
  await declare(id, { human: '0.9' });
  const after = await reports.draft(auditor, id, verdict);
  expect(after.total.parts).toMatchObject({ natural: '-11000000', human: '17100000', undeclared: '1900000' });
  expect(after.areas.rows.find(({ code }) => code === 'forest')!.parts).toMatchObject({ human: '18', undeclared: '2' });
  expect(after.quantities![0].parts).toMatchObject({ natural: '-55000', human: '85500', undeclared: '9500' });
  expect(after.verdict).toMatchObject({ humanFen: '17100000', undeclaredFen: '1900000', grade: 'unverified' });
  expect(await refusal(declare(id, { human: '0.9', natural: '0.2' }))).toBe('evaluation.attribution-refused');
});

it('counts divided years by days, once for holders who follow each other, and stocks never', async () => {
  const [whole, first, second] = [
    await begun('all-years', '2021-01-01', '2023-12-31'),
    await begun('first-half', '2021-01-01', '2022-06-30'),
    await begun('second-half', '2022-07-01', '2023-12-31'),
  ];
  const [a, b, c] = await Promise.all([whole, first, second].map((id) => reports.draft(auditor, id, null)));
  expect(b.segments.map(({ before, after, share }) => [before, after, share.to - share.from])).toEqual([
    ['2020', '2021', 365],
    ['2021', '2022', 181],
  ]);
  const counted = (report: typeof a): bigint => BigInt(report.total.changeFen);
  expect(counted(b) + counted(c)).toBe(counted(a));
  expect([a, c].map(({ total }) => total.startFen)).toEqual([b.total.startFen, b.total.endFen]);
  expect(c.total.endFen).toBe(a.total.endFen);
  // The forest of 2022 was planted when nobody can say in whose half: the stock of the first ends with 2021.
  const areaOf = (report: typeof a) => report.areas.rows.find(({ code }) => code === 'forest')!;
  expect([areaOf(b).closing, areaOf(c).opening]).toEqual(['100', '100']);
  expect(areaOf(c).closing).toBe('120');
});

it('keeps a frozen end when the account is restated, and shows the difference as method', async () => {
  const [frozen] = await terms.list(auditor, { territory: county, end: 'appointment', day: '2021-01-01' });
  expect(await refusal(freeze('appointment', '2021-01-01'))).toBe('evaluation.term-frozen');
  const key = { territory: county, period: '2020', normId: 'sample' };
  await place.reviews.act(holder('approver'), key, { act: 'restate', reason: 'mapped anew' }, randomUUID());
  await observe('2020', 90, 1000);
  await publishYear('2020');
  await freeze('departure', '2023-12-31', 'after the restatement of 2020');
  const id = await restatedAudit(frozen.id);
  const report = await reports.draft(auditor, id, null);
  expect(report.total).toMatchObject({ startFen: '100000000', endFen: '108000000' });
  expect(report.total.parts.method).toBe('-10000000');
  expect(report.quantities![0]).toMatchObject({ opening: '500000', closing: '540000', parts: { method: '-50000' } });
  expect(report.areas.rows.find(({ code }) => code === 'forest')).toMatchObject({
    ...{ opening: '100', closing: '120', parts: { method: '-10', undeclared: '30' } },
  });
});

async function restatedAudit(appointmentSnapshot: string): Promise<string> {
  const { id } = (await commission('restated', '2021-01-01', '2023-12-31')).result;
  const [last] = await terms.list(auditor, { territory: county, end: 'departure', day: '2023-12-31' });
  expect(last.round).toBe(2);
  const plan = {
    appointmentSnapshot,
    departureSnapshot: last.id,
    conditionAttributes: [],
    weatherAttributes: ['rain'],
  };
  await audits.plan(auditor, id, { ...plan, conditionDefinition: null }, randomUUID());
  return id;
}

it('goes its way by persons apart, waits ten days for comments, and is followed for life', async () => {
  expect(await refusal(commission('whole', '2021-01-01', '2023-12-31'))).toBe('evaluation.departure-refused');
  const { id } = (await audits.list(auditor, { code: 'all-years' }))[0];
  await declare(id, { human: '1' });
  const one = officer('organisation', path, 'evaluation.prepare');
  expect(await refusal(reports.report(one, { departure: id, verdict }, randomUUID()))).toBe('procedure.same-person');
  const key = randomUUID();
  await reports.report(auditor, { departure: id, verdict }, key);
  expect((await reports.report(auditor, { departure: id, verdict }, key)).replayed).toBe(true);
  expect(await refusal(reports.issue(head, id, randomUUID()))).toBe('evaluation.departure-refused');
  await audits.act(auditor, { departure: id, act: 'revise', reason: 'a wrong area' }, randomUUID());
  const sent = await reports.report(auditor, { departure: id, verdict }, randomUUID());
  const comment = (notedOn: string) =>
    audits.record(
      auditor,
      id,
      { kind: 'comment', finding: null, notedOn, statement: 'none', documentDigest: null },
      randomUUID(),
    );
  expect(await refusal(comment('2020-01-01'))).toBe('evaluation.departure-refused');
  expect(await refusal(reports.issue(head, id, randomUUID()))).toBe('evaluation.departure-refused');
  await letPass(id, 11);
  expect(await refusal(reports.issue(auditor, id, randomUUID()))).toBe('procedure.not-yours');
  await reports.issue(head, id, randomUUID());
  const rectify = { departure: id, act: 'rectify' as const, reason: 'all was put right' };
  expect(await refusal(audits.act(auditor, rectify, randomUUID()))).toBe('evaluation.departure-refused');
  const record = (kind: 'rectification' | 'follow-up', finding: string | null) =>
    audits.record(
      auditor,
      id,
      { kind, finding, notedOn: '2024-05-01', statement: 'recorded since', documentDigest: paper },
      randomUUID(),
    );
  expect(await refusal(record('rectification', 'F9'))).toBe('evaluation.departure-refused');
  await record('rectification', 'F1');
  await audits.act(auditor, rectify, randomUUID());
  await audits.act(publisher, { departure: id, act: 'publish' }, randomUUID());
  expect(await refusal(record('follow-up', null))).toBe('evaluation.departure-refused');
  await audits.act(organisation, { departure: id, act: 'close', reason: 'taken into the files' }, randomUUID());
  await record('follow-up', null);
  const view = await audits.show(auditor, id);
  expect([view.state, view.reportDigest]).toEqual(['closed', sent.result.digest]);
  expect(view.records.map(({ kind }) => kind)).toEqual(['rectification', 'follow-up']);
  const published = await place.inDatabase<{ document: string }[]>((tx) =>
    tx.query('select document from procedure.publication where subject_id = $1', [id]),
  );
  expect(published).toHaveLength(1);
  expect(published[0].document).not.toContain('H-7');
  expect((await place.inDatabase((tx) => verifyAuditChain(tx))).broken).toBeUndefined();
});

it('hints at an edit hours before the approval, not at one that was restated in public, and has no hint elsewhere', async () => {
  await observe('2024', 120, 900);
  await place.accounting.recompute('2024');
  await observe('2024', 130, 900);
  await publishYear('2024');
  const kinds = async (year: string) =>
    (await integrity.show(auditor, { territory: county, year, norm: 'sample' })).hints.map(({ kind }) => kind);
  expect(await Promise.all(['2020', '2023', '2024'].map(kinds))).toEqual([[], [], ['late-edit']]);
});

it('packs the report as JSON, workbook and PDF within seconds, and in the same bytes again', async () => {
  const { id } = (await audits.list(auditor, { code: 'all-years' }))[0];
  const make = async (): Promise<readonly string[]> => {
    const pack = await reports.pack(auditor, id);
    const tables = packTables(pack);
    const files = [await workbooks.workbook(tables, 'both'), await writer.pdf(packPages(tables, 'zh'))];
    expect(Buffer.from(files[1]).subarray(0, 5).toString()).toBe('%PDF-');
    return [JSON.stringify(pack), ...files.map((bytes) => digestOf(bytes))];
  };
  const began = performance.now();
  const once = await make();
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(await make()).toEqual(once);
  expect(new Set(once).size).toBe(3);
});

/** Lets the days of the clocks pass, as nobody but the superuser could. */
async function letPass(subjectId: string, days: number): Promise<void> {
  const superuser = new Client({ connectionString: place.accounting.test.superuserUrl });
  await superuser.connect();
  try {
    await superuser.query(`set session_replication_role = replica`);
    await superuser.query(
      `update procedure.clock set started_on = started_on - $2::int, due_on = due_on - $2::int where subject_id = $1`,
      [subjectId, days],
    );
  } finally {
    await superuser.end();
  }
}
