/** What may be asked of the SEEA accounts of recorded accounts, and what they look like on the wire. */
import { ApiExtraModels, ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { NormReference } from '../accounts/account-body.dto';
import { BilingualBody, fenByCode } from '../answer/answer.dto';
import { PeriodField, TerritoryField, TextField } from '../request/field.decorator';
import { AsOfField, NormField, PublishedField } from '../request/recorded-account.decorator';

export class ExtentQuery {
  @TerritoryField({ description: '地域代码 · territory', example: '520523-jinsha-mine' })
  territory: string;

  @PeriodField({ description: '期初核算期 · period of the opening', example: '2021' })
  before: string;

  @PeriodField({ description: '期末核算期 · period of the closing', example: '2024' })
  after: string;

  @NormField({ example: 'jinsha-mine-2026' })
  norm: string;

  @AsOfField()
  asOf?: string;

  @PublishedField()
  published?: boolean;

  @NormField({
    description:
      '按此对照表（rulebook/crosswalks）的类别列出 · show it in the classes of this mapping table of rulebook/crosswalks',
    example: 'hj1166-iucn-get',
    optional: true,
  })
  crosswalk?: string;

  @TextField({
    description: '一类对应多类时的份额，以分号分隔 · shares of classes that stand for several, divided by semicolons',
    optional: true,
    example: '11=T1.2:0.4,T2.2:0.6',
    max: 2000,
    pattern: /^[\w.-]+=[\w.-]+:[\d./]+(,[\w.-]+:[\d./]+)*(;[\w.-]+=[\w.-]+:[\d./]+(,[\w.-]+:[\d./]+)*)*$/,
  })
  shares?: string;
}

const area: ApiPropertyOptions = {
  type: String,
  description: '面积（十进制文本） · area, decimal text',
  example: '41.42',
};
const part: ApiPropertyOptions = { type: String, nullable: true, description: '占比（小数） · share, as a decimal' };
const fen: ApiPropertyOptions = { type: String, pattern: '^-?\\d+$', description: '分 · fen', example: '68200000' };
const quantity: ApiPropertyOptions = { type: String, description: '实物量（十进制文本） · quantity, decimal text' };
const quantities = (description: string): ApiPropertyOptions => ({
  type: 'object',
  additionalProperties: { type: 'string' },
  description,
});
const fenOf = (description: string): ApiPropertyOptions => ({ ...fenByCode, description }) as ApiPropertyOptions;

export class ExtentChangeBody {
  @ApiProperty({ ...area, description: '人为（含边界变化） · managed, a change of boundary included' }) managed: string;
  @ApiProperty({ ...area, description: '自然 · unmanaged' }) unmanaged: string;
  @ApiProperty({ ...area, description: '未述因 · cause not stated' }) unstated: string;
  @ApiProperty(area) sum: string;
}

export class ExtentRowBody {
  @ApiProperty(area) opening: string;
  @ApiProperty({ type: ExtentChangeBody, nullable: true, description: '转移矩阵未知时为 null · null: matrix unknown' })
  additions: ExtentChangeBody | null;
  @ApiProperty({ type: ExtentChangeBody, nullable: true }) reductions: ExtentChangeBody | null;
  @ApiProperty(area) net: string;
  @ApiProperty(area) closing: string;
  @ApiProperty(part) openingShare: string | null;
  @ApiProperty(part) closingShare: string | null;
  @ApiProperty({ ...part, description: '年动态度 · net change over opening, per year' }) yearlyRate: string | null;
}

export class ExtentClassBody {
  @ApiProperty({ type: String, example: 'forestLand' }) code: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
}

export class ExtentDifferenceBody {
  @ApiProperty({ type: String, nullable: true }) class: string | null;
  @ApiProperty({ type: String, enum: ['opening', 'closing'] }) side: string;
  @ApiProperty(area) stated: string;
  @ApiProperty(area) summed: string;
  @ApiProperty(area) difference: string;
  @ApiProperty(area) tolerance: string;
}

const extentRows: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: { $ref: '#/components/schemas/ExtentRowBody' },
};
const matrix: ApiPropertyOptions = {
  type: 'object',
  nullable: true,
  additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
  description:
    '期初类别 → 期末类别 → 面积；行和为期初，列和为期末；图斑不能逐一对应时为 null · opening class → closing class → area; null when patches cannot be followed',
};

