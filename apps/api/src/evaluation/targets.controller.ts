/** Target plans: draft, reply, negotiate, issue, amend, close, and read them. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { listPlanCopies, listPlans, type PlanEdition, PlanService, ProgressService } from '@gep/evaluation';
import { codesOfPath, getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { answered } from '../compensation/agreements.controller';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import {
  NewPlanBody,
  NewReplyBody,
  PlanActBody,
  type PlanBody,
  PlanCopiesBody,
  PlanListQuery,
  PlanMadeBody,
  PlanPageBody,
  PlanPath,
  PlanViewBody,
  RevisedPlanBody,
} from './targets.dto';
import { placeAfter } from './yearly-disclosures.controller';

/** Copies are of the units that somebody acts for. */
const mostCopies = 500;

@ApiTags('evaluation')
@Controller('api/v1/evaluation/plans')
export class TargetsController {
  constructor(
    private readonly plans: PlanService,
    private readonly progress: ProgressService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listTargetPlans',
    summary: '目标计划（各取最后一版） · plans, each by its last edition',
  })
  @ApiOkResponse({ type: PlanPageBody })
  @Problems(404, 422)
  async list(
    @Query() { limit = defaultPageSize, cursor, within, code }: PlanListQuery,
    @Acting() actor: SignedInActor,
  ): Promise<PlanPageBody> {
    const after = placeAfter(cursor);
    const rows = await this.snapshots.read(actor, async (tx) => {
      const path = within === undefined ? undefined : (await getTerritory(tx, within, this.today.date())).path;
      return listPlans(tx, { within: path, code, after, limit: limit + 1 });
    });
    return pageOf(rows, limit, ({ id }) => [id], planBody);
  }

  @Get('copies')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listTargetCopies',
    summary: '下达给您所属单位的目标 · targets of the units that you act for',
  })
  @ApiOkResponse({ type: PlanCopiesBody })
  async copies(@Acting() actor: SignedInActor): Promise<PlanCopiesBody> {
    const copies = await this.snapshots.read(actor, (tx) => listPlanCopies(tx, { limit: mostCopies }));
    return {
      items: copies.map(({ planId, versionNo, unit, gist, targets }) =>
        wire({ planId, versionNo, unit, gist, targets }),
      ),
    };
  }

  @Get(':id')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getTargetPlan', summary: '一项目标计划及其状态 · a plan as it stands' })
  @ApiOkResponse({ type: PlanViewBody })
  @Problems(404, 422)
  async get(@Param() { id }: PlanPath, @Acting() actor: SignedInActor): Promise<PlanViewBody> {
    const view = await this.plans.show(actor, id);
    const { state, steps, targets, editions, silent, countered, gaps, restatedBases } = view;
    const replies = view.replies.map(({ planId: _, documentDigest: __, ...reply }) => reply);
    return {
      ...planBody(view),
      ...wire({ state, steps, targets, editions, replies, silent, countered, gaps, restatedBases }),
    };
  }

  @Post()
  @Permit('evaluation.prepare')
  @ActsOnce()
  @ApiOperation({ operationId: 'draftTargetPlan', summary: '起草目标计划 · draft a plan' })
  @ApiCreatedResponse({ type: PlanMadeBody })
  @Problems(404, 409, 413, 422)
  async draft(
    @Body() { document }: NewPlanBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanMadeBody> {
    return answered(await this.plans.draft(actor, document, key), response);
  }

  @Post(':id/amendments')
  @Permit('evaluation.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'amendTargetPlan',
    summary: '起草新版，自后续某年起生效 · draft the next edition, which holds from a later year on',
  })
  @ApiCreatedResponse({ type: PlanMadeBody })
  @Problems(404, 409, 413, 422)
  async amend(
    @Param() { id }: PlanPath,
    @Body() { document }: NewPlanBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanMadeBody> {
    return answered(await this.plans.amend(actor, id, document, key), response);
  }

  @Post(':id/versions')
  @Permit('evaluation.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'reviseTargetPlan',
    summary: '协商中修改草案，旧稿保留 · change a draft while it is talked about; the one before stays',
  })
  @ApiCreatedResponse({ type: PlanMadeBody })
  @Problems(404, 409, 413, 422)
  async revise(
    @Param() { id }: PlanPath,
    @Body() { document, reason }: RevisedPlanBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanMadeBody> {
    const done = await this.plans.revise(actor, { plan: id, document, reason }, key);
    return answered({ ...done, result: { id: done.result.id, number: done.result.versionNo } }, response);
  }

  @Post(':id/replies')
  @Permit('appeal.file')
  @ActsOnce()
  @ApiOperation({
    operationId: 'replyToTargetPlan',
    summary: '单位接受或提出反提案 · a unit accepts, or says what it could reach instead',
  })
  @ApiCreatedResponse({ type: PlanMadeBody })
  @Problems(404, 409, 413, 422)
  async reply(
    @Param() { id: plan }: PlanPath,
    @Body() { unit, answer, counter = [], reason = '', documentDigest }: NewReplyBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanMadeBody> {
    const proposed = Object.fromEntries(counter.map(({ indicator, target }) => [indicator, target]));
    const wish = { plan, unit, answer, counter: proposed, reason, documentDigest: documentDigest ?? null };
    return answered(await this.plans.reply(actor, wish, key), response);
  }

  @Post(':id/acts')
  @Permit('evaluation.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnTargetPlan',
    summary:
      '完成协商、退回、下达、撤回、期满办结，各由其人 · end the negotiation, return, issue, withdraw or close it, each by its hand',
  })
  @ApiOkResponse({ type: PlanMadeBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { id: plan }: PlanPath,
    @Body() { act, reason, documentDigest }: PlanActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanMadeBody> {
    if (act === 'close') return answered(await this.progress.close(actor, { plan, reason }, key), response);
    return answered(await this.plans.act(actor, { plan, act, reason, documentDigest }, key), response);
  }
}

function planBody({
  id,
  code,
  editionNo,
  versionNo,
  territoryPath,
  terms,
  digest,
  draftedByName,
  draftedAt,
}: PlanEdition): PlanBody {
  const territory = codesOfPath(territoryPath).at(-1)!;
  return {
    ...{ id, code, editionNo, versionNo, territory, title: terms.title, terms, digest, draftedByName },
    draftedAt: draftedAt.toISOString(),
  };
}
