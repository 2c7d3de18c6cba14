import { inFixedOrder } from './fixed-order';

it('sorts members by name, but not fields and addresses', () => {
  const text = (value: unknown) => JSON.stringify(inFixedOrder(value));
  expect(text({ b: 1, a: [{ d: 2, c: null }] })).toBe('{"a":[{"c":null,"d":2}],"b":1}');
  expect(text({ properties: { z: { type: 'x', format: 'y' }, a: {} } })).toBe(
    '{"properties":{"z":{"format":"y","type":"x"},"a":{}}}',
  );
  expect(text({ paths: { '/z': {}, '/a': {} } })).toBe('{"paths":{"/z":{},"/a":{}}}');
});
