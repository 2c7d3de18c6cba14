/** Entries of credit over HTTP: the list in force, what was reported and checked, objections, measures, grades of a whole place. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import {
  CreditEditions,
  CreditEventService,
  CreditMeasureService,
  CreditMissing,
  CreditSubjectService,
  GradeTables,
  listEvents,
  ObjectionService,
} from '@gep/credit';
import { creditView } from '@gep/rulebook';
import { getTerritory } from '@gep/territory';
import { getOwnPath } from '../access/own-territory.service';
import { Acting, Permit, SignedIn } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { answered } from '../compensation/agreements.controller';
import { Problems } from '../problem/problems.decorator';
import { readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import {
  CatalogueBody,
  CreditEventPageBody,
  EventDoneBody,
  GradeTableBody,
  CreditMadeBody,
  MeasureDoneBody,
  MeasureListBody,
  ObjectionDoneBody,
  ObjectionPageBody,
} from './credit-answers.dto';
import { measureBody, objectionBody } from './credit-body';
import {
  CatalogueQuery,
  CreditIdPath,
  EventActBody,
  EventQuery,
  GradeTableQuery,
  MeasureActBody,
  MeasureQuery,
  NewEventBody,
  NewCreditMeasureBody,
  NewObjectionBody,
  ObjectionActBody,
  ObjectionQuery,
} from './credit.dto';

@ApiTags('credit')
@Controller('api/v1/credit')
export class CreditEventsController {
  constructor(
    private readonly editions: CreditEditions,
    private readonly subjects: CreditSubjectService,
    private readonly events: CreditEventService,
    private readonly objections: ObjectionService,
    private readonly measures: CreditMeasureService,
    private readonly tables: GradeTables,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get('catalogue')
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getCreditCatalogue',
    summary: '当日有效的信用清单 · the list of credit in force on a day',
  })
  @ApiOkResponse({ type: CatalogueBody })
  @Problems(404, 409, 422)
  async catalogue(@Query() query: CatalogueQuery, @Acting() actor: SignedInActor): Promise<CatalogueBody> {
    const { territory, day = this.today.date() } = query;
    return this.snapshots.read(actor, async (tx) => {
      const { path } = await getTerritory(tx, territory, day);
      const { edition, catalogue } = await this.editions.inForce(tx, path, day);
      return { edition, ...creditView(catalogue) };
    });
  }

  @Get('grades')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'readGradeTable',
    summary: '各地各等级人数，少于五人的隐去 · persons by place and grade; fewer than five are hidden',
  })
  @ApiOkResponse({ type: GradeTableBody })
  @Problems(404, 422)
  async grades(@Query() { territory }: GradeTableQuery, @Acting() actor: SignedInActor): Promise<GradeTableBody> {
    const day = this.today.date();
    const path = await this.snapshots.read(actor, (tx) => getOwnPath(tx, actor, territory, day));
    const { least, grades, rows } = await this.tables.read(actor, path);
    return { least, grades: [...grades], rows: rows.map(({ persons, ...row }) => ({ ...row, persons: [...persons] })) };
  }

  @Get('events')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listCreditEvents', summary: '信用记录及其状态 · entries and where they stand' })
  @ApiOkResponse({ type: CreditEventPageBody })
  @Problems(404, 422)
  async list(@Query() query: EventQuery, @Acting() actor: SignedInActor): Promise<CreditEventPageBody> {
    const { limit = defaultPageSize, subject: subjectId, state, territory } = query;
    const within = territory === undefined ? undefined : (await this.territory(actor, territory)).path;
    const page = { limit: limit + 1, after: readCursor(query.cursor, 1)?.[0] };
    const rows = await this.snapshots.read(actor, (tx) => listEvents(tx, { subjectId, state, within, page }));
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      ({ territoryPath: _path, ...event }) => wire(event),
    );
  }

  @Post('events')
  @Permit('credit.report')
  @ActsOnce()
  @ApiOperation({
    operationId: 'reportCreditEvent',
    summary: '记录行为与证据 · report what somebody did, with its evidence',
  })
  @ApiCreatedResponse({ type: EventDoneBody })
  @Problems(404, 409, 413, 422)
  async report(
    @Body() { subject, number, kind = 'person', ...wish }: NewEventBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EventDoneBody> {
    const [found] =
      subject === undefined && number !== undefined
        ? await this.subjects.search(actor, { field: 'number', text: number, kind })
        : [];
    const id = subject ?? found?.id;
    if (id === undefined)
      throw new CreditMissing({ zh: '信用主体', en: 'subject of credit' }, number === undefined ? '' : '***');
    return answered(await this.events.report(actor, { ...wish, subject: id }, key), response);
  }

  @Post('events/:id/acts')
  @Permit('credit.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnCreditEvent',
    summary: '核对、退回、告知、修复、更正作废，各由一人 · check, return, tell, repair, void, by persons apart',
  })
  @ApiOkResponse({ type: EventDoneBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { id }: CreditIdPath,
    @Body() body: EventActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EventDoneBody> {
    return answered(await this.events.act(actor, { id, ...body }, key), response);
  }

  @Get('objections')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listObjections', summary: '异议 · objections' })
  @ApiOkResponse({ type: ObjectionPageBody })
  @Problems(422)
  async objectionList(@Query() query: ObjectionQuery, @Acting() actor: SignedInActor): Promise<ObjectionPageBody> {
    const { limit = defaultPageSize, subject: subjectId, open } = query;
    const page = { limit: limit + 1, after: readCursor(query.cursor, 1)?.[0] };
    const rows = await this.objections.list(actor, { subjectId, open: open ? true : undefined, page });
    return pageOf(rows, limit, ({ id }) => [id], objectionBody);
  }

  @Post('objections')
  @Permit('credit.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'fileObjection', summary: '代主体提出异议 · object for a subject' })
  @ApiCreatedResponse({ type: ObjectionDoneBody })
  @Problems(404, 409, 413, 422)
  async file(
    @Body() body: NewObjectionBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ObjectionDoneBody> {
    return answered(await this.objections.file(actor, body, key), response);
  }

  @Post('objections/:id/acts')
  @Permit('credit.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'actOnObjection', summary: '处理异议、复核 · handle an objection, review it' })
  @ApiOkResponse({ type: ObjectionDoneBody })
  @Problems(404, 409, 413, 422)
  async objectionAct(
    @Param() { id }: CreditIdPath,
    @Body() body: ObjectionActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ObjectionDoneBody> {
    return answered(await this.objections.act(actor, { id, ...body }, key), response);
  }

  @Get('measures')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listCreditMeasures', summary: '措施及其依据 · measures with what they rest on' })
  @ApiOkResponse({ type: MeasureListBody })
  @Problems(404, 422)
  async measureList(@Query() query: MeasureQuery, @Acting() actor: SignedInActor): Promise<MeasureListBody> {
    const { subject: subjectId, territory } = query;
    const within = territory === undefined ? undefined : (await this.territory(actor, territory)).path;
    return { items: (await this.measures.list(actor, { subjectId, within })).map(measureBody) };
  }

  @Post('measures')
  @Permit('credit.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'proposeCreditMeasure', summary: '拟采取已公布的措施 · propose a published measure' })
  @ApiCreatedResponse({ type: CreditMadeBody })
  @Problems(404, 409, 413, 422)
  async propose(
    @Body() body: NewCreditMeasureBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreditMadeBody> {
    return answered(await this.measures.propose(actor, body, key), response);
  }

  @Post('measures/:id/acts')
  @Permit('credit.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnCreditMeasure',
    summary: '告知、听取申辩、决定、实施、解除，各由一人 · tell, hear, decide, put in force, lift, by persons apart',
  })
  @ApiOkResponse({ type: MeasureDoneBody })
  @Problems(404, 409, 413, 422)
  async measureAct(
    @Param() { id }: CreditIdPath,
    @Body() body: MeasureActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeasureDoneBody> {
    return answered(await this.measures.act(actor, { id, ...body }, key), response);
  }

  private territory(actor: SignedInActor, code: string) {
    const day = this.today.date();
    return this.snapshots.read(actor, (tx) => getTerritory(tx, code, day));
  }
}
