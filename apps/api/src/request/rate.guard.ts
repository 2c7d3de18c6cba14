/** Counts requests by person, or by network address when nobody is signed in, and refuses what is too much. */
import { applyDecorators, ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail, type ThrottlerOptions } from '@nestjs/throttler';
import { TooManyRequests } from '../problem/errors';
import { Problems } from '../problem/problems.decorator';
import type { ApiRequest } from './request.middleware';

/** How many requests one person or address may send in a minute. */
export interface RateLimits {
  readonly requests: number;
  /** Requests with a password, a refresh token or a one-time token, always by address. */
  readonly secrets: number;
}

export const usualLimits: RateLimits = { requests: 600, secrets: 30 };

const takesSecretKey = 'gep:takes-secret';
const minute = 60_000;

/** The route takes a password or token, so guessing at it is counted apart. */
export const TakesSecret = () => applyDecorators(SetMetadata(takesSecretKey, true), Problems(429));

const takesSecret = (context: ExecutionContext): boolean =>
  Reflect.getMetadata(takesSecretKey, context.getHandler()) === true;

/** The two counts, in the form the throttler takes. */
export function throttlersOf(limits: RateLimits): ThrottlerOptions[] {
  return [
    { name: 'default', ttl: minute, limit: limits.requests },
    { name: 'secrets', ttl: minute, limit: limits.secrets, skipIf: (context) => !takesSecret(context) },
  ];
}

@Injectable()
export class RateGuard extends ThrottlerGuard {
  protected override async getTracker(request: ApiRequest): Promise<string> {
    return request.caller ? `person ${request.caller.id}` : `address ${await super.getTracker(request)}`;
  }

  /** One count over all routes: the usual key would give each route its own. */
  protected override generateKey(_: ExecutionContext, tracker: string, name: string): string {
    return `${name} ${tracker}`;
  }

  protected override async throwThrottlingException(_: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    throw new TooManyRequests(Math.max(1, Math.ceil(detail.timeToBlockExpire)));
  }
}
