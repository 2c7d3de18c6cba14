/** Data sheets of departments: what has come in, what is missing, and who was reminded. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { DataSheets, listReminders, type SheetReminder, type ShownSheet } from '@gep/accounting';
import { SheetTakeBack } from '@gep/observation';
import type { Actor } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { AccountKey, AccountsWithinQuery } from '../request/account-key.dto';
import { cursorRefused, readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import {
  ReminderBody,
  ReminderPageBody,
  SheetBody,
  SheetListBody,
  SheetPath,
  TakeBackBody,
  TakenBackBody,
} from './sheets.dto';

@ApiTags('sheets')
@Controller('api/v1/sheets')
export class SheetsController {
  constructor(
    private readonly sheets: DataSheets,
    private readonly takeBacks: SheetTakeBack,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('observation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listSheets',
    summary: '部门数据表：应报、已收、缺少、逾期 · data sheets of departments: asked for, received, missing, late',
  })
  @ApiOkResponse({ type: SheetListBody })
  @Problems(404, 422)
  async list(@Query() { territory, period, norm }: AccountKey, @Acting() actor: Actor): Promise<SheetListBody> {
    const key = { territory, period, normId: norm };
    return { items: (await this.sheets.show(actor, key, this.today.date())).map(sheetBody) };
  }

  @Post(':sheet/take-back')
  @Permit('observation.import')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'takeSheetBack',
    summary:
      '撤回一张数据表，其余仍有效；下次核算据此 · take a data sheet back; the others stand, and the next run computes so',
  })
  @ApiOkResponse({ type: TakenBackBody })
  @Problems(404, 409, 413, 422)
  async takeBack(
    @Param() { sheet: dataSheet }: SheetPath,
    @Body() { norm, ...wish }: TakeBackBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TakenBackBody> {
    const { rights } = actor;
    const done = await this.takeBacks.takeBack(actor, { ...wish, rights, normId: norm, dataSheet }, key);
    if (done.replayed) response.setHeader(replayedHeader, 'true');
    const { batchId: uploadId, dataSheets, territory, period, reason, digest } = done;
    return { uploadId, sheet: dataSheet, territory, period, norm, reason, sheets: [...dataSheets], digest };
  }

  @Get('reminders')
  @Permit('observation.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listReminders', summary: '催报记录，新的在前 · reminders, newest first' })
  @ApiOkResponse({ type: ReminderPageBody })
  @Problems(404, 422)
  async reminders(@Query() query: AccountsWithinQuery, @Acting() actor: Actor): Promise<ReminderPageBody> {
    const { limit = defaultPageSize, period, norm: normId } = query;
    const after = placeOf(query.cursor);
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, this.today.date())).path;
      return listReminders(tx, { within, period, normId }, { limit: limit + 1, after });
    });
    return pageOf(rows, limit, (row) => [row.day, row.territory, row.period, row.normId, row.sheet], reminderBody);
  }
}

/** The cursor names the last reminder of the page before. */
function placeOf(cursor: string | undefined) {
  const place = readCursor(cursor, 5);
  if (place === undefined) return undefined;
  const [day, territory, period, normId, sheet] = place;
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) throw cursorRefused();
  return { day, territory, period, normId, sheet };
}

function sheetBody({ definition, ...status }: ShownSheet): SheetBody {
  const { title, department } = definition;
  return { ...wire(status), title, department };
}

function reminderBody({ path: _path, normId: norm, ...reminder }: SheetReminder): ReminderBody {
  return { ...wire(reminder), norm };
}
