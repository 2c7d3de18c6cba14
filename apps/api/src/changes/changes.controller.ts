/** What the change of GEP between two periods comes from. */
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeEffect, ChangeService, payableIncrement, priceIndex, type PriceIndex } from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { momentOf } from '../request/meant-account';
import { ChangeBody } from './change-body.dto';
import { ChangeQuery } from './changes.dto';

@ApiTags('accounts')
@Controller('api/v1/changes')
export class ChangesController {
  constructor(private readonly changes: ChangeService) {}

  @Get()
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'decomposeChange',
    summary:
      '两期之间的变化按效应分解到分，合计无余额 · the change between two periods by effect, to the fen with nothing left',
  })
  @ApiOkResponse({ type: ChangeBody })
  @Problems(404, 422)
  async decompose(@Query() query: ChangeQuery, @Acting() actor: Actor): Promise<ChangeBody> {
    const { territory, from, to, norm, asOf, published, effects, condition, weather } = query;
    const hasLevels = condition !== undefined || weather !== undefined;
    const { change, rows, comparable } = await this.changes.decompose(actor, {
      ...{ territory, from, to, norm, published },
      asOf: momentOf(asOf),
      attributes: hasLevels ? { condition: condition ?? [], weather: weather ?? [] } : undefined,
      indices: query.comparable || query.index ? indicesOf(query) : undefined,
    });
    const payable = effects && payableIncrement(change, effects as ChangeEffect[]);
    return wire({ ...change, rows, ...(payable && { payable }), ...(comparable && { comparable }) });
  }
}

/** @throws IndexSourceMissing, IndexNotPositive */
const indicesOf = ({ index, indexSource = '' }: ChangeQuery): PriceIndex[] =>
  (index?.split(',') ?? []).map((one) => {
    const [of, factor] = one.split('=');
    return priceIndex(of, factor, indexSource);
  });
