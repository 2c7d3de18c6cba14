/** What may be asked of the interval of an account, and how it looks on the wire. */
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { evidenceGrades } from '@gep/kernel';
import { IntegerField, TextField } from '../request/field.decorator';
import { NormReference } from './account-body.dto';
import { CurrentAccountQuery } from './accounts.dto';

export class IntervalQuery extends CurrentAccountQuery {
  @IntegerField({ description: '抽样次数 · draws', optional: true, min: 100, max: 20_000, default: 10_000 })
  draws?: number;

  @IntegerField({
    description: '种子；种子相同，结果相同 · the same seed gives the same figures',
    optional: true,
    min: 0,
    max: 999_999_999_999_999,
    default: 1,
  })
  seed?: number;

  @TextField({
    description: '目标（分）：总值达到它的概率 · target in fen: how likely the total reaches it',
    optional: true,
    max: 19,
    pattern: /^-?\d{1,18}$/,
    example: '120000000000',
  })
  targetFen?: string;
}

const fen = (description: string): ApiPropertyOptions => ({ type: String, pattern: '^-?\\d+$', description });
const whole: ApiPropertyOptions = { type: 'integer' };
const share: ApiPropertyOptions = { type: Number, nullable: true };
const figures: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: { $ref: '#/components/schemas/IntervalFigureBody' },
};

export class IntervalFigureBody {
  @ApiProperty(
    fen(
      '账户中的值（分）；所取的值在其范围边缘时，可在区间之外 · in the account; outside the interval where the values that it counts with stand at the edge of their ranges',
    ),
  )
  accountFen: string;
  @ApiProperty(fen('均值（分） · mean')) meanFen: string;
  @ApiProperty(fen('中位数（分） · median')) medianFen: string;
  @ApiProperty(fen('第 5 百分位（分） · 5th percentile')) lowFen: string;
  @ApiProperty(fen('第 95 百分位（分） · 95th percentile')) highFen: string;
  @ApiProperty({ type: String, enum: [...evidenceGrades], description: '最弱的证据等级 · weakest evidence grade' })
  grade: string;
}

export class DrawnSpreadBody {
  @ApiProperty({ type: Number }) low: number;
  @ApiProperty({ type: Number, description: '账户所用的值 · what the account uses' }) value: number;
  @ApiProperty({ type: Number }) high: number;
  @ApiProperty({
    type: String,
    enum: ['uniform', 'triangular', 'normal', 'lognormal'],
    description: '均匀、三角为上下限，正态、对数正态为 90% 区间 · bounds, or a 90% interval of the last two',
  })
  distribution: string;
}

export class DrawnValueBody {
  @ApiProperty({
    type: String,
    enum: ['parameter', 'quantity', 'price'],
    description: '规范的参数，或上报的数量、单价 · a parameter of the norm, or a reported quantity or price',
  })
  kind: string;
  @ApiProperty({ type: String, description: '参数或统计项 · parameter or item' }) code: string;
  @ApiProperty({ type: String, required: false, description: '生态系统类型 · ecosystem type' }) type?: string;
  @ApiProperty({ type: String, required: false, description: '适用或上报的地域 · where it holds or was reported' })
  place?: string;
  @ApiProperty({ type: String, description: '起始日，或上报的核算期 · from this day, or the period reported' })
  from: string;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: DrawnSpreadBody }) spread: DrawnSpreadBody;
  @ApiProperty({ ...share, description: '有意义的最小值，低于它时截断 · the least it may mean; draws below are cut' })
  least: number | null;
  @ApiProperty({ ...share, description: '有意义的最大值 · the most it may mean' }) most: number | null;
  @ApiProperty({ ...share, description: '占总值方差的份额 · share in the variance of the total' }) share: number | null;
  @ApiProperty({ ...whole, description: '被截断的次数 · draws in which it was cut' }) cutDraws: number;
}

export class TargetBody {
  @ApiProperty(fen('目标（分） · target')) fen: string;
  @ApiProperty({ type: Number, minimum: 0, maximum: 1, description: '达到的概率 · probability that it is met' })
  probability: number;
}

export class IntervalBody {
  @ApiProperty({ type: String, format: 'uuid', description: '账户版次 · the vintage' }) accountId: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: NormReference }) norm: NormReference;
  @ApiProperty({ type: String, description: '账户内容的 SHA-256 · SHA-256 of the account' }) accountDigest: string;
  @ApiProperty(whole) draws: number;
  @ApiProperty(whole) seed: number;
  @ApiProperty({ ...whole, description: '有值被截断的次数 · draws in which a value was cut' }) cutDraws: number;
  @ApiProperty(fen('抽样以外的部分 · beyond what was drawn'))
  fixedFen: string;
  @ApiProperty({ type: IntervalFigureBody }) total: IntervalFigureBody;
  @ApiProperty(figures) byCategory: Record<string, IntervalFigureBody>;
  @ApiProperty(figures) byService: Record<string, IntervalFigureBody>;
  @ApiProperty(figures) byType: Record<string, IntervalFigureBody>;
  @ApiProperty({ type: [DrawnValueBody], description: '抽样的值，份额大者在前 · drawn values, largest share first' })
  drawn: DrawnValueBody[];
  @ApiProperty({ ...share, description: '未解释（非线性） · 1 less all shares' }) unexplained: number | null;
  @ApiProperty({ type: TargetBody, nullable: true }) target: TargetBody | null;
}
