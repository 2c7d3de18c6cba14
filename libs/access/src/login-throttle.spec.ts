/** Counting attempts by login and network. */
import { networkOf, secondsToWait, throttleKeys, throttleRules } from './login-throttle';

it.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2001:0db8:0001:0002:aaaa:bbbb:cccc:dddd', '2001:db8:1:2'],
  ['2001:db8:1:2::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it('keys tell nothing, differ by rule, and come in one order', () => {
  const keys = throttleKeys('clerk', '10.1.2.3', 'hash');
  expect(new Set(keys.map(({ key }) => key)).size).toBe(throttleRules.length);
  expect(keys.map(({ key }) => key)).toEqual(keys.map(({ key }) => key).sort());
  expect(JSON.stringify(keys)).not.toMatch(/clerk|10\.1/);
  const neighbour = throttleKeys('clerk', '10.1.2.4', 'hash');
  const shared = keys.filter(({ key }) => neighbour.some((other) => other.key === key));
  expect(shared.map(({ kind }) => kind)).toEqual(['login']);
  const afterwards = throttleKeys('clerk', '10.1.2.3', 'another');
  const left = keys.filter(({ key }) => afterwards.some((other) => other.key === key));
  expect(left.map(({ kind }) => kind)).toEqual(['address']);
});

it('waits for the longest window that is exceeded', () => {
  const keys = throttleKeys('clerk', '10.1.2.3', 'hash');
  const counted = (over: string[]) =>
    keys.map(({ key, kind, attempts }) => ({
      key,
      count: attempts + (over.includes(kind) ? 1 : 0),
      secondsLeft: attempts / 3,
    }));
  expect(secondsToWait(keys, counted([]))).toBe(0);
  expect(secondsToWait(keys, counted(['pair']))).toBe(2);
  expect(secondsToWait(keys, counted(['pair', 'address']))).toBe(20);
});
