/** Points over HTTP: what a subject has, goods of the published list, and orders that one person takes and another hands over. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { PointsOrderService, PointsService, type PointsView } from '@gep/credit';
import { codesOfPath, getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { getOwnPath } from '../access/own-territory.service';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { answered } from '../compensation/agreements.controller';
import { Problems } from '../problem/problems.decorator';
import { readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import { CreditMadeBody } from './credit-answers.dto';
import {
  GoodsListBody,
  GoodsQuery,
  NewGoodsBody,
  NewOrderBody,
  OrderActBody,
  OrderDoneBody,
  OrderPageBody,
  OrderQuery,
  PointsBody,
  PointsListBody,
  StockBody,
  StockedBody,
} from './credit-points.dto';
import { CreditIdPath } from './credit.dto';

@ApiTags('credit')
@Controller('api/v1')
export class CreditPointsController {
  constructor(
    private readonly points: PointsService,
    private readonly orders: PointsOrderService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get('credit/subjects/:id/points')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'readPoints',
    summary: '主体的积分及其来源 · points of a subject and where they came from',
  })
  @ApiOkResponse({ type: PointsBody })
  @Problems(404, 422)
  async read(@Param() { id }: CreditIdPath, @Acting() actor: SignedInActor): Promise<PointsBody> {
    return pointsBody(await this.points.read(actor, id));
  }

  @Get('my/credit/points')
  @Permit('credit.own')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listOwnPoints', summary: '本人的积分 · your own points' })
  @ApiOkResponse({ type: PointsListBody })
  async own(@Acting() actor: SignedInActor): Promise<PointsListBody> {
    return { items: (await this.points.readOwn(actor)).map(pointsBody) };
  }

  @Get('credit/goods')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listGoods', summary: '可兑换的商品、价格与库存 · goods with prices and stock' })
  @ApiOkResponse({ type: GoodsListBody })
  @Problems(404, 422)
  async goods(@Query() { territory, day }: GoodsQuery, @Acting() actor: SignedInActor): Promise<GoodsListBody> {
    const within = territory === undefined ? undefined : await this.pathOf(actor, territory);
    const goods = await this.points.listGoods(actor, { within, day });
    return {
      items: goods.map(({ territoryPath, ...one }) => ({ ...one, territory: codesOfPath(territoryPath).at(-1)! })),
    };
  }

  @Post('credit/goods')
  @Permit('credit.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'publishGoods',
    summary: '公布商品及其积分价格 · publish goods with their price in points',
  })
  @ApiCreatedResponse({ type: CreditMadeBody })
  @Problems(404, 409, 413, 422)
  async publish(
    @Body() { territory, ...body }: NewGoodsBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreditMadeBody> {
    const territoryPath = await this.ownPathOf(actor, territory);
    return answered(await this.points.publish(actor, { ...body, territoryPath }, key), response);
  }

  @Post('credit/goods/:id/stock')
  @Permit('credit.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'restockGoods', summary: '入库或盘点 · bring goods, or count them' })
  @ApiOkResponse({ type: StockedBody })
  @Problems(404, 409, 413, 422)
  async restock(
    @Param() { id }: CreditIdPath,
    @Body() body: StockBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StockedBody> {
    return answered(await this.points.restock(actor, { id, ...body }, key), response);
  }

  @Get('credit/orders')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listPointsOrders', summary: '积分兑换单 · orders of goods for points' })
  @ApiOkResponse({ type: OrderPageBody })
  @Problems(422)
  async list(@Query() query: OrderQuery, @Acting() actor: SignedInActor): Promise<OrderPageBody> {
    const { limit = defaultPageSize, subject: subjectId, state } = query;
    const [at, id] = readCursor(query.cursor, 2) ?? [];
    const after = at === undefined || id === undefined ? undefined : ([at, id] as const);
    const rows = await this.orders.list(actor, { subjectId, state, page: { limit: limit + 1, after } });
    return pageOf(
      rows,
      limit,
      (row) => [row.orderedAt.toISOString(), row.id],
      ({ territoryPath: _path, ...order }) => wire(order),
    );
  }

  @Post('credit/orders')
  @Permit('credit.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'orderGoods', summary: '以积分预留商品 · reserve goods for points' })
  @ApiCreatedResponse({ type: OrderDoneBody })
  @Problems(404, 409, 413, 422)
  async order(
    @Body() { quantity = 1, ...body }: NewOrderBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrderDoneBody> {
    return answered(await this.orders.order(actor, { ...body, quantity }, key), response);
  }

  @Post('credit/orders/:id/acts')
  @Permit('credit.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnPointsOrder',
    summary: '由另一人发放，或取消 · hand over by another person, or void',
  })
  @ApiOkResponse({ type: OrderDoneBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { id }: CreditIdPath,
    @Body() body: OrderActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrderDoneBody> {
    return answered(await this.orders.act(actor, { id, ...body }, key), response);
  }

  /** @throws TerritoryMissing, OutsideOwnTerritory */
  private ownPathOf(actor: SignedInActor, code: string): Promise<string> {
    const day = this.today.date();
    return this.snapshots.read(actor, (tx) => getOwnPath(tx, actor, code, day));
  }

  private pathOf(actor: SignedInActor, code: string): Promise<string> {
    const day = this.today.date();
    return this.snapshots.read(actor, async (tx) => (await getTerritory(tx, code, day)).path);
  }
}

const pointsBody = ({ lots, ...points }: PointsView): PointsBody => ({
  ...wire(points),
  lots: lots.map(({ eventId, behaviour, points: earned, earnedOn, expiresOn, returned }) => ({
    ...{ eventId, behaviour, points: earned.toString(), earnedOn, expiresOn, returned },
  })),
});
