/** Appeals about exact figures: filing, answering, complaining, deciding, and looking. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { AppealService, type AppealAnswer } from '@gep/procedure';
import { getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import {
  ActOnAppealBody,
  AppealAnswerBody,
  AppealPageBody,
  AppealPath,
  AppealsQuery,
  AppealViewBody,
  FileAppealBody,
} from './appeals.dto';
import { readDayCursor } from './day-cursor';
import { appealBody, appealViewBody } from './procedure-body';

@ApiTags('procedures')
@Controller('api/v1/appeals')
export class AppealsController {
  constructor(
    private readonly appeals: AppealService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listAppeals',
    summary: '您作为当事方或答复方的异议 · appeals in which your territories are a party or are asked',
  })
  @ApiOkResponse({ type: AppealPageBody })
  @Problems(404, 422)
  async list(@Query() query: AppealsQuery, @Acting() actor: SignedInActor): Promise<AppealPageBody> {
    const { limit = defaultPageSize, open, kind, id } = query;
    const after = readDayCursor(query.cursor);
    const within = query.within && (await this.pathOf(actor, query.within));
    const rows = await this.appeals.list(actor, {
      ...{ open, within, page: { limit: limit + 1, after } },
      ...(kind !== undefined && id !== undefined && { subject: { kind, id } }),
    });
    return pageOf(rows, limit, (appeal) => [appeal.filedOn, appeal.id], appealBody);
  }

  @Post()
  @Permit('ledger.read')
  @ActsOnce()
  @ApiOperation({
    operationId: 'fileAppeal',
    summary:
      '对一个数字提出质疑；需要当事方地域的 appeal.file · query a figure; takes appeal.file for the party’s territory',
  })
  @ApiCreatedResponse({ type: AppealAnswerBody })
  @Problems(404, 409, 413, 422)
  async file(
    @Body() { kind, id, figure, shownFen, shownDigest, territory, party, knownOn, grounds }: FileAppealBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AppealAnswerBody> {
    const partyPath = await this.pathOf(actor, territory);
    const draft = {
      ...{ subject: { kind, id }, figure, shownDigest, partyPath, knownOn, grounds },
      ...{ party: party ?? territory, shownFen: shownFen === undefined ? null : BigInt(shownFen) },
    };
    return answered(await this.appeals.file(actor, draft, key), response);
  }

  @Get(':id')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getAppeal', summary: '一项异议及其步骤、期限 · one appeal with its steps and clocks' })
  @ApiOkResponse({ type: AppealViewBody })
  @Problems(404, 422)
  async get(@Param() { id }: AppealPath, @Acting() actor: SignedInActor): Promise<AppealViewBody> {
    return appealViewBody(await this.appeals.show(actor, id), this.today.date());
  }

  @Post(':id/acts')
  @Permit('ledger.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnAppeal',
    summary:
      '办理：答复、承认、投诉、暂停、检验、裁定、撤回 · reply, admit, complain, pause, inspect, uphold, reject, withdraw',
  })
  @ApiOkResponse({ type: AppealAnswerBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { id }: AppealPath,
    @Body() { act, reason, documentDigest, until, days }: ActOnAppealBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AppealAnswerBody> {
    return answered(await this.appeals.act(actor, { id, act, reason, documentDigest, until, days }, key), response);
  }

  /** @throws TerritoryMissing */
  private pathOf(actor: SignedInActor, code: string): Promise<string> {
    return this.snapshots.read(actor, async (tx) => (await getTerritory(tx, code, this.today.date())).path);
  }
}

function answered({ replayed, ...answer }: AppealAnswer, response: Response): AppealAnswerBody {
  if (replayed) response.setHeader(replayedHeader, 'true');
  return answer;
}
