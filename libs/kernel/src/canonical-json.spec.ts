/** Canonical JSON: one text for one value whatever the order of keys, and no value that JSON would silently lose. */
import fc from 'fast-check';
import { BrokenInvariant } from './assert';
import { canonicalJson, digestOf, digestOfValue } from './canonical-json';
import { Decimal } from './decimal';
import { Fraction } from './fraction';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`canonical-json.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 300 });

/** The same value with the keys of every object in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

it('does not depend on the order of keys, and is JSON of the same value', () => {
  // JSON itself has no negative zero, and Object.fromEntries cannot carry a key named __proto__ the same way.
  const values = fc
    .jsonValue({ noUnicodeString: false })
    .filter((value) => !JSON.stringify(value).includes('__proto__'));
  fc.assert(
    fc.property(values, (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(reversed(value))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});

it.each([
  [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
  [{ a: undefined, b: 2n }, '{"b":"2"}'],
  [[undefined], '[null]'],
  [-0, '0'],
  [1e21, '1e+21'],
  [new Date(0), '"1970-01-01T00:00:00.000Z"'],
  [{ rate: Fraction.of(1n, 7n), price: new Decimal('386.00') }, '{"price":"386","rate":"1/7"}'],
  [{ 森林: 1, a: 2 }, '{"a":2,"森林":1}'],
])('%j is written %s', (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

it.each([NaN, Infinity, new Map([[1, 2]]), new Set([1]), new Uint8Array(2), new ArrayBuffer(2), () => 1, Symbol('x')])(
  'stops on %p, which JSON would lose',
  (value) => {
    expect(() => canonicalJson({ value })).toThrow(BrokenInvariant);
  },
);

it('digests are SHA-256 of the text', () => {
  expect(digestOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(digestOfValue({ b: 1, a: 2 })).toBe(digestOf('{"a":2,"b":1}'));
  expect(digestOf(new TextEncoder().encode('森林'))).toBe(digestOf('森林'));
});
