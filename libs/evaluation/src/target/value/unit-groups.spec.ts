/** Units keep their history through mergers and splits; random histories lose no unit and no land. */
import fc from 'fast-check';
import { groupUnits } from './unit-groups';

const span = { from: '2022-12-31', until: '2027-12-31' };
const step = (predecessor: string, successor: string, effective = '2024-01-01') => ({
  predecessor,
  successor,
  effective,
});

it('leaves alone what nothing happened to, and what happened at another time', () => {
  const groups = groupUnits(['b', 'a'], [step('a', 'x', '2022-06-01'), step('b', 'y', '2028-01-01')], span);
  expect(groups).toEqual([
    { units: ['a'], places: ['a'], strangers: [] },
    { units: ['b'], places: ['b'], strangers: [] },
  ]);
});

it('follows a split and a change of name, and joins what was merged', () => {
  const steps = [step('a', 'a'), step('a', 'a2'), step('b', 'c', '2025-01-01'), step('d', 'c', '2025-01-01')];
  expect(groupUnits(['a', 'b', 'd'], steps, span)).toEqual([
    { units: ['a'], places: ['a', 'a2'], strangers: [] },
    { units: ['b', 'd'], places: ['c'], strangers: [] },
  ]);
});

it('names who joined from outside, and joins along chains', () => {
  const steps = [step('a', 'm'), step('out', 'm'), step('m', 'n', '2025-01-01'), step('b', 'n', '2025-01-01')];
  expect(groupUnits(['a', 'b'], steps, span)).toEqual([{ units: ['a', 'b'], places: ['n'], strangers: ['out'] }]);
});

it('has every unit in one group and every place in one group', () => {
  const codes = ['a', 'b', 'c', 'd', 'e'];
  const steps = fc.array(
    fc.record({
      predecessor: fc.constantFrom(...codes),
      successor: fc.constantFrom(...codes),
      effective: fc.constantFrom('2024-01-01', '2025-01-01', '2026-01-01'),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(steps, fc.subarray(codes, { minLength: 1 }), (rows, units) => {
      const groups = groupUnits(units, rows, span);
      expect(groups.flatMap((group) => group.units).sort()).toEqual([...units].sort());
      const places = groups.flatMap((group) => group.places);
      expect(new Set(places).size).toBe(places.length);
      expect(groups.every((group) => group.strangers.every((one) => !units.includes(one)))).toBe(true);
    }),
  );
});
