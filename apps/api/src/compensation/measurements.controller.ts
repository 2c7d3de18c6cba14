/** What departments measured for agreements, and breaches of them, over HTTP. */
import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { BreachService, MeasurementService } from '@gep/compensation';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { tableOf } from '@gep/settlement';
import { answered } from './agreements.controller';
import { AgreementPath } from './agreements.dto';
import {
  BreachActBody,
  BreachListBody,
  BreachPath,
  DoneBody,
  JudgeMeasurementBody,
  MeasurementBody,
  MeasurementListBody,
  MeasurementPath,
  NewBreachBody,
  StateBody,
} from './cycles.dto';

@ApiTags('compensation')
@Controller('api/v1/agreements/:id')
export class MeasurementsController {
  constructor(
    private readonly measurements: MeasurementService,
    private readonly breaches: BreachService,
  ) {}

  @Get('measurements')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listMeasurements', summary: '监测数据 · what was measured' })
  @ApiOkResponse({ type: MeasurementListBody })
  @Problems(404, 422)
  async list(@Param() { id }: AgreementPath, @Acting() actor: SignedInActor): Promise<MeasurementListBody> {
    const found = await this.measurements.list(actor, id);
    return {
      items: found.map(({ territoryPath: _path, agreement: _code, recordedBy: _by, rows, header, ...one }) => ({
        ...wire(one),
        header: [...header],
        rows: rows.map((row) => [...row]),
      })),
    };
  }

  @Post('measurements')
  @Permit('agreement.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'recordMeasurement',
    summary:
      '登记部门提供的监测数据；受考核方不得自报 · record a table of a department, never of the assessed unit itself',
  })
  @ApiCreatedResponse({ type: DoneBody })
  @Problems(404, 409, 413, 422)
  async record(
    @Param() { id: agreement }: AgreementPath,
    @Body() { rows, document, supplierPlace = '', sampledWith = '', ...body }: MeasurementBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DoneBody> {
    const { header, rows: cells } = tableOf(rows);
    const wish = { ...body, agreement, header, rows: cells, documentName: document };
    const source = { supplierPlace: supplierPlace || null, sampledWith: sampledWith || null };
    return answered(await this.measurements.record(actor, { ...wish, ...source }, key), response);
  }

  @Post('measurements/:measurement/acts')
  @Permit('settlement.confirm')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'judgeMeasurement',
    summary: '批准或退回监测数据（非登记人） · approve or reject a measurement',
  })
  @ApiOkResponse({ type: StateBody })
  @Problems(404, 409, 413, 422)
  async judge(
    @Param() { measurement: id }: MeasurementPath,
    @Body() { act, reason }: JudgeMeasurementBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StateBody> {
    return answered(await this.measurements.judge(actor, { id, act, reason }, key), response);
  }

  @Get('breaches')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listBreaches', summary: '违约与措施 · breaches, and the measures taken' })
  @ApiOkResponse({ type: BreachListBody })
  @Problems(404, 422)
  async listBreaches(@Param() { id }: AgreementPath, @Acting() actor: SignedInActor): Promise<BreachListBody> {
    const found = await this.breaches.list(actor, id);
    return {
      items: found.map(({ id: breach, party, finding, orderedOn, correctBy, state, measures }) =>
        wire({ id: breach, party, finding, orderedOn, correctBy, state, measures: [...measures] }),
      ),
    };
  }

  @Post('breaches')
  @Permit('agreement.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'orderCorrection', summary: '责令改正 · order a party to correct a breach by a day' })
  @ApiCreatedResponse({ type: DoneBody })
  @Problems(404, 409, 413, 422)
  async order(
    @Param() { id: agreement }: AgreementPath,
    @Body() body: NewBreachBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DoneBody> {
    const wish = { ...body, agreement, documentDigest: body.documentDigest ?? null };
    return answered(await this.breaches.order(actor, wish, key), response);
  }

  @Post('breaches/:breach/acts')
  @Permit('ledger.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnBreach',
    summary:
      '认定逾期、确认改正；缓拨、减拨、停拨、追回由批准人办理 · find late or corrected; delay, cut, stop or recover by an approver',
  })
  @ApiOkResponse({ type: DoneBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { breach }: BreachPath,
    @Body() { act, reason, amountFen, ...rest }: BreachActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DoneBody> {
    if (act === 'find-late' || act === 'correct')
      return answered(await this.breaches.find(actor, { breach, act, reason }, key), response);
    const amount = amountFen === undefined ? {} : { amountFen: BigInt(amountFen) };
    return answered(
      await this.breaches.measure(actor, { ...rest, ...amount, breach, kind: act, reason }, key),
      response,
    );
  }
}
