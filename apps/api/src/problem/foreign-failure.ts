/** Says in both languages what an error of the web framework, a body parser or the database connection means. */
import { Bilingual } from '@gep/kernel';
import { Failure } from './problem';

/** The few members by which foreign errors can be told apart. */
interface ForeignError {
  readonly status?: unknown;
  readonly type?: unknown;
  readonly name?: unknown;
  readonly outcomeUnknown?: unknown;
  readonly busy?: unknown;
}

const texts: Readonly<Record<number, { code: string; text: Bilingual }>> = {
  400: {
    code: 'request.malformed',
    text: {
      zh: '请求的内容无法解析；请检查 JSON 或 multipart 格式、字段名和文件个数',
      en: 'the content of the request cannot be parsed; check the JSON or multipart form, field names and number of files',
    },
  },
  404: {
    code: 'route.missing',
    text: {
      zh: '没有这个地址；可用的地址见 /api/docs',
      en: 'there is no such address; /api/docs lists those there are',
    },
  },
  413: {
    code: 'request.too-large',
    text: {
      zh: '请求超过大小限制；请把文件按地区或年份拆开上传',
      en: 'the request is over the size limit; split the file by territory or year',
    },
  },
  415: {
    code: 'request.content-type',
    text: {
      zh: '不支持此内容类型或编码；请用 application/json，上传用 multipart/form-data',
      en: 'this content type or encoding is not supported; use application/json, and multipart/form-data for uploads',
    },
  },
  503: {
    code: 'service.unavailable',
    text: { zh: '数据库暂时不可用；请稍后再试', en: 'the database is not available for the moment; try again shortly' },
  },
};

const unexpected: Failure = {
  status: 500,
  code: 'service.failed',
  text: {
    zh: '服务器出错，请求没有完成；请把 requestId 告诉管理员',
    en: 'the server failed and the request was not completed; give the requestId to the administrator',
  },
};

const outcomeUnknown: Failure = {
  status: 503,
  code: 'service.outcome-unknown',
  text: {
    zh: '数据库在提交时断开，结果未知；请用同一个 Idempotency-Key 再试一次',
    en: 'the database was lost while committing and the outcome is unknown; send again with the same Idempotency-Key',
  },
};

const busy: Failure = {
  status: 503,
  code: 'service.busy',
  text: {
    zh: '请求太多，数据库的连接都在使用中；请稍后再试',
    en: 'there are too many requests and every connection to the database is in use; try again shortly',
  },
};

/** Never shows the message of the error, which may hold internals. */
export function foreignFailure(error: unknown): Failure {
  const { status, type, name, outcomeUnknown: unknown, busy: isBusy } = (error ?? {}) as ForeignError;
  if (name === 'DatabaseUnavailable')
    return unknown === true ? outcomeUnknown : isBusy === true ? busy : { status: 503, ...texts[503] };
  const known = typeof status === 'number' && isClientError(status) ? status : undefined;
  if (known === undefined && type === undefined && !(error instanceof URIError)) return unexpected;
  const answered = known !== undefined && texts[known] ? known : 400;
  return { status: answered, ...texts[answered] };
}

const isClientError = (status: number): boolean => status >= 400 && status < 500;
