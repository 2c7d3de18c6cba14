/** An extent in the types of a norm goes into a mapping table straight, or by way of the classes of HJ 1166. */
import { Fraction } from '@gep/kernel';
import { parseCrosswalk, type Crosswalk, type NormEdition } from '@gep/rulebook';
import { computeExtent, type ExtentInput } from './extent-account';
import { mapTypes, readClassShares } from './map-classes';

const name = { zh: '类', en: 'class' };
const types = [
  { code: 'built', name, hj1166: '61', aliases: [] },
  { code: 'dry', name, hj1166: '51', aliases: [] },
  { code: 'grass', name, hj1166: '33', aliases: [] },
] as unknown as NormEdition['types'];
const norm = { id: 'a-norm', types };
const input: ExtentInput = {
  ...{ part: 'x', from: '2021', to: '2024', unit: 'hm2', decimals: null },
  classes: types.map(({ code }) => ({ code, name })),
  transitions: [
    { from: 'built', to: 'grass', area: Fraction.parse('30.1')!, cause: 'unstated' },
    { from: 'dry', to: 'grass', area: Fraction.of(4n), cause: 'unstated' },
  ],
};
const table = (from: string, classes: Record<string, string[]>): Crosswalk =>
  parseCrosswalk({
    path: 'ours.yaml',
    text: JSON.stringify({
      ...{ id: 'ours', title: name, from, to: 'ours', source: name, grade: 'unverified' },
      targets: ['hard', 'open', 'wet'].map((code) => ({ code, name })),
      classes: Object.entries(classes).map(([code, to]) => ({ code, name, to: to.map((one) => ({ code: one })) })),
    }),
  });
const rowsOf = (crosswalk: Crosswalk, shares = '') =>
  [...computeExtent(mapTypes(input, norm, { crosswalk, shares: readClassShares(shares) ?? new Map() })).rows].map(
    ([code, { opening, additions, closing }]) =>
      [code, ...[opening, additions!.sum, closing].map((one) => one.toDecimalText(12))].join(' '),
  );
const wanted = ['hard 30.1 0 0', 'open 4 30.1 34.1'];

it('takes a table of the norm as it is, and one of HJ 1166 through the classes of the types', () => {
  expect(rowsOf(table('a-norm', { built: ['hard'], dry: ['open'], grass: ['open'] }))).toEqual(wanted);
  expect(rowsOf(table('HJ 1166-2021', { '61': ['hard'], '51': ['open'], '33': ['open'] }))).toEqual(wanted);
});

it('needs shares where a class stands for several, written as people write them', () => {
  const several = table('a-norm', { built: ['hard'], dry: ['open', 'wet'], grass: ['open'] });
  expect(() => rowsOf(several)).toThrow(expect.objectContaining({ code: 'crosswalk.shares-needed' }) as Error);
  expect(rowsOf(several, 'dry=open:1/4,wet:0.75')).toEqual(['hard 30.1 0 0', 'open 1 33.1 34.1', 'wet 3 0 0']);
  expect(readClassShares('a=b:0.5,c:0.5;d=e:1')!.get('d')!.get('e')!.toString()).toBe('1');
  for (const text of ['a', 'a=b', 'a=b:x', '=b:1']) expect(readClassShares(text)).toBeUndefined();
});
