/** Uploads of observations: check and keep a file, list what was uploaded, read a report again. */
import { Body, Controller, Get, Param, Post, Query, Res, UploadedFiles } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { getBatch, listBatchContent, listBatches, ObservationService } from '@gep/observation';
import type { Actor } from '@gep/platform';
import { Acting, Permit } from '../access/access.decorator';
import { readCursor } from '../request/cursor';
import { IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { pageOf } from '../answer/page';
import { defaultPageSize, PageQuery } from '../request/page.dto';
import { Problems } from '../problem/problems.decorator';
import { Snapshots } from '../answer/snapshots.service';
import { UploadRefused } from './errors';
import { filesOf, TakesFiles, type ReceivedFile } from './files.decorator';
import { reportBody, uploadSummary } from './upload-summary';
import { UploadBody, UploadDetailBody, UploadForm, UploadPageBody, UploadPath, UploadReportBody } from './uploads.dto';

@ApiTags('uploads')
@Controller('api/v1/uploads')
export class UploadsController {
  constructor(
    private readonly observations: ObservationService,
    private readonly snapshots: Snapshots,
  ) {}

  @Post()
  @Permit('observation.import')
  @TakesFiles(UploadForm)
  @ApiOperation({
    operationId: 'upload',
    summary:
      '上传观测；好的行保留，坏的行逐格说明 · upload observations; good rows are kept, bad ones explained cell by cell',
  })
  @ApiCreatedResponse({ type: UploadReportBody, description: '已保存 · kept' })
  @ApiOkResponse({ type: UploadReportBody, description: '只检查，或同一批已在 · only checked, or there already' })
  @Problems(404, 409, 413, 415, 422)
  async upload(
    @Body() { norm, sheet, format, dryRun, allOrNothing }: UploadBody,
    @UploadedFiles() received: ReceivedFile[] | undefined,
    @IdempotencyKey() idempotencyKey: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UploadReportBody> {
    const [first, ...alongside] = filesOf(received).map((file) => ({ ...file, format }));
    const { rights } = actor;
    const wish = { ...first, alongside, rights, normId: norm, dataSheet: sheet, dryRun, allOrNothing, idempotencyKey };
    const { replayed, ...report } = await this.observations.importFile(actor, wish);
    if (replayed) response.setHeader(replayedHeader, 'true');
    response.status(report.batchId === null || report.alreadyImported ? 200 : 201);
    if (report.status === 'refused' && !report.dryRun) throw new UploadRefused(report);
    if (report.batchId !== null) response.setHeader('Location', `/api/v1/uploads/${report.batchId}`);
    return reportBody(report);
  }

  @Get()
  @Permit('observation.read')
  @ApiOperation({ operationId: 'listUploads', summary: '上传记录，新的在前 · uploads, newest first' })
  @ApiOkResponse({ type: UploadPageBody })
  @Problems(422)
  async list(@Query() { limit = defaultPageSize, cursor }: PageQuery, @Acting() actor: Actor): Promise<UploadPageBody> {
    const before = readCursor(cursor, 1)?.[0];
    const batches = await this.snapshots.read(actor, (tx) => listBatches(tx, { limit: limit + 1, before }));
    return pageOf(batches, limit, ({ id }) => [id], uploadSummary);
  }

  @Get(':id')
  @Permit('observation.read')
  @ApiOperation({ operationId: 'getUpload', summary: '一次上传的报告 · the report of an upload' })
  @ApiOkResponse({ type: UploadDetailBody })
  @Problems(404, 422)
  async get(@Param() { id }: UploadPath, @Acting() actor: Actor): Promise<UploadDetailBody> {
    return this.snapshots.read(actor, async (tx) => {
      const batch = await getBatch(tx, id);
      const territories = await listBatchContent(tx, id);
      return { ...uploadSummary(batch), territories, problems: batch.problems };
    });
  }
}
