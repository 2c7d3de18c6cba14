/** Names every request, and counts and logs it when it is answered: method, route template, status, time. No path values. */
import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { RequestMetrics } from '../operations/request-metrics.service';
import { acceptedRequestId } from './request-id';

/** What the API adds to each request of the web framework. */
export interface ApiRequest extends Request {
  /** Names the request in its answer and in the log. */
  requestId: string;
  /** Who is signed in, with all their rights; set when a valid access token came with the request. */
  caller?: SignedInActor;
  /** The caller narrowed to the territories in which they may do what the route does. */
  actor?: SignedInActor;
}

export function requestMiddleware(metrics: RequestMetrics, log: Pick<LoggerService, 'log'>) {
  return (request: ApiRequest, response: Response, next: NextFunction): void => {
    const began = process.hrtime.bigint();
    request.requestId = acceptedRequestId(request.headers['x-request-id']) ?? randomUUID();
    response.setHeader('X-Request-Id', request.requestId);
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      const { method, requestId, caller } = request;
      const route = (request.route as { path?: string } | undefined)?.path ?? 'unmatched';
      metrics.record({ method, route, status: response.statusCode, seconds });
      const milliseconds = Math.round(seconds * 1e4) / 10;
      log.log('request', { method, route, status: response.statusCode, milliseconds, requestId, user: caller?.id });
    });
    next();
  };
}
