/** Rights of departments hold below their territory, for their sheets. */
import { mayDeliver, sheetsAllowed, type DeliveryRight } from './delivery-right';

const rights: readonly DeliveryRight[] = [
  { path: 'CN.520000', dataSheets: ['water'] },
  { path: 'CN.520000.520500', dataSheets: ['weather'] },
  { path: 'CN.330000', dataSheets: null },
];

it.each<[path: string, sheet: string | undefined, may: boolean]>([
  ['CN.520000.520500.520523', 'water', true],
  ['CN.520000.520500.520523', 'weather', true],
  ['CN.520000.520500.520523', 'farming', false],
  ['CN.520000.520500.520523', undefined, false],
  ['CN.520000.520600', 'weather', false],
  ['CN.330000.331100', 'farming', true],
  ['CN.330000.331100', undefined, true],
  ['CN.440000', 'water', false],
])('at %s the sheet %s: %s', (path, sheet, may) => {
  expect(mayDeliver(rights, path, sheet)).toBe(may);
});

it('without such a list everything may be sent, and a list says what', () => {
  expect([mayDeliver(undefined, 'CN', undefined), mayDeliver([], 'CN', 'water')]).toEqual([true, false]);
  expect(sheetsAllowed(rights, 'CN.520000.520500.520523')).toEqual(['water', 'weather']);
});
