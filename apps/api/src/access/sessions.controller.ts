/** Signing in, staying in, signing out, and who one is. */
import { Body, Controller, Delete, Get, HttpCode, Ip, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccessService, type SignedInActor } from '@gep/access';
import { Problems } from '../problem/problems.decorator';
import { TakesSecret } from '../request/rate.guard';
import { Acting, Public, SignedIn } from './access.decorator';
import { MeBody, NewPasswordBody, RefreshBody, SignedInBody, SignInBody } from './access.dto';

@ApiTags('access')
@Controller('api/v1')
export class SessionsController {
  constructor(private readonly access: AccessService) {}

  @Post('sessions')
  @Public()
  @TakesSecret()
  @ApiOperation({ operationId: 'signIn', summary: '登录 · sign in' })
  @ApiCreatedResponse({ type: SignedInBody })
  @Problems(400, 401, 413, 422)
  signIn(@Body() { login, password }: SignInBody, @Ip() address: string): Promise<SignedInBody> {
    return this.access.signIn({ login, password, address });
  }

  @Post('sessions/refresh')
  @Public()
  @TakesSecret()
  @ApiOperation({
    operationId: 'refreshSession',
    summary: '换新令牌；旧令牌再次使用会结束会话 · trade the refresh token; using an old one ends the session',
  })
  @ApiCreatedResponse({ type: SignedInBody })
  @Problems(400, 401, 413, 422)
  refresh(@Body() { refreshToken }: RefreshBody): Promise<SignedInBody> {
    return this.access.refresh(refreshToken);
  }

  @Delete('sessions/current')
  @SignedIn()
  @HttpCode(204)
  @ApiOperation({ operationId: 'signOut', summary: '退出登录 · sign out' })
  @ApiNoContentResponse({ description: '已退出 · signed out' })
  signOut(@Acting() actor: SignedInActor): Promise<void> {
    return this.access.signOut(actor);
  }

  @Get('me')
  @SignedIn()
  @ApiOperation({ operationId: 'getMe', summary: '我是谁，能做什么 · who I am and what I may do' })
  @ApiOkResponse({ type: MeBody })
  me(@Acting() { id, login, name, scope, permissions }: SignedInActor): MeBody {
    const held = [...permissions].map(([permission, territories]) => ({ permission, territories: [...territories] }));
    return { id, login, name, scope: [...scope], permissions: held };
  }

  @Put('me/password')
  @SignedIn()
  @TakesSecret()
  @ApiOperation({
    operationId: 'changePassword',
    summary: '改密码；其他会话全部结束 · change the password; all other sessions end',
  })
  @ApiOkResponse({ type: SignedInBody })
  @Problems(400, 401, 413, 422)
  changePassword(
    @Body() { current, next }: NewPasswordBody,
    @Acting() actor: SignedInActor,
    @Ip() address: string,
  ): Promise<SignedInBody> {
    return this.access.changePassword(actor, { current, next, address });
  }
}
