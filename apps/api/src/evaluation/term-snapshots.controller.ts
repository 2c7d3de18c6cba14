/** Frozen ends of terms of office. */
import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { TermSnapshots } from '@gep/evaluation';
import { Acting, Permit } from '../access/access.decorator';
import { getOwnPath } from '../access/own-territory.service';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { answered } from '../compensation/agreements.controller';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { DepartureMadeBody, FreezeBody, TermSnapshotQuery, TermSnapshotsBody } from './departures.dto';

@ApiTags('evaluation')
@Controller('api/v1/evaluation/term-snapshots')
export class TermSnapshotsController {
  constructor(
    private readonly terms: TermSnapshots,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listTermSnapshots', summary: '冻结的任期端点 · frozen ends of terms of office' })
  @ApiOkResponse({ type: TermSnapshotsBody })
  @Problems(422)
  async list(@Query() query: TermSnapshotQuery, @Acting() actor: SignedInActor): Promise<TermSnapshotsBody> {
    return { items: wire(await this.terms.list(actor, query)) };
  }

  @Post()
  @Permit('evaluation.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'freezeTerm',
    summary:
      '冻结任期的一个端点：其时已公布的存量与流量 · freeze an end of a term: what is published of stocks and flows',
  })
  @ApiCreatedResponse({ type: DepartureMadeBody })
  @Problems(404, 409, 413, 422)
  async freeze(
    @Body() body: FreezeBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DepartureMadeBody> {
    await this.snapshots.read(actor, (tx) => getOwnPath(tx, actor, body.territory, this.today.date()));
    return answered(await this.terms.freeze(actor, body, key), response);
  }
}
