/** Purchases on the market: signed at the price of the rule in force, paid in instalments that are matched. */
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { listPurchases, MarketPurchaseService, viewPurchase, type MarketPurchase } from '@gep/procurement';
import type { Actor } from '@gep/platform';
import { codesOfPath, getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import { WithinQuery } from './companies.dto';
import {
  MarketPurchasePageBody,
  MarketPurchasePath,
  MarketPurchaseWithScheduleBody,
  NewMarketPurchaseBody,
  NewReceiptBody,
  PurchaseMadeBody,
  ReceiptMadeBody,
} from './market-purchases.dto';

@ApiTags('procurement')
@Controller('api/v1/market-purchases')
export class MarketPurchasesController {
  constructor(
    private readonly purchases: MarketPurchaseService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listMarketPurchases', summary: '市场化购买 · purchases on the market' })
  @ApiOkResponse({ type: MarketPurchasePageBody })
  @Problems(404, 422)
  async list(@Query() query: WithinQuery, @Acting() actor: Actor): Promise<MarketPurchasePageBody> {
    const { limit = defaultPageSize } = query;
    const after = readCursor(query.cursor, 1)?.[0];
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, this.today.date())).path;
      return listPurchases(tx, { within, after, limit: limit + 1 });
    });
    return pageOf(rows, limit, ({ code }) => [code], purchaseBody);
  }

  @Post()
  @Permit('procurement.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'signMarketPurchase',
    summary: '签订；价款按启用中的规则 · sign, at the price of the rule in force',
  })
  @ApiCreatedResponse({ type: PurchaseMadeBody })
  @Problems(404, 409, 413, 422)
  sign(
    @Body() body: NewMarketPurchaseBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
  ): Promise<PurchaseMadeBody> {
    const { parcel = null, secondOpinionAboveFen = null, secondOpinion = null, gains = [] } = body;
    return this.purchases.sign(actor, { ...body, parcel, secondOpinionAboveFen, secondOpinion, gains }, key);
  }

  @Get(':code')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getMarketPurchase', summary: '一笔购买及各期收款 · a purchase with its instalments' })
  @ApiOkResponse({ type: MarketPurchaseWithScheduleBody })
  @Problems(404, 422)
  async get(@Param() { code }: MarketPurchasePath, @Acting() actor: Actor): Promise<MarketPurchaseWithScheduleBody> {
    const { purchase, instalments, receipts } = await this.snapshots.read(actor, (tx) =>
      viewPurchase(tx, code, this.today.date()),
    );
    return { ...purchaseBody(purchase), instalments: rowsOf(instalments), receipts: rowsOf(receipts) };
  }

  @Post(':code/receipts')
  @Permit('procurement.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'receiveInstalment',
    summary: '收款，核对到期次 · match money that came in to an instalment',
  })
  @ApiCreatedResponse({ type: ReceiptMadeBody })
  @Problems(404, 409, 413, 422)
  receive(
    @Param() { code: purchase }: MarketPurchasePath,
    @Body() { instalment: instalmentNo, amountFen, ...body }: NewReceiptBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
  ): Promise<ReceiptMadeBody> {
    return this.purchases.receive(actor, { ...body, purchase, instalmentNo, amountFen: BigInt(amountFen) }, key);
  }
}

const rowsOf = (rows: readonly object[]): Record<string, unknown>[] =>
  wire([...rows]) as unknown as Record<string, unknown>[];

function purchaseBody({ territoryPath, companyCode: company, ...purchase }: MarketPurchase) {
  return { ...wire(purchase), company, territory: codesOfPath(territoryPath).at(-1)! };
}