export class ExtentCrossingBody {
  @ApiProperty({ ...area, description: '自区外划入 · from outside' }) come: string;
  @ApiProperty({ ...area, description: '划至区外 · to outside' }) gone: string;
}

const crossings: ApiPropertyOptions = {
  type: 'object',
  nullable: true,
  additionalProperties: { $ref: '#/components/schemas/ExtentCrossingBody' },
  description:
    '因边界变化划入划出，按类别；边界未变时为 null · by class, what a change of boundary brought or took; null without one',
};

@ApiExtraModels(ExtentCrossingBody)
export class ExtentBody {
  @ApiProperty({ type: String, description: '地域 · territory' }) part: string;
  @ApiProperty({ type: String }) from: string;
  @ApiProperty({ type: String }) to: string;
  @ApiProperty({ type: String, example: 'hm2' }) unit: string;
  @ApiProperty({ type: [ExtentClassBody] }) classes: ExtentClassBody[];
  @ApiProperty(extentRows) rows: Record<string, ExtentRowBody>;
  @ApiProperty({ type: ExtentRowBody }) total: ExtentRowBody;
  @ApiProperty(matrix) matrix: Record<string, Record<string, string>> | null;
  @ApiProperty(crossings) crossed: Record<string, ExtentCrossingBody> | null;
  @ApiProperty({ type: [ExtentDifferenceBody] }) differences: ExtentDifferenceBody[];
}

export class AccountIdsBody {
  @ApiProperty({ type: String, format: 'uuid' }) before: string;
  @ApiProperty({ type: String, format: 'uuid' }) after: string;
}

export class RecordedExtentBody {
  @ApiProperty({ type: ExtentBody }) extent: ExtentBody;
  @ApiProperty({ ...area, description: '两期之间无法对应的图斑面积 · area of patches that could not be followed' })
  unmatched: string;
  @ApiProperty({ type: AccountIdsBody, description: '所用账户版次 · the vintages' }) accounts: AccountIdsBody;
  @ApiProperty({ type: String, nullable: true, description: '所用对照表 · the mapping table whose classes these are' })
  crosswalk: string | null;
}

export class PhysicalSideBody {
  @ApiProperty(quantities('生态系统类型 → 供给 · ecosystem type → supply')) supply: Record<string, string>;
  @ApiProperty(quantity) imports: string;
  @ApiProperty(quantities('使用者（群体-尺度） → 使用 · user (group-scale) → use')) use: Record<string, string>;
  @ApiProperty(quantity) total: string;
}

export class MonetarySideBody {
  @ApiProperty(fenOf('生态系统类型 → 分 · ecosystem type → fen')) supply: Record<string, string>;
  @ApiProperty(fen) imports: string;
  @ApiProperty(fenOf('使用者（群体-尺度） → 分 · user (group-scale) → fen')) use: Record<string, string>;
  @ApiProperty(fen) total: string;
}

export class SupplyUseRowBody {
  @ApiProperty({ type: String, example: 'waterRetention' }) service: string;
  @ApiProperty({ type: String, nullable: true }) item: string | null;
  @ApiProperty({ type: Boolean, description: '中间服务 · serves another service' }) intermediate: boolean;
  @ApiProperty({ type: String, example: 'm3/a' }) unit: string;
  @ApiProperty({ type: PhysicalSideBody }) physical: PhysicalSideBody;
  @ApiProperty({ type: MonetarySideBody }) monetary: MonetarySideBody;
  @ApiProperty({ ...quantity, description: '未使用潜力（不计入） · unused potential, not in the table' })
  unused: string;
}

export class SupplyUseBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: NormReference }) norm: NormReference;
  @ApiProperty({ type: [SupplyUseRowBody] }) rows: SupplyUseRowBody[];
  @ApiProperty({ type: MonetarySideBody, description: '全部服务 · all services' }) total: MonetarySideBody;
  @ApiProperty({ ...fen, description: '最终使用（分） · final services in fen' }) finalFen: string;
  @ApiProperty({ ...fen, description: '中间使用（分） · intermediate services in fen' }) intermediateFen: string;
}
