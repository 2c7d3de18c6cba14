/** The rulebook as it ships: every norm sound, every case whole; and the limits of reading. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { listCases, loadCase, loadStudy } from '../case/case.loader';
import {
  CaseNotFound,
  EditionNotFound,
  NormFolderEmpty,
  NormNotFound,
  NormRefused,
  NormTooLarge,
  RulebookFileUnreadable,
  RulebookFolderMissing,
} from '../errors';
import { checkNorm, listNorms, loadNorm, loadNormFiles, loadUnits } from './norm.loader';
import { parseNorm } from './parse-norm';

const rulebookDir = path.resolve(__dirname, '../../../../rulebook');
const words = { zh: '测试', en: 'Test' };
const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gep-rulebook-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the norms that ship', () => {
  it('are all sound', async () => {
    const ids = await listNorms(rulebookDir);
    expect(ids).toEqual(expect.arrayContaining(['cn-terrestrial', 'jinsha-mine-2026']));
    for (const id of ids) {
      const { norm, problems } = await checkNorm(id, rulebookDir);
      expect(problems).toEqual([]);
      expect(norm?.id).toBe(id);
    }
  });

  it('that are unfinished are not said to wait for an administrator', () => {
    const { zh, en } = new EditionNotFound('cn-ndrc-2022').text;
    expect([en, zh].every((text) => text.includes('skeleton') && text.includes('gep norm show cn-ndrc-2022'))).toBe(
      true,
    );
  });

  it('say of each value where it comes from, and why when it was solved for a reason that is not plain', async () => {
    const { parameters } = await loadNorm('jinsha-mine-2026', rulebookDir);
    const values = parameters.flatMap(({ code, values: rows }) => rows.map((row) => ({ code, ...row })));
    expect(values.every(({ evidence }) => evidence.source.length > 5)).toBe(true);
    const solved = new Set(values.filter(({ evidence }) => evidence.grade === 'solved').map(({ code }) => code));
    const calibrations = parameters.map(({ code }) => code).filter((code) => code.endsWith('Calibration'));
    for (const code of calibrations) {
      expect(solved).toContain(code);
      expect(values.some((row) => row.code === code && row.evidence.note)).toBe(true);
    }
  });

  it('name the document, year and place of every value that is printed or solved, and what was not read as such', async () => {
    for (const id of await listNorms(rulebookDir)) {
      const { parameters } = await loadNorm(id, rulebookDir);
      const sources = parameters.flatMap(({ code, values }) =>
        values.map(({ evidence: { grade, source } }) => ({ code, grade, source })),
      );
      const document = /\((19|20)\d\d\) .{15,}, .+|HJ \d+-\d{4} 《.+》/;
      const printed = sources.filter(({ grade }) => grade !== 'unverified');
      expect(printed.filter(({ source }) => !(document.test(source) && /Table|section/.test(source)))).toEqual([]);
      const doubtful = sources.filter(({ grade }) => grade === 'unverified');
      const honest = /could (not )?be read|assumption of this norm|stands? in|fitted here|HJ 1173|one site|in Guizhou/;
      expect(doubtful.filter(({ source }) => !honest.test(source))).toEqual([]);
    }
  });

  it('are whole also in what they leave out: every service can be switched on', async () => {
    const units = await loadUnits(rulebookDir);
    for (const id of ['cn-terrestrial', 'seea-ea']) {
      const { switches, files } = await loadNorm(id, rulebookDir);
      const head = { id: 'all-on', extends: id, title: words, status: 'usable', basis: [words] };
      const own = { ...head, switches: switches.map((each) => ({ ...each, state: 'on' })) };
      const under = files.map((file) => ({
        ...file,
        path: file.path.includes('/') ? file.path : `${id}/${file.path}`,
      }));
      const { norm, problems } = parseNorm([{ path: 'norm.yaml', text: JSON.stringify(own) }, ...under], units);
      expect(problems).toEqual([]);
      expect([norm?.services.length, norm?.excluded]).toEqual([78, []]);
    }
  });

  it('say what they lack where they are skeletons', async () => {
    const norms = await Promise.all((await listNorms(rulebookDir)).map((id) => loadNorm(id, rulebookDir)));
    const skeletons = norms.filter(({ status }) => status === 'skeleton');
    expect(skeletons.map(({ id }) => id)).toEqual(['cn-gbt-46869-2025', 'cn-ndrc-2022']);
    for (const { incomplete, parameters } of skeletons) {
      expect(incomplete.length).toBeGreaterThan(2);
      expect(parameters.flatMap(({ values }) => values)).toEqual([]);
    }
  });

  it('take soil, carbon and oxygen of the mine study from published values alone', async () => {
    const { formulas, parameters } = await loadNorm('jinsha-mine-2026', rulebookDir);
    const names = (code: string): string[] =>
      formulas.byCode.get(code)!.declaration.expression.match(/[a-z]\w+/gi) ?? [];
    const used = ['soilRetention', 'carbonDioxideFixed', 'oxygenReleased'].flatMap(names);
    const grades = parameters
      .filter(({ code }) => used.includes(code))
      .flatMap(({ values }) => values.map(({ evidence }) => evidence.grade));
    expect(grades.length).toBeGreaterThan(15);
    expect(new Set(grades)).toEqual(new Set(['published']));
  });

  it('never bring the reader down, however they are damaged', async () => {
    const units = await loadUnits(rulebookDir);
    const files = await loadNormFiles('jinsha-mine-2026', rulebookDir);
    const damage = fc.record({
      file: fc.nat(2),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(40),
      put: fc.string({ maxLength: 12 }),
    });
    const property = fc.property(damage, ({ file, at, cut, put }) => {
      const damaged = files.map((one, index) => {
        const from = Math.floor(at * one.text.length);
        return index === file ? { ...one, text: one.text.slice(0, from) + put + one.text.slice(from + cut) } : one;
      });
      const { norm, problems } = parseNorm(damaged, units);
      expect(norm === undefined).toBe(problems.length > 0);
      for (const { file: name, line, column, text, mend } of problems) {
        expect(name.endsWith('.yaml') && line >= 0 && column >= 0).toBe(true);
        expect([text.zh, text.en, mend.zh, mend.en].every((words) => words.length > 0)).toBe(true);
      }
    });
    fc.assert(property, { seed, numRuns: 20, verbose: 1 });
  });
});

describe('loading a norm', () => {
  it('takes an id or a folder', async () => {
    const byId = await loadNorm('jinsha-mine-2026', rulebookDir);
    const byFolder = await loadNorm(path.join(rulebookDir, 'norms/jinsha-mine-2026'), rulebookDir);
    expect(byFolder.edition).toBe(byId.edition);
  });

  it('suggests the norm that was meant', async () => {
    const failure = await loadNorm('jinsha-mine-2062', rulebookDir).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NormNotFound);
    expect((failure as NormNotFound).text.en).toContain('did you mean "jinsha-mine-2026"?');
    const elsewhere = path.relative(process.cwd(), folder);
    await expect(loadNorm(elsewhere, rulebookDir)).rejects.toBeInstanceOf(NormFolderEmpty);
  });

  it('tells an empty folder from one that is not there, and a rulebook that is none from an empty one', async () => {
    const empty = path.join(folder, 'empty');
    await mkdir(empty);
    await expect(loadNorm(empty, rulebookDir)).rejects.toBeInstanceOf(NormFolderEmpty);
    await expect(loadNorm(`${empty}er`, rulebookDir)).rejects.toBeInstanceOf(NormNotFound);
    for (const list of [listNorms, listCases]) {
      expect(await list(empty)).toEqual([]);
      await expect(list(path.join(folder, 'nowhere'))).rejects.toThrow(RulebookFolderMissing);
      await expect(list(path.join(folder, 'nowhere'))).rejects.toThrow(
        `${path.join(folder, 'nowhere')} cannot be read`,
      );
    }
  });

  it('refuses a faulty norm with every problem', async () => {
    const faulty = path.join(folder, 'faulty');
    await mkdir(faulty);
    await writeFile(path.join(faulty, 'norm.yaml'), 'id: Faulty Norm\nstatus: redy\n');
    const failure = (await loadNorm(faulty, rulebookDir).catch((error: unknown) => error)) as NormRefused;
    expect(failure).toBeInstanceOf(NormRefused);
    expect(failure.problems.length).toBeGreaterThan(5);
    expect(failure.text.en).toContain('norm.yaml:1:5 id:');
    expect(failure.text.zh).toContain('norm.yaml:2:9 status:');
  });

  it('refuses files beyond the limits before reading them', async () => {
    const large = path.join(folder, 'large');
    await mkdir(large);
    await writeFile(path.join(large, 'norm.yaml'), `# ${'x'.repeat(3 * 1024 * 1024)}`);
    await expect(loadNorm(large, rulebookDir)).rejects.toBeInstanceOf(NormTooLarge);
    const many = path.join(folder, 'many');
    await mkdir(many);
    await Promise.all(Array.from({ length: 60 }, (_, index) => writeFile(path.join(many, `${index}.yaml`), '')));
    await expect(loadNorm(many, rulebookDir)).rejects.toBeInstanceOf(NormTooLarge);
  });

  it('refuses units that are none', async () => {
    await expect(loadUnits(folder)).rejects.toBeInstanceOf(RulebookFileUnreadable);
    await writeFile(path.join(folder, 'units.yaml'), 'units:\n  - { code: m }\n');
    await expect(loadUnits(folder)).rejects.toBeInstanceOf(RulebookFileUnreadable);
    await writeFile(path.join(folder, 'units.yaml'), 'units:\n  - { code: km, is: 1000 m }\n');
    await expect(loadUnits(folder)).rejects.toThrow('"m" is not known');
  });
});

describe('the worked examples', () => {
  it('are whole: types, services and groups are of the norm, and notes stand at cells that exist', async () => {
    for (const id of await listCases(rulebookDir)) {
      const study = await loadStudy(id, rulebookDir);
      if (study.form === 'tables') continue;
      const { published } = study;
      const norm = await loadNorm(published.norm, rulebookDir);
      const codes = (items: readonly { code: string }[]) => new Set(items.map(({ code }) => code));
      const known = {
        table1: codes(norm.types),
        table4: codes(norm.services),
        table5: codes(norm.groups),
        table6: codes(norm.types),
      };
      for (const [table, rows] of Object.entries(known) as [keyof typeof known, Set<string>][])
        for (const period of ['before', 'after'] as const)
          for (const row of Object.keys(published[table][period])) expect(rows).toContain(row);
      for (const cell of published.notes.flatMap(({ cells }) => cells).filter((name) => !name.startsWith('text.'))) {
        const found = cell
          .split('.')
          .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], published);
        expect([cell, typeof found]).toEqual([cell, expect.stringMatching(/object|string/)]);
      }
    }
  });

  it('add up as printed, but for the cells that have a note', async () => {
    const { published } = await loadCase('jinsha-mine', rulebookDir);
    for (const period of ['before', 'after'] as const) {
      const sum = Object.values(published.table4[period]).reduce((total, { value }) => total + Number(value), 0);
      expect(sum).toBeCloseTo(Number(published.table4.total?.[period]), 6);
      for (const type of ['forestLand', 'dryland', 'grassland']) {
        const column = Object.values(published.table5[period]).reduce((total, row) => total + Number(row[type]), 0);
        const printed = Number(published.table6[period][type].value);
        const isNoted = published.notes.some(({ cells }) => cells.includes(`table6.${period}.${type}`));
        expect([period, type, Math.abs(column - printed) > 0.011]).toEqual([period, type, isNoted]);
      }
    }
  });

  it('come with their observations, and are refused by name or line when they are not there', async () => {
    const { observations } = await loadCase('jinsha-mine', rulebookDir);
    expect(observations.fileName).toBe('observations.json');
    expect(JSON.parse(Buffer.from(observations.bytes).toString())).toHaveProperty('extent');
    await expect(loadCase('jinsha-mien', rulebookDir)).rejects.toThrow('did you mean "jinsha-mine"?');
    await expect(loadCase('../norms', rulebookDir)).rejects.toBeInstanceOf(CaseNotFound);
    const broken = path.join(folder, 'cases/broken');
    await mkdir(broken, { recursive: true });
    const text = await readFile(path.join(rulebookDir, 'cases/jinsha-mine/published.yaml'), 'utf8');
    await writeFile(path.join(broken, 'published.yaml'), text.replace('value: 4.18', 'value: about 4'));
    await expect(loadCase('broken', folder)).rejects.toThrow(/\d+ table4\.before\.waterConservation\.value/);
  });
});
