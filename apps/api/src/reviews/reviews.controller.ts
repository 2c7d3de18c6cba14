/** Reviews of accounts: where each stands, what may be done and why not, doing it, and what was done. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { listReviews, ReviewService } from '@gep/accounting';
import { getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { Problems } from '../problem/problems.decorator';
import { AccountKey } from '../request/account-key.dto';
import { readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import { reviewBody, stepBody } from './review-body';
import {
  ActBody,
  ReviewBody,
  ReviewListQuery,
  ReviewPageBody,
  ReviewStepBody,
  ReviewStepListBody,
} from './reviews.dto';

@ApiTags('reviews')
@Controller('api/v1/reviews')
export class ReviewsController {
  constructor(
    private readonly reviews: ReviewService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('account.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listReviews', summary: '评审列表（各取最后一步） · reviews by their last step' })
  @ApiOkResponse({ type: ReviewPageBody })
  @Problems(404, 422)
  async list(@Query() query: ReviewListQuery, @Acting() actor: SignedInActor): Promise<ReviewPageBody> {
    const { limit = defaultPageSize, period, norm: normId, state } = query;
    const after = readCursor(query.cursor, 3);
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, this.today.date())).path;
      return listReviews(
        tx,
        { within, period, normId, state },
        { limit: limit + 1, after: after && { territory: after[0], period: after[1], normId: after[2] } },
      );
    });
    return pageOf(rows, limit, (row) => [row.territory, row.period, row.normId], stepBody);
  }

  @Get(':territory/:period/:norm')
  @Permit('account.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getReview',
    summary: '一个账户的评审：状态、锁定、您可办理的事项 · where a review stands, its lock, and what you may do',
  })
  @ApiOkResponse({ type: ReviewBody })
  @Problems(404, 422)
  async get(@Param() { territory, period, norm }: AccountKey, @Acting() actor: SignedInActor): Promise<ReviewBody> {
    return reviewBody(await this.reviews.show(actor, { territory, period, normId: norm }));
  }

  @Get(':territory/:period/:norm/steps')
  @Permit('account.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listReviewSteps', summary: '评审的全部步骤 · all steps of a review' })
  @ApiOkResponse({ type: ReviewStepListBody })
  @Problems(404, 422)
  async steps(
    @Param() { territory, period, norm }: AccountKey,
    @Acting() actor: SignedInActor,
  ): Promise<ReviewStepListBody> {
    return { items: (await this.reviews.history(actor, { territory, period, normId: norm })).map(stepBody) };
  }

  @Post(':territory/:period/:norm/acts')
  @Permit('account.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnReview',
    summary:
      '办理：提交、核对、评审、批准、发布、退回、撤回、重述 · submit, check, review, approve, publish, return, withdraw, restate',
  })
  @ApiOkResponse({ type: ReviewStepBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { territory, period, norm }: AccountKey,
    @Body() request: ActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReviewStepBody> {
    const { act, reason, afterStep } = request;
    const wish = { act, ...(reason !== undefined && { reason }), ...(afterStep !== undefined && { afterStep }) };
    const { replayed, step } = await this.reviews.act(actor, { territory, period, normId: norm }, wish, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    return stepBody(step);
  }
}
