/** Finds out who asks, from the access token; refuses nobody, so that the rate guard can count by person first. */
import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { AccessService, TokenRefused } from '@gep/access';
import type { ApiRequest } from '../request/request.middleware';

/** The access token of the Authorization header. */
export function bearerToken({ headers }: ApiRequest): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/-]{1,4000}=*)$/i.exec(headers.authorization ?? '')?.[1];
}

@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(private readonly access: AccessService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const token = bearerToken(request);
    if (token === undefined) return true;
    try {
      request.caller = await this.access.authenticate(token);
    } catch (error) {
      // A token that is not valid is as good as none; a lost database is not.
      if (!(error instanceof TokenRefused)) throw error;
    }
    return true;
  }
}
