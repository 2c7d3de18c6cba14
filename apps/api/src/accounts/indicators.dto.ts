/** What may be asked of indicators, and how they look on the wire. */
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { evidenceGrades } from '@gep/kernel';
import { BilingualBody } from '../answer/answer.dto';
import { PeriodField, TextField } from '../request/field.decorator';
import { NormReference } from './account-body.dto';
import { CurrentAccountQuery } from './accounts.dto';
import { SeriesRefusalBody } from './refusal-body.dto';

const amount = (description: string) => ({ description, optional: true, max: 40, pattern: /^\d+(\.\d+)?$/ });
const sourceOf = (what: string) => ({
  description: `${what}的出处，必填 · its source, needed`,
  optional: true,
  max: 200,
});

export class IndicatorsQuery extends CurrentAccountQuery {
  @PeriodField({ description: '面积变化的起始核算期 · earlier period that areas are compared with', optional: true })
  since?: string;

  @TextField(amount('地区生产总值（元） · gross domestic product in yuan')) gdpYuan?: string;
  @TextField(sourceOf('生产总值')) gdpSource?: string;
  @TextField(amount('人口 · inhabitants')) population?: string;
  @TextField(sourceOf('人口')) populationSource?: string;
  @TextField(amount('面积（公顷），省略则取账户的 · area in hm²; that of the account when left out'))
  areaHectare?: string;
  @TextField(sourceOf('面积')) areaSource?: string;
  @TextField(amount('已实现的价值（元） · value that was realised, yuan')) realisedYuan?: string;
  @TextField(sourceOf('已实现价值')) realisedSource?: string;
  @TextField(amount('可实现的价值（元） · value that could be realised, yuan')) possibleYuan?: string;
  @TextField(sourceOf('可实现价值')) possibleSource?: string;

  @TextField({
    description:
      '自定指标：代码=算式，分号分隔 · indicators of your own, code=expression, separated by semicolons; names: GEP, provisioning, regulating, cultural, area, GDP, population, realised, possible',
    optional: true,
    max: 1000,
    pattern: /^[A-Za-z][A-Za-z0-9]*=[^;]+(?:;[A-Za-z][A-Za-z0-9]*=[^;]+){0,9}$/,
    example: 'regulatingShare=regulating / GEP',
  })
  define?: string;
}

const decimal: ApiPropertyOptions = { type: String, nullable: true, description: '十进制文本 · decimal text' };

export class IndicatorBody {
  @ApiProperty({ type: String, example: 'greenGoldIndex' }) code: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String, example: 'GEP / GDP' }) expression: string;
  @ApiProperty({ ...decimal, description: '缺数时为 null · null where a figure is missing' }) value: string | null;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: [String], description: '缺少的数 · figures that nobody gave' }) missing: string[];
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: '各数的出处 · where its figures are from',
  })
  sources: Record<string, string>;
  @ApiProperty({
    type: String,
    enum: [...evidenceGrades],
    nullable: true,
    description: '所用各数中最弱的证据等级 · weakest evidence grade of its figures',
  })
  grade: string | null;
}

export class DynamicDegreeBody {
  @ApiProperty({ type: String, description: '生态系统类型 · ecosystem type' }) type: string;
  @ApiProperty({ type: Number }) before: number;
  @ApiProperty({ type: Number }) after: number;
  @ApiProperty({ ...decimal, description: '年动态度 · change a year over before' }) perYear: string | null;
}

export class IndicatorReportBody {
  @ApiProperty({ type: String, format: 'uuid', description: '账户版次 · the vintage' }) accountId: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: NormReference }) norm: NormReference;
  @ApiProperty({ type: [IndicatorBody] }) indicators: IndicatorBody[];
  @ApiProperty({ type: [DynamicDegreeBody], required: false }) dynamicDegrees?: DynamicDegreeBody[];
  @ApiProperty({
    type: SeriesRefusalBody,
    required: false,
    description: '边界有变，面积变化不可比 · another boundary: areas do not compare',
  })
  refusal?: SeriesRefusalBody;
}
