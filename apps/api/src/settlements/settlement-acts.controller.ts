/** What persons do about settlements, each with one step of the money. */
import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { SettlementService, type SettlementWish } from '@gep/settlement';
import { Acting, Permit } from '../access/access.decorator';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { SettlementAnsweredBody } from './settlement-answers.dto';
import { SettlementPartyPath, SettlementPath } from './settlement-paths.dto';
import {
  CollectionBody,
  ReturnedPaymentBody,
  SettlementDayBody,
  SettlementPayBody,
  SettlementReserveBody,
  SettlementStepBody,
} from './settlements.dto';

@ApiTags('settlements')
@Controller('api/v1/settlements/:id')
export class SettlementActsController {
  constructor(private readonly settlements: SettlementService) {}

  @Post('confirm')
  @Permit('settlement.confirm')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'confirmSettlement',
    summary: '核对（非编制人） · confirm, by another than who prepared it',
  })
  @ApiOkResponse({ type: SettlementAnsweredBody })
  @Problems(404, 409, 413, 422)
  confirm(
    @Param() { id }: SettlementPath,
    @Body() body: SettlementStepBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SettlementAnsweredBody> {
    return this.act(actor, { ...body, id, act: 'confirm' }, key, response);
  }

  @Post('reserve')
  @Permit('settlement.prepare')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'reserveSettlement',
    summary: '从资金中预留；不足者记录 · hold the money of the fund; what it cannot give is recorded',
  })
  @ApiOkResponse({ type: SettlementAnsweredBody })
  @Problems(404, 409, 413, 422)
  reserve(
    @Param() { id }: SettlementPath,
    @Body() { expiresAt, ...body }: SettlementReserveBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SettlementAnsweredBody> {
    const wish = { ...body, id, act: 'reserve', ...(expiresAt && { expiresAt: new Date(expiresAt) }) } as const;
    return this.act(actor, wish, key, response);
  }

  @Post('approve')
  @Permit('settlement.approve')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'approveSettlement', summary: '批准并入账 · approve and post what is owed' })
  @ApiOkResponse({ type: SettlementAnsweredBody })
  @Problems(404, 409, 413, 422)
  approve(
    @Param() { id }: SettlementPath,
    @Body() body: SettlementDayBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SettlementAnsweredBody> {
    return this.act(actor, { ...body, id, act: 'approve' }, key, response);
  }

  @Post('pay')
  @Permit('settlement.pay')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'paySettlement', summary: '支付（第三人） · pay, by a third person' })
  @ApiOkResponse({ type: SettlementAnsweredBody })
  @Problems(404, 409, 413, 422)
  pay(
    @Param() { id }: SettlementPath,
    @Body() body: SettlementPayBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SettlementAnsweredBody> {
    return this.act(actor, { ...body, id, act: 'pay' }, key, response);
  }

  @Post('close')
  @Permit('settlement.prepare')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'closeSettlement', summary: '办结；未付足的不再付 · close; what is short stays short' })
  @ApiOkResponse({ type: SettlementAnsweredBody })
  @Problems(404, 409, 413, 422)
  close(
    @Param() { id }: SettlementPath,
    @Body() body: SettlementStepBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SettlementAnsweredBody> {
    return this.act(actor, { ...body, id, act: 'close' }, key, response);
  }

  @Post('return')
  @Permit('settlement.confirm')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'returnSettlement',
    summary: '退回；预留的资金释放 · send back; what is held is free again',
  })
  @ApiOkResponse({ type: SettlementAnsweredBody })
  @Problems(404, 409, 413, 422)
  return(
    @Param() { id }: SettlementPath,
    @Body() { reason = '', ...body }: SettlementStepBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SettlementAnsweredBody> {
    return this.act(actor, { ...body, reason, id, act: 'return' }, key, response);
  }

  @Post('withdraw')
  @Permit('settlement.prepare')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'withdrawSettlement', summary: '撤回未付的结算 · withdraw what is not paid' })
  @ApiOkResponse({ type: SettlementAnsweredBody })
  @Problems(404, 409, 413, 422)
  withdraw(
    @Param() { id }: SettlementPath,
    @Body() { reason = '', ...body }: SettlementStepBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SettlementAnsweredBody> {
    return this.act(actor, { ...body, reason, id, act: 'withdraw' }, key, response);
  }

  @Post('parts/:party/return-payment')
  @Permit('settlement.prepare')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'returnPayment',
    summary: '银行退票：冲销这一笔，并重新预留 · a payment that came back: undone alone, its money held again',
  })
  @ApiOkResponse({ type: SettlementAnsweredBody })
  @Problems(404, 409, 413, 422)
  returnPayment(
    @Param() { id, party }: SettlementPartyPath,
    @Body() body: ReturnedPaymentBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SettlementAnsweredBody> {
    return this.act(actor, { ...body, id, party, act: 'return-payment' }, key, response);
  }

  @Post('bills/:party/collect')
  @Permit('settlement.prepare')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'collectBill',
    summary: '收到对方应付或应追回的款 · take in what a party pays of its bill or owes back',
  })
  @ApiOkResponse({ type: SettlementAnsweredBody })
  @Problems(404, 409, 413, 422)
  collect(
    @Param() { id, party }: SettlementPartyPath,
    @Body() { amountFen, ...body }: CollectionBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SettlementAnsweredBody> {
    return this.act(actor, { ...body, id, party, amountFen: BigInt(amountFen), act: 'collect' }, key, response);
  }

  private async act(
    actor: SignedInActor,
    wish: SettlementWish,
    key: string,
    response: Response,
  ): Promise<SettlementAnsweredBody> {
    const { id, replayed } = await this.settlements.act(actor, wish, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    return { id };
  }
}
