import type { ExecutionContext } from '@nestjs/common';
import { DirectGuard, isNear } from './direct.guard';

it.each<[string | undefined, boolean]>([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:10.1.2.3', true],
  ['::ffff:8.8.8.8', false],
  ['10.255.255.255', true],
  ['11.0.0.1', false],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.4.5', true],
  ['100.64.0.9', true],
  ['100.128.0.1', false],
  ['fd12:3456::1', true],
  ['fe80::1%eth0', true],
  ['2001:db8::1', false],
  ['203.0.113.7', false],
  ['', false],
  [undefined, false],
])('%p is near: %p', (address, expected) => {
  expect(isNear(address)).toBe(expected);
});

const asked = (remoteAddress: string, headers: Record<string, string> = {}): boolean => {
  const request = { headers, socket: { remoteAddress } };
  return new DirectGuard().canActivate({
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext);
};

it('lets machines beside this one through, and nobody from afar or behind a proxy', () => {
  expect(asked('::ffff:172.18.0.5')).toBe(true);
  expect(() => asked('203.0.113.7')).toThrow('Not Found');
  for (const header of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'])
    expect(() => asked('127.0.0.1', { [header]: '203.0.113.7' })).toThrow('Not Found');
});
