/** Runs of scores over HTTP: compute, ask the queue, take a step, score anew, look at a unit, replay. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { IntegrityService, type ScoreRun, ScoreRequests, ScoreRunService, type StoredUnitScore } from '@gep/evaluation';
import { codesOfPath, getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { answered } from '../compensation/agreements.controller';
import { Problems } from '../problem/problems.decorator';
import { clockBody, stepBody } from '../procedures/procedure-body';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import {
  NewScoresBody,
  ReplayBody,
  RescoreBody,
  ScoreActBody,
  ScoreIdPath,
  ScoreMadeBody,
  ScoreRequestBody,
  type ScoreRunBody,
  ScoreRunListBody,
  ScoreRunQuery,
  ScoreRunViewBody,
  ScoreUnitPath,
  UnitScoreBody,
} from './scorecards.dto';

@ApiTags('evaluation')
@Controller('api/v1/evaluation/scorecards')
export class ScoreRunsController {
  constructor(
    private readonly runs: ScoreRunService,
    private readonly requests: ScoreRequests,
    private readonly integrity: IntegrityService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get('runs')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listScoreRuns', summary: '各年评分及其版次 · runs of scores, version by version' })
  @ApiOkResponse({ type: ScoreRunListBody })
  @Problems(404, 422)
  async list(
    @Query() { place, period, scorecard }: ScoreRunQuery,
    @Acting() actor: SignedInActor,
  ): Promise<ScoreRunListBody> {
    const territoryPath =
      place === undefined
        ? undefined
        : (await this.snapshots.read(actor, (tx) => getTerritory(tx, place, this.today.date()))).path;
    const found = await this.runs.list(actor, { territoryPath, period, scorecard });
    return { items: found.map(runBody) };
  }

  @Post('runs')
  @Permit('evaluation.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'computeScores',
    summary: '由已核实、已公布的数据计算一年的评分 · score a year from what is verified and published',
  })
  @ApiCreatedResponse({ type: ScoreMadeBody })
  @Problems(404, 409, 413, 422)
  async compute(
    @Body() wish: NewScoresBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScoreMadeBody> {
    return answered(await this.runs.compute(actor, wish, key), response);
  }

  @Get('runs/:id')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getScoreRun', summary: '一次评分：排名、等级、状态 · a run: ranking, grades, state' })
  @ApiOkResponse({ type: ScoreRunViewBody })
  @Problems(404, 422)
  async get(@Param() { id }: ScoreIdPath, @Acting() actor: SignedInActor): Promise<ScoreRunViewBody> {
    const view = await this.runs.show(actor, id);
    const { steps, clocks, disputed, scores } = view;
    const today = this.today.date();
    return {
      ...{ ...runBody(view), steps: steps.map(stepBody), disputed: [...disputed] },
      ...{ clocks: clocks.map((clock) => clockBody(clock, today)), scores: scores.map(summaryBody) },
    };
  }

  @Get('runs/:id/units/:unit')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'explainScore',
    summary: '一个单位的每一分，及旁列的数据提示 · every point of a unit, and hints beside it',
  })
  @ApiOkResponse({ type: UnitScoreBody })
  @Problems(404, 422)
  async unit(@Param() { id, unit }: ScoreUnitPath, @Acting() actor: SignedInActor): Promise<UnitScoreBody> {
    const found = await this.runs.unitScore(actor, id, unit);
    const { exact, bonus, deducted, levels, indicators } = found.detail;
    const beside = await this.integrity.besideScore(actor, { runId: id, unit });
    return { ...summaryBody(found), ...wire({ exact, bonus, deducted, levels, indicators, ...beside }) };
  }

  @Get('runs/:id/replay')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'replayScores',
    summary: '由快照与规则版本重算并比对 · score again from the snapshot and the edition, and compare',
  })
  @ApiOkResponse({ type: ReplayBody })
  @Problems(404, 422)
  async replay(@Param() { id }: ScoreIdPath, @Acting() actor: SignedInActor): Promise<ReplayBody> {
    const { differing, ...verdict } = await this.runs.replay(actor, id);
    return { ...verdict, differing: [...differing] };
  }

  @Post('runs/:id/acts')
  @Permit('evaluation.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnScores',
    summary:
      '核实、评分、告知、生效、公开、撤回，各由其人 · verify, score, notify, make final, disclose or withdraw, each by its hand',
  })
  @ApiOkResponse({ type: ScoreMadeBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { id }: ScoreIdPath,
    @Body() body: ScoreActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScoreMadeBody> {
    return answered(await this.runs.act(actor, { ...body, id }, key), response);
  }

  @Post('runs/:id/versions')
  @Permit('evaluation.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'rescore',
    summary:
      '按支持的异议、核实的事件重评，只动所涉数据，旧版保留 · score anew what upheld appeals and incidents concern; the version before stays',
  })
  @ApiCreatedResponse({ type: ScoreMadeBody })
  @Problems(404, 409, 413, 422)
  async rescore(
    @Param() { id }: ScoreIdPath,
    @Body() { reason }: RescoreBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScoreMadeBody> {
    return answered(await this.runs.rescore(actor, { id, reason }, key), response);
  }

  @Post('requests')
  @Permit('evaluation.prepare')
  @ActsOnce()
  @HttpCode(202)
  @ApiOperation({ operationId: 'requestScores', summary: '交队列计算 · have a year scored by the queue' })
  @ApiAcceptedResponse({ type: ScoreMadeBody })
  @Problems(404, 409, 413, 422)
  async request(
    @Body() wish: NewScoresBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScoreMadeBody> {
    return answered(await this.requests.request(actor, wish, key), response);
  }

  @Get('requests/:id')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getScoreRequest', summary: '队列计算的结果 · what became of a request' })
  @ApiOkResponse({ type: ScoreRequestBody })
  @Problems(404, 422)
  async getRequest(@Param() { id }: ScoreIdPath, @Acting() actor: SignedInActor): Promise<ScoreRequestBody> {
    const { scorecard, period, requestedAt, runId, refusal } = await this.requests.get(actor, id);
    return wire({ id, scorecard, period, requestedAt, runId, refusal });
  }
}

function runBody(run: ScoreRun): ScoreRunBody {
  const { id, territoryPath, scorecard, ruleEdition, period, versionNo, state, about, cause } = run;
  const { snapshotDigest, resultDigest, standIns, computedName, computedAt } = run;
  const place = codesOfPath(territoryPath).at(-1)!;
  return {
    ...{ id, place, scorecard, ruleEdition, period, versionNo, state, about, cause: cause && wire(cause) },
    ...wire({ snapshotDigest, resultDigest, standIns, computedName, computedAt }),
  };
}

export function summaryBody({ runId, unit, detail }: Pick<StoredUnitScore, 'runId' | 'unit' | 'detail'>) {
  const { score, rank, grade, award, refer, vetoes, measures } = detail;
  return { runId, unit, score, rank, grade, award, refer, vetoes: [...vetoes], measures: [...measures] };
}
