/** Norm editions in a real database: published once, kept for ever, read back as they were. */
import path from 'node:path';
import {
  EditionNotFound,
  listEditions,
  loadNorm,
  loadUnits,
  NormIsSkeleton,
  parseNorm,
  RulebookService,
  type NormEdition,
} from '@gep/rulebook';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

const rulebookDir = path.resolve(__dirname, '../../rulebook');
const actor = testActor();
let test: TestDatabase;
let service: RulebookService;
let norm: NormEdition;

beforeAll(async () => {
  norm = await loadNorm('jinsha-mine-2026', rulebookDir);
});
beforeEach(async () => {
  test = await createTestDatabase({ poolSize: 12 });
  service = new RulebookService(test.db);
});
afterEach(() => test.drop());

const list = () => test.db.snapshot(actor, (tx) => listEditions(tx));
const auditRows = () =>
  test.db.snapshot(actor, (tx) =>
    tx.query(
      `select subject, before_json, after_json from platform.audit where action = 'norm.published' order by seq`,
    ),
  );
const run = (sql: string) => test.db.transaction(actor, (tx) => tx.query(sql));
/** The same norm with another price of electricity. */
const changed = async (): Promise<NormEdition> => {
  const files = norm.files.map(({ path: file, text }) => ({
    path: file,
    text: text.replace('value: 0.45', 'value: 0.53'),
  }));
  const { norm: edited, problems } = parseNorm(files, await loadUnits(rulebookDir));
  expect(problems).toEqual([]);
  return edited!;
};

describe('publishing a norm', () => {
  it('puts an edition in force once, with one audit row', async () => {
    const first = await service.publish(actor, norm);
    expect(first).toEqual({ normId: norm.id, edition: norm.edition, replaced: null, changed: true });
    expect(await service.publish(actor, norm)).toEqual({ ...first, replaced: norm.edition, changed: false });
    expect(await list()).toMatchObject([
      { normId: norm.id, edition: norm.edition, title: norm.title, current: true, publishedBy: actor.id },
    ]);
    expect(await auditRows()).toHaveLength(1);
  });

  it('stays one when many publish at once', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => service.publish(actor, norm)));
    expect(results.filter((result) => result.changed)).toHaveLength(1);
    expect(await list()).toHaveLength(1);
    expect(await auditRows()).toHaveLength(1);
  });

  it('keeps every edition and can bring an earlier one back', async () => {
    const next = await changed();
    expect(next.edition).not.toBe(norm.edition);
    await service.publish(actor, norm);
    await service.publish(actor, next);
    const inForce = async () => (await list()).filter(({ current }) => current).map(({ edition }) => edition);
    expect(await inForce()).toEqual([next.edition]);
    expect(await service.publish(actor, norm)).toMatchObject({ replaced: next.edition, changed: true });
    expect(await inForce()).toEqual([norm.edition]);
    expect(await list()).toHaveLength(2);
    const rows = (await auditRows()) as { before_json: string | null }[];
    expect(rows.map(({ before_json }) => before_json && JSON.parse(before_json))).toEqual([
      null,
      { edition: norm.edition },
      { edition: next.edition },
    ]);
  });

  it('refuses a norm that calls itself unfinished', async () => {
    await expect(service.publish(actor, { ...norm, status: 'skeleton' })).rejects.toBeInstanceOf(NormIsSkeleton);
    expect(await list()).toEqual([]);
  });
});

describe('a published edition', () => {
  it('is read back as it was, by a process that has never seen it', async () => {
    const next = await changed();
    await service.publish(actor, norm);
    await service.publish(actor, next);
    const stranger = new RulebookService(test.db);
    const read = (edition?: string) => test.db.snapshot(actor, (tx) => stranger.getNorm(tx, norm.id, edition));
    const { formulas, units, ...content } = await read(norm.edition);
    const { formulas: ownFormulas, units: ownUnits, ...own } = norm;
    expect(content).toEqual(own);
    expect([...formulas.byCode.keys()]).toEqual([...ownFormulas.byCode.keys()]);
    expect(units.definitions).toEqual(ownUnits.definitions);
    expect((await read()).edition).toBe(next.edition);
    expect(await read(norm.edition)).toBe(await read(norm.edition));
  });

  it('is missing under another name, with a refusal that says so', async () => {
    await service.publish(actor, norm);
    const read = (id: string, edition?: string) => test.db.snapshot(actor, (tx) => service.getNorm(tx, id, edition));
    await expect(read('cn-terrestrial')).rejects.toBeInstanceOf(EditionNotFound);
    await expect(read(norm.id, 'f'.repeat(64))).rejects.toBeInstanceOf(EditionNotFound);
    await expect(read('cn-terrestrial', norm.edition)).rejects.toBeInstanceOf(EditionNotFound);
  });

  it('cannot be changed, removed or forged', async () => {
    await service.publish(actor, norm);
    await expect(run(`update rulebook.norm_edition set title = '{}'`)).rejects.toThrow(/permission denied|append-only/);
    await expect(run('delete from rulebook.norm_publication')).rejects.toThrow(/permission denied|append-only/);
    await expect(
      run(
        `insert into rulebook.norm_edition (edition, norm_id, title, content, files, units)
         select repeat('0', 64), norm_id, title, content, files, units from rulebook.norm_edition`,
      ),
    ).rejects.toThrow(/check constraint/);
  });
});
