/** Audits of departing office holders: commission, plan, causes, report, steps, and the term pack. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { ReportWriter } from '@gep/accounting';
import { type Departure, DepartureReports, DepartureService, PackWriter, packPages, packTables } from '@gep/evaluation';
import { canonicalJson } from '@gep/kernel';
import { getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { getOwnPath } from '../access/own-territory.service';
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
  AttributionBody,
  DepartureActBody,
  type DepartureBody,
  DepartureListQuery,
  DepartureMadeBody,
  DepartureNumberBody,
  DeparturePageBody,
  DeparturePath,
  DeparturePlanBody,
  DepartureRecordBody,
  DepartureViewBody,
  NewDepartureBody,
  PackQuery,
  ReportIssuedBody,
  ReportSentBody,
  SendReportBody,
} from './departures.dto';
import { placeAfter } from './yearly-disclosures.controller';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const binary = { schema: { type: 'string' as const, format: 'binary' } };

@ApiTags('evaluation')
@Controller('api/v1/evaluation/departures')
export class DeparturesController {
  constructor(
    private readonly departures: DepartureService,
    private readonly reports: DepartureReports,
    private readonly workbooks: ReportWriter,
    private readonly pages: PackWriter,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listDepartures', summary: '离任审计 · audits of departing office holders' })
  @ApiOkResponse({ type: DeparturePageBody })
  @Problems(404, 422)
  async list(
    @Query() { limit = defaultPageSize, cursor, within }: DepartureListQuery,
    @Acting() actor: SignedInActor,
  ): Promise<DeparturePageBody> {
    const after = placeAfter(cursor);
    const path =
      within === undefined
        ? undefined
        : await this.snapshots.read(actor, async (tx) => (await getTerritory(tx, within, this.today.date())).path);
    const rows = await this.departures.list(actor, { within: path, after, limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], departureBody);
  }

  @Get(':id')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getDeparture', summary: '一项离任审计及其状态 · a departing audit as it stands' })
  @ApiOkResponse({ type: DepartureViewBody })
  @Problems(404, 422)
  async get(@Param() { id }: DeparturePath, @Acting() actor: SignedInActor): Promise<DepartureViewBody> {
    const view = await this.departures.show(actor, id);
    const { state, steps, plan, attributions, records, clocks, reportDigest } = view;
    return { ...departureBody(view), ...wire({ state, steps, plan, attributions, records, clocks, reportDigest }) };
  }

  @Get(':id/pack')
  @Permit('evaluation.read')
  @ApiOperation({
    operationId: 'getTermPack',
    summary:
      '任期资料：JSON、XLSX 或 PDF；未送达时为草稿 · the term pack as JSON, XLSX or PDF; a draft until it is sent',
  })
  @ApiOkResponse({
    content: {
      'application/json': { schema: { type: 'object', additionalProperties: true } },
      [workbookType]: binary,
      'application/pdf': binary,
    },
  })
  @Problems(404, 409, 422)
  async pack(
    @Param() { id }: DeparturePath,
    @Query() { format = 'json', words = 'zh' }: PackQuery,
    @Acting() actor: SignedInActor,
    @Res() response: Response,
  ): Promise<void> {
    const pack = await this.reports.pack(actor, id);
    response.setHeader('Cache-Control', 'private, no-cache');
    if (format === 'json') return void response.type('application/json').send(canonicalJson(pack));
    const tables = packTables(pack);
    response.attachment(`${pack.report.departure.territory}-${pack.report.departure.code}.${format}`);
    if (format === 'xlsx')
      return void response.type(workbookType).send(Buffer.from(await this.workbooks.workbook(tables, words)));
    response.type('application/pdf').send(Buffer.from(await this.pages.pdf(packPages(tables, words))));
  }

  @Post()
  @Permit('evaluation.approve')
  @ActsOnce()
  @ApiOperation({ operationId: 'commissionDeparture', summary: '委托离任审计 · commission a departing audit' })
  @ApiCreatedResponse({ type: DepartureMadeBody })
  @Problems(404, 409, 413, 422)
  async commission(
    @Body() { norm: normId, ...draft }: NewDepartureBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DepartureMadeBody> {
    await this.snapshots.read(actor, (tx) => getOwnPath(tx, actor, draft.territory, this.today.date()));
    return answered(await this.departures.commission(actor, { ...draft, normId }, key), response);
  }

  @Post(':id/plan')
  @Permit('evaluation.prepare')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'planDeparture',
    summary: '制定方案：比较哪两个冻结的端点 · plan it: which frozen ends are compared',
  })
  @ApiOkResponse({ type: DepartureMadeBody })
  @Problems(404, 409, 413, 422)
  async plan(
    @Param() { id }: DeparturePath,
    @Body() body: DeparturePlanBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DepartureMadeBody> {
    const { conditionAttributes = [], weatherAttributes = [], conditionDefinition = null, ...snapshots } = body;
    const plan = { ...snapshots, conditionAttributes, weatherAttributes, conditionDefinition };
    return answered(await this.departures.plan(actor, id, plan, key), response);
  }

  @Post(':id/attributions')
  @Permit('evaluation.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'declareCause',
    summary: '认定变化的原因，附依据文件 · declare the cause of a change, with its document',
  })
  @ApiCreatedResponse({ type: DepartureNumberBody })
  @Problems(404, 409, 413, 422)
  async declare(
    @Param() { id }: DeparturePath,
    @Body() { type, service, natural = '0', human = '0', method = '0', ...draft }: AttributionBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DepartureNumberBody> {
    const cause = { ...draft, type: type ?? null, service: service ?? null, natural, human, method };
    return answered(await this.departures.declare(actor, id, cause, key), response);
  }

  @Post(':id/records')
  @Permit('evaluation.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'recordOfDeparture',
    summary: '登记意见、整改或后续 · record a comment, what was put right, or what came to light later',
  })
  @ApiCreatedResponse({ type: DepartureNumberBody })
  @Problems(404, 409, 413, 422)
  async record(
    @Param() { id }: DeparturePath,
    @Body() { finding, documentDigest, ...draft }: DepartureRecordBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DepartureNumberBody> {
    const record = { ...draft, finding: finding ?? null, documentDigest: documentDigest ?? null };
    return answered(await this.departures.record(actor, id, record, key), response);
  }

  @Post(':id/report')
  @Permit('evaluation.prepare')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'sendDepartureReport',
    summary: '固定报告并送达征求意见（十日） · fix the report and send it for comment (ten days)',
  })
  @ApiOkResponse({ type: ReportSentBody })
  @Problems(404, 409, 413, 422)
  async report(
    @Param() { id: departure }: DeparturePath,
    @Body() body: SendReportBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReportSentBody> {
    return answered(await this.reports.report(actor, { departure, ...body }, key), response);
  }

  @Post(':id/issue')
  @Permit('evaluation.confirm')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'issueDepartureReport', summary: '出具报告 · issue the report' })
  @ApiOkResponse({ type: ReportIssuedBody })
  @Problems(404, 409, 413, 422)
  async issue(
    @Param() { id }: DeparturePath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReportIssuedBody> {
    return answered(await this.reports.issue(actor, id, key), response);
  }

  @Post(':id/acts')
  @Permit('evaluation.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnDeparture',
    summary: '进场、中止、恢复、退回、整改、公布、办结或撤回 · the other steps, each by whoever may take it',
  })
  @ApiOkResponse({ type: DepartureMadeBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { id: departure }: DeparturePath,
    @Body() body: DepartureActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DepartureMadeBody> {
    return answered(await this.departures.act(actor, { departure, ...body }, key), response);
  }
}

function departureBody(departure: Departure): DepartureBody {
  const { id, code, territory, office, holder, appointedOn, departedOn, normId } = departure;
  const { commissionedBy, commissionDigest, openedName, openedAt } = departure;
  return {
    ...{ id, code, territory, office, holder, appointedOn, departedOn, normId, commissionedBy, commissionDigest },
    ...{ openedName, openedAt: openedAt.toISOString() },
  };
}
