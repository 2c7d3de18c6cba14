/** Hints on figures that may have been shaped, beside the scores that rest on them. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignedInActor } from '@gep/access';
import { IntegrityService } from '@gep/evaluation';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { IntegrityBody, IntegrityPath, IntegrityQuery } from './integrity.dto';

@ApiTags('evaluation')
@Controller('api/v1/evaluation/integrity')
export class IntegrityController {
  constructor(private readonly integrity: IntegrityService) {}

  @Get(':territory/:year')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getIntegrityHints',
    summary:
      '一地一年的数据提示：贴近目标、边界跳变、照抄、批准前改动；不改变评分 · hints on the figures of a territory and year; no score is changed',
  })
  @ApiOkResponse({ type: IntegrityBody })
  @Problems(404, 422)
  async get(
    @Param() path: IntegrityPath,
    @Query() { norm }: IntegrityQuery,
    @Acting() actor: SignedInActor,
  ): Promise<IntegrityBody> {
    return wire(await this.integrity.show(actor, { ...path, norm }));
  }
}
