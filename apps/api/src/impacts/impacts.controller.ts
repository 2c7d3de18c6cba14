/** Restatements over HTTP: what one touches, drafting a correction again, and computing anew what nobody was paid by. */
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignedInActor } from '@gep/access';
import type { Actor } from '@gep/platform';
import { TrueUpService } from '@gep/settlement';
import { codesOfPath } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { SettlementPath } from '../settlements/settlement-paths.dto';
import { DraftedTrueUpBody, ImpactBody, ImpactPath, RecomputedBody } from './impacts.dto';

@ApiTags('impacts')
@Controller('api/v1')
export class ImpactsController {
  constructor(private readonly trueUps: TrueUpService) {}

  @Get('impacts/:id')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getImpact',
    summary:
      '重述影响：以原数字作出的决定、支付与分红，及按新数字的差额 · what was decided, paid and shared out by the vintage before, and the differences',
  })
  @ApiOkResponse({ type: ImpactBody })
  @Problems(404, 422)
  async impact(@Param() { id }: ImpactPath, @Acting() actor: Actor): Promise<ImpactBody> {
    const { settlements, others, ...impact } = await this.trueUps.impactOf(actor, id);
    return wire({ ...impact, settlements: settlements.map(placed), others: others.map(placed) });
  }

  @Post('settlements/:id/true-up')
  @Permit('settlement.prepare')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'draftTrueUp',
    summary:
      '再次起草更正（异议了结或障碍排除之后） · draft the correction again, after an objection or a hindrance ended',
  })
  @ApiOkResponse({ type: DraftedTrueUpBody })
  @Problems(404, 409, 422)
  async trueUp(
    @Param() { id }: SettlementPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
  ): Promise<DraftedTrueUpBody> {
    const { about, disclosureId, outcome, correction, refusal } = await this.trueUps.draftFor(actor, id, key);
    return { about, disclosureId, outcome, correction, refusal };
  }

  @Post('settlements/:id/recompute')
  @Permit('settlement.prepare')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'recomputeSettlement',
    summary: '未付的结算按重述后的数字重新核算，成为新版 · compute an unpaid settlement anew by the restated figures',
  })
  @ApiOkResponse({ type: RecomputedBody })
  @Problems(404, 409, 422)
  recompute(
    @Param() { id }: SettlementPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
  ): Promise<RecomputedBody> {
    return this.trueUps.recompute(actor, id, key);
  }
}

/** With the code of its territory in place of the path. */
const placed = <T extends { readonly territoryPath: string }>({ territoryPath, ...row }: T) => ({
  ...row,
  territory: codesOfPath(territoryPath).at(-1)!,
});
