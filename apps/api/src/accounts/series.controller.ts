/** The accounts of a territory year by year, as reported or restated within one boundary. */
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SeriesService } from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { momentOf } from '../request/meant-account';
import { SeriesBody, SeriesQuery } from './series.dto';

@ApiTags('accounts')
@Controller('api/v1/accounts/series')
export class SeriesController {
  constructor(private readonly series: SeriesService) {}

  @Get()
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getAccountSeries',
    summary:
      '逐年序列：标明边界变动，或还原到同一边界 · year by year: where the boundary broke, or within one boundary',
  })
  @ApiOkResponse({ type: SeriesBody })
  @Problems(404, 422)
  async read(@Query() { asOf, ...query }: SeriesQuery, @Acting() actor: Actor): Promise<SeriesBody> {
    const { constantBoundary = query.boundaryDay !== undefined } = query;
    return wire(await this.series.series(actor, { ...query, constantBoundary, asOf: momentOf(asOf) }));
  }
}
