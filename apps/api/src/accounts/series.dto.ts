/** What may be asked of a series, and how it looks on the wire. */
import { ApiProperty, ApiPropertyOptions } from '@nestjs/swagger';
import { DayField, FlagField, TerritoryField, TextField } from '../request/field.decorator';
import { CoverageBody, NormReference, TotalsBody } from './account-body.dto';
import { AsOfField, NormField, PublishedField } from '../request/recorded-account.decorator';
import { SeriesRefusalBody } from './refusal-body.dto';

const year = { max: 4, pattern: /^(?:19|20|21)\d\d$/, shape: { zh: '应为年份，如 2024', en: 'must be a year: 2024' } };

export class SeriesQuery {
  @TerritoryField({ description: '地域代码 · territory', example: '520523' })
  territory: string;

  @TextField({ description: '首年 · first year', example: '2020', ...year })
  from: string;

  @TextField({ description: '末年 · last year', example: '2024', ...year })
  to: string;

  @NormField()
  norm: string;

  @FlagField({
    description: '把各年还原到同一边界 · restate every year within one boundary',
    optional: true,
    default: false,
  })
  constantBoundary?: boolean;

  @DayField({
    description:
      '还原到此日的边界；省略则为末年年底 · within the boundary of this day; that of the end of the last year when left out',
    optional: true,
  })
  boundaryDay?: string;

  @TextField({
    description:
      '指数的基年（该年为 100）；省略则为首个有账户的年份 · year that is 100 in the index; the first one with an account when left out',
    optional: true,
    example: '2020',
    ...year,
  })
  indexBase?: string;

  @AsOfField()
  asOf?: string;

  @PublishedField()
  published?: boolean;
}

const fen = (description: string): ApiPropertyOptions => ({ type: String, pattern: '^-?\\d+$', description });
const decimal = (description: string): ApiPropertyOptions => ({ type: String, nullable: true, description });

export class BoundaryStepBody {
  @ApiProperty({ type: String, format: 'date', description: '生效日 · first day' }) effective: string;
  @ApiProperty({ type: String, enum: ['merge', 'split', 'rename', 'transfer'] }) kind: string;
  @ApiProperty({
    type: String,
    enum: ['whole', 'area', 'map', 'given'],
    description: '份额的依据 · where shares come from',
  })
  basis: string;
  @ApiProperty({ type: [String] }) from: string[];
  @ApiProperty({ type: [String] }) to: string[];
  @ApiProperty({ type: String, required: false, description: '调整隶属的地域 · what moved' }) moved?: string;
}

export class SeriesPartBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, format: 'uuid' }) accountId: string;
  @ApiProperty({ type: 'integer' }) vintage: number;
  @ApiProperty({ type: String }) digest: string;
  @ApiProperty(fen('整个账户（分） · the whole account')) totalFen: string;
  @ApiProperty({ type: [String], description: '依次所取的份额 · shares taken one after the other' }) shares: string[];
}

export class SeriesAccountBody {
  @ApiProperty({ type: NormReference }) norm: NormReference;
  @ApiProperty({ type: TotalsBody }) totals: TotalsBody;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, description: '类型 → 面积 · type → area' })
  areaByType: Record<string, number>;
  @ApiProperty({ type: String, example: 'hm2' }) areaUnit: string;
  @ApiProperty({ type: String, description: '最弱的证据等级 · weakest evidence grade' }) grade: string;
  @ApiProperty({ type: CoverageBody }) coverage: CoverageBody;
}

export class SeriesGrowthBody {
  @ApiProperty({ type: String, description: '自此年 · since' }) since: string;
  @ApiProperty(decimal('增长率（小数） · a proportion')) rate: string | null;
  @ApiProperty({ type: SeriesRefusalBody, nullable: true }) refusal: SeriesRefusalBody | null;
}

export class ComparableGrowthBody {
  @ApiProperty({ type: String, description: '按此年价格 · at the prices of' }) base: string;
  @ApiProperty({ ...fen('可比价（分） · at those prices'), nullable: true }) comparableFen: string | null;
  @ApiProperty(decimal('可比价增长率 · growth at those prices')) rate: string | null;
  @ApiProperty(decimal('隐含价格指数 · implied price index')) impliedIndex: string | null;
  @ApiProperty({ type: Boolean, description: '有的行以单位价值为价 · some lines count at their value per unit' })
  implied: boolean;
  @ApiProperty({ type: SeriesRefusalBody, nullable: true }) refusal: SeriesRefusalBody | null;
}

export class SeriesIndexBody {
  @ApiProperty({ type: String, description: '基年 = 100 · year that is 100' }) base: string;
  @ApiProperty(decimal('现价指数 · at current prices')) current: string | null;
  @ApiProperty(decimal('可比价指数（首年价格） · at the prices of the first year')) comparable: string | null;
  @ApiProperty({ type: SeriesRefusalBody, nullable: true }) refusal: SeriesRefusalBody | null;
}

export class SeriesPointBody {
  @ApiProperty({ type: String, example: '2024' }) period: string;
  @ApiProperty({ type: SeriesAccountBody, nullable: true }) account: SeriesAccountBody | null;
  @ApiProperty({ type: SeriesRefusalBody, nullable: true, description: '为何没有账户 · why there is none' })
  refusal: SeriesRefusalBody | null;
  @ApiProperty({
    type: [String],
    enum: ['reported', 'addition', 'area', 'map', 'given'],
    description: '如何得来：上报、相加、按面积、按图斑、按给定份额 · how it was made',
  })
  ways: string[];
  @ApiProperty({ type: [SeriesPartBody], description: '所用的账户版次 · vintages it was made of' })
  parts: SeriesPartBody[];
  @ApiProperty({ type: [BoundaryStepBody], description: '还原的步骤 · steps of its restatement' })
  restated: BoundaryStepBody[];
  @ApiProperty({
    type: [BoundaryStepBody],
    description: '自上一年以来的边界变动 · changes of boundary since the year before',
  })
  breaks: BoundaryStepBody[];
  @ApiProperty({ type: SeriesGrowthBody, nullable: true }) growth: SeriesGrowthBody | null;
  @ApiProperty({ type: ComparableGrowthBody, nullable: true }) comparable: ComparableGrowthBody | null;
  @ApiProperty({ type: SeriesIndexBody, nullable: true }) index: SeriesIndexBody | null;
}

export class SeriesBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) norm: string;
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: '各年同此日的边界 · boundary of all points',
  })
  boundaryDay: string | null;
  @ApiProperty({ type: [SeriesPointBody] }) points: SeriesPointBody[];
}
