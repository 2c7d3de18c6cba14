/** Response shapes that every part of the API shares, for OpenAPI. */
import { ApiProperty, ApiPropertyOptions } from '@nestjs/swagger';

export class BilingualBody {
  @ApiProperty({ type: String, description: '中文 · Chinese' }) zh: string;
  @ApiProperty({ type: String, description: '英文 · English' }) en: string;
}

export class FieldProblemBody {
  @ApiProperty({ type: String, description: '字段路径 · path of the field', example: 'period' }) field: string;
  @ApiProperty({ type: String, description: '原因代码 · code of the reason', example: 'unknownField' }) code: string;
  @ApiProperty({ type: BilingualBody }) text: BilingualBody;
}

/** RFC 9457 problem. */
export class ProblemBody {
  @ApiProperty({ type: String, format: 'uri', example: 'urn:gep:problem:accounting.account-missing' }) type: string;
  @ApiProperty({ type: String, description: '种类，按 Accept-Language · kind, in the language of Accept-Language' })
  title: string;
  @ApiProperty({ type: 'integer', example: 404 }) status: number;
  @ApiProperty({ type: String, description: '原因与改法 · what, why and how to mend' }) detail: string;
  @ApiProperty({ type: BilingualBody, description: '两种语言的 detail · detail in both languages' })
  text: BilingualBody;
  @ApiProperty({ type: String, description: '稳定的代码 · stable code', example: 'accounting.account-missing' })
  code: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: '相关事实 · facts' }) facts: object;
  @ApiProperty({ type: String, description: '所请求的地址 · address asked for' }) instance: string;
  @ApiProperty({ type: String, description: '日志中的编号 · names the request in the log' }) requestId: string;
  @ApiProperty({ type: [FieldProblemBody], required: false, description: '逐个字段的问题 · field by field' })
  errors?: FieldProblemBody[];
}

/** Cursor of the next page, or null on the last one. */
export const nextCursor: ApiPropertyOptions = {
  type: String,
  nullable: true,
  description: '下一页的游标；最后一页为 null · cursor of the next page, null on the last one',
};

/** A map from codes to amounts in fen, as decimal text. */
export const fenByCode: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: { type: 'string', pattern: '^-?\\d+$' },
  description: '代码 → 金额（分） · code → amount in fen',
};
