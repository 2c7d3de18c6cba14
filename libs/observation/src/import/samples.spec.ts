/** The samples of this subject check without a problem, and the same figures in five forms have one digest. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadNorm, type NormEdition } from '@gep/rulebook';
import { decodeChunk } from '../chunk/chunk-codec';
import { vocabularyOf } from '../table/vocabulary-of-norm';
import { checkFile } from './check-file.loader';
import { CheckedFile, packOutcome } from './checked-file';

let norm: NormEdition;
beforeAll(async () => {
  norm = await loadNorm('cn-terrestrial', join(__dirname, '../../../../rulebook'));
});

async function checkSamples(...names: string[]): Promise<CheckedFile> {
  const files = await Promise.all(
    names.map(async (fileName) => ({ fileName, bytes: await readFile(join(__dirname, '../../samples', fileName)) })),
  );
  return packOutcome(await checkFile(files, vocabularyOf(norm)));
}

const forms = [
  ['extent.csv', 'statistics.csv'],
  ['extent-gb18030.csv', 'statistics.csv'],
  ['areas.csv', 'attributes.csv', 'statistics.csv'],
  ['workbook.xlsx'],
  ['observations.json'],
];

it('the same county as CSV, GB18030 CSV, three tables of CSV, XLSX and JSON', async () => {
  const checked = await Promise.all(forms.map((names) => checkSamples(...names)));
  for (const { problems } of checked) expect(problems).toEqual([]);
  const [{ accepted }] = checked;
  expect(accepted).toMatchObject([{ territory: '990101', period: '2024', patches: 7, refusedRows: 0 }]);
  expect(new Set(checked.map((each) => each.accepted.map(({ digest }) => digest).join())).size).toBe(1);
  const { columns } = decodeChunk(accepted[0].bytes);
  expect(columns.area.reduce((sum, area) => sum + area, 0)).toBeCloseTo(5466.25, 9);
  expect(accepted[0].statistics).toMatchObject([
    { item: 'maize', type: 'cropland', quantity: '12600', unit: 't', price: '2400', priceUnit: 'yuan/t' },
    { item: 'rice', quantity: '8500' },
    { item: 'fruit', quantity: '3250.5' },
    { item: 'timber', quantity: '1800', unit: 'm3' },
    { item: 'visitors', quantity: '210000', price: '480', priceUnit: 'yuan/visit' },
  ]);
});

it('patches with factors of their own, and attributes in a file of their own', async () => {
  const patches = await checkSamples('patches.csv');
  expect(patches.problems).toEqual([]);
  expect(patches.accepted).toMatchObject([{ territory: '990102', patches: 4 }]);
  const { columns, patchIds } = decodeChunk(patches.accepted[0].bytes);
  expect(patchIds).toEqual(['A-001', 'A-002', 'A-003', 'B-001']);
  expect(columns.slopeFactor).toEqual(new Float64Array([2.84, 3.12, 0.46, 0.39]));
  const filled = await checkSamples('patches.csv', 'attributes.csv');
  expect(filled.problems.map(({ code }) => code)).toEqual(Array(14).fill('observation.attribute-without-extent'));
});
