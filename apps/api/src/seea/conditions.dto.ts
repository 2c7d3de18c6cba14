/** What may be asked of a condition account, the same document as on a terminal, and how it looks on the wire. */
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { conditionClasses, conditionDirections, referenceKinds } from '@gep/accounting';
import {
  ChoiceField,
  DecimalField,
  ListField,
  ObjectField,
  PeriodField,
  TerritoryField,
  TextField,
  WordsField,
} from '../request/field.decorator';
import { AsOfField, NormField, PublishedField } from '../request/recorded-account.decorator';

/** A name in both languages. */
export class NameRequest {
  @TextField({ description: '中文 · Chinese', max: 200 })
  zh: string;

  @TextField({ description: '英文 · English', max: 200 })
  en: string;
}

export class ReferenceRequest {
  @ChoiceField({ description: '参照状态 · reference condition', of: referenceKinds })
  kind: string;

  @TextField({ description: '参照状态的时期 · period of the reference', optional: true, max: 40 })
  period?: string;
}

const inBoth = (text: string): NameRequest => ({ zh: text, en: text });

export class VariableRequest {
  @TextField({
    description: '变量：规范中属性的代码 · variable: an attribute of the norm',
    max: 100,
    pattern: /^[A-Za-z][A-Za-z0-9]*$/,
    example: 'coverFactor',
  })
  code: string;

  @ObjectField({ description: '名称 · name', optional: true, of: NameRequest, word: inBoth })
  name?: NameRequest;

  @ChoiceField({ description: '类别（SEEA EA 表 5.1） · class (SEEA EA table 5.1)', of: conditionClasses })
  class: string;

  @TextField({ description: 'low、high 的单位 · unit of low and high', max: 40, example: '%' })
  unit: string;

  @ChoiceField({ description: '越高越好或越低越好 · which way is better', of: conditionDirections })
  direction: string;

  @DecimalField({ description: '标尺的低端 · low end of the scale', example: 0 })
  low: string;

  @DecimalField({ description: '标尺的高端 · high end of the scale', example: 0.3 })
  high: string;

  @ObjectField({
    description: '参照状态；没有时期的写一个词即可 · reference condition; a word alone where it has no period',
    of: ReferenceRequest,
    word: (kind) => ({ kind }),
    words: referenceKinds,
    example: { kind: 'least-disturbed' },
  })
  reference: ReferenceRequest;

  @DecimalField({ description: '类别内的权重 · weight inside its class', optional: true })
  weight?: string;

  @WordsField({
    description: '适用的类型；省略则为全部 · types it is for; all when left out',
    optional: true,
    most: 100,
  })
  types?: string[];
}

/** Weight of each class in the index. */
export class ClassWeightsRequest {
  @DecimalField({ description: '物理状态 · physical state', optional: true })
  A1?: string;

  @DecimalField({ description: '化学状态 · chemical state', optional: true })
  A2?: string;

  @DecimalField({ description: '组成 · composition', optional: true })
  B1?: string;

  @DecimalField({ description: '结构 · structure', optional: true })
  B2?: string;

  @DecimalField({ description: '功能 · function', optional: true })
  B3?: string;

  @DecimalField({ description: '景观 · landscape', optional: true })
  C1?: string;
}

export class ConditionRequest {
  @TerritoryField({ description: '地域代码 · territory', example: '520523' })
  territory: string;

  @PeriodField({ description: '核算期 · period', example: '2024' })
  period: string;

  @PeriodField({
    description: '与之比较的更早核算期 · earlier period to compare with',
    optional: true,
    example: '2020',
  })
  since?: string;

  @NormField()
  norm: string;

  @AsOfField()
  asOf?: string;

  @PublishedField()
  published?: boolean;

  @ObjectField({ description: '标题 · title', optional: true, of: NameRequest, word: inBoth })
  title?: NameRequest;

  @TextField({ description: '来源 · source', optional: true, max: 2000 })
  source?: string;

  @ListField({ description: '变量 · variables', of: VariableRequest, most: 50 })
  variables: VariableRequest[];

  @ObjectField({
    description: '类别的权重；省略则相等 · weights of classes; alike when left out',
    optional: true,
    of: ClassWeightsRequest,
    example: { A1: 1, B2: 2 },
  })
  classWeights?: ClassWeightsRequest;
}

const decimal = (description: string): ApiPropertyOptions => ({ type: String, description });
const maybe = (description: string): ApiPropertyOptions => ({ type: String, nullable: true, description });

export class ReferenceBody {
  @ApiProperty({ type: String, enum: [...referenceKinds] }) kind: string;
  @ApiProperty({ type: String, nullable: true }) period: string | null;
}

export class VariableResultBody {
  @ApiProperty({ type: String, enum: [...conditionClasses] }) class: string;
  @ApiProperty({ type: String, enum: [...conditionDirections] }) direction: string;
  @ApiProperty(decimal('参照水平 · reference level')) referenceLevel: string;
  @ApiProperty({ type: ReferenceBody }) reference: ReferenceBody;
  @ApiProperty(maybe('按面积平均的值 · mean by area')) value: string | null;
  @ApiProperty(maybe('指标，0 至 1 · indicator, 0 to 1')) indicator: string | null;
  @ApiProperty(decimal('有值的面积占比 · share of the area that has a value')) measured: string;
}

export class TypeConditionBody {
  @ApiProperty({ type: String, description: '生态系统类型 · ecosystem type' }) type: string;
  @ApiProperty(decimal('面积 · area')) area: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/VariableResultBody' },
    description: '变量 → 结果 · variable → result',
  })
  variables: Record<string, VariableResultBody>;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    description: '类别 → 指数 · class → index',
  })
  classes: Record<string, string | null>;
  @ApiProperty(maybe('指数 · index')) index: string | null;
  @ApiProperty({
    type: [String],
    description: '部分面积上没有值的变量 · variables without a value on some of the area',
  })
  missing: string[];
}

export class PeriodConditionBody {
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: [TypeConditionBody] }) types: TypeConditionBody[];
  @ApiProperty(maybe('全域指数 · index of the whole')) index: string | null;
  @ApiProperty(decimal('有指数的面积占比 · share of the area that has an index')) measured: string;
}

export class ConditionAccountBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, description: '面积单位 · unit of area' }) unit: string;
  @ApiProperty({ type: ReferenceBody }) reference: ReferenceBody;
  @ApiProperty({ type: [PeriodConditionBody] }) periods: PeriodConditionBody[];
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    description: '类型 → 指数的变化 · type → change of its index',
  })
  change: Record<string, string | null>;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', format: 'uuid' },
    description: '核算期 → 账户版次 · period → vintage',
  })
  accounts: Record<string, string>;
}
