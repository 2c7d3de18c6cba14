/** Says of every route who may use it; a route that says nothing is closed. */
import { applyDecorators, createParamDecorator, ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Permission, SignedInActor } from '@gep/access';
import { assert } from '@gep/kernel';
import { Problems } from '../problem/problems.decorator';
import type { ApiRequest } from '../request/request.middleware';

/** Who may use a route: everybody, whoever is signed in, or holders of a permission. */
export type Admission = 'public' | 'signed-in' | Permission;

export const admissionKey = 'gep:admission';

/** Open to everybody. */
export const Public = () => applyDecorators(SetMetadata(admissionKey, 'public' satisfies Admission));

/** Open to whoever is signed in: reading the names of territories and the norms needs no permission. */
export const SignedIn = () =>
  applyDecorators(
    SetMetadata(admissionKey, 'signed-in' satisfies Admission),
    ApiBearerAuth(),
    Problems(400, 401, 429, 503),
  );

/** Open to holders of the permission; the actor handed to the handler is narrowed to the territories where they hold it. */
export const Permit = (permission: Permission) =>
  applyDecorators(
    SetMetadata(admissionKey, permission),
    ApiBearerAuth(),
    ApiExtension('x-permission', permission),
    Problems(400, 401, 403, 429, 503),
  );

/** Hands the actor of the request to a handler, narrowed to what the route permits. */
export const Acting = createParamDecorator((_: unknown, context: ExecutionContext): SignedInActor => {
  const { actor } = context.switchToHttp().getRequest<ApiRequest>();
  assert(actor, 'a handler asks for the actor of a route that is open to everybody');
  return actor;
});
