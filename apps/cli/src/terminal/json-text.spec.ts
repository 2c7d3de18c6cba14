/** The text in parts is what the plain functions give for the whole, whatever is in it. */
import { BrokenInvariant, canonicalJson, Fraction } from '@gep/kernel';
import { writeJson } from './json-text';

const partsOf = (value: unknown): string[] => {
  const parts: string[] = [];
  writeJson(value, (part) => parts.push(part));
  return parts;
};

it.each([
  [{ b: 1n, a: [{ z: undefined, y: '“"\n' }, [], {}, null, true, -0.5], day: new Date(0), part: Fraction.of(1n, 7n) }],
  [[undefined, 3]],
  ['text'],
  [[]],
  [{}],
  [null],
  [
    [
      { 'a b': 1, c: 2 },
      { a: 1, 'b c': 2 },
      { c: 2, 'a b': 1 },
    ],
  ],
])('is the canonical value, indented: %#', (value) => {
  expect(partsOf(value).join('')).toBe(`${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`);
});

it('comes in parts when it is long, and refuses what JSON does not have', () => {
  const long = Array.from({ length: 20_000 }, (_, at) => ({ at, code: `unit-${at}` }));
  const parts = partsOf(long);
  expect(parts.length).toBeGreaterThan(5);
  expect(JSON.parse(parts.join(''))).toEqual(long);
  for (const value of [NaN, new Map(), () => 1, new Uint8Array(2)])
    expect(() => partsOf({ value })).toThrow(BrokenInvariant);
});
