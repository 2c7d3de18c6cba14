/** Shapes a refusal or a failure as an RFC 9457 problem in both languages. */
import { withRoles } from '@gep/access';
import { Bilingual, DomainError, Facts, RefusalKind } from '@gep/kernel';
import { Language } from './language';

/** One field of a request that cannot be accepted. */
export interface FieldProblem {
  /** Path of the field in the request, for example `territories[0]`. */
  readonly field: string;
  readonly code: string;
  readonly text: Bilingual;
}

/** Body of every answer that is not a success, `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly text: Bilingual;
  readonly code: string;
  readonly facts: Facts;
  readonly instance: string;
  readonly requestId: string;
  readonly errors?: readonly FieldProblem[];
}

/** What went wrong, before it is addressed to a reader. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly text: Bilingual;
  readonly facts?: Facts;
  readonly errors?: readonly FieldProblem[];
}

const statusByKind: Readonly<Record<RefusalKind, number>> = {
  invalid: 422,
  missing: 404,
  conflict: 409,
  forbidden: 403,
  unauthenticated: 401,
  'too-much': 429,
};

const titles: Readonly<Record<number, Bilingual>> = {
  400: { zh: '请求无法读取', en: 'The request cannot be read' },
  401: { zh: '需要登录', en: 'Sign-in needed' },
  403: { zh: '没有权限', en: 'Not permitted' },
  404: { zh: '没有找到', en: 'Not found' },
  409: { zh: '与现状冲突', en: 'In conflict with what is there' },
  413: { zh: '请求太大', en: 'The request is too large' },
  415: { zh: '不支持此内容类型', en: 'Content type not supported' },
  422: { zh: '内容不能接受', en: 'The content cannot be accepted' },
  429: { zh: '请求太多', en: 'Too many requests' },
  500: { zh: '服务器出错', en: 'The server failed' },
  503: { zh: '服务暂不可用', en: 'Service not available for the moment' },
};

/** The failure that a refusal of the domain amounts to. */
export function failureOf(refusal: DomainError & { readonly errors?: readonly FieldProblem[] }): Failure {
  return {
    status: refusal.code.endsWith('too-large') ? 413 : statusByKind[refusal.kind],
    code: refusal.code,
    text: withRoles(refusal),
    facts: refusal.facts,
    errors: refusal.errors,
  };
}

/** Addresses a failure to a reader. `instance` is the path asked for, without its query. */
export function problemOf(
  failure: Failure,
  request: { instance: string; requestId: string; language: Language },
): Problem {
  const title = titles[failure.status] ?? titles[failure.status < 500 ? 400 : 500];
  return {
    type: `urn:gep:problem:${failure.code}`,
    title: title[request.language],
    status: failure.status,
    detail: failure.text[request.language],
    text: failure.text,
    code: failure.code,
    facts: failure.facts ?? {},
    instance: request.instance,
    requestId: request.requestId,
    ...(failure.errors === undefined ? {} : { errors: failure.errors }),
  };
}
