/** What a household at its own login sees and does: the own lines of dividends, proofs, objections to them; of others nothing. */
import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import type { AppealAnswer } from '@gep/procedure';
import { codeOfDividend, OwnAppeals, OwnDividends } from '@gep/procurement';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { AppealAnswerBody } from '../procedures/appeals.dto';
import { appealViewBody } from '../procedures/procedure-body';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { DividendPath, LineProofListBody, OwnDividendListBody } from './dividends.dto';
import { ActOnOwnAppealBody, OwnAppealBody, OwnAppealListBody, OwnAppealPath } from './own-appeals.dto';

@ApiTags('dividends')
@Controller('api/v1/my/dividends')
export class OwnDividendsController {
  constructor(
    private readonly own: OwnDividends,
    private readonly appeals: OwnAppeals,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('dividend.own')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listOwnDividends', summary: '本户的分红 · your own lines of dividends' })
  @ApiOkResponse({ type: OwnDividendListBody })
  async list(@Acting() actor: SignedInActor): Promise<OwnDividendListBody> {
    const found = await this.own.list(actor);
    return {
      items: found.map(({ dividend: { id, company, period, round, allotment }, line }) => {
        const { owner, amountFen, weight, state, claimedFen, since } = line;
        return {
          ...{ id, code: codeOfDividend({ company, period, round }), company, period },
          ...{ root: allotment!.root, totalFen: allotment!.dividendFen.toString() },
          line: wire({ owner, amountFen, weight, state, claimedFen, since }),
        };
      }),
    };
  }

  @Get(':id/proof')
  @Permit('dividend.own')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'proveOwnDividend',
    summary: '证明本户的一行在内、各行之和等于总额 · proof that your line is among lines which sum to the fund',
  })
  @ApiOkResponse({ type: LineProofListBody })
  @Problems(404, 422)
  async prove(@Param() { id }: DividendPath, @Acting() actor: SignedInActor): Promise<LineProofListBody> {
    return { items: (await this.own.prove(actor, id)).map((proof) => ({ ...proof, parts: [...proof.parts] })) };
  }

  @Get(':id/appeals')
  @Permit('dividend.own')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listOwnAppeals',
    summary: '对本户各行的异议及其步骤、期限 · appeals about your own lines, with steps and clocks',
  })
  @ApiOkResponse({ type: OwnAppealListBody })
  @Problems(404, 422)
  async listAppeals(@Param() { id }: DividendPath, @Acting() actor: SignedInActor): Promise<OwnAppealListBody> {
    const today = this.today.date();
    return { items: (await this.appeals.list(actor, id)).map((appeal) => appealViewBody(appeal, today)) };
  }

  @Post(':id/appeals')
  @Permit('dividend.own')
  @ActsOnce()
  @ApiOperation({
    operationId: 'fileOwnAppeal',
    summary:
      '对本户的一行提出质疑；终结前该行暂不支付 · object to your own line; it waits until the objection has ended',
  })
  @ApiCreatedResponse({ type: AppealAnswerBody })
  @Problems(404, 409, 413, 422)
  async fileAppeal(
    @Param() { id }: DividendPath,
    @Body() { owner, shownFen, knownOn, grounds }: OwnAppealBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AppealAnswerBody> {
    const wish = { id, owner, knownOn, grounds, ...(shownFen !== undefined && { shownFen: BigInt(shownFen) }) };
    return answered(await this.appeals.file(actor, wish, key), response);
  }

  @Post(':id/appeals/:appeal/acts')
  @Permit('dividend.own')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnOwnAppeal',
    summary: '对答复不满的投诉，或撤回 · complain of the reply or of silence, or withdraw',
  })
  @ApiOkResponse({ type: AppealAnswerBody })
  @Problems(404, 409, 413, 422)
  async actOnAppeal(
    @Param() { id, appeal }: OwnAppealPath,
    @Body() { act, reason }: ActOnOwnAppealBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AppealAnswerBody> {
    return answered(await this.appeals.act(actor, { id, appeal, act, reason }, key), response);
  }
}

function answered({ replayed, ...answer }: AppealAnswer, response: Response): AppealAnswerBody {
  if (replayed) response.setHeader(replayedHeader, 'true');
  return answer;
}
