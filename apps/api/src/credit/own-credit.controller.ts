/** What a subject of credit sees and does at its own login: its record, who looked, objections, consents taken back. */
import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { CreditQueryService, ObjectionService, OwnRecords, PointsOrderService } from '@gep/credit';
import { codesOfPath } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { answered } from '../compensation/agreements.controller';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { CreditMadeBody, ObjectionDoneBody, OwnRecordListBody } from './credit-answers.dto';
import { identityBody, measureBody, objectionBody, scoreBody } from './credit-body';
import { GoodsListBody, NewOwnOrderBody, OrderDoneBody, OrderListBody, OwnOrderVoidBody } from './credit-points.dto';
import { CreditIdPath, NewObjectionBody, OwnObjectionActBody } from './credit.dto';

const mostOrders = 500;

@ApiTags('credit')
@Controller('api/v1/my/credit')
export class OwnCreditController {
  constructor(
    private readonly own: OwnRecords,
    private readonly objections: ObjectionService,
    private readonly queries: CreditQueryService,
    private readonly orders: PointsOrderService,
  ) {}

  @Get()
  @Permit('credit.own')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listOwnCredit',
    summary: '本人的记录、原因、措施，以及谁查看过 · your own record with its reasons and measures, and who looked',
  })
  @ApiOkResponse({ type: OwnRecordListBody })
  @Problems(404, 409)
  async list(@Acting() actor: SignedInActor): Promise<OwnRecordListBody> {
    const records = await this.own.list(actor);
    return {
      items: records.map(({ subject, score, measures, objections, consents, readings }) => ({
        ...{ subject: identityBody(subject), score: scoreBody(score), readings: wire(readings) },
        ...{ measures: measures.map(measureBody), objections: objections.map(objectionBody) },
        consents: consents.map(({ territoryPath: _path, ...consent }) => wire(consent)),
      })),
    };
  }

  @Post('objections')
  @Permit('credit.own')
  @ActsOnce()
  @ApiOperation({
    operationId: 'fileOwnObjection',
    summary: '对本人的记录或措施提出异议 · object to your own entry or measure',
  })
  @ApiCreatedResponse({ type: ObjectionDoneBody })
  @Problems(404, 409, 413, 422)
  async file(
    @Body() body: NewObjectionBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ObjectionDoneBody> {
    return answered(await this.objections.file(actor, body, key), response);
  }

  @Post('objections/:id/acts')
  @Permit('credit.own')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'actOnOwnObjection', summary: '申请复核或撤回 · ask for a review, or withdraw' })
  @ApiOkResponse({ type: ObjectionDoneBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { id }: CreditIdPath,
    @Body() body: OwnObjectionActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ObjectionDoneBody> {
    return answered(await this.objections.act(actor, { id, ...body }, key), response);
  }

  @Post('consents/:id/withdrawal')
  @Permit('credit.own')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'withdrawOwnConsent', summary: '撤回同意 · take a consent back' })
  @ApiOkResponse({ type: CreditMadeBody })
  @Problems(404, 409, 413, 422)
  async withdraw(
    @Param() { id }: CreditIdPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreditMadeBody> {
    return answered(await this.queries.withdraw(actor, { id, own: true }, key), response);
  }

  @Get('goods')
  @Permit('credit.own')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listOwnGoods',
    summary: '本人可兑换的商品、今天的价格与库存 · goods that you may order, with prices of today and stock',
  })
  @ApiOkResponse({ type: GoodsListBody })
  async goods(@Acting() actor: SignedInActor): Promise<GoodsListBody> {
    const goods = await this.orders.listOwnGoods(actor);
    return {
      items: goods.map(({ territoryPath, ...one }) => ({ ...one, territory: codesOfPath(territoryPath).at(-1)! })),
    };
  }

  @Get('orders')
  @Permit('credit.own')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listOwnOrders', summary: '本人的积分兑换单 · your own orders of goods for points' })
  @ApiOkResponse({ type: OrderListBody })
  async listOrders(@Acting() actor: SignedInActor): Promise<OrderListBody> {
    const rows = await this.orders.listOwn(actor, mostOrders);
    return { items: rows.map(({ territoryPath: _path, ...order }) => wire(order)) };
  }

  @Post('orders')
  @Permit('credit.own')
  @ActsOnce()
  @ApiOperation({
    operationId: 'orderOwnGoods',
    summary: '以本人积分预留商品 · reserve goods for your own points',
  })
  @ApiCreatedResponse({ type: OrderDoneBody })
  @Problems(404, 409, 413, 422)
  async order(
    @Body() { quantity = 1, ...body }: NewOwnOrderBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrderDoneBody> {
    return answered(await this.orders.orderOwn(actor, { ...body, quantity }, key), response);
  }

  @Post('orders/:id/void')
  @Permit('credit.own')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'voidOwnOrder', summary: '取消本人的兑换单 · void your own order' })
  @ApiOkResponse({ type: OrderDoneBody })
  @Problems(404, 409, 413, 422)
  async voidOrder(
    @Param() { id }: CreditIdPath,
    @Body() { reason }: OwnOrderVoidBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrderDoneBody> {
    return answered(await this.orders.act(actor, { id, act: 'void', reason }, key), response);
  }
}
