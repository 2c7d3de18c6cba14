/** Register files on a real database: all or nothing, and every mistake is told at once. */
import { randomUUID } from 'node:crypto';
import { RegisterRefused } from '@gep/procurement';
import { clerk, DividendTest } from './dividend-setup';

let it_: DividendTest;
beforeAll(async () => {
  it_ = await DividendTest.start();
});
afterAll(() => it_.close());

it('tells every mistake of the files at once, and registers nothing of them', async () => {
  await it_.company('strict');
  const owners = it_.file(
    'o.csv',
    'code,name,kind,territory',
    'a,户主,household,990101001001',
    'a,户主,household,990101001001',
    'b!,x,farm,1',
    'c,户主,household,110101',
  );
  const parcels = it_.file(
    'p.csv',
    'code,territory,base_year,base_gep,owner,share',
    'p,990101001001,2020,1.005,a,',
    'q,990101001001,2020,5,a,1/2',
    'q,990101001001,2020,5,z,1/3',
  );
  const wish = { company: 'strict', files: { owners, parcels }, since: '2020-12-31' };
  const refused = await it_.registers
    .import(clerk, wish, randomUUID())
    .catch((error: unknown) => error as RegisterRefused);
  const places = (refused as RegisterRefused & { facts: { problems: { file: string; row: number; column: string }[] } })
    .facts.problems;
  expect(places.map(({ file, row, column }) => `${file}:${row}:${column}`)).toEqual([
    ...[
      'owners:3:code',
      'owners:4:code',
      'owners:4:kind',
      'owners:4:territory',
      'parcels:2:baseGep',
      'parcels:3:share',
    ],
  ]);
  const far = it_.file('o.csv', 'code,name,kind,territory', 'c,户主,household,110101');
  await expect(it_.registers.import(clerk, { ...wish, files: { owners: far } }, randomUUID())).rejects.toThrow(
    RegisterRefused,
  );
  await it_.register('strict', { a: '' });
  await expect(it_.register('strict', { a: '' })).rejects.toThrow(/a.*registered already/);
  await expect(it_.register('strict', {}, { p: ['1', { ghost: '' }] })).rejects.toThrow(/ghost/);
});
