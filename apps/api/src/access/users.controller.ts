/** Administration of people: who they are, what they may do and where, and how they come in. */
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type GrantRequest, type IssuedLink, type SignedInActor, UserService, type UserWithGrants } from '@gep/access';
import { assert } from '@gep/kernel';
import { getTerritory } from '@gep/territory';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { Problems } from '../problem/problems.decorator';
import { readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import { Acting, Permit } from './access.decorator';
import { PublicAddress } from './public-address.service';
import {
  AddedUserBody,
  EndedSessionsBody,
  GrantPath,
  NewGrantBody,
  NewUserBody,
  PasswordLinkBody,
  UserBody,
  UserPageBody,
  UserPath,
  UserQuery,
  UserStatusBody,
} from './users.dto';

@ApiTags('users')
@Controller('api/v1/users')
export class UsersController {
  constructor(
    private readonly users: UserService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
    private readonly address: PublicAddress,
  ) {}

  @Get()
  @Permit('user.manage')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listUsers', summary: '您的地域内的用户 · people with a role in your territories' })
  @ApiOkResponse({ type: UserPageBody })
  @Problems(422)
  async list(
    @Query() { limit = defaultPageSize, cursor, territory }: UserQuery,
    @Acting() actor: SignedInActor,
  ): Promise<UserPageBody> {
    const after = readCursor(cursor, 1)?.[0];
    const within = territory?.replaceAll('-', '_');
    const users = await this.users.listUsers(actor, { after, limit: limit + 1, within });
    return pageOf(users, limit, ({ login }) => [login], userBody);
  }

  @Post()
  @Permit('user.manage')
  @ActsOnce()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'addUser',
    summary: '新增用户；本人用一次性链接自设密码 · add a person, who sets the password by a one-time link',
  })
  @ApiCreatedResponse({ type: AddedUserBody, headers: { Location: { schema: { type: 'string' } } } })
  @Problems(404, 409, 413, 422)
  async add(
    @Body() { login, name, grants }: NewUserBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AddedUserBody> {
    const wished = await this.placed(actor, grants);
    const { user, link, replayed } = await this.users.addUser(actor, { login, name, grants: wished }, key);
    markReplay(response, replayed);
    assert(link, 'a person added without a password has a link');
    response.setHeader('Location', `/api/v1/users/${user.login}`);
    return { ...userBody(user), link: this.linkBody(link) };
  }

  @Get(':login')
  @Permit('user.manage')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getUser', summary: '一位用户 · one person' })
  @ApiOkResponse({ type: UserBody })
  @Problems(404, 422)
  async get(@Param() { login }: UserPath, @Acting() actor: SignedInActor): Promise<UserBody> {
    return userBody(await this.users.getUser(actor, login));
  }

  @Put(':login/status')
  @Permit('user.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'setUserStatus', summary: '停用或恢复 · disable or enable' })
  @ApiOkResponse({ type: UserBody })
  @Problems(404, 409, 413, 422)
  async setStatus(
    @Param() { login }: UserPath,
    @Body() { status }: UserStatusBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserBody> {
    const { user, replayed } = await this.users.setStatus(actor, login, status, key);
    markReplay(response, replayed);
    return userBody(user);
  }

  @Post(':login/grants')
  @Permit('user.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'grantRole', summary: '授予角色 · give a role for a territory and all below it' })
  @ApiOkResponse({ type: UserBody })
  @Problems(404, 409, 413, 422)
  async grant(
    @Param() { login }: UserPath,
    @Body() wish: NewGrantBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserBody> {
    const [grant] = await this.placed(actor, [wish]);
    const { user, replayed } = await this.users.grantRole(actor, login, grant, key);
    markReplay(response, replayed);
    return userBody(user);
  }

  @Delete(':login/grants/:role/:territory')
  @Permit('user.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'revokeRole', summary: '撤销角色 · take a role away' })
  @ApiOkResponse({ type: UserBody })
  @Problems(404, 409, 422)
  async revoke(
    @Param() { login, role, territory }: GrantPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserBody> {
    const held = { role, territoryCode: territory };
    const { user, replayed } = await this.users.revokeRole(actor, login, held, key);
    markReplay(response, replayed);
    return userBody(user);
  }

  @Post(':login/link')
  @Permit('user.manage')
  @ActsOnce()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'issuePasswordLink',
    summary: '重设密码的一次性链接；此前的链接作废 · one-time link for a new password; earlier ones become void',
  })
  @ApiCreatedResponse({ type: PasswordLinkBody })
  @Problems(404, 409, 422)
  async issueLink(
    @Param() { login }: UserPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PasswordLinkBody> {
    const { replayed, ...link } = await this.users.issuePasswordLink(actor, login, key);
    markReplay(response, replayed);
    return this.linkBody(link);
  }

  @Delete(':login/sessions')
  @Permit('user.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'endSessions',
    summary: '结束其全部会话，例如设备遗失 · end all sessions, for a lost device',
  })
  @ApiOkResponse({ type: EndedSessionsBody })
  @Problems(404, 409, 422)
  async endSessions(
    @Param() { login }: UserPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EndedSessionsBody> {
    const { ended, replayed } = await this.users.endSessions(actor, login, key);
    markReplay(response, replayed);
    return { ended };
  }

  /** The roles wished for with the places of their territories today. @throws TerritoryMissing */
  private async placed(actor: SignedInActor, wishes: readonly NewGrantBody[]): Promise<GrantRequest[]> {
    const date = this.today.date();
    return this.snapshots.read(actor, async (tx) => {
      const placed: GrantRequest[] = [];
      for (const { role, territory, sheets: dataSheets } of wishes)
        placed.push({ role, territory: await getTerritory(tx, territory, date), dataSheets });
      return placed;
    });
  }

  private linkBody({ token, expiresAt }: IssuedLink): PasswordLinkBody {
    return { url: `${this.address.url}/setup#token=${token}`, expiresAt: expiresAt.toISOString() };
  }
}

function userBody({ id, login, name, status, hasPassword, grants }: UserWithGrants): UserBody {
  const held = grants.map(({ role, territoryCode, dataSheets }) => {
    return { role, territory: territoryCode, sheets: dataSheets ? [...dataSheets] : null };
  });
  return { id, login, name, status, hasPassword, grants: held };
}

function markReplay(response: Response, replayed: boolean): void {
  if (replayed) response.setHeader(replayedHeader, 'true');
}
