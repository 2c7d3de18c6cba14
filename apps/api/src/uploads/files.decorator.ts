/** A write that brings files in a form: judged by its headers, then received into memory, one place taken by each upload. */
import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { FilesInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiProperty } from '@nestjs/swagger';
import { ActsOnce } from '../request/idempotency.decorator';
import { FileMissing } from './errors';
import { uploadBytes, UploadChecks } from './upload-checks.interceptor';
import { UploadSlots } from './upload-slots.interceptor';

/** Files of one upload: CSV holds one table each, and no upload has more than three tables. */
const mostFiles = 3;

/** A file in memory, as far as it is looked at. */
export interface ReceivedFile {
  readonly buffer: Buffer;
  /** As the sender named it. */
  readonly originalname: string;
}

const receive = FilesInterceptor('file', mostFiles, {
  limits: { fileSize: uploadBytes, fields: 8, fieldSize: 1000, parts: 12 },
  defParamCharset: 'utf8',
});

/** @param form what the form has, for OpenAPI */
export const TakesFiles = (form: new () => object) =>
  applyDecorators(
    ActsOnce(),
    UseInterceptors(UploadChecks, UploadSlots, receive),
    ApiConsumes('multipart/form-data'),
    ApiBody({ type: form }),
  );

/** The files of such a form, for OpenAPI. */
export const FilesField = () =>
  ApiProperty({
    type: 'array',
    items: { type: 'string', format: 'binary' },
    minItems: 1,
    maxItems: mostFiles,
    description: 'CSV（UTF-8、GB18030）、JSON 或 XLSX · CSV, JSON or XLSX',
  });

/** At least one file, as the subjects take them. @throws FileMissing */
export function filesOf(received: readonly ReceivedFile[] = []): { bytes: Buffer; fileName: string }[] {
  if (received.length === 0) throw new FileMissing();
  return received.map(({ buffer, originalname }) => ({ bytes: buffer, fileName: originalname }));
}
