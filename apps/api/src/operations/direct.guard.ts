/** Hides a route from whoever comes from afar or through a proxy: it is for the machines beside this one. */
import { CanActivate, ExecutionContext, Injectable, NotFoundException } from '@nestjs/common';
import type { Request } from 'express';

/**
 * True for an address that the open internet cannot come from: loopback, private, link-local and provider-internal
 * networks of RFC 1122, 1918, 3927, 4193, 4291 and 6598.
 */
export function isNear(address: string | undefined): boolean {
  const plain = (address ?? '').toLowerCase().replace(/^::ffff:(?=[\d.]+$)/, '');
  if (plain.includes(':')) return plain === '::1' || /^f[cd][0-9a-f]{2}:|^fe[89ab][0-9a-f]:/.test(plain);
  const [first, second] = plain.split('.').map(Number);
  if (first === 172) return second >= 16 && second < 32;
  if (first === 100) return second >= 64 && second < 128;
  return first === 127 || first === 10 || (first === 192 && second === 168) || (first === 169 && second === 254);
}

/** What proxies add to the requests that they pass on. */
const proxyHeaders = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'];

@Injectable()
export class DirectGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers, socket } = context.switchToHttp().getRequest<Request>();
    const passedOn = proxyHeaders.some((name) => headers[name] !== undefined);
    if (passedOn || !isNear(socket.remoteAddress)) throw new NotFoundException();
    return true;
  }
}
