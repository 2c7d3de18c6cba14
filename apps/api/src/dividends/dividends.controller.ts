/** Dividends of companies: planned, voted, allotted, declared and paid, each step by the hand that has it. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import {
  codeOfDividend,
  type Dividend,
  DividendRuns,
  DividendService,
  getCompany,
  getDividend,
  listDividends,
  listLines,
  standingOf,
  type TaskAct,
} from '@gep/procurement';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import {
  DividendAskedBody,
  DividendBody,
  DividendDoneBody,
  DividendLinePageBody,
  DividendLinesQuery,
  DividendListQuery,
  DividendNoticeBody,
  DividendPageBody,
  DividendPath,
  DividendPlanBody,
  DividendReasonBody,
  DividendViewBody,
  DividendVoteBody,
  DividendWorkBody,
} from './dividends.dto';

@ApiTags('dividends')
@Controller('api/v1/dividends')
export class DividendsController {
  constructor(
    private readonly dividends: DividendService,
    private readonly runs: DividendRuns,
    private readonly snapshots: Snapshots,
  ) {}

  @Get()
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listDividends', summary: '您的地域内的分红 · dividends in your territories' })
  @ApiOkResponse({ type: DividendPageBody })
  @Problems(404, 422)
  async list(@Query() query: DividendListQuery, @Acting() actor: SignedInActor): Promise<DividendPageBody> {
    const { limit = defaultPageSize, company, period } = query;
    const after = readCursor(query.cursor, 1)?.[0];
    if (after !== undefined && !/^[0-9a-f-]{36}$/.test(after)) throw cursorRefused();
    const rows = await this.snapshots.read(actor, async (tx) => {
      const companyId = company === undefined ? undefined : (await getCompany(tx, company)).id;
      return listDividends(tx, { companyId, period, after, limit: limit + 1 });
    });
    return pageOf(rows, limit, ({ id }) => [id], dividendBody);
  }

  @Get(':id')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getDividend',
    summary: '一次分红的状态、方案、表决、进度 · one dividend, how it stands',
  })
  @ApiOkResponse({ type: DividendViewBody })
  @Problems(404, 422)
  async get(@Param() { id }: DividendPath, @Acting() actor: SignedInActor): Promise<DividendViewBody> {
    const { state, steps, apart, task, ...dividend } = await this.dividends.show(actor, id);
    return { ...dividendBody(dividend), ...wire({ state, steps: [...steps], apart: [...apart], task }) };
  }

  @Get(':id/lines')
  @Permit('owner.manage')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listDividendLines',
    summary:
      '各户的行；可只看争议、退回、未领的 · lines of owners; those held, returned or unclaimed alone if you wish',
  })
  @ApiOkResponse({ type: DividendLinePageBody })
  @Problems(404, 422)
  async lines(
    @Param() { id: named }: DividendPath,
    @Query() { limit = defaultPageSize, cursor, places }: DividendLinesQuery,
    @Acting() actor: SignedInActor,
  ): Promise<DividendLinePageBody> {
    const after = readCursor(cursor, 1)?.[0];
    const rows = await this.snapshots.read(actor, async (tx) => {
      const { id } = await getDividend(tx, named);
      return listLines(tx, id, await standingOf(tx, id), { places, after, limit: limit + 1 });
    });
    return pageOf(
      rows,
      limit,
      ({ owner }) => [owner],
      ({ territoryPath: _, acts: __, ...line }) => wire(line),
    );
  }

  @Post()
  @Permit('owner.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'planDividend',
    summary:
      '由已结账的账簿拟定分红方案（可在表决未过后重拟） · plan a dividend from the closed book, anew after a rejection',
  })
  @ApiCreatedResponse({ type: DividendDoneBody })
  @Problems(404, 409, 413, 422)
  async plan(
    @Body() body: DividendPlanBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DividendDoneBody> {
    return done(await this.dividends.plan(actor, body, key), response);
  }

  @Post(':id/notice')
  @Permit('owner.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'noticeDividend',
    summary: '告知全体成员，满十日方可表决 · notify members, ten days before they vote',
  })
  @ApiOkResponse({ type: DividendDoneBody })
  @Problems(404, 409, 413, 422)
  async notice(
    @Param() { id }: DividendPath,
    @Body() body: DividendNoticeBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DividendDoneBody> {
    return done(await this.dividends.notice(actor, { ...body, id }, key), response);
  }

  @Post(':id/vote')
  @Permit('owner.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'voteDividend',
    summary: '记录成员大会表决：参加、同意均须全体三分之二 · record the vote: two thirds of all attend and agree',
  })
  @ApiOkResponse({ type: DividendDoneBody })
  @Problems(404, 409, 413, 422)
  async vote(
    @Param() { id }: DividendPath,
    @Body() body: DividendVoteBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DividendDoneBody> {
    return done(await this.dividends.vote(actor, { ...body, id }, key), response);
  }

  @Post(':id/withdraw')
  @Permit('owner.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'withdrawDividend', summary: '批准前撤回 · withdraw before it is declared' })
  @ApiOkResponse({ type: DividendDoneBody })
  @Problems(404, 409, 413, 422)
  async withdraw(
    @Param() { id }: DividendPath,
    @Body() { reason }: DividendReasonBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DividendDoneBody> {
    return done(await this.dividends.withdraw(actor, { id, reason }, key), response);
  }

  @Post(':id/close')
  @Permit('owner.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'closeDividend',
    summary: '办结；未领的仍为应付 · close it; what is unclaimed stays owed',
  })
  @ApiOkResponse({ type: DividendDoneBody })
  @Problems(404, 409, 413, 422)
  async close(
    @Param() { id }: DividendPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DividendDoneBody> {
    return done(await this.dividends.close(actor, id, key), response);
  }

  @Post(':id/allot')
  @Permit('owner.manage')
  @ActsOnce()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'allotDividend',
    summary: '按登记日分到各户（由工作进程办理） · allot by the record date, by a worker',
  })
  @ApiAcceptedResponse({ type: DividendAskedBody })
  @Problems(404, 409, 413, 422)
  allot(
    @Param() { id }: DividendPath,
    @Body() { reason }: DividendWorkBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DividendAskedBody> {
    return this.ask(actor, { id, act: 'allot', reason }, key, response);
  }

  @Post(':id/approve')
  @Permit('settlement.approve')
  @ActsOnce()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'approveDividend',
    summary: '批准并入账（非编制人） · approve and declare, by another than who planned',
  })
  @ApiAcceptedResponse({ type: DividendAskedBody })
  @Problems(404, 409, 413, 422)
  approve(
    @Param() { id }: DividendPath,
    @Body() { reason }: DividendWorkBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DividendAskedBody> {
    return this.ask(actor, { id, act: 'approve', reason }, key, response);
  }

  @Post(':id/pay')
  @Permit('settlement.pay')
  @ActsOnce()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'payDividend',
    summary: '支付各户，争议的除外（第三人） · pay all but disputed lines, by a third person',
  })
  @ApiAcceptedResponse({ type: DividendAskedBody })
  @Problems(404, 409, 413, 422)
  pay(
    @Param() { id }: DividendPath,
    @Body() { reason }: DividendWorkBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DividendAskedBody> {
    return this.ask(actor, { id, act: 'pay', reason }, key, response);
  }

  private async ask(
    actor: SignedInActor,
    wish: { readonly id: string; readonly act: TaskAct; readonly reason?: string },
    key: string,
    response: Response,
  ): Promise<DividendAskedBody> {
    return done(await this.runs.request(actor, wish, key), response);
  }
}

function done<T extends { readonly replayed: boolean }>({ replayed, ...answer }: T, response: Response) {
  if (replayed) response.setHeader(replayedHeader, 'true');
  return answer;
}

const dividendBody = ({ id, company, period, round, ...rest }: Dividend): DividendBody => ({
  ...{ id, code: codeOfDividend({ company, period, round }), company, period, round },
  ...wire({
    incomeFen: rest.incomeFen,
    costFen: rest.costFen,
    plan: rest.plan,
    vote: rest.vote,
    allotment: rest.allotment,
  }),
});
