/** Agreements of compensation: draft, sign, put in force, amend, end, and read them. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { type AgreementEdition, AgreementService, listAgreements, listCopies } from '@gep/compensation';
import { codesOfPath, getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import {
  type AgreementBody,
  AgreementCopiesBody,
  AgreementListQuery,
  AgreementMadeBody,
  AgreementPageBody,
  AgreementPath,
  AgreementViewBody,
  EndBody,
  NewAgreementBody,
  SignatureBody,
  SignedBody,
} from './agreements.dto';

/** Copies are of the parties that somebody acts for. */
const mostCopies = 500;

@ApiTags('compensation')
@Controller('api/v1/agreements')
export class AgreementsController {
  constructor(
    private readonly agreements: AgreementService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listAgreements',
    summary: '补偿协议（各取最后一版） · agreements, each by its last edition',
  })
  @ApiOkResponse({ type: AgreementPageBody })
  @Problems(404, 422)
  async list(
    @Query() { limit = defaultPageSize, cursor, within, code }: AgreementListQuery,
    @Acting() actor: SignedInActor,
  ): Promise<AgreementPageBody> {
    const after = placeOf(cursor);
    const rows = await this.snapshots.read(actor, async (tx) => {
      const path = within === undefined ? undefined : (await getTerritory(tx, within, this.today.date())).path;
      return listAgreements(tx, { within: path, code, after, limit: limit + 1 });
    });
    return pageOf(rows, limit, ({ id }) => [id], agreementBody);
  }

  @Get('copies')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listAgreementCopies',
    summary: '您的地域作为一方所执的协议 · copies of the agreements that your territories are parties to',
  })
  @ApiOkResponse({ type: AgreementCopiesBody })
  async copies(@Acting() actor: SignedInActor): Promise<AgreementCopiesBody> {
    return { items: wire(await this.snapshots.read(actor, (tx) => listCopies(tx, { limit: mostCopies }))) };
  }

  @Get(':id')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getAgreement', summary: '一项协议及其状态 · an agreement as it stands' })
  @ApiOkResponse({ type: AgreementViewBody })
  @Problems(404, 422)
  async get(@Param() { id }: AgreementPath, @Acting() actor: SignedInActor): Promise<AgreementViewBody> {
    const view = await this.agreements.show(actor, id);
    const { state, steps, signatures, unsigned, editions, disputesTo } = view;
    return { ...agreementBody(view), ...wire({ state, steps, signatures, unsigned, editions, disputesTo }) };
  }

  @Post()
  @Permit('agreement.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'draftAgreement', summary: '起草协议 · draft an agreement' })
  @ApiCreatedResponse({ type: AgreementMadeBody })
  @Problems(404, 409, 413, 422)
  async draft(
    @Body() { document }: NewAgreementBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgreementMadeBody> {
    return answered(await this.agreements.draft(actor, document, key), response);
  }

  @Post(':id/amendments')
  @Permit('agreement.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'amendAgreement',
    summary: '起草新版；生效后取代旧版 · draft the next edition, which takes the place of this one when in force',
  })
  @ApiCreatedResponse({ type: AgreementMadeBody })
  @Problems(404, 409, 413, 422)
  async amend(
    @Param() { id }: AgreementPath,
    @Body() { document }: NewAgreementBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgreementMadeBody> {
    return answered(await this.agreements.amend(actor, id, document, key), response);
  }

  @Post(':id/signatures')
  @Permit('agreement.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'signAgreement', summary: '登记一方的签署 · record that a party has signed' })
  @ApiOkResponse({ type: SignedBody })
  @Problems(404, 409, 413, 422)
  async sign(
    @Param() { id: agreement }: AgreementPath,
    @Body() body: SignatureBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedBody> {
    return answered(
      await this.agreements.sign(actor, { ...body, documentDigest: body.documentDigest ?? null, agreement }, key),
      response,
    );
  }

  @Post(':id/enter')
  @Permit('settlement.approve')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'enterAgreement',
    summary: '使已签署的协议生效（非起草人） · put a signed agreement in force, by another than who drafted it',
  })
  @ApiOkResponse({ type: AgreementMadeBody })
  @Problems(404, 409, 413, 422)
  async enter(
    @Param() { id }: AgreementPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgreementMadeBody> {
    return answered(await this.agreements.enter(actor, id, key), response);
  }

  @Post(':id/expire')
  @Permit('agreement.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'expireAgreement', summary: '期满 · end it when its term is over' })
  @ApiOkResponse({ type: AgreementMadeBody })
  @Problems(404, 409, 413, 422)
  async expire(
    @Param() { id: agreement }: AgreementPath,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgreementMadeBody> {
    return answered(await this.agreements.end(actor, { agreement, act: 'expire' }, key), response);
  }

  @Post(':id/terminate')
  @Permit('ledger.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'terminateAgreement',
    summary: '提前终止，须有理由；生效的协议由批准人终止 · end it early, with a reason; one in force by an approver',
  })
  @ApiOkResponse({ type: AgreementMadeBody })
  @Problems(404, 409, 413, 422)
  async terminate(
    @Param() { id: agreement }: AgreementPath,
    @Body() { reason }: EndBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgreementMadeBody> {
    return answered(await this.agreements.end(actor, { agreement, act: 'terminate', reason }, key), response);
  }
}

/** The result of a deed, marked when it had been done before. */
export function answered<T>(
  { result, replayed }: { readonly result: T; readonly replayed: boolean },
  response: Response,
): T {
  if (replayed) response.setHeader(replayedHeader, 'true');
  return result;
}

function agreementBody({
  id,
  code,
  editionNo,
  territoryPath,
  terms,
  digest,
  draftedByName,
  draftedAt,
}: AgreementEdition): AgreementBody {
  const territory = codesOfPath(territoryPath).at(-1)!;
  return {
    id,
    code,
    editionNo,
    territory,
    title: terms.title,
    terms,
    digest,
    draftedByName,
    draftedAt: draftedAt.toISOString(),
  };
}

function placeOf(cursor: string | undefined): string | undefined {
  const id = readCursor(cursor, 1)?.[0];
  if (id === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw cursorRefused();
}
