/** The example of the guide for papers, written out to a folder as it stands there, computes and meets its own tables. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { computeAccount, reproduceTables } from '@gep/accounting';
import { checkFile, chunkDigest, observationDigest, vocabularyOf } from '@gep/observation';
import { loadNorm, loadStudy } from '@gep/rulebook';

const root = path.join(__dirname, '../..');
const rulebook = path.join(root, 'rulebook');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'gep-guide-'));
  const guide = await readFile(path.join(root, 'docs/how-to-account-a-paper.md'), 'utf8');
  const files = [...guide.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)];
  expect(files.map(([, name]) => name)).toEqual(['norm.yaml', 'areas.csv', 'quantities.csv', 'published.yaml']);
  for (const [, name, text] of files) await writeFile(path.join(folder, name), text);
});
afterAll(() => rm(folder, { recursive: true }));

it('meets every cell that it prints', async () => {
  const study = await loadStudy(folder, rulebook);
  if (study.form !== 'tables') throw new Error('the guide shows the form of tables');
  const norm = await loadNorm(study.norm, rulebook);
  const { accepted, problems } = await checkFile(study.observations, vocabularyOf(norm));
  expect(problems).toEqual([]);
  const accounts = accepted.map(({ territory, period, chunk, statistics, refusedRows }) => {
    const digest = observationDigest({ chunks: [chunkDigest(chunk)], statistics, refusedRows });
    return computeAccount(norm, { territory, period, places: [territory], chunks: [chunk], statistics, digest });
  });
  const { tables, counts } = reproduceTables(norm, study.printed, accounts);
  const differing = tables.flatMap(({ cells }) => cells).filter(({ verdict }) => verdict !== 'equal');
  expect(differing.map(({ id, published, rounded }) => `${id}: ${published} ≠ ${rounded}`)).toEqual([]);
  expect(counts.equal).toBe(30);
});
