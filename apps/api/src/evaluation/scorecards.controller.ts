/** What departments supply for a scorecard, what is still owed by whom, and scores as their units see them, over HTTP. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { listScores, ScoreDeliveryService } from '@gep/evaluation';
import { tableOf } from '@gep/settlement';
import { getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { answered } from '../compensation/agreements.controller';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { summaryBody } from './score-runs.controller';
import {
  CompletenessBody,
  DeliveryActBody,
  DeliveryListBody,
  NewDeliveryBody,
  ScorecardQuery,
  ScoreIdPath,
  ScoreMadeBody,
  StandingListBody,
  StandingQuery,
} from './scorecards.dto';

@ApiTags('evaluation')
@Controller('api/v1/evaluation/scorecards')
export class ScorecardsController {
  constructor(
    private readonly deliveries: ScoreDeliveryService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get('completeness')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getScoreCompleteness',
    summary: '各部门应报、已报、期限与催报 · what each department owes, by when, and reminders',
  })
  @ApiOkResponse({ type: CompletenessBody })
  @Problems(404, 409, 422)
  async completeness(@Query() query: ScorecardQuery, @Acting() actor: SignedInActor): Promise<CompletenessBody> {
    return wire(await this.deliveries.completeness(actor, query));
  }

  @Get('deliveries')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listScoreDeliveries', summary: '各部门的报送 · what departments supplied' })
  @ApiOkResponse({ type: DeliveryListBody })
  @Problems(404, 422)
  async list(@Query() query: ScorecardQuery, @Acting() actor: SignedInActor): Promise<DeliveryListBody> {
    const found = await this.deliveries.list(actor, query);
    return {
      items: found.map(({ cells, territoryPath: _, deliveryNo: __, suppliedBy: ___, ...one }) =>
        wire({ ...one, figures: cells.length }),
      ),
    };
  }

  @Post('deliveries')
  @Permit('evaluation.supply')
  @ActsOnce()
  @ApiOperation({
    operationId: 'supplyScoreFigures',
    summary:
      '部门报送数据；被考核单位不得自报 · a department supplies figures; the assessed unit never supplies its own',
  })
  @ApiCreatedResponse({ type: ScoreMadeBody })
  @Problems(404, 409, 413, 422)
  async supply(
    @Body() { rows, document: documentName, ...body }: NewDeliveryBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScoreMadeBody> {
    return answered(
      await this.deliveries.supply(actor, { ...body, documentName, table: tableOf(rows) }, key),
      response,
    );
  }

  @Post('deliveries/:id/acts')
  @Permit('evaluation.confirm')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'judgeScoreDelivery',
    summary: '核实或不采用（非报送人） · verify or reject it, by another person than supplied it',
  })
  @ApiOkResponse({ type: ScoreMadeBody })
  @Problems(404, 409, 413, 422)
  async judge(
    @Param() { id }: ScoreIdPath,
    @Body() { act, reason }: DeliveryActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScoreMadeBody> {
    return answered(await this.deliveries.judge(actor, { id, act, reason }, key), response);
  }

  @Get('scores')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listScores',
    summary: '已告知、已生效的评分，单位可见自身 · scores that were notified or are final; a unit sees its own',
  })
  @ApiOkResponse({ type: StandingListBody })
  @Problems(404, 422)
  async scores(
    @Query() { within, year, final }: StandingQuery,
    @Acting() actor: SignedInActor,
  ): Promise<StandingListBody> {
    const found = await this.snapshots.read(actor, async (tx) => {
      const { path: territoryPath } = await getTerritory(tx, within, this.today.date());
      return listScores(tx, { territoryPath, year, final });
    });
    return {
      items: found.map((one) => {
        const { scorecard, period, versionNo, resultDigest } = one.gist;
        const { standing, since } = one;
        return { ...summaryBody(one), scorecard, period, versionNo, resultDigest, standing, since };
      }),
    };
  }
}
