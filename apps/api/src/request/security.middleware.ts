/** Headers that close what a browser could be talked into; the Swagger page alone needs inline styles. */
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

const nothingElse = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'none'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};
const swagger = { ...nothingElse, styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'] };

type Directives = Readonly<Record<string, string[]>>;
const headers = (directives: Directives) =>
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: { maxAge: 31_536_000 },
    xFrameOptions: { action: 'deny' },
  });

export function securityMiddleware() {
  const [usual, docs] = [headers(nothingElse), headers(swagger)];
  return (request: Request, response: Response, next: NextFunction): void => {
    const isDocs = request.path === '/api/docs' || request.path.startsWith('/api/docs/');
    response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()');
    (isDocs ? docs : usual)(request, response, next);
  };
}
