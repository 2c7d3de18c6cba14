/** Figures that no account gives: a department above the unit supplies them, another person confirms them. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { type FigureView, OutsideFigureService } from '@gep/evaluation';
import { Acting, Permit } from '../access/access.decorator';
import { getOwnPath } from '../access/own-territory.service';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { answered } from '../compensation/agreements.controller';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import {
  NewOutsideFigureBody,
  OutsideFigureActBody,
  type OutsideFigureBody,
  OutsideFigurePageBody,
  OutsideFigurePath,
  OutsideFigureQuery,
} from './outside-figures.dto';
import { PlanMadeBody } from './targets.dto';
import { placeAfter } from './yearly-disclosures.controller';

@ApiTags('evaluation')
@Controller('api/v1/evaluation/figures')
export class OutsideFiguresController {
  constructor(
    private readonly figures: OutsideFigureService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listOutsideFigures',
    summary: '外来数据及其文件 · figures from outside, with their documents',
  })
  @ApiOkResponse({ type: OutsideFigurePageBody })
  @Problems(404, 422)
  async list(
    @Query() { limit = defaultPageSize, cursor, territory, year }: OutsideFigureQuery,
    @Acting() actor: SignedInActor,
  ): Promise<OutsideFigurePageBody> {
    const after = placeAfter(cursor);
    const rows = await this.figures.list(actor, { territory, year, after, limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], figureBody);
  }

  @Post()
  @Permit('evaluation.supply')
  @ActsOnce()
  @ApiOperation({
    operationId: 'supplyOutsideFigure',
    summary: '报送外来数据；被评单位不得自报 · supply a figure; the assessed unit never supplies its own',
  })
  @ApiCreatedResponse({ type: PlanMadeBody })
  @Problems(404, 409, 413, 422)
  async supply(
    @Body() body: NewOutsideFigureBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanMadeBody> {
    await this.snapshots.read(actor, (tx) => getOwnPath(tx, actor, body.supplier, this.today.date()));
    return answered(await this.figures.supply(actor, { ...body, pricesOf: body.pricesOf ?? null }, key), response);
  }

  @Post(':id/acts')
  @Permit('evaluation.confirm')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'judgeOutsideFigure',
    summary: '核实或不采用（非报送人） · confirm or reject it, by another person than supplied it',
  })
  @ApiOkResponse({ type: PlanMadeBody })
  @Problems(404, 409, 413, 422)
  async judge(
    @Param() { id }: OutsideFigurePath,
    @Body() { act, reason }: OutsideFigureActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanMadeBody> {
    return answered(await this.figures.judge(actor, { id, act, reason }, key), response);
  }
}

function figureBody({ steps: _, territoryPath: __, supplierPath: ___, ...figure }: FigureView): OutsideFigureBody {
  return wire(figure);
}
