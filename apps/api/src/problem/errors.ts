/** What the HTTP layer itself refuses, before any subject is asked. */
import { Bilingual, DomainError } from '@gep/kernel';
import { FieldProblem } from './problem';

export class RequestRefused extends DomainError {
  readonly code = 'request.invalid';
  readonly kind = 'invalid';
  constructor(readonly errors: readonly FieldProblem[]) {
    super(
      {
        zh: `请求中有 ${errors.length} 处不能接受，见 errors；改正后重新提交`,
        en: `${errors.length} field(s) of the request cannot be accepted, see errors; mend them and send again`,
      },
      { fields: errors.map((error) => error.field) },
    );
  }
}

/** One field refused by hand, where a decorator cannot tell. */
export function refuseField(field: string, code: string, text: Bilingual): RequestRefused {
  return new RequestRefused([{ field, code, text }]);
}

export class SignInNeeded extends DomainError {
  readonly code = 'session.unauthenticated';
  readonly kind = 'unauthenticated';
  constructor() {
    super({
      zh: '没有登录，或登录已过期；请登录，或用 refresh 令牌换新',
      en: 'not signed in, or the session has expired; sign in, or refresh with the refresh token',
    });
  }
}

export class TooManyRequests extends DomainError {
  readonly code = 'request.too-many';
  readonly kind = 'too-much';
  constructor(readonly retryAfterSeconds: number) {
    super(
      {
        zh: `请求太多；请在 ${retryAfterSeconds} 秒后再试`,
        en: `too many requests; try again in ${retryAfterSeconds} s`,
      },
      { retryAfterSeconds },
    );
  }
}

export class IdempotencyKeyMissing extends DomainError {
  readonly code = 'request.idempotency-key-missing';
  readonly kind = 'invalid';
  constructor() {
    super({
      zh: '缺少请求头 Idempotency-Key；请自取一个（例如 UUID），重试时用同一个',
      en: 'the header Idempotency-Key is missing; choose one, for example a UUID, and send the same one when you retry',
    });
  }
}
