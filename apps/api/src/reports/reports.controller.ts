/** Report tables of a vintage as JSON, CSV or a workbook; the same vintage gives the same bytes. */
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { reportCsv, ReportService, ReportWriter } from '@gep/accounting';
import { digestOf } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import { Acting, Permit } from '../access/access.decorator';
import { AccountIdPath } from '../accounts/accounts.dto';
import { stillGood, tagOf } from '../answer/etag';
import { Problems } from '../problem/problems.decorator';
import type { ApiRequest } from '../request/request.middleware';
import { ReportBody, ReportQuery } from './reports.dto';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const binary = { schema: { type: 'string' as const, format: 'binary' } };

@ApiExtraModels(ReportBody)
@ApiTags('reports')
@Controller('api/v1/accounts/:id/report')
export class ReportsController {
  constructor(
    private readonly reports: ReportService,
    private readonly writer: ReportWriter,
  ) {}

  @Get()
  @Permit('disclosure.read')
  @ApiOperation({
    operationId: 'getReport',
    summary: '报表 T1 至 T14：JSON、CSV 或 XLSX · report tables T1 to T14 as JSON, CSV or XLSX',
  })
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: '#/components/schemas/ReportBody' } },
      'text/csv': binary,
      [workbookType]: binary,
    },
  })
  @Problems(404, 422)
  async get(
    @Param() { id }: AccountIdPath,
    @Query() { format = 'json', words = 'both', table, ...more }: ReportQuery,
    @Acting() actor: Actor,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const whole = await this.reports.report(actor, { accountId: id, ...more });
    const report = { ...whole, tables: whole.tables.filter((one) => table === undefined || one.id === table) };
    // The tables decide every form of the file, so their digest names it, and nothing is written for whoever has it.
    const tag = tagOf(JSON.stringify([digestOf(JSON.stringify(report)), format, words]));
    response.setHeader('ETag', tag);
    response.setHeader('Cache-Control', 'private, no-cache');
    response.vary('Authorization');
    if (stillGood(request.headers['if-none-match'], tag)) return void response.status(304).end();
    if (format === 'json') return void response.type('application/json').send(JSON.stringify(report));
    response.attachment(`${report.territory}-${report.period}-${table ?? 'T1-T14'}.${format}`);
    if (format === 'csv') return void response.type('text/csv').send(reportCsv(report, words));
    response.type(workbookType).send(Buffer.from(await this.writer.workbook(report, words)));
  }
}
