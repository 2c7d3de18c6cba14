/** Progress of target plans: a year as it is published, records of years, forecasts. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { ForecastService, ProgressService, type ProgressView } from '@gep/evaluation';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { answered } from '../compensation/agreements.controller';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import {
  ForecastQuery,
  PlanForecastBody,
  PlanProgressBody,
  PlanYearPath,
  ProgressActBody,
  ProgressListQuery,
  ProgressPath,
  type RecordedProgressBody,
  RecordedProgressListBody,
} from './target-progress.dto';
import { PlanMadeBody, PlanPath } from './targets.dto';

/** Years of one plan, with all their rounds. */
const mostRecords = 200;

@ApiTags('evaluation')
@Controller('api/v1/evaluation')
export class TargetProgressController {
  constructor(
    private readonly progress: ProgressService,
    private readonly forecasts: ForecastService,
  ) {}

  @Get('plans/:id/years/:year')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'followTargetPlan',
    summary:
      '按已公布核算的年度进展（当年有效的版次） · a year by what is published, under the edition in force for it',
  })
  @ApiOkResponse({ type: PlanProgressBody })
  @Problems(404, 422)
  async follow(@Param() { id, year }: PlanYearPath, @Acting() actor: SignedInActor): Promise<PlanProgressBody> {
    return wire(await this.progress.follow(actor, { plan: id, year }));
  }

  @Get('plans/:id/forecast')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'forecastTargetPlan',
    summary: '末年预测：区间与达标概率 · where each target is heading: interval and probability',
  })
  @ApiOkResponse({ type: PlanForecastBody })
  @Problems(404, 409, 422, 429)
  async forecast(
    @Param() { id }: PlanPath,
    @Query() query: ForecastQuery,
    @Acting() actor: SignedInActor,
  ): Promise<PlanForecastBody> {
    return wire(await this.forecasts.forecast(actor, { ...query, plan: id }));
  }

  @Get('plans/:id/records')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listTargetProgress',
    summary: '登记的各年进展，注明其后重述的核算 · recorded years, with what was restated since',
  })
  @ApiOkResponse({ type: RecordedProgressListBody })
  @Problems(404, 422)
  async list(
    @Param() { id }: PlanPath,
    @Query() { year }: ProgressListQuery,
    @Acting() actor: SignedInActor,
  ): Promise<RecordedProgressListBody> {
    const found = await this.progress.listOf(actor, { plan: id, year, limit: mostRecords });
    return { items: found.map(recordBody) };
  }

  @Post('plans/:id/years/:year/records')
  @Permit('evaluation.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'recordTargetProgress',
    summary: '登记一年的进展及所依据的核算 · record a year with the vintages that it rests on',
  })
  @ApiCreatedResponse({ type: PlanMadeBody })
  @Problems(404, 409, 422)
  async record(
    @Param() { id: plan, year }: PlanYearPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanMadeBody> {
    const done = await this.progress.record(actor, { plan, year }, key);
    return answered({ ...done, result: { id: done.result.id, number: done.result.round } }, response);
  }

  @Post('progress/:progress/acts')
  @Permit('evaluation.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnTargetProgress',
    summary: '核实（非登记人）或撤回 · confirm it, by another person than recorded it, or withdraw it',
  })
  @ApiOkResponse({ type: PlanMadeBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { progress: id }: ProgressPath,
    @Body() { act, reason }: ProgressActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanMadeBody> {
    return answered(await this.progress.judge(actor, { id, act, reason }, key), response);
  }
}

function recordBody({ steps: _, territoryPath: __, ...view }: ProgressView): RecordedProgressBody {
  return wire(view);
}
