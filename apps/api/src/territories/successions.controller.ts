/** Which place followed which: recorded merges, splits and changes of name, and recording one. */
import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AccountSuccessionService, type SuccessionWish } from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { listSuccessions, type Succession } from '@gep/territory';
import { Acting, Permit, SignedIn } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Problems } from '../problem/problems.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import { splitOfBody } from './split-of-body';
import {
  MergeBody,
  RecordedSuccessionBody,
  RenameBody,
  SplitBody,
  SuccessionBody,
  SuccessionListQuery,
  SuccessionPageBody,
} from './successions.dto';

@ApiTags('territories')
@Controller('api/v1/territories/successions')
export class SuccessionsController {
  constructor(
    private readonly successions: AccountSuccessionService,
    private readonly snapshots: Snapshots,
  ) {}

  @Get()
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listSuccessions', summary: '地域沿革：合并、拆分、更名 · which place followed which' })
  @ApiOkResponse({ type: SuccessionPageBody })
  @Problems(422)
  async list(@Query() query: SuccessionListQuery, @Acting() actor: Actor): Promise<SuccessionPageBody> {
    const { limit = defaultPageSize, territory, cursor } = query;
    const rows = await this.snapshots.read(actor, (tx) => listSuccessions(tx, territory ? [territory] : undefined));
    const after = readCursor(cursor, 3);
    const from = after === undefined ? 0 : rows.findIndex((row) => keyOf(row).join() === after.join()) + 1;
    if (after !== undefined && from === 0) throw cursorRefused();
    return pageOf(rows.slice(from, from + limit + 1), limit, keyOf, successionBody);
  }

  @Post('merges')
  @Permit('territory.import')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'mergeTerritories',
    summary: '合并：所辖地域一并归入 · territories become one; what lay below them lies below it',
  })
  @ApiOkResponse({ type: RecordedSuccessionBody })
  @Problems(404, 409, 413, 422)
  async merge(
    @Body() { predecessors, into: code, nameZh, nameEn, leaveAccounts, ...dated }: MergeBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RecordedSuccessionBody> {
    const successors = [{ code, nameZh, nameEn }];
    const change = { ...dated, kind: 'merge', predecessors, successors, basis: 'whole' } as const;
    return this.record(actor, { change, leaveAccounts }, key, response);
  }

  @Post('splits')
  @Permit('territory.import')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'splitTerritory',
    summary: '拆分：写明各后继的份额 · a territory becomes several, with the exact share of each',
  })
  @ApiOkResponse({ type: RecordedSuccessionBody })
  @Problems(404, 409, 413, 422)
  async split(
    @Body() body: SplitBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RecordedSuccessionBody> {
    const { leaveAccounts } = body;
    return this.record(actor, { change: splitOfBody(body), leaveAccounts }, key, response);
  }

  @Post('renames')
  @Permit('territory.import')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'renameTerritory', summary: '更名或换代码 · another name, or another code' })
  @ApiOkResponse({ type: RecordedSuccessionBody })
  @Problems(404, 409, 413, 422)
  async rename(
    @Body() { territory, into: code = territory, nameZh, nameEn, leaveAccounts, ...dated }: RenameBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RecordedSuccessionBody> {
    const successors = [{ code, nameZh, nameEn }];
    const change = { ...dated, kind: 'rename', predecessors: [territory], successors, basis: 'whole' } as const;
    return this.record(actor, { change, leaveAccounts }, key, response);
  }

  private async record(
    actor: Actor,
    wish: SuccessionWish,
    key: string,
    response: Response,
  ): Promise<RecordedSuccessionBody> {
    const { replayed, succession, decided, ...done } = await this.successions.recordOnce(actor, wish, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    return { ...done, items: succession.map(successionBody), leftAccounts: [...(decided ?? [])] };
  }
}

const keyOf = ({ effective, predecessor, successor }: Succession): string[] => [effective, predecessor, successor];

function successionBody({ share, shareByType, recordedAt: _at, carries = true, ...row }: Succession): SuccessionBody {
  return {
    ...row,
    carries,
    share: share.toExactText(),
    ...(shareByType && {
      shareByType: Object.fromEntries(Object.entries(shareByType).map(([type, part]) => [type, part.toExactText()])),
    }),
  };
}
