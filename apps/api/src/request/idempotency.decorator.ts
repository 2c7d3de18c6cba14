/** Writes that may be sent twice and act once: the client names each by a header. */
import { applyDecorators, createParamDecorator, ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { IdempotencyKeyMissing } from '../problem/errors';
import type { ApiRequest } from './request.middleware';

/** Documents the header of a write. */
export const ActsOnce = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description:
        '每个请求自取一个，重试时不变；重放的回答带 Idempotency-Replayed: true · yours for this request and its retries; a replayed answer carries Idempotency-Replayed: true',
      schema: { type: 'string', minLength: 1, maxLength: 200, example: '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11' },
    }),
  );

/** The key that a request carries. @throws IdempotencyKeyMissing */
export function idempotencyKeyOf({ headers }: ApiRequest): string {
  const header = headers['idempotency-key'];
  if (typeof header !== 'string' || header.trim() === '') throw new IdempotencyKeyMissing();
  return header.trim();
}

/** Hands the key to a handler. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  idempotencyKeyOf(context.switchToHttp().getRequest<ApiRequest>()),
);

/** Name of the header that marks an answer given before. */
export const replayedHeader = 'Idempotency-Replayed';
