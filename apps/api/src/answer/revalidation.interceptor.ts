/** Gives answers an entity tag, and answers 304 when the copy of the client is still good. */
import { CallHandler, ExecutionContext, Injectable, NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { map, Observable } from 'rxjs';
import type { ApiRequest } from '../request/request.middleware';
import { stillGood, tagOf } from './etag';

/** `immutable`: the address names one content for ever. `changing`: ask again each time. */
type Lifetime = 'immutable' | 'changing';

const lifetimeKey = 'gep:lifetime';

// `private`: what a person may read must not be kept by a cache that others share.
const cacheControl: Readonly<Record<Lifetime, string>> = {
  immutable: 'private, max-age=86400, immutable',
  changing: 'private, no-cache',
};

/** The answer of this route carries an ETag. Rights are checked before, on every request. */
export const Revalidated = (lifetime: Lifetime): MethodDecorator => SetMetadata(lifetimeKey, lifetime);

@Injectable()
export class RevalidationInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const lifetime = this.reflector.get<Lifetime | undefined>(lifetimeKey, context.getHandler());
    if (lifetime === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map((body: unknown) => {
        const text = JSON.stringify(body);
        const tag = tagOf(text);
        response.setHeader('ETag', tag);
        response.setHeader('Cache-Control', cacheControl[lifetime]);
        response.vary('Authorization');
        if (stillGood(request.headers['if-none-match'], tag)) {
          response.status(304);
          return undefined;
        }
        response.type('application/json');
        return text;
      }),
    );
  }
}
