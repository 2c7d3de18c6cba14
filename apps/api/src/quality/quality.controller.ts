/** Findings of the quality checks on a vintage, and their explanations in writing. */
import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { QualityService } from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { Acting, Permit } from '../access/access.decorator';
import { AccountIdPath } from '../accounts/accounts.dto';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { ExplanationBody, FindingExplanationBody, FindingListBody, FindingPath } from './quality.dto';

@ApiTags('quality')
@Controller('api/v1/accounts/:id/findings')
export class QualityController {
  constructor(private readonly quality: QualityService) {}

  @Get()
  @Permit('account.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listFindings',
    summary: '质量检查结果及书面说明 · findings of the quality checks with their explanations',
  })
  @ApiOkResponse({ type: FindingListBody })
  @Problems(404, 422)
  async list(@Param() { id }: AccountIdPath, @Acting() actor: Actor): Promise<FindingListBody> {
    const items = await this.quality.findings(actor, id);
    return { items: items.map((item) => ({ ...wire(item), cells: [...item.cells] })) };
  }

  @Post(':key/explanations')
  @Permit('account.compute')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'explainFinding',
    summary: '书面说明一个 B、C 或 D 级问题 · explain a finding of grade B, C or D in writing',
  })
  @ApiOkResponse({ type: FindingExplanationBody })
  @Problems(404, 409, 413, 422)
  async explain(
    @Param() { id, key: findingKey }: FindingPath,
    @Body() { text }: ExplanationBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FindingExplanationBody> {
    const { replayed, explanation } = await this.quality.explain(actor, { accountId: id, findingKey, text }, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    return wire(explanation);
  }
}
