/** What may be asked of an asset account, and how it looks on the wire. */
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { assetEntries, discountTimings } from '@gep/accounting';
import { BilingualBody } from '../answer/answer.dto';
import { ChoiceField, IntegerField, PeriodField, TerritoryField, TextField } from '../request/field.decorator';
import { AsOfField, NormField, PublishedField } from '../request/recorded-account.decorator';

const directions = (words: string) =>
  new RegExp(`^[A-Za-z][A-Za-z0-9]*=(?:${words})(?:,[A-Za-z][A-Za-z0-9]*=(?:${words})){0,199}$`);

export class AssetValueQuery {
  @TerritoryField({ description: '地域代码 · territory', example: '520523-jinsha-mine' })
  territory: string;

  @PeriodField({ description: '期初核算期 · period of the opening', example: '2021' })
  before: string;

  @PeriodField({
    description: '期末核算期；省略则只给期初价值 · period of the closing; the opening alone when left out',
    optional: true,
  })
  after?: string;

  @NormField({ example: 'jinsha-mine-2026' })
  norm: string;

  @TextField({
    description: '实际年折现率 · real discount rate a year',
    example: '0.02',
    max: 12,
    pattern: /^-?0(\.\d{1,9})?$/,
    shape: { zh: '应为 −1 与 1 之间的小数，如 0.02', en: 'must be a decimal between −1 and 1, such as 0.02' },
  })
  rate: string;

  @ChoiceField({
    description: '流量计入一年中的时点 · when in its year a flow counts',
    optional: true,
    of: discountTimings,
  })
  timing?: string;

  @IntegerField({ description: '估价的年数 · years that are valued', optional: true, min: 1, max: 100, default: 100 })
  horizon?: number;

  @TextField({
    description: '各类型的变化方向 · how types went: type=up|down|unchanged, comma-separated',
    optional: true,
    max: 4000,
    pattern: directions('up|down|unchanged'),
    example: 'forestLand=up,dryland=down',
  })
  condition?: string;

  @TextField({
    description: '各服务需求的变化方向 · how demand went: service=up|down, comma-separated',
    optional: true,
    max: 4000,
    pattern: directions('up|down'),
  })
  demand?: string;

  @AsOfField()
  asOf?: string;

  @PublishedField()
  published?: boolean;
}

const fen = (description: string): ApiPropertyOptions => ({ type: String, pattern: '^-?\\d+$', description });
const maybeFen = (description: string): ApiPropertyOptions =>
  ({ ...fen(description), nullable: true }) as ApiPropertyOptions;
const entries: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: { type: 'string', pattern: '^-?\\d+$' },
  description: `条目 → 分 · entry → fen: ${assetEntries.join(', ')}`,
};

export class AssetRowBody {
  @ApiProperty(fen('期初（分） · opening')) openingFen: string;
  @ApiProperty(entries) entries: Record<string, string>;
  @ApiProperty(maybeFen('净变化（分） · net change')) netFen: string | null;
  @ApiProperty(maybeFen('期末（分） · closing')) closingFen: string | null;
}

export class AssetServiceBody {
  @ApiProperty({ type: String, description: '服务、产品、类型 · service, product, type' }) service: string;
  @ApiProperty({ type: String, description: '生态系统类型 · ecosystem type' }) asset: string;
  @ApiProperty(fen('期初（分） · opening')) openingFen: string;
  @ApiProperty(maybeFen('期末（分） · closing')) closingFen: string | null;
  @ApiProperty(entries) entries: Record<string, string>;
}

export class SensitivityBody {
  @ApiProperty({ type: String }) rate: string;
  @ApiProperty({ type: String, enum: [...discountTimings] }) timing: string;
  @ApiProperty({ type: 'integer' }) horizon: number;
  @ApiProperty({ type: String, nullable: true, description: '元 · yuan' }) opening: string | null;
  @ApiProperty({ type: String, nullable: true, description: '元 · yuan' }) closing: string | null;
}

export class ValuedAccountsBody {
  @ApiProperty({ type: String, format: 'uuid' }) before: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) after: string | null;
}

export class DiscountBody {
  @ApiProperty({ type: String, example: '0.02', description: '实际年折现率 · real discount rate a year' }) rate: string;
  @ApiProperty({ type: String, enum: [...discountTimings], description: '时点 · when in its year a flow counts' })
  timing: string;
}

export class AssetValueBody {
  @ApiProperty({ type: BilingualBody }) title: BilingualBody;
  @ApiProperty({ type: String, example: 'yuan' }) currency: string;
  @ApiProperty({ type: 'integer' }) horizon: number;
  @ApiProperty({ type: DiscountBody, description: '折现方式 · the discounting' }) discount: DiscountBody;
  @ApiProperty({ type: String, enum: ['real'], description: '价格与折现率均为实际值 · prices and rate are real' })
  terms: string;
  @ApiProperty({ type: String, enum: ['two', 'three'] }) split: string;
  @ApiProperty({ type: [AssetServiceBody] }) services: AssetServiceBody[];
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/AssetRowBody' },
    description: '生态系统类型 → 资产账户 · ecosystem type → its account',
  })
  assets: Record<string, AssetRowBody>;
  @ApiProperty({ type: AssetRowBody }) total: AssetRowBody;
  @ApiProperty({ type: [SensitivityBody], description: '折现率、时点不同时的价值 · under other rates and timings' })
  sensitivity: SensitivityBody[];
  @ApiProperty({ type: ValuedAccountsBody, description: '所用账户版次 · the vintages' }) accounts: ValuedAccountsBody;
}
