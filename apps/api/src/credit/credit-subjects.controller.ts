/** The register of credit over HTTP: subjects, who they are for a stated purpose, consents, records, queries of credit users. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { getHolder, type SignedInActor } from '@gep/access';
import { CreditQueryService, CreditSubjectService, ScoreService } from '@gep/credit';
import { getTerritory } from '@gep/territory';
import { getOwnPath } from '../access/own-territory.service';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { answered } from '../compensation/agreements.controller';
import { Problems } from '../problem/problems.decorator';
import { readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { defaultPageSize, PageQuery } from '../request/page.dto';
import {
  ConsentListBody,
  CreditAnswerBody,
  CreditRecordBody,
  CreditSubjectListBody,
  CreditSubjectPageBody,
  CreditMadeBody,
  LoanDecisionListBody,
  ReadingPageBody,
  ScoreNoticeListBody,
  SubjectIdentityBody,
  SubjectLinkedBody,
} from './credit-answers.dto';
import { identityBody, recordBody, subjectBody } from './credit-body';
import {
  ConsentQuery,
  CreditIdPath,
  CreditQueryBody,
  NewConsentBody,
  NewSubjectBody,
  PurposeBody,
  RecordBody,
  SubjectLinkBody,
  SubjectQuery,
  SubjectSearchBody,
} from './credit.dto';

const mostNotices = 200;

@ApiTags('credit')
@Controller('api/v1/credit')
export class CreditSubjectsController {
  constructor(
    private readonly subjects: CreditSubjectService,
    private readonly queries: CreditQueryService,
    private readonly scores: ScoreService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get('subjects')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listCreditSubjects',
    summary: '信用主体，只有编号 · subjects of credit, by number alone',
  })
  @ApiOkResponse({ type: CreditSubjectPageBody })
  @Problems(404, 422)
  async list(@Query() query: SubjectQuery, @Acting() actor: SignedInActor): Promise<CreditSubjectPageBody> {
    const { limit = defaultPageSize, territory } = query;
    const after = readCursor(query.cursor, 1)?.[0];
    const within = territory === undefined ? undefined : await this.pathOf(actor, territory);
    const rows = await this.subjects.list(actor, { within, page: { limit: limit + 1, after } });
    return pageOf(rows, limit, ({ id }) => [id], subjectBody);
  }

  @Post('subjects')
  @Permit('credit.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'registerCreditSubject',
    summary: '登记信用主体，标识加密 · register a subject; who it is is sealed',
  })
  @ApiCreatedResponse({ type: CreditMadeBody })
  @Problems(404, 409, 413, 422)
  async register(
    @Body() { territory, ...wish }: NewSubjectBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreditMadeBody> {
    const day = this.today.date();
    const territoryPath = await this.snapshots.read(actor, (tx) => getOwnPath(tx, actor, territory, day));
    return answered(await this.subjects.register(actor, { ...wish, territoryPath }, key), response);
  }

  @Post('subjects/search')
  @Permit('credit.manage')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'searchCreditSubjects',
    summary: '按完整标识查找 · look for a subject by a whole identifier',
  })
  @ApiOkResponse({ type: CreditSubjectListBody })
  @Problems(409, 422)
  async search(@Body() wish: SubjectSearchBody, @Acting() actor: SignedInActor): Promise<CreditSubjectListBody> {
    return { items: (await this.subjects.search(actor, wish)).map(subjectBody) };
  }

  @Post('subjects/:id/identity')
  @Permit('credit.manage')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'identifyCreditSubject',
    summary: '查看主体是谁，须写明用途并记入日志 · who a subject is, for a purpose that is noted',
  })
  @ApiOkResponse({ type: SubjectIdentityBody })
  @Problems(404, 409, 422)
  async identify(
    @Param() { id }: CreditIdPath,
    @Body() { purpose }: PurposeBody,
    @Acting() actor: SignedInActor,
  ): Promise<SubjectIdentityBody> {
    return identityBody(await this.subjects.identify(actor, id, purpose));
  }

  @Post('subjects/:id/record')
  @Permit('credit.read')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'readCreditRecord',
    summary:
      '查看记录与逐项原因，须写明用途并记入日志 · a record with a reason for every entry, for a purpose that is noted',
  })
  @ApiOkResponse({ type: CreditRecordBody })
  @Problems(404, 409, 422)
  async record(
    @Param() { id: subject }: CreditIdPath,
    @Body() body: RecordBody,
    @Acting() actor: SignedInActor,
  ): Promise<CreditRecordBody> {
    return recordBody(await this.scores.read(actor, { subject, ...body }));
  }

  @Get('subjects/:id/readings')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listCreditReadings', summary: '谁查看过、何时、为何 · who looked, when and for what' })
  @ApiOkResponse({ type: ReadingPageBody })
  @Problems(404, 422)
  async readings(
    @Param() { id }: CreditIdPath,
    @Query() { limit = defaultPageSize, cursor }: PageQuery,
    @Acting() actor: SignedInActor,
  ): Promise<ReadingPageBody> {
    const rows = await this.subjects.readings(actor, id, { limit: limit + 1, after: readCursor(cursor, 1)?.[0] });
    return pageOf(rows, limit, ({ no }) => [no], wire);
  }

  @Post('subjects/:id/links')
  @Permit('credit.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'linkCreditSubject',
    summary: '让主体以其登录查看本人记录 · let a subject read its record at its login',
  })
  @ApiOkResponse({ type: SubjectLinkedBody })
  @Problems(404, 409, 413, 422)
  async link(
    @Param() { id: subject }: CreditIdPath,
    @Body() { login, linked }: SubjectLinkBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SubjectLinkedBody> {
    const userId = await this.snapshots.read(actor, (tx) => getHolder(tx, login, 'credit-subject'));
    return answered(await this.subjects.link(actor, { subject, userId, linked }, key), response);
  }

  @Get('consents')
  @Permit('credit.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listConsents', summary: '主体的同意 · consents of a subject' })
  @ApiOkResponse({ type: ConsentListBody })
  @Problems(404, 422)
  async consents(@Query() { subject }: ConsentQuery, @Acting() actor: SignedInActor): Promise<ConsentListBody> {
    const rows = await this.queries.consents(actor, subject);
    return { items: rows.map(({ territoryPath: _path, ...consent }) => wire(consent)) };
  }

  @Post('consents')
  @Permit('credit.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'recordConsent', summary: '登记书面同意 · record a written consent to a query' })
  @ApiCreatedResponse({ type: CreditMadeBody })
  @Problems(404, 409, 413, 422)
  async consent(
    @Body() { login, from: fromDay, until: untilDay, ...wish }: NewConsentBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreditMadeBody> {
    const granteeId = await this.snapshots.read(actor, (tx) => getHolder(tx, login, 'credit-user'));
    return answered(await this.queries.consent(actor, { ...wish, granteeId, fromDay, untilDay }, key), response);
  }

  @Post('consents/:id/withdrawal')
  @Permit('credit.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'withdrawConsent', summary: '代主体撤回同意 · take a consent back for the subject' })
  @ApiOkResponse({ type: CreditMadeBody })
  @Problems(404, 409, 413, 422)
  async withdraw(
    @Param() { id }: CreditIdPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreditMadeBody> {
    return answered(await this.queries.withdraw(actor, { id, own: false }, key), response);
  }

  @Post('queries')
  @Permit('credit.query')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'askCredit',
    summary:
      '经主体同意查询分数与等级，并问记录是否允许一笔贷款 · score and grade with the consent of the subject, and whether it opens a loan',
  })
  @ApiOkResponse({ type: CreditAnswerBody })
  @Problems(409, 422)
  async ask(@Body() { loan, ...question }: CreditQueryBody, @Acting() actor: SignedInActor): Promise<CreditAnswerBody> {
    const wish = loan && { ...loan, amountFen: BigInt(loan.amountFen) };
    const answer = await this.queries.ask(actor, { ...question, ...(wish && { loan: wish }) });
    const { loan: decided, ...rest } = answer;
    return { ...rest, ...(decided && { loan: wire(decided) }) };
  }

  @Get('loan-decisions')
  @Permit('credit.query')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listLoanDecisions',
    summary: '您问过的贷款及记录的决定 · loans that you asked about, and what the record decided',
  })
  @ApiOkResponse({ type: LoanDecisionListBody })
  async loanDecisions(@Acting() actor: SignedInActor): Promise<LoanDecisionListBody> {
    return { items: wire(await this.queries.loanDecisions(actor, mostNotices)) };
  }

  @Get('notices')
  @Permit('credit.query')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listScoreNotices',
    summary: '查询过的分数后来的更正 · corrections of scores that you asked for',
  })
  @ApiOkResponse({ type: ScoreNoticeListBody })
  async notices(@Acting() actor: SignedInActor): Promise<ScoreNoticeListBody> {
    return { items: wire(await this.queries.notices(actor, mostNotices)) };
  }

  private async pathOf(actor: SignedInActor, territory: string): Promise<string> {
    const day = this.today.date();
    return (await this.snapshots.read(actor, (tx) => getTerritory(tx, territory, day))).path;
  }
}
