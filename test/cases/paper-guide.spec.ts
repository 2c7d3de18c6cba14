/** The example of the guide for papers, written out to a folder as it stands there, computes and meets its own tables. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  checkQuality,
  computeAccount,
  reproduceTables,
  stateTables,
  type Account,
  type ObservedPeriod,
} from '@gep/accounting';
import { checkFile, chunkDigest, observationDigest, vocabularyOf } from '@gep/observation';
import { loadNorm, loadQualityRules, loadStudy, type NormEdition } from '@gep/rulebook';

const root = path.join(__dirname, '../..');
const rulebook = path.join(root, 'rulebook');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'gep-guide-'));
  const guide = await readFile(path.join(root, 'docs/how-to-account-a-paper.md'), 'utf8');
  const files = [...guide.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)];
  expect(files.map(([, name]) => name)).toEqual([
    ...['norm.yaml', 'areas.csv', 'quantities.csv', 'published.yaml'],
    ...['recipes.yaml', 'recipes-areas.csv', 'recipes-quantities.csv'],
  ]);
  for (const [, name, text] of files) await writeFile(path.join(folder, name), text);
});
afterAll(() => rm(folder, { recursive: true }));

async function compute(
  files: readonly { fileName: string; bytes: Uint8Array }[],
  norm: NormEdition,
): Promise<{ accounts: Account[]; observed: ObservedPeriod[] }> {
  const { accepted, problems } = await checkFile(files, vocabularyOf(norm));
  expect(problems).toEqual([]);
  const observed = accepted.map(({ territory, period, chunk, statistics, refusedRows }) => {
    const digest = observationDigest({ chunks: [chunkDigest(chunk)], statistics, refusedRows });
    return { territory, period, places: [territory], chunks: [chunk], statistics, digest };
  });
  return { observed, accounts: observed.map((one) => computeAccount(norm, one)) };
}

it('meets every cell that it prints', async () => {
  const study = await loadStudy(folder, rulebook);
  if (study.form !== 'tables') throw new Error('the guide shows the form of tables');
  const norm = await loadNorm(study.norm, rulebook);
  const { accounts, observed } = await compute(study.observations, norm);
  const { tables, counts } = reproduceTables(norm, study.printed, accounts, observed);
  const differing = tables.flatMap(({ cells }) => cells).filter(({ verdict }) => verdict !== 'equal');
  expect(differing.map(({ id, published, rounded }) => `${id}: ${published} ≠ ${rounded}`)).toEqual([]);
  expect(counts.equal).toBe(33);
  // What holds has nothing to mend, and a rank among the towns is none of one town alone.
  const rules = await loadQualityRules(rulebook);
  const found = (printed: typeof study.printed): string[] =>
    stateTables(norm, printed, accounts).flatMap((stated) =>
      checkQuality(stated, rules).findings.map(({ rule, cells, expected }) => `${rule} ${cells[0]} ${expected}`),
    );
  expect(found(study.printed)).toEqual([]);
  const slipped = study.printed.tables.map((table) => {
    const { '990101-north': north, ...others } = table.cells;
    return table.id === 'table4' ? { ...table, cells: { ...others, '990101-north': { ...north, rank: '1' } } } : table;
  });
  expect(found({ ...study.printed, tables: slipped })).toEqual(['rankWrong table4.990101-north.rank 2']);
});

it('computes its recipes to what they come to by hand', async () => {
  const norm = await loadNorm(folder, rulebook);
  const names = ['recipes-areas.csv', 'recipes-quantities.csv'];
  const files = names.map(async (fileName) => ({ fileName, bytes: await readFile(path.join(folder, fileName)) }));
  const { accounts } = await compute(await Promise.all(files), norm);
  const [account] = accounts;
  const yuan = Object.entries(account.totals.byService).map(([code, fen]) => [code, Number(fen) / 100]);
  const annuity = (0.05 * 1.05 ** 50) / (1.05 ** 50 - 1);
  expect(Object.fromEntries(yuan)).toEqual({
    silt: 1707.69, // 500 t × 0.24 / 1.3 t/m3 × 18.5
    nitrogen: 2947, // 500 t × 0.14 % × 4210
    climate: 7331744.44, // 60,000 t × 2453 MJ/t ÷ 3.6 MJ/kWh ÷ 3 × 0.538
    flood: 4888000, // 800,000 m3 × 6.11
    harvest: 2690688 + Math.round(68000 * 0.115 * (44 / 12) * 56 * 100) / 100,
    methane: -9721.6, // 100 × 62 kg × 28 × 56 yuan/t
    visits: 6600000, // 660 × 10⁴ yuan over 10 + 100 hm2
    coast: Math.round(18.2 * 12e6 * annuity * 100) / 100,
  });
});
