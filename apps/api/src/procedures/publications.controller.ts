/** Duties to publish results, dealing with them, and what was published, for all to read. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import {
  getPublication,
  listDuties,
  listPublications,
  nameOfPublication,
  type Publication,
  type PublicationAnswer,
  type PublicationDuty,
  PublicationService,
  wayToObject,
} from '@gep/procedure';
import type { Actor } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { Problems } from '../problem/problems.decorator';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import { readDayCursor } from './day-cursor';
import { territoryOf } from './procedure-body';
import {
  DutiesQuery,
  DutyAnswerBody,
  DutyBody,
  DutyPageBody,
  DutyPath,
  ExceptBody,
  PublicationBody,
  PublicationPageBody,
  PublicationsQuery,
} from './publications.dto';

@ApiTags('procedures')
@Controller('api/v1/publications')
export class PublicationsController {
  constructor(
    private readonly publications: PublicationService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get('duties')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listPublicationDuties',
    summary: '应公开的事项，最先到期的在前 · duties to publish, the first due at the top',
  })
  @ApiOkResponse({ type: DutyPageBody })
  @Problems(404, 422)
  async duties(@Query() query: DutiesQuery, @Acting() actor: Actor): Promise<DutyPageBody> {
    const { limit = defaultPageSize, open, overdue } = query;
    const today = this.today.date();
    const after = readDayCursor(query.cursor);
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, today)).path;
      return listDuties(tx, {
        ...{ within, open, page: { limit: limit + 1, after } },
        ...(overdue && { overdueOn: today }),
      });
    });
    return pageOf(
      rows,
      limit,
      (duty) => [duty.dueOn, duty.id],
      (duty) => dutyBody(duty, today),
    );
  }

  @Post('duties/:id/publish')
  @Permit('ledger.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'publishDuty',
    summary: '公开应公开的内容；需要 publication.publish · publish what is owed; takes publication.publish',
  })
  @ApiOkResponse({ type: DutyAnswerBody })
  @Problems(404, 409, 413, 422)
  async publish(
    @Param() { id }: DutyPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DutyAnswerBody> {
    return answered(await this.publications.publish(actor, id, key), response);
  }

  @Post('duties/:id/except')
  @Permit('ledger.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'exceptDuty',
    summary: '依法不公开，写明依据；需要 publication.publish · not published, by which law; takes publication.publish',
  })
  @ApiOkResponse({ type: DutyAnswerBody })
  @Problems(404, 409, 413, 422)
  async except(
    @Param() { id }: DutyPath,
    @Body() { law, reason }: ExceptBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DutyAnswerBody> {
    return answered(await this.publications.except(actor, { dutyId: id, law, reason }, key), response);
  }

  @Get()
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listPublications',
    summary: '已公开的结果，新的在前 · published results, newest first',
  })
  @ApiOkResponse({ type: PublicationPageBody })
  @Problems(404, 422)
  async list(@Query() query: PublicationsQuery, @Acting() actor: Actor): Promise<PublicationPageBody> {
    const { limit = defaultPageSize, rule, kind, id } = query;
    const after = readDayCursor(query.cursor);
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, this.today.date())).path;
      return listPublications(tx, {
        ...{ within, rule, page: { limit: limit + 1, after } },
        ...(kind !== undefined && id !== undefined && { subject: { kind, id } }),
      });
    });
    return pageOf(rows, limit, (publication) => [publication.publishedOn, publication.id], publicationBody);
  }

  @Get(':id')
  @Permit('disclosure.read')
  @Revalidated('immutable')
  @ApiOperation({ operationId: 'getPublication', summary: '一项已公开的结果 · one published result' })
  @ApiOkResponse({ type: PublicationBody })
  @Problems(404, 422)
  async get(@Param() { id }: DutyPath, @Acting() actor: Actor): Promise<PublicationBody> {
    return publicationBody(await this.snapshots.read(actor, (tx) => getPublication(tx, id)));
  }
}

function answered({ replayed, ...answer }: PublicationAnswer, response: Response): DutyAnswerBody {
  if (replayed) response.setHeader(replayedHeader, 'true');
  return answer;
}

function dutyBody({ subject, territoryPath, document, exception, ...duty }: PublicationDuty, today: string): DutyBody {
  const isOpen = duty.publishedOn === null && exception === null;
  return {
    ...duty,
    ...{ kind: subject.kind, subjectId: subject.id, territory: territoryOf(territoryPath), exception },
    ...{ name: nameOfPublication[duty.rule], document: JSON.parse(document) as object },
    isOverdue: isOpen && duty.dueOn < today,
  };
}

function publicationBody({ subject, territoryPath, document, ...shown }: Publication): PublicationBody {
  return {
    ...shown,
    ...{ kind: subject.kind, subjectId: subject.id, territory: territoryOf(territoryPath) },
    ...{ name: nameOfPublication[shown.rule], document: JSON.parse(document) as object },
    objection: wayToObject(subject),
  };
}
