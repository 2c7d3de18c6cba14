/** How far a recorded account may lie from its figures. */
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IntervalService } from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { meantAccount } from '../request/meant-account';
import { IntervalBody, IntervalQuery } from './intervals.dto';

@ApiTags('accounts')
@Controller('api/v1/interval')
export class IntervalsController {
  constructor(private readonly intervals: IntervalService) {}

  @Get()
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getInterval',
    summary:
      '账户的 90% 区间、各值的方差份额、达到目标的概率；种子相同，结果相同 · 90% intervals of an account, shares in the variance, how likely a target is met; the same seed gives the same figures',
  })
  @ApiOkResponse({ type: IntervalBody })
  @Problems(404, 409, 422)
  async interval(@Query() query: IntervalQuery, @Acting() actor: Actor): Promise<IntervalBody> {
    const { draws = 10_000, seed = 1, targetFen } = query;
    const target = targetFen === undefined ? {} : { targetFen: BigInt(targetFen) };
    return wire(await this.intervals.interval(actor, meantAccount(query), { draws, seed, ...target }));
  }
}
