/** Bounds how many files are held in memory at once, before the first byte of another is read. */
import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { EMPTY, type Observable } from 'rxjs';
import type { ApiRequest } from '../request/request.middleware';
import { TooManyUploads } from './errors';

const mostOfOne = 2;
const mostOfAll = 8;

@Injectable()
export class UploadSlots implements NestInterceptor {
  private readonly taken = new Map<string, number>();
  private all = 0;

  /** @throws TooManyUploads */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    // Who left while we looked who they are will not close again, so their place would never come free.
    if (response.closed) return EMPTY;
    const person = context.switchToHttp().getRequest<ApiRequest>().caller!.id;
    const own = this.taken.get(person) ?? 0;
    if (own >= mostOfOne) throw new TooManyUploads(mostOfOne);
    if (this.all >= mostOfAll) throw new TooManyUploads(mostOfAll);
    this.take(person, 1);
    response.once('close', () => this.take(person, -1));
    return next.handle();
  }

  private take(person: string, change: 1 | -1): void {
    this.all += change;
    const now = (this.taken.get(person) ?? 0) + change;
    if (now === 0) this.taken.delete(person);
    else this.taken.set(person, now);
  }
}
