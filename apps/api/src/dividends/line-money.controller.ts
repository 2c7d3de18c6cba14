/** Money of dividends that did not reach an owner, and the companies' own books. */
import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { CompanyBookService, LineMoneyService } from '@gep/procurement';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import {
  CompanyBookBody,
  CompanyBookPath,
  CompanyEntryBody,
  CompanyEntryDoneBody,
  DividendClaimBody,
  DividendDayBody,
  DividendPath,
  DividendReturnBody,
  LineMoneyBody,
} from './dividends.dto';

@ApiTags('dividends')
@Controller('api/v1')
export class LineMoneyController {
  constructor(
    private readonly money: LineMoneyService,
    private readonly books: CompanyBookService,
  ) {}

  @Post('dividends/:id/returns')
  @Permit('settlement.pay')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'takeBackDividend', summary: '登记银行退回的付款 · payments that the bank sent back' })
  @ApiOkResponse({ type: LineMoneyBody })
  @Problems(404, 409, 413, 422)
  async takeBack(
    @Param() { id }: DividendPath,
    @Body() body: DividendReturnBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LineMoneyBody> {
    return done(await this.money.takeBack(actor, { ...body, id }, key), response);
  }

  @Post('dividends/:id/set-aside')
  @Permit('settlement.pay')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'setAsideDividend',
    summary: '逾期的退回款转入未领分红，不再分配 · set aside what came back long ago; it is never shared out again',
  })
  @ApiOkResponse({ type: LineMoneyBody })
  @Problems(404, 409, 413, 422)
  async setAside(
    @Param() { id }: DividendPath,
    @Body() body: DividendDayBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LineMoneyBody> {
    return done(await this.money.setAside(actor, { ...body, id }, key), response);
  }

  @Post('dividends/:id/claims')
  @Permit('settlement.pay')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'claimDividend',
    summary: '本人或继受人领取 · pay the owner or a successor what was not received',
  })
  @ApiOkResponse({ type: LineMoneyBody })
  @Problems(404, 409, 413, 422)
  async claim(
    @Param() { id }: DividendPath,
    @Body() body: DividendClaimBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LineMoneyBody> {
    return done(await this.money.claim(actor, { ...body, id }, key), response);
  }

  @Get('company-books/:company')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getCompanyBook', summary: '公司账簿的余额 · balances of the book of a company' })
  @ApiOkResponse({ type: CompanyBookBody })
  @Problems(404, 422)
  async book(@Param() { company }: CompanyBookPath, @Acting() actor: SignedInActor): Promise<CompanyBookBody> {
    return { balances: wire(await this.books.show(actor, company)) };
  }

  @Post('company-books/:company/entries')
  @Permit('procurement.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'bookCompanyEntry',
    summary:
      '记公司的收入或成本，附凭据；账簿随首笔开立 · book income or cost with evidence; the first one opens the book',
  })
  @ApiCreatedResponse({ type: CompanyEntryDoneBody })
  @Problems(404, 409, 413, 422)
  async record(
    @Param() { company }: CompanyBookPath,
    @Body() { amountFen, agreement, settlement, ...body }: CompanyEntryBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CompanyEntryDoneBody> {
    const about = { agreement: agreement ?? null, settlementId: settlement ?? null };
    const wish = { ...body, ...about, company, amountFen: BigInt(amountFen) };
    return done(await this.books.record(actor, wish, key), response);
  }
}

function done<T extends { readonly replayed: boolean }>({ replayed, ...answer }: T, response: Response) {
  if (replayed) response.setHeader(replayedHeader, 'true');
  return answer;
}
