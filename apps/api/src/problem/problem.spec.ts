import { DomainError } from '@gep/kernel';
import { foreignFailure } from './foreign-failure';
import { failureOf, problemOf } from './problem';

class AccountMissing extends DomainError {
  readonly code = 'account.missing';
  readonly kind = 'missing';
}

describe('problemOf', () => {
  const refusal = new AccountMissing({ zh: '没有这个账户', en: 'no such account' }, { account: '7' });

  it('answers a refusal in the language of the reader, with both texts beside it', () => {
    const request = { instance: '/api/v1/accounts/7', requestId: 'r-1' };
    const zh = problemOf(failureOf(refusal), { ...request, language: 'zh' });
    expect(zh).toEqual({
      type: 'urn:gep:problem:account.missing',
      title: '没有找到',
      status: 404,
      detail: '没有这个账户',
      text: { zh: '没有这个账户', en: 'no such account' },
      code: 'account.missing',
      facts: { account: '7' },
      instance: '/api/v1/accounts/7',
      requestId: 'r-1',
    });
    expect(problemOf(failureOf(refusal), { ...request, language: 'en' }).detail).toBe('no such account');
  });
});

describe('foreignFailure', () => {
  it.each([
    [Object.assign(new SyntaxError('Unexpected token } at 7'), { status: 400, type: 'entity.parse.failed' }), 400],
    [Object.assign(new Error('too large'), { status: 413, type: 'entity.too.large' }), 413],
    [Object.assign(new Error('Cannot GET /x'), { status: 404 }), 404],
    [Object.assign(new Error('teapot'), { status: 418 }), 400],
    [new URIError('bad path'), 400],
    [Object.assign(new Error('secret host'), { name: 'DatabaseUnavailable', outcomeUnknown: false }), 503],
    [Object.assign(new Error('secret table name'), { code: '42P01' }), 500],
    [new TypeError('x is undefined'), 500],
    [undefined, 500],
    ['text', 500],
  ])('reads %p as %i', (error, status) => {
    const failure = foreignFailure(error);
    expect(failure.status).toBe(status);
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  it('tells an unknown outcome from a service that is not there', () => {
    const lost = (outcomeUnknown: boolean, busy = false) =>
      foreignFailure({ name: 'DatabaseUnavailable', outcomeUnknown, busy });
    expect([lost(true), lost(false), lost(false, true)]).toMatchObject([
      { status: 503, code: 'service.outcome-unknown' },
      { status: 503, code: 'service.unavailable' },
      { status: 503, code: 'service.busy' },
    ]);
  });
});
