/** Making yearly disclosures: draft, approve, publish, withdraw, and read them before the public does. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import {
  type DisclosureDone,
  type DisclosureDocument,
  getYearlyDisclosure,
  listYearlyDisclosures,
  type YearlyDisclosure,
  YearlyDisclosureService,
} from '@gep/evaluation';
import { getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { getOwnPath } from '../access/own-territory.service';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { Problems } from '../problem/problems.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import {
  NewYearlyDisclosureBody,
  YearlyDisclosureActBody,
  YearlyDisclosureActPath,
  YearlyDisclosureDoneBody,
  type YearlyDisclosureGistBody,
  YearlyDisclosureListQuery,
  YearlyDisclosurePageBody,
  YearlyDisclosurePath,
} from './yearly-disclosures.dto';

@ApiTags('evaluation')
@Controller('api/v1/evaluation/disclosures')
export class YearlyDisclosuresController {
  constructor(
    private readonly disclosures: YearlyDisclosureService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listYearlyDisclosures',
    summary: '年度披露，含草稿，新的在前 · yearly disclosures, drafts included, newest first',
  })
  @ApiOkResponse({ type: YearlyDisclosurePageBody })
  @Problems(404, 422)
  async list(
    @Query() { limit = defaultPageSize, cursor, within, ...filter }: YearlyDisclosureListQuery,
    @Acting() actor: SignedInActor,
  ): Promise<YearlyDisclosurePageBody> {
    const after = placeAfter(cursor);
    const rows = await this.snapshots.read(actor, async (tx) => {
      const path = within === undefined ? undefined : (await getTerritory(tx, within, this.today.date())).path;
      return listYearlyDisclosures(tx, { ...filter, within: path }, { limit: limit + 1, after });
    });
    return pageOf(rows, limit, ({ id }) => [id], gistBody);
  }

  @Get(':id')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getYearlyDisclosure',
    summary: '一份年度披露的全文，公布前后皆可 · the document of a yearly disclosure, published or not',
  })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @Problems(404, 422)
  async get(@Param() { id }: YearlyDisclosurePath, @Acting() actor: SignedInActor): Promise<object> {
    return this.snapshots.read(actor, async (tx) => documentOf(await getYearlyDisclosure(tx, id)));
  }

  @Post()
  @Permit('evaluation.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'draftYearlyDisclosure',
    summary: '按现时有效的已发布数据起草 · draft from what is published and final now',
  })
  @ApiCreatedResponse({ type: YearlyDisclosureDoneBody })
  @Problems(404, 409, 422)
  async draft(
    @Body() body: NewYearlyDisclosureBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<YearlyDisclosureDoneBody> {
    await this.snapshots.read(actor, (tx) => getOwnPath(tx, actor, body.territory, this.today.date()));
    return answered(await this.disclosures.draft(actor, body, key), response);
  }

  @Post(':id/:act')
  @Permit('evaluation.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnYearlyDisclosure',
    summary: '批准、公布或撤回；公布后任何人可见 · approve, publish or withdraw; once published, anybody sees it',
  })
  @ApiOkResponse({ type: YearlyDisclosureDoneBody })
  @Problems(404, 409, 422)
  async act(
    @Param() { id, act }: YearlyDisclosureActPath,
    @Body() { reason }: YearlyDisclosureActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<YearlyDisclosureDoneBody> {
    return answered(await this.disclosures.act(actor, { id, act, reason }, key), response);
  }
}

function answered({ replayed, ...done }: DisclosureDone, response: Response): YearlyDisclosureDoneBody {
  if (replayed) response.setHeader(replayedHeader, 'true');
  return done;
}

export const documentOf = ({ document }: YearlyDisclosure) => JSON.parse(document) as DisclosureDocument;

export function gistBody(disclosure: YearlyDisclosure): YearlyDisclosureGistBody {
  const { id, territory, year, edition, digest, root, publishedOn } = disclosure;
  const { reason, corrections } = documentOf(disclosure);
  return { id, territory, year, edition, digest, root, publishedOn, reason, corrected: corrections.length };
}

/** The cursor names the last disclosure of the page before. */
export function placeAfter(cursor: string | undefined): string | undefined {
  const id = readCursor(cursor, 1)?.[0];
  if (id === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw cursorRefused();
}
