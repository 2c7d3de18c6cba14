/** The one place where a refusal or a failure becomes an HTTP answer. */
import { ArgumentsHost, Catch, ExceptionFilter, type LoggerService } from '@nestjs/common';
import type { Response } from 'express';
import { TooManyAttempts } from '@gep/access';
import { DomainError } from '@gep/kernel';
import type { ApiRequest } from '../request/request.middleware';
import { TooManyRequests } from './errors';
import { foreignFailure } from './foreign-failure';
import { preferredLanguage } from './language';
import { Failure, failureOf, problemOf } from './problem';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Pick<LoggerService, 'error'>) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<ApiRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const failure = error instanceof DomainError ? failureOf(error) : foreignFailure(error);
    const { requestId } = request;
    if (failure.status >= 500) this.log.error(failure.code, { requestId, err: error });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    this.answer(failure, error, request, response);
  }

  private answer(failure: Failure, error: unknown, request: ApiRequest, response: Response): void {
    const language = preferredLanguage(request.headers['accept-language']);
    const instance = request.originalUrl.split('?', 1)[0];
    if (failure.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    if (failure.status === 503) response.setHeader('Retry-After', '5');
    if (error instanceof TooManyRequests) response.setHeader('Retry-After', String(error.retryAfterSeconds));
    if (error instanceof TooManyAttempts) response.setHeader('Retry-After', String(error.retrySeconds));
    response.removeHeader('ETag');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Language', language === 'zh' ? 'zh-CN' : 'en');
    response.vary('Accept-Language');
    response.status(failure.status).type('application/problem+json');
    response.send(JSON.stringify(problemOf(failure, { instance, requestId: request.requestId, language })));
  }
}
