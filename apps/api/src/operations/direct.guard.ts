/** Hides a route from whoever comes through a proxy: it is for the machines beside this one. */
import { CanActivate, ExecutionContext, Injectable, NotFoundException } from '@nestjs/common';
import type { Request } from 'express';

@Injectable()
export class DirectGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<Request>();
    if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) throw new NotFoundException();
    return true;
  }
}
