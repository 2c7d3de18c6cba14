/** What a repeated command can be refused for. */
import { DomainError } from '@gep/kernel';

/** The key was used before, for something else. */
export class IdempotencyConflict extends DomainError {
  readonly code = 'platform.idempotency-conflict';
  readonly kind = 'conflict';
  constructor(key: string, action: string) {
    super(
      {
        zh: `幂等键“${key}”已用于另一个请求（${action}）；内容不同的请求请使用新的幂等键`,
        en: `idempotency key "${key}" was already used for another request (${action}); use a new key for a request that differs`,
      },
      { key, action },
    );
  }
}

/** The key itself cannot be used. */
export class IdempotencyKeyInvalid extends DomainError {
  readonly code = 'platform.idempotency-key-invalid';
  readonly kind = 'invalid';
  constructor() {
    super({
      zh: '幂等键应为 1 到 200 个可见的 ASCII 字符，例如一个 UUID',
      en: 'an idempotency key has 1 to 200 visible ASCII characters; a UUID will do',
    });
  }
}
