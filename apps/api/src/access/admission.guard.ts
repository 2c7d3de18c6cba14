/** Lets a request through to its route when the person may use it, and narrows them to where they may. */
import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { requirePermission } from '@gep/access';
import { assert } from '@gep/kernel';
import { SignInNeeded } from '../problem/errors';
import type { ApiRequest } from '../request/request.middleware';
import { type Admission, admissionKey } from './access.decorator';

@Injectable()
export class AdmissionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const places = [context.getHandler(), context.getClass()];
    const admission = this.reflector.getAllAndOverride<Admission | undefined>(admissionKey, places);
    assert(
      admission,
      `the route ${context.getClass().name}.${context.getHandler().name} says nothing of who may use it`,
    );
    if (admission === 'public') return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    if (!request.caller) throw new SignInNeeded();
    request.actor = admission === 'signed-in' ? request.caller : requirePermission(request.caller, admission);
    return true;
  }
}
