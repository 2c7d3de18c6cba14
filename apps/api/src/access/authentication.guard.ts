/** Finds out who asks, from the access token; refuses nobody, so that the rate guard can count by person first. */
import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { AccessService, TokenRefused } from '@gep/access';
import type { ApiRequest } from '../http/request.middleware';

@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(private readonly access: AccessService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const token = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
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
