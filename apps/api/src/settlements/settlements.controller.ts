/** Settlements: computed from a table or from published accounts, looked at down to their sources, and decided anew. */
import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { getFund } from '@gep/ledger';
import { draftOfSent, listHeads, listSettlementLines, SettlementRequests, SettlementService } from '@gep/settlement';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import { explanationBody, headBody, lineBody, shownBody } from './settlement-body';
import {
  SettlementComputedBody,
  SettlementExplanationBody,
  SettlementLinePageBody,
  SettlementPageBody,
  SettlementRequestBody,
  SettlementVerdictBody,
  ShownSettlementBody,
} from './settlement-answers.dto';
import { SettlementPath, SettlementRequestPath } from './settlement-paths.dto';
import { NewSettlementBody, SettlementLinesQuery, SettlementListQuery } from './settlements.dto';

@ApiTags('settlements')
@Controller('api/v1/settlements')
export class SettlementsController {
  constructor(
    private readonly settlements: SettlementService,
    private readonly requests: SettlementRequests,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listSettlements',
    summary: '您的地域内的结算，新的在前 · settlements, the newest first',
  })
  @ApiOkResponse({ type: SettlementPageBody })
  @Problems(404, 422)
  async list(@Query() query: SettlementListQuery, @Acting() actor: SignedInActor): Promise<SettlementPageBody> {
    const { limit = defaultPageSize, cursor, within, ...filter } = query;
    const after = uuidOf(cursor);
    const rows = await this.snapshots.read(actor, async (tx) =>
      listHeads(tx, { ...filter, within: within && (await this.pathOf(tx, within)), after, limit: limit + 1 }),
    );
    return pageOf(rows, limit, ({ id }) => [id], headBody);
  }

  @Post()
  @Permit('settlement.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'computeSettlement',
    summary:
      '按规则由表格或已公布的核算算出各方应得；可排队 · compute what each party is due, from a table or published accounts, at once or by the queue',
  })
  @ApiCreatedResponse({ type: SettlementComputedBody, headers: { Location: { schema: { type: 'string' } } } })
  @Problems(404, 409, 413, 422)
  async compute(
    @Body() body: NewSettlementBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SettlementComputedBody> {
    const { queued, ...sent } = body;
    const placed = await this.snapshots.read(actor, async (tx) => ({
      territoryPath: await this.pathOf(tx, body.territory),
      fundId: (await getFund(tx, body.fund)).id,
    }));
    const draft = draftOfSent(sent, placed);
    if (queued) {
      const { requestId, replayed } = await this.requests.request(actor, draft, key);
      if (replayed) response.setHeader(replayedHeader, 'true');
      response.setHeader('Location', `/api/v1/settlements/requests/${requestId}`);
      return { id: null, requestId };
    }
    const { id, replayed } = await this.settlements.compute(actor, draft, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    response.setHeader('Location', `/api/v1/settlements/${id}`);
    return { id, requestId: null };
  }

  @Get('requests/:id')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getSettlementRequest',
    summary: '排队的核算及其结果 · a queued settlement and what came of it',
  })
  @ApiOkResponse({ type: SettlementRequestBody })
  @Problems(404, 422)
  async request(
    @Param() { id }: SettlementRequestPath,
    @Acting() actor: SignedInActor,
  ): Promise<SettlementRequestBody> {
    const { code, settlementId, refusal, requestedAt } = await this.requests.get(actor, id);
    return { id, code, settlementId, refusal, requestedAt: requestedAt.toISOString() };
  }

  @Get(':id')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getSettlement',
    summary: '一项结算的现状；对方只见自己的部分 · a settlement as it stands; a party sees its own part',
  })
  @ApiOkResponse({ type: ShownSettlementBody })
  @Problems(404, 409, 422)
  async get(@Param() { id }: SettlementPath, @Acting() actor: SignedInActor): Promise<ShownSettlementBody> {
    return shownBody(await this.settlements.view(actor, id));
  }

  @Get(':id/lines')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listSettlementLines', summary: '决定的各行 · lines of the decision' })
  @ApiOkResponse({ type: SettlementLinePageBody })
  @Problems(404, 409, 422)
  async lines(
    @Param() { id }: SettlementPath,
    @Query() { limit = defaultPageSize, cursor, unit, party }: SettlementLinesQuery,
    @Acting() actor: SignedInActor,
  ): Promise<SettlementLinePageBody> {
    const { gist } = await this.settlements.view(actor, id);
    const after = numberOf(cursor);
    const rows = await this.snapshots.read(actor, (tx) =>
      listSettlementLines(tx, gist.id, { unit, party, after, limit: limit + 1 }),
    );
    return pageOf(rows, limit, ({ no }) => [String(no)], lineBody);
  }

  @Get(':id/explanation')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'explainSettlement',
    summary:
      '一个单位或对方的金额从何而来，直到参数、来源与核算版次 · where an amount comes from, down to parameters, sources and vintages',
  })
  @ApiOkResponse({ type: SettlementExplanationBody })
  @Problems(404, 409, 422)
  async explain(
    @Param() { id }: SettlementPath,
    @Query() { unit, party }: SettlementLinesQuery,
    @Acting() actor: SignedInActor,
  ): Promise<SettlementExplanationBody> {
    return explanationBody(await this.settlements.explain(actor, id, { unit, party }));
  }

  @Get(':id/verification')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'verifySettlement',
    summary: '由快照重新决定并逐位比较 · decided anew from its snapshot and compared to the bit',
  })
  @ApiOkResponse({ type: SettlementVerdictBody })
  @Problems(404, 409, 422)
  async verify(@Param() { id }: SettlementPath, @Acting() actor: SignedInActor): Promise<SettlementVerdictBody> {
    return wire(await this.settlements.verify(actor, id));
  }

  /** @throws TerritoryMissing */
  private async pathOf(tx: EntityManager, code: string): Promise<string> {
    return (await getTerritory(tx, code, this.today.date())).path;
  }
}

function uuidOf(cursor: string | undefined): string | undefined {
  const [id] = readCursor(cursor, 1) ?? [];
  if (id === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw cursorRefused();
}

function numberOf(cursor: string | undefined): number | undefined {
  const [no] = readCursor(cursor, 1) ?? [];
  if (no === undefined) return undefined;
  if (/^\d{1,9}$/.test(no)) return Number(no);
  throw cursorRefused();
}
