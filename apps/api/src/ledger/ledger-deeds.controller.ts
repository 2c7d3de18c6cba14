/** What is done to the book by hand over HTTP: a voucher reversed, a reservation voided, a period closed. */
import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type LedgerAnswer, LedgerService, listClosings } from '@gep/ledger';
import type { Actor } from '@gep/platform';
import { codesOfPath } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { getOwnPath } from '../access/own-territory.service';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import {
  ClosedBody,
  ClosingBody,
  ClosingListBody,
  ReservationPath,
  ReversalBody,
  ReversedBody,
  VoidBody,
  VoidedBody,
} from './ledger-deeds.dto';
import { VoucherPath } from './ledger.dto';

@ApiTags('ledger')
@Controller('api/v1/ledger')
export class LedgerDeedsController {
  constructor(
    private readonly ledger: LedgerService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Post('vouchers/:id/reversal')
  @Permit('fund.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'reverseVoucher',
    summary:
      '冲销凭证，只限一次，由他人办理；结算、采购、分红由其业务更正 · post the opposite of a voucher, once, by another person; settlements, purchases and dividends are corrected where they were made',
  })
  @ApiCreatedResponse({ type: ReversedBody })
  @Problems(404, 409, 413, 422)
  async reverse(
    @Param() { id: voucherId }: VoucherPath,
    @Body() { memo, effectiveDate }: ReversalBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReversedBody> {
    return answered(await this.ledger.reverse(actor, { voucherId, memo, effectiveDate }, key), response);
  }

  @Post('reservations/:id/void')
  @Permit('fund.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'voidReservation',
    summary: '作废预留，未付的部分释放 · void a reservation; what of it was not paid is free again',
  })
  @ApiOkResponse({ type: VoidedBody })
  @Problems(404, 409, 413, 422)
  async void(
    @Param() { id: reservationId }: ReservationPath,
    @Body() { reason }: VoidBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<VoidedBody> {
    return answered(await this.ledger.decide(actor, { reservationId, act: 'void', reason }, key), response);
  }

  @Get('closings')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listClosings',
    summary: '账簿在何处已结账至何日 · where the book is closed, and through which day',
  })
  @ApiOkResponse({ type: ClosingListBody })
  async closings(@Acting() actor: Actor): Promise<ClosingListBody> {
    const rows = await this.snapshots.read(actor, (tx) => listClosings(tx));
    return {
      items: rows.map(({ within, closedAt, ...row }) => ({
        ...row,
        territory: codesOfPath(within).at(-1)!,
        closedAt: closedAt.toISOString(),
      })),
    };
  }

  @Post('closings')
  @Permit('fund.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'closePeriod',
    summary:
      '结账：该地域及其下级至期末；此后的更正记入未结账的时期 · close all days through the end of a period; corrections go to the open one',
  })
  @ApiCreatedResponse({ type: ClosedBody })
  @Problems(404, 409, 413, 422)
  async close(
    @Body() { territory, period }: ClosingBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClosedBody> {
    const path = await this.snapshots.read(actor, (tx) => getOwnPath(tx, actor, territory, this.today.date()));
    const { id } = answered(await this.ledger.closePeriod(actor, { territoryPath: path, period }, key), response);
    return { territory, period: id };
  }
}

function answered({ id, replayed }: LedgerAnswer, response: Response): { id: string } {
  if (replayed) response.setHeader(replayedHeader, 'true');
  return { id };
}
