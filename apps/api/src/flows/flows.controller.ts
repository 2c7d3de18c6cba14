/** Declared flows within a region: list them, declare one, withdraw one. Accounts follow with the next recomputation. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { FlowMissing, FlowService, listFlows, type RecordedFlow } from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Problems } from '../problem/problems.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import { FlowBody, FlowListQuery, FlowPageBody, FlowPath, NewFlowBody, WithdrawalBody } from './flows.dto';

@ApiTags('flows')
@Controller('api/v1/flows')
export class FlowsController {
  constructor(
    private readonly flows: FlowService,
    private readonly snapshots: Snapshots,
  ) {}

  @Get()
  @Permit('account.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listFlows',
    summary: '区内流动的声明（涉及您的地域） · declared flows that concern your territories',
  })
  @ApiOkResponse({ type: FlowPageBody })
  @Problems(422)
  async list(@Query() query: FlowListQuery, @Acting() actor: Actor): Promise<FlowPageBody> {
    const { limit = defaultPageSize, norm: normId, cursor, ...filter } = query;
    const after = placeOf(cursor);
    const rows = await this.snapshots.read(actor, (tx) =>
      listFlows(tx, { ...filter, normId, after, limit: limit + 1 }),
    );
    return pageOf(rows, limit, ({ id }) => [id], flowBody);
  }

  @Get(':id')
  @Permit('account.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getFlow', summary: '一项流动声明 · one declared flow' })
  @ApiOkResponse({ type: FlowBody })
  @Problems(404, 422)
  async get(@Param() { id }: FlowPath, @Acting() actor: Actor): Promise<FlowBody> {
    return this.read(actor, id);
  }

  @Post()
  @Permit('account.compute')
  @ActsOnce()
  @ApiOperation({
    operationId: 'declareFlow',
    summary:
      '声明：一地供给、另一地也计入的服务，在共同上级只计一次 · declare that a service supplied by one territory and counted by another counts once above both',
  })
  @ApiCreatedResponse({ type: FlowBody, headers: { Location: { schema: { type: 'string' } } } })
  @Problems(404, 409, 413, 422)
  async declare(
    @Body() { norm: normId, ...wish }: NewFlowBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FlowBody> {
    const { id, replayed } = await this.flows.declareFlow(actor, { normId, ...wish }, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    response.setHeader('Location', `/api/v1/flows/${id}`);
    return this.read(actor, id);
  }

  @Post(':id/withdraw')
  @Permit('account.compute')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'withdrawFlow',
    summary: '撤回声明；已算出的账户不变 · withdraw a declaration; accounts that were computed stay',
  })
  @ApiOkResponse({ type: FlowBody })
  @Problems(404, 409, 413, 422)
  async withdraw(
    @Param() { id }: FlowPath,
    @Body() { reason }: WithdrawalBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FlowBody> {
    const { replayed } = await this.flows.withdrawFlow(actor, { id, reason }, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    return this.read(actor, id);
  }

  /** @throws FlowMissing */
  private async read(actor: Actor, id: string): Promise<FlowBody> {
    const [flow] = await this.snapshots.read(actor, (tx) => listFlows(tx, { ids: [id] }));
    if (!flow) throw new FlowMissing(id);
    return flowBody(flow);
  }
}

function flowBody({ normId, amount, at, withdrawn, ...flow }: RecordedFlow): FlowBody {
  return {
    ...flow,
    norm: normId,
    share: 'share' in amount ? amount.share.toExactText() : null,
    quantity: 'share' in amount ? null : amount.quantity.toExactText(),
    unit: 'share' in amount ? null : amount.unit,
    at: at.toISOString(),
    withdrawn: withdrawn && { ...withdrawn, at: withdrawn.at.toISOString() },
  };
}

/** The cursor names the last one of the page before. */
function placeOf(cursor: string | undefined): string | undefined {
  const id = readCursor(cursor, 1)?.[0];
  if (id === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw cursorRefused();
}
