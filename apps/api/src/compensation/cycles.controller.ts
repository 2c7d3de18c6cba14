/** Periods of agreements over HTTP: advances, settlements, what people do about them, and what was not passed on. */
import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { CycleService } from '@gep/compensation';
import type { SettlementWish } from '@gep/settlement';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { viewBody } from '../settlements/settlement-body';
import { answered } from './agreements.controller';
import { AgreementPath, AgreementPeriodPath } from './agreements.dto';
import {
  AgreementSettlementActBody,
  AgreementSettlementPath,
  CarryListBody,
  ComputedBody,
  CycleListBody,
  DoneBody,
  NewAdvanceBody,
  NewAgreementSettlementBody,
  PassedOnListBody,
  PeriodActBody,
  StateBody,
} from './cycles.dto';

@ApiTags('compensation')
@Controller('api/v1/agreements')
export class CyclesController {
  constructor(private readonly cycles: CycleService) {}

  @Get(':id/passed-on')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listPassedOn',
    summary: '收到而尚未拨付到单位的资金 · what was received, and what of it was passed on to units',
  })
  @ApiOkResponse({ type: PassedOnListBody })
  @Problems(404, 422)
  async passedOn(@Param() { id }: AgreementPath, @Acting() actor: SignedInActor): Promise<PassedOnListBody> {
    return { items: wire(await this.cycles.passedOn(actor, id)) };
  }

  @Get(':id/periods')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listAgreementPeriods', summary: '各时期的进展与结算 · periods with their settlements' })
  @ApiOkResponse({ type: CycleListBody })
  @Problems(404, 422)
  async list(@Param() { id }: AgreementPath, @Acting() actor: SignedInActor): Promise<CycleListBody> {
    const cycles = await this.cycles.list(actor, id);
    return {
      items: cycles.map(({ territoryPath: _path, settlements, ...cycle }) => ({
        ...wire(cycle),
        settlements: settlements.map(({ cycleId: _cycle, view, ...link }) => ({ ...link, view: viewBody(view) })),
      })),
    };
  }

  @Get(':id/carries')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listAgreementCarries', summary: '未能分配而结转的资金 · what pools could not give' })
  @ApiOkResponse({ type: CarryListBody })
  @Problems(404, 422)
  async carries(@Param() { id }: AgreementPath, @Acting() actor: SignedInActor): Promise<CarryListBody> {
    return { items: wire(await this.cycles.carries(actor, id)) };
  }

  @Post(':id/advances')
  @Permit('settlement.prepare')
  @ActsOnce()
  @ApiOperation({ operationId: 'advanceAgreement', summary: '测算约定的预付 · compute an advance of the terms' })
  @ApiCreatedResponse({ type: ComputedBody })
  @Problems(404, 409, 413, 422)
  async advance(
    @Param() { id: agreement }: AgreementPath,
    @Body() { period, advance }: NewAdvanceBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ComputedBody> {
    return answered(await this.cycles.compute(actor, { agreement, period, what: `advance:${advance}` }, key), response);
  }

  @Post(':id/settlements')
  @Permit('settlement.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'settleAgreement',
    summary: '测算一个时期的结果，或因违约的核减 · compute the result of a period, or the cuts for breaches',
  })
  @ApiCreatedResponse({ type: ComputedBody })
  @Problems(404, 409, 413, 422)
  async settle(
    @Param() { id: agreement }: AgreementPath,
    @Body() { period, what = 'result' }: NewAgreementSettlementBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ComputedBody> {
    return answered(await this.cycles.compute(actor, { agreement, period, what }, key), response);
  }

  @Post(':id/settlements/:settlement/acts')
  @Permit('ledger.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnAgreementSettlement',
    summary:
      '核对、预留、批准、支付等，各由一人；违约而停拨的一方除外 · confirm, reserve, approve, pay and so on, by persons apart',
  })
  @ApiOkResponse({ type: DoneBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { settlement: id }: AgreementSettlementPath,
    @Body() body: AgreementSettlementActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DoneBody> {
    return answered(await this.cycles.act(actor, wishOf(id, body), key), response);
  }

  @Post(':id/periods/:period/acts')
  @Permit('ledger.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnAgreementPeriod',
    summary: '争议、拨付到单位、绩效评价、停止、恢复 · dispute, paid on to units, evaluation, stop, resume',
  })
  @ApiOkResponse({ type: StateBody })
  @Problems(404, 409, 413, 422)
  async step(
    @Param() { id: agreement, period }: AgreementPeriodPath,
    @Body() { act, reason }: PeriodActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StateBody> {
    return answered(await this.cycles.step(actor, { agreement, period, act, reason }, key), response);
  }
}

function wishOf(
  id: string,
  { act, reason, party = '', amountFen = '0', of, effectiveDate }: AgreementSettlementActBody,
): SettlementWish {
  switch (act) {
    case 'collect':
      return { act, id, party, amountFen: BigInt(amountFen), of, effectiveDate, reason };
    case 'return-payment':
      return { act, id, party, reason: reason ?? '', effectiveDate };
    case 'approve':
    case 'pay':
      return { act, id, reason, effectiveDate };
    case 'return':
    case 'withdraw':
      return { act, id, reason: reason ?? '' };
    default:
      return { act, id, reason };
  }
}
