/** Recomputation of accounts: ask for it, follow it, cancel and retry it, read what was refused. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AccessService, requirePermission } from '@gep/access';
import { findRun, listFailures, listRuns, RecomputeService, type Run, RunMissing } from '@gep/accounting';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { Acting, Permit } from '../access/access.decorator';
import { bearerToken } from '../access/authentication.guard';
import { cursorRefused, readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { Problems } from '../problem/problems.decorator';
import { defaultPageSize } from '../request/page.dto';
import type { ApiRequest } from '../request/request.middleware';
import { pageOf } from '../answer/page';
import { Snapshots } from '../answer/snapshots.service';
import { ProgressStreams } from './progress-streams.service';
import {
  FailureListBody,
  RecomputeBody,
  RequestedRunBody,
  RunBody,
  RunListQuery,
  RunPageBody,
  RunPath,
} from './recomputes.dto';
import { failureBody, runBody } from './run-body';

@ApiTags('recomputes')
@Controller('api/v1/recomputes')
export class RecomputesController {
  constructor(
    private readonly recomputes: RecomputeService,
    private readonly snapshots: Snapshots,
    private readonly streams: ProgressStreams,
    private readonly access: AccessService,
  ) {}

  @Post()
  @Permit('account.compute')
  @ActsOnce()
  @HttpCode(202)
  @ApiOperation({ operationId: 'requestRecompute', summary: '核算一个时期 · recompute a period' })
  @ApiAcceptedResponse({ type: RequestedRunBody, headers: { Location: { schema: { type: 'string' } } } })
  @Problems(404, 409, 413, 422)
  async request(
    @Body() { period, norm, territory }: RecomputeBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestedRunBody> {
    const wish = { period, normId: norm, territory };
    const { replayed, runId, started } = await this.recomputes.requestRecompute(actor, wish, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    response.setHeader('Location', `/api/v1/recomputes/${runId}`);
    return { runId, started };
  }

  @Get()
  @Permit('account.read')
  @ApiOperation({ operationId: 'listRecomputes', summary: '核算任务，新的在前 · runs, newest first' })
  @ApiOkResponse({ type: RunPageBody })
  @Problems(422)
  async list(@Query() query: RunListQuery, @Acting() actor: Actor): Promise<RunPageBody> {
    const { state, period, limit = defaultPageSize } = query;
    const before = placeOf(query.cursor);
    const runs = await this.snapshots.read(actor, (tx) => listRuns(tx, { state, period, limit: limit + 1, before }));
    return pageOf(runs, limit, ({ id }) => [id], runBody);
  }

  @Get(':id')
  @Permit('account.read')
  @ApiOperation({ operationId: 'getRecompute', summary: '任务与进度 · a run and how far it is' })
  @ApiOkResponse({ type: RunBody })
  @Problems(404, 422)
  async get(@Param() { id }: RunPath, @Acting() actor: Actor): Promise<RunBody> {
    return runBody(await this.snapshots.read(actor, (tx) => getRun(tx, id)));
  }

  @Get(':id/events')
  @Permit('account.read')
  @ApiOperation({
    operationId: 'followRecompute',
    summary: '进度流：progress 事件，结束时为 over · stream of progress events, the last one named over',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: '每个事件的 data 为任务 · data of each event is the run', type: RunBody })
  @Problems(404, 422)
  async follow(@Param() { id }: RunPath, @Req() request: ApiRequest, @Res() response: Response): Promise<void> {
    const token = bearerToken(request) ?? '';
    await this.streams.stream(request.caller!.id, response, async () => {
      const actor = requirePermission(await this.access.authenticate(token), 'account.read');
      const run = await this.snapshots.read(actor, (tx) => getRun(tx, id));
      return { body: runBody(run), over: run.state !== 'active' };
    });
  }

  @Get(':id/failures')
  @Permit('account.read')
  @ApiOperation({ operationId: 'listRecomputeFailures', summary: '被拒的地域与失败的批次 · what was refused or died' })
  @ApiOkResponse({ type: FailureListBody })
  @Problems(404, 422)
  async failures(@Param() { id }: RunPath, @Acting() actor: Actor): Promise<FailureListBody> {
    const failures = await this.snapshots.read(actor, async (tx) => {
      await getRun(tx, id);
      return listFailures(tx, id);
    });
    return { items: failures.map(failureBody) };
  }

  @Post(':id/cancel')
  @Permit('job.manage')
  @HttpCode(200)
  @ApiOperation({ operationId: 'cancelRecompute', summary: '取消未开始的部分 · stop what has not begun' })
  @ApiOkResponse({ type: RunBody })
  @Problems(404, 409, 422)
  async cancel(@Param() { id }: RunPath, @Acting() actor: Actor): Promise<RunBody> {
    return runBody(await this.recomputes.cancelRun(actor, id));
  }

  @Post(':id/retry')
  @Permit('job.manage')
  @HttpCode(202)
  @ApiOperation({ operationId: 'retryRecompute', summary: '重做失败与被拒的部分 · do again what died or was refused' })
  @ApiAcceptedResponse({ type: RunBody })
  @Problems(404, 409, 422)
  async retry(@Param() { id }: RunPath, @Acting() actor: Actor): Promise<RunBody> {
    return runBody(await this.recomputes.retryRun(actor, id));
  }
}

/** The cursor names the last run of the page before. */
function placeOf(cursor: string | undefined): string | undefined {
  const id = readCursor(cursor, 1)?.[0];
  if (id === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw cursorRefused();
}

async function getRun(tx: EntityManager, id: string): Promise<Run> {
  const run = await findRun(tx, id);
  if (!run) throw new RunMissing(id);
  return run;
}
