/** A check in a thread of its own gives the same as one in place, and is ended when it takes too much time or memory. */
import { UnitTable } from '@gep/kernel';
import { ObservationFile } from '../file/read-file.loader';
import { ObservationVocabulary } from '../table/vocabulary';
import { checkFile } from './check-file.loader';
import { checkFilesApart } from './check-files.pool';
import { packOutcome } from './checked-file';

const units = new UnitTable([
  { code: 'm', base: 'length' },
  { code: 'hm2', is: '10000 m2' },
  { code: 'mu', is: '10000/15 m2' },
  { code: 't', base: 'mass' },
  { code: 'yuan', base: 'money' },
]);
const vocabulary: ObservationVocabulary = {
  units,
  types: [{ code: 'cropland', aliases: ['耕地'] }],
  attributes: [{ code: 'area', unit: units.parse('hm2'), aliases: [], required: true, min: 0 }],
  series: [],
  products: [
    { code: 'maize', unit: units.parse('t'), priceUnit: units.parse('yuan/t'), aliases: [] },
    { code: 'logs', unit: units.parse('t'), aliases: [] },
  ],
};
const csv = (lines: readonly string[], fileName = 'a.csv'): ObservationFile => ({
  fileName,
  bytes: Buffer.from(['territory,period,type,patch,area [mu]', ...lines].join('\n')),
});

it('gives what a check in place gives', async () => {
  const files = [
    csv(['520523,2024,耕地,a,15', '520521,2024,耕地,a,x', '520521,2024,耕地,b,30']),
    { fileName: 's.csv', bytes: Buffer.from('territory,period,item,quantity\n520523,2024,maize,3') },
  ];
  const apart = await checkFilesApart(files, vocabulary);
  expect(apart.accepted.map(({ bytes }) => bytes.length)).toEqual([expect.any(Number), expect.any(Number)]);
  expect(JSON.parse(JSON.stringify(apart))).toEqual(
    JSON.parse(JSON.stringify(packOutcome(await checkFile(files, vocabulary)))),
  );
});

it('tells tables of one name apart', async () => {
  const row = ['520523,2024,耕地,a,15'];
  const { problems } = await checkFile([csv(row), csv(row), csv(row)], vocabulary);
  expect(problems.map(({ sheet, code }) => [sheet, code])).toEqual([
    ['a.csv a.csv', 'observation.two-sheets'],
    ['a.csv a.csv (3)', 'observation.two-sheets'],
  ]);
});

it('hands refusals over as they are', async () => {
  const wrong = checkFilesApart([{ fileName: 'a.xlsx', bytes: Buffer.from('x') }], vocabulary);
  await expect(wrong).rejects.toMatchObject({
    code: 'observation.file-unreadable',
    kind: 'invalid',
    facts: { fileName: 'a.xlsx' },
    text: { zh: expect.stringContaining('工作簿') },
  });
  const large = checkFilesApart([{ fileName: 'a.csv', bytes: Buffer.alloc(2_000_001, '\n') }], vocabulary);
  await expect(large).rejects.toMatchObject({ code: 'observation.file-too-large', facts: { limit: 2_000_000 } });
});
