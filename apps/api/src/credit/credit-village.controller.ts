/** Village sheets over HTTP, and runs that score everybody of a territory anew. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { type RescoreRun, RescoreService, VillageSheetService } from '@gep/credit';
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
  NewCreditRescoreBody,
  NewSheetBody,
  CreditRescoreBody,
  CreditRescoreListBody,
  SheetCheckedBody,
  SheetDoneBody,
  SheetQuery,
  VillageSheetPageBody,
  VillageSheetWithRowsBody,
} from './credit-points.dto';
import { CreditIdPath } from './credit.dto';

const mostRuns = 100;

@ApiTags('credit')
@Controller('api/v1/credit')
export class CreditVillageController {
  constructor(
    private readonly sheets: VillageSheetService,
    private readonly rescores: RescoreService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get('village-sheets')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listVillageMonths', summary: '各村逐月评分表 · monthly sheets of villages' })
  @ApiOkResponse({ type: VillageSheetPageBody })
  @Problems(404, 422)
  async list(@Query() query: SheetQuery, @Acting() actor: SignedInActor): Promise<VillageSheetPageBody> {
    const { limit = defaultPageSize, month, territory } = query;
    const within = territory === undefined ? undefined : await this.pathOf(actor, territory);
    const [at, id] = readCursor(query.cursor, 2) ?? [];
    const after = at === undefined || id === undefined ? undefined : ([at, id] as const);
    const rows = await this.sheets.list(actor, { within, month, page: { limit: limit + 1, after } });
    return pageOf(
      rows,
      limit,
      (row) => [row.handedAt.toISOString(), row.id],
      ({ territoryPath, ...sheet }) => ({ ...wire(sheet), territory: codesOfPath(territoryPath).at(-1)! }),
    );
  }

  @Get('village-sheets/:id')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'readVillageSheet',
    summary: '评分表各行及其状态，供核对 · rows of a sheet and where they stand, for whoever checks it',
  })
  @ApiOkResponse({ type: VillageSheetWithRowsBody })
  @Problems(404, 422)
  async read(@Param() { id }: CreditIdPath, @Acting() actor: SignedInActor): Promise<VillageSheetWithRowsBody> {
    const { territoryPath, rows, ...sheet } = await this.sheets.read(actor, id);
    return { ...wire(sheet), territory: codesOfPath(territoryPath).at(-1)!, rows: [...rows] };
  }

  @Post('village-sheets')
  @Permit('credit.report')
  @ActsOnce()
  @ApiOperation({
    operationId: 'handVillageSheet',
    summary:
      '上报一村一月的评分表，整表记录或整表退回 · hand in the sheet of a month: all of it is reported, or nothing',
  })
  @ApiCreatedResponse({ type: SheetDoneBody })
  @Problems(404, 409, 413, 422)
  async hand(
    @Body() { territory, month, rows }: NewSheetBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SheetDoneBody> {
    const territoryPath = await this.ownPathOf(actor, territory);
    return answered(await this.sheets.hand(actor, { territoryPath, month, rows }, key), response);
  }

  @Post('village-sheets/:id/check')
  @Permit('credit.check')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'checkVillageSheet',
    summary:
      '核对整表，由上报人以外的人办理；再次核对只办未办的 · check a sheet, by another person; again does only what is left',
  })
  @ApiOkResponse({ type: SheetCheckedBody })
  @Problems(404, 422)
  async check(@Param() { id }: CreditIdPath, @Acting() actor: SignedInActor): Promise<SheetCheckedBody> {
    const { refused, ...checked } = await this.sheets.check(actor, id);
    return { ...checked, refused: [...refused] };
  }

  @Get('rescores')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listRescores', summary: '全体重新计分 · runs that score everybody anew' })
  @ApiOkResponse({ type: CreditRescoreListBody })
  async runs(@Acting() actor: SignedInActor): Promise<CreditRescoreListBody> {
    return { items: (await this.rescores.list(actor, mostRuns)).map(rescoreBody) };
  }

  @Get('rescores/:id')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getRescore', summary: '重新计分的进度 · how far a run has come' })
  @ApiOkResponse({ type: CreditRescoreBody })
  @Problems(404, 422)
  async run(@Param() { id }: CreditIdPath, @Acting() actor: SignedInActor): Promise<CreditRescoreBody> {
    return rescoreBody(await this.rescores.get(actor, id));
  }

  @Post('rescores')
  @Permit('credit.manage')
  @ActsOnce()
  @HttpCode(202)
  @ApiOperation({ operationId: 'requestRescore', summary: '申请全体重新计分 · ask for everybody to be scored anew' })
  @ApiAcceptedResponse({ type: CreditMadeBody })
  @Problems(404, 409, 413, 422)
  async request(
    @Body() { territory }: NewCreditRescoreBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreditMadeBody> {
    const territoryPath = await this.ownPathOf(actor, territory);
    return answered(await this.rescores.request(actor, { territoryPath }, key), response);
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

const rescoreBody = ({
  territoryPath,
  scope: _scope,
  requestedName: _name,
  ...run
}: RescoreRun): CreditRescoreBody => ({
  ...wire(run),
  territory: codesOfPath(territoryPath).at(-1)!,
});
