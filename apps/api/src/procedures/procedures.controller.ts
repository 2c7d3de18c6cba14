/** Procedures of any kind: where one stands, its steps and its clocks; and the clocks of everything, the late ones first. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { getSubject, listClocks, listFrozen, listSubjects } from '@gep/procedure';
import type { Actor } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { defaultPageSize } from '../request/page.dto';
import { readDayCursor, readIdCursor } from './day-cursor';
import { clockBody, stepBody, territoryOf } from './procedure-body';
import {
  ClockPageBody,
  ClocksQuery,
  ProcedureBody,
  ProcedurePageBody,
  ProcedurePath,
  ProceduresQuery,
} from './procedures.dto';

@ApiTags('procedures')
@Controller('api/v1')
export class ProceduresController {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get('procedures')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listProcedures',
    summary: '某一种类的程序及其状态 · procedures of a kind, with their states',
  })
  @ApiOkResponse({ type: ProcedurePageBody })
  @Problems(404, 422)
  async list(@Query() query: ProceduresQuery, @Acting() actor: Actor): Promise<ProcedurePageBody> {
    const { limit = defaultPageSize, kind, state } = query;
    const after = readIdCursor(query.cursor);
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, this.today.date())).path;
      return listSubjects(tx, { kind, state, within, page: { limit: limit + 1, after } });
    });
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      ({ territoryPath, last, ...row }) => ({ ...row, territory: territoryOf(territoryPath), last: stepBody(last) }),
    );
  }

  @Get('procedures/:kind/:id')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getProcedure',
    summary: '一个程序：状态、步骤、期限、被冻结的数字 · one procedure: state, steps, clocks, frozen figures',
  })
  @ApiOkResponse({ type: ProcedureBody })
  @Problems(404, 422)
  async get(@Param() { kind, id }: ProcedurePath, @Acting() actor: Actor): Promise<ProcedureBody> {
    const subject = { kind, id };
    const today = this.today.date();
    return this.snapshots.read(actor, async (tx) => {
      const { state, territoryPath, steps } = await getSubject(tx, subject);
      const clocks = await listClocks(tx, { subject });
      return {
        ...{ kind, id, state, territory: territoryOf(territoryPath), steps: wire(steps) },
        clocks: clocks.map((clock) => clockBody(clock, today)),
        frozen: [...(await listFrozen(tx, subject))].sort(),
      };
    });
  }

  @Get('clocks')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listClocks',
    summary: '法定期限，最先到期的在前 · legal clocks, the one that ends first at the top',
  })
  @ApiOkResponse({ type: ClockPageBody })
  @Problems(404, 422)
  async clocks(@Query() query: ClocksQuery, @Acting() actor: Actor): Promise<ClockPageBody> {
    const { limit = defaultPageSize, overdue, on, open, code, kind, id } = query;
    const today = this.today.date();
    const after = readDayCursor(query.cursor);
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, today)).path;
      return listClocks(tx, {
        ...{ within, open, code, page: { limit: limit + 1, after } },
        ...(overdue && { overdueOn: on ?? today }),
        ...(kind !== undefined && id !== undefined && { subject: { kind, id } }),
      });
    });
    return pageOf(
      rows,
      limit,
      (clock) => [clock.dueOn, clock.id],
      (clock) => clockBody(clock, today),
    );
  }
}
