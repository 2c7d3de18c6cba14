/** Shadow settlements over HTTP: a year on trial, looked at beside the year before, and made real as the same plan. */
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignedInActor } from '@gep/access';
import { getFund } from '@gep/ledger';
import { draftOfSent, type SettlementDraft, type ShadowHead, ShadowService } from '@gep/settlement';
import { codesOfPath, getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { readIdCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import type { NewSettlementBody } from '../settlements/settlements.dto';
import {
  NewShadowAnswerBody,
  NewShadowBody,
  PromotedBody,
  ShadowBody,
  ShadowHeadBody,
  ShadowListQuery,
  ShadowPageBody,
  ShadowPath,
} from './shadows.dto';

@ApiTags('settlements')
@Controller('api/v1/shadow-settlements')
export class ShadowsController {
  constructor(
    private readonly shadows: ShadowService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listShadows', summary: '试算结算，新的在前 · shadow settlements, the newest first' })
  @ApiOkResponse({ type: ShadowPageBody })
  @Problems(404, 422)
  async list(@Query() query: ShadowListQuery, @Acting() actor: SignedInActor): Promise<ShadowPageBody> {
    const { limit = defaultPageSize, cursor } = query;
    const within = query.within && (await this.pathOf(actor, query.within));
    const rows = await this.shadows.list(actor, { within, after: readIdCursor(cursor), limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], headBody);
  }

  @Post()
  @Permit('settlement.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'runShadow',
    summary:
      '试算一年的结算：在数据的副本上核算，资金依次虚扣，不过账、不预留 · settle a year on trial on a fork of the data; nothing is posted or held',
  })
  @ApiCreatedResponse({ type: NewShadowAnswerBody })
  @Problems(404, 409, 413, 422)
  async run(
    @Body() { name, drafts }: NewShadowBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
  ): Promise<NewShadowAnswerBody> {
    const read: SettlementDraft[] = [];
    for (const draft of drafts) read.push(await this.draftOf(actor, draft));
    return this.shadows.run(actor, { name, drafts: read }, key);
  }

  @Get(':id')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getShadow',
    summary: '一次试算及上年的金额 · one shadow, beside the amounts of the year before',
  })
  @ApiOkResponse({ type: ShadowBody })
  @Problems(404, 422)
  async get(@Param() { id }: ShadowPath, @Acting() actor: SignedInActor): Promise<ShadowBody> {
    const { entries, ...head } = await this.shadows.show(actor, id);
    return {
      ...headBody(head),
      entries: entries.map(({ draft, fund, figures: _figures, ...entry }) => ({
        ...wire(entry),
        ...{ code: draft.code, kind: draft.kind, agreement: draft.agreement, period: draft.period },
        territory: territoryOf(draft.territoryPath),
        fundCode: fund.code,
        sources: fund.sources.map(({ code, purposes, budgetYear, receivedFen, reservedFen, paidFen, availableFen }) =>
          wire({ code, purposes: [...purposes], budgetYear, receivedFen, reservedFen, paidFen, availableFen }),
        ),
      })),
    };
  }

  @Post(':id/promote')
  @Permit('settlement.prepare')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'promoteShadow',
    summary:
      '按同一方案转为正式结算；数据、规则或资金有变则拒绝并列出 · make it real as the same plan; refused with a list when data, rule or money changed',
  })
  @ApiOkResponse({ type: PromotedBody })
  @Problems(404, 409, 422)
  async promote(
    @Param() { id }: ShadowPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
  ): Promise<PromotedBody> {
    const { settlements } = await this.shadows.promote(actor, id, key);
    return { settlements: [...settlements] };
  }

  private async draftOf(actor: SignedInActor, body: NewSettlementBody): Promise<SettlementDraft> {
    const { queued: _queued, ...sent } = body;
    const { id: fundId } = await this.snapshots.read(actor, (tx) => getFund(tx, body.fund));
    return draftOfSent(sent, { territoryPath: await this.pathOf(actor, body.territory), fundId });
  }

  /** @throws TerritoryMissing */
  private pathOf(actor: SignedInActor, code: string): Promise<string> {
    return this.snapshots.read(actor, async (tx) => (await getTerritory(tx, code, this.today.date())).path);
  }
}

const territoryOf = (path: string): string => codesOfPath(path).at(-1)!;

function headBody({ territoryPath, settlements, ...head }: ShadowHead): ShadowHeadBody {
  return { ...wire(head), territory: territoryOf(territoryPath), settlements: settlements && [...settlements] };
}
