/** What may be asked of report tables, and how they look as JSON. */
import { ApiProperty } from '@nestjs/swagger';
import { BilingualBody } from '../answer/answer.dto';
import { ChoiceField, PeriodField, TextField } from '../request/field.decorator';

const amount = { optional: true, max: 30, pattern: /^\d+(\.\d+)?$/ };

export class ReportQuery {
  @ChoiceField({ description: '文件格式 · form of the file', optional: true, of: ['json', 'csv', 'xlsx'] })
  format?: 'json' | 'csv' | 'xlsx';

  @ChoiceField({ description: 'CSV、XLSX 的语言 · language of CSV and XLSX', optional: true, of: ['zh', 'en', 'both'] })
  words?: 'zh' | 'en' | 'both';

  @TextField({ description: '只要这张表 · only this table', optional: true, max: 3, pattern: /^T([1-9]|1[0-4])$/ })
  table?: string;

  @PeriodField({ description: '可比价所用的价格期 · period whose prices make values comparable', optional: true })
  base?: string;

  @TextField({ description: '人口 · inhabitants', ...amount })
  people?: string;

  @TextField({ description: '地区生产总值（元） · gross domestic product in yuan', ...amount })
  gdpYuan?: string;
}

export class ReportColumnBody {
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: BilingualBody, required: false }) unit?: BilingualBody;
  @ApiProperty({ type: String, enum: ['text', 'number'] }) kind: string;
}

export class ReportRowBody {
  @ApiProperty({
    type: 'array',
    items: {
      nullable: true,
      oneOf: [{ type: 'string' }, { $ref: '#/components/schemas/BilingualBody' }],
    },
    description: '文本、十进制文本或空 · text in both languages, decimal text, or nothing',
  })
  cells: (BilingualBody | string | null)[];
  @ApiProperty({ type: String, enum: ['subtotal', 'total'], required: false }) level?: string;
}

export class ReportTableBody {
  @ApiProperty({ type: String, example: 'T6' }) id: string;
  @ApiProperty({ type: BilingualBody }) title: BilingualBody;
  @ApiProperty({ type: [ReportColumnBody] }) columns: ReportColumnBody[];
  @ApiProperty({ type: [ReportRowBody] }) rows: ReportRowBody[];
  @ApiProperty({ type: [BilingualBody] }) notes: BilingualBody[];
}

export class ReportNormBody {
  @ApiProperty({ type: String }) id: string;
  @ApiProperty({ type: String }) edition: string;
  @ApiProperty({ type: BilingualBody }) title: BilingualBody;
}

export class ReportBody {
  @ApiProperty({ type: 'integer' }) format: number;
  @ApiProperty({ type: BilingualBody }) title: BilingualBody;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({
    type: BilingualBody,
    nullable: true,
    description: '核算期末的名称 · its name at the end of the period',
  })
  territoryName: BilingualBody | null;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: ReportNormBody }) norm: ReportNormBody;
  @ApiProperty({ type: String }) accountDigest: string;
  @ApiProperty({ type: [ReportTableBody] }) tables: ReportTableBody[];
}
