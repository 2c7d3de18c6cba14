/** The same observation under two norm editions. */
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { BridgeService } from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { meantAccount } from '../request/meant-account';
import { BridgeBody, BridgeQuery } from './bridges.dto';

@ApiTags('accounts')
@Controller('api/v1/bridge')
export class BridgesController {
  constructor(private readonly bridges: BridgeService) {}

  @Get()
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'bridgeNorms',
    summary:
      '同一观测在两套规范或两个版本下的差异，逐步说明，合计无余额 · the same observation under two norms or editions, every difference a named step, nothing left',
  })
  @ApiOkResponse({ type: BridgeBody })
  @Problems(404, 409, 422)
  async bridge(@Query() query: BridgeQuery, @Acting() actor: Actor): Promise<BridgeBody> {
    const to = { id: query.to, edition: query.toEdition };
    return wire(await this.bridges.bridge(actor, { ...meantAccount(query), to }));
  }
}
