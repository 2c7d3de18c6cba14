/** Refuses what cannot become an upload by its headers, before the first byte of a file is read. */
import {
  CallHandler,
  ExecutionContext,
  Injectable,
  NestInterceptor,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import { idempotencyKeyOf } from '../request/idempotency.decorator';
import type { ApiRequest } from '../request/request.middleware';
import { UploadTooLarge } from './errors';

const megabyte = 2 ** 20;

/** The largest that a file of any format may be, and all files of an upload together; the subject limits each format. */
export const uploadBytes = 128 * megabyte;
/** Fields and edges of the form around its files. */
const formBytes = megabyte;

@Injectable()
export class UploadChecks implements NestInterceptor {
  /** @throws UnsupportedMediaTypeException, IdempotencyKeyMissing, UploadTooLarge */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<ApiRequest>();
    if (!request.is('multipart/form-data')) throw new UnsupportedMediaTypeException();
    idempotencyKeyOf(request);
    const declared = Number(request.headers['content-length'] ?? 0);
    if (declared > uploadBytes + formBytes)
      throw new UploadTooLarge(Math.ceil(declared / megabyte), uploadBytes / megabyte);
    return next.handle();
  }
}
