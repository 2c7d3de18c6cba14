/** What is sent with a file of observations, and how imports look on the wire. */
import { ApiProperty, ApiPropertyOptions } from '@nestjs/swagger';
import { NormReference } from '../accounts/account-body.dto';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import { ChoiceField, FlagField, TextField, UuidField } from '../request/field.decorator';
import { NormField } from '../request/recorded-account.decorator';
import { FilesField } from './files.decorator';

const formats = ['csv', 'json', 'xlsx'] as const;

export class UploadBody {
  @NormField({
    description: '规范代码；用现行版检查 · id of the norm; checked by its edition in force',
    example: 'jinsha-mine-2026',
  })
  norm: string;

  @TextField({
    description:
      '部门数据表代码；只替代该表此前报送的内容，与其他数据表合并核算；省略则为整份上传，替代全部 · code of a department’s data sheet: it supersedes what that sheet brought before and stands beside the others; without it the upload is the whole and supersedes all',
    example: 'farming',
    optional: true,
    max: 64,
    pattern: /^[A-Za-z][A-Za-z0-9-]*$/,
  })
  sheet?: string;

  @ChoiceField({
    description: '格式；省略则由内容判断 · told by the content when left out',
    optional: true,
    of: formats,
  })
  format?: (typeof formats)[number];

  @FlagField({ description: '只检查，不保存 · check and keep nothing', optional: true, default: false })
  dryRun?: boolean;

  @FlagField({
    description: '有任何错误就都不保存 · keep nothing when there is any error',
    optional: true,
    default: false,
  })
  allOrNothing?: boolean;
}

/** The multipart form, for OpenAPI. */
export class UploadForm extends UploadBody {
  @FilesField()
  file: unknown[];
}

export class UploadPath {
  @UuidField({ description: '批次编号 · id of the upload' })
  id: string;
}

const rows = (description: string): ApiPropertyOptions => ({ type: 'integer', description });

export class UploadCountsBody {
  @ApiProperty(rows('读到的数据行 · rows read')) rows: number;
  @ApiProperty(rows('接受 · accepted')) acceptedRows: number;
  @ApiProperty(rows('拒绝 · refused')) refusedRows: number;
  @ApiProperty(rows('图斑 · patches')) patches: number;
  @ApiProperty(rows('统计项 · statistics')) statistics: number;
  @ApiProperty(rows('错误 · errors')) errors: number;
  @ApiProperty(rows('提醒 · warnings')) warnings: number;
  @ApiProperty(rows('未列出的问题数 · problems only counted')) omittedProblems: number;
}

export class CellProblemBody {
  @ApiProperty({ type: String }) sheet: string;
  @ApiProperty({ type: 'integer', description: '用户所见的行号，表头为 1 · as the user sees it, header = 1' })
  row: number;
  @ApiProperty({ type: String, example: 'D area [mu]' }) column: string;
  @ApiProperty({ type: String }) value: string;
  @ApiProperty({ type: String, enum: ['error', 'warning'] }) severity: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: BilingualBody, description: '原因 · reason' }) text: BilingualBody;
  @ApiProperty({ type: BilingualBody, description: '改法 · how to mend' }) mend: BilingualBody;
}

export class UploadedPeriodBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: 'integer' }) patches: number;
  @ApiProperty({ type: 'integer' }) statistics: number;
  @ApiProperty(rows('被拒的行；不为 0 则不完整 · refused rows; incomplete when not 0')) refusedRows: number;
  @ApiProperty({
    type: [String],
    description: '一并有效的数据表；整份上传为空 · data sheets that stand together; none after a whole upload',
  })
  sheets: string[];
  @ApiProperty({ type: String }) digest: string;
  @ApiProperty({ type: String, enum: ['new', 'changed', 'unchanged'], description: '与此前相比 · against before' })
  change: string;
}

const status: ApiPropertyOptions = { type: String, enum: ['accepted', 'partial', 'refused'] };

const sheet: ApiPropertyOptions = {
  type: String,
  nullable: true,
  description: '部门数据表；整份上传为 null · data sheet; null for a whole upload',
};

export class UploadReportBody {
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '试运行时为 null · null after a dry run' })
  batchId: string | null;
  @ApiProperty({ type: String, description: '文件的 SHA-256 · SHA-256 of the file' }) digest: string;
  @ApiProperty({ type: Boolean, description: '同一批已在 · the same batch was there already' })
  alreadyImported: boolean;
  @ApiProperty({ type: Boolean }) dryRun: boolean;
  @ApiProperty(status) status: string;
  @ApiProperty({ type: String, enum: [...formats] }) format: string;
  @ApiProperty({ type: NormReference }) norm: NormReference;
  @ApiProperty(sheet) sheet: string | null;
  @ApiProperty({ type: UploadCountsBody }) counts: UploadCountsBody;
  @ApiProperty({ type: [UploadedPeriodBody] }) territories: UploadedPeriodBody[];
  @ApiProperty({ type: [CellProblemBody], description: '所有问题 · all problems' }) problems: CellProblemBody[];
}

export class UploadSummaryBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) fileName: string;
  @ApiProperty({
    type: String,
    enum: [...formats, null],
    nullable: true,
    description: '撤回数据表时为 null · null where a sheet was taken back',
  })
  format: string | null;
  @ApiProperty({ type: String }) digest: string;
  @ApiProperty({ type: NormReference }) norm: NormReference;
  @ApiProperty(sheet) sheet: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: '撤回该数据表的理由；上传文件时为 null · why the sheet was taken back; null for an upload',
  })
  takenBack: string | null;
  @ApiProperty(status) status: string;
  @ApiProperty({ type: UploadCountsBody }) counts: UploadCountsBody;
  @ApiProperty({ type: String, description: '谁上传的 · who uploaded it' }) importedBy: string;
  @ApiProperty({ type: String, format: 'date-time' }) importedAt: string;
}

export class UploadPageBody {
  @ApiProperty({ type: [UploadSummaryBody], description: '新的在前 · newest first' }) items: UploadSummaryBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class UploadContentBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: 'integer' }) patches: number;
  @ApiProperty({ type: 'integer' }) refusedRows: number;
  @ApiProperty({ type: String }) digest: string;
}

export class UploadDetailBody extends UploadSummaryBody {
  @ApiProperty({ type: [UploadContentBody] }) territories: UploadContentBody[];
  @ApiProperty({ type: [CellProblemBody] }) problems: CellProblemBody[];
}
