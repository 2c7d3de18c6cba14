/** The audit trail for auditors: who did what and when, and whether the chain of rows is whole. */
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, type AuditRecord, listAudit, rootPath, verifyAuditChain } from '@gep/platform';
import { codesOfPath } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { refuseField } from '../problem/errors';
import { pageOf } from '../answer/page';
import { defaultPageSize } from '../request/page.dto';
import { Problems } from '../problem/problems.decorator';
import { Snapshots } from '../answer/snapshots.service';
import { AuditPageBody, AuditQuery, AuditRowBody, AuditVerdictBody, VerificationQuery } from './audit.dto';
import { ChainIsNational } from './errors';

@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly snapshots: Snapshots) {}

  @Get()
  @Permit('audit.read')
  @ApiOperation({
    operationId: 'listAudit',
    summary: '您的地域内的审计记录，新的在前 · the trail of your territories, newest first',
  })
  @ApiOkResponse({ type: AuditPageBody })
  @Problems(422)
  async list(@Query() query: AuditQuery, @Acting() actor: Actor): Promise<AuditPageBody> {
    const { limit = defaultPageSize, cursor, actor: actorId, territory, ...filter } = query;
    const beforeSeq = placeOf(cursor);
    const within = territory?.replaceAll('-', '_');
    const rows = await this.snapshots.read(actor, (tx) =>
      listAudit(tx, { ...filter, actorId, within }, { beforeSeq, limit: limit + 1 }),
    );
    return pageOf(rows, limit, ({ seq }) => [seq], rowBody);
  }

  @Get('verify')
  @Permit('audit.read')
  @ApiOperation({ operationId: 'verifyAudit', summary: '核对整条链 · check the whole chain' })
  @ApiOkResponse({ type: AuditVerdictBody })
  @Problems(422)
  async verify(@Query() { rows, hash }: VerificationQuery, @Acting() actor: Actor): Promise<AuditVerdictBody> {
    if (!actor.scope.includes(rootPath)) throw new ChainIsNational();
    if ((rows === undefined) !== (hash === undefined)) throw headHalfGiven();
    const published = rows === undefined || hash === undefined ? undefined : { rows, hash };
    const verdict = await this.snapshots.read(actor, (tx) => verifyAuditChain(tx, published));
    return { whole: verdict.broken === undefined, ...verdict, broken: verdict.broken ?? null };
  }
}

function rowBody({ territoryPath, ...row }: AuditRecord): AuditRowBody {
  return { ...row, territory: codesOfPath(territoryPath).at(-1)! };
}

const headHalfGiven = () =>
  refuseField('hash', 'head', { zh: 'rows 与 hash 应一并给出', en: 'rows and hash are given together' });

function placeOf(cursor: string | undefined): string | undefined {
  const seq = readCursor(cursor, 1)?.[0];
  if (seq === undefined || /^\d{1,18}$/.test(seq)) return seq;
  throw cursorRefused();
}
