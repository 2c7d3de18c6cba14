/** Every study of printed tables in the rulebook: computed from its files, set beside its tables, each difference explained. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { computeAccount, reproduceTables, type TablesReproduction } from '@gep/accounting';
import { checkFile, chunkDigest, observationDigest, vocabularyOf } from '@gep/observation';
import { listCases, loadNorm, loadStudy } from '@gep/rulebook';

const rulebook = path.join(__dirname, '../../rulebook');
/** What comes of each study; a change of norm, file or engine that moves a cell shows here. */
const expected: Record<string, TablesReproduction['counts']> = {
  'altai-forest-2014': { equal: 260, within: 20, off: 0 },
  'beibu-gulf-2014': { equal: 78, within: 2, off: 0 },
  'garze-2010': { equal: 91, within: 37, off: 1 },
};

async function reproduce(nameOrFolder: string): Promise<TablesReproduction> {
  const study = await loadStudy(nameOrFolder, rulebook);
  if (study.form !== 'tables') throw new Error(`${nameOrFolder} has no printed tables`);
  const norm = await loadNorm(study.norm, rulebook);
  const { accepted, problems } = await checkFile(study.observations, vocabularyOf(norm));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const observed = accepted.map(({ territory, period, chunk, statistics, refusedRows }) => {
    const digest = observationDigest({ chunks: [chunkDigest(chunk)], statistics, refusedRows });
    return { territory, period, places: [territory], chunks: [chunk], statistics, digest };
  });
  const accounts = observed.map((one) => computeAccount(norm, one));
  return reproduceTables(norm, study.printed, accounts, observed);
}

it('knows every study of printed tables', async () => {
  const names = await listCases(rulebook);
  const studies = await Promise.all(names.map((name) => loadStudy(name, rulebook)));
  expect(names.filter((_, at) => studies[at].form === 'tables')).toEqual(Object.keys(expected).sort());
});

describe.each(Object.keys(expected))('%s', (name) => {
  it('comes out as before, and a difference of any size has a note', async () => {
    const { counts, tables } = await reproduce(name);
    expect(counts).toEqual(expected[name]);
    const unexplained = tables.flatMap(({ cells, notes }) =>
      cells.filter((cell) => cell.verdict !== 'equal' && cell.notes.length + notes.length === 0),
    );
    expect(unexplained.map(({ id, published, rounded }) => `${id}: ${published} ≠ ${rounded}`)).toEqual([]);
  });
});

describe('a copy of a study anywhere', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gep-study-'));
    await cp(path.join(rulebook, 'cases/altai-forest-2014'), folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const change = async (file: string, from: string, to: string): Promise<void> => {
    const text = await readFile(path.join(folder, file), 'utf8');
    expect(text).toContain(from);
    await writeFile(path.join(folder, file), text.replace(from, to));
  };

  it('is off where a value per area, an area or a printed digit is another', async () => {
    await change('parameters.yaml', 'value: 2.88', 'value: 2.98');
    await change('published.yaml', 'fir: { water: 364.16', 'fir: { water: 346.16');
    await change(
      'areas.csv',
      '654300-fuhai-farm,2014,farmForest,102598.1',
      '654300-fuhai-farm,2014,farmForest,120598.1',
    );
    const { tables } = await reproduce(folder);
    const off = tables.flatMap(({ cells }) => cells).filter(({ verdict }) => verdict === 'off');
    expect(off.map(({ id }) => id)).toEqual([
      'table2.fir.water',
      'table2.larch.water',
      'table2.total.water',
      'table2.total.total',
      'shares.water.share',
      'gdp.654300-altai.value',
      'gdp.654300-altai.ratio',
      'table4-per-area.654300-fuhai-farm.area',
      'table4-per-area.654300-fuhai-farm.perArea',
    ]);
  });

  it('is refused with all its cells when codes or units fit nothing, and with the line when a key or note does not', async () => {
    await change('published.yaml', 'dwarfBirch: { water:', 'dwarfBrich: { water:');
    await change('published.yaml', 'total: { area: 1197563.67 }', 'total: { area: 1197563.67 t }');
    await expect(reproduce(folder)).rejects.toThrow(
      /table2-areas\.total\.area: [\s\S]*table2\.dwarfBrich\.water, .* and \d more: there is no type "dwarfBrich"; did you mean "dwarfBirch"/,
    );
    await change('published.yaml', '    rows: type', '    row: type');
    await expect(reproduce(folder)).rejects.toThrow(/\n {2}\d+: tables\[0\]\.row: .*did you mean "rows"/);
    await change('published.yaml', '    row: type', '    rows: type');
    await change('published.yaml', 'cells: [table2.poplar.water,', 'cells: [table2.popular.water,');
    await expect(reproduce(folder)).rejects.toThrow('table2.popular.water');
  });
});
