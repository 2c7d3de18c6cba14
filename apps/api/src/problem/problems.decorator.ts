/** Documents which problems a route may answer with. */
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemBody } from '../answer/answer.dto';

const reasons: Readonly<Record<number, string>> = {
  400: '请求无法解析 · the request cannot be parsed',
  401: '未登录或已过期 · not signed in, or expired',
  403: '没有权限 · not permitted',
  404: '没有，或不在您的地域内 · not there, or not in your territories',
  409: '与现状冲突 · in conflict with what is there',
  413: '太大 · too large',
  415: '类型不支持 · content type not supported',
  422: '内容不能接受 · content not acceptable',
  429: '请求太多 · too many requests',
  503: '暂不可用，稍后再试 · not available for the moment',
};

/** Each status is answered as `application/problem+json`. */
export const Problems = (...statuses: (keyof typeof reasons)[]) =>
  applyDecorators(
    ApiExtraModels(ProblemBody),
    ...statuses.map((status) =>
      ApiResponse({
        status: Number(status),
        description: reasons[status],
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemBody) } } },
      }),
    ),
  );
