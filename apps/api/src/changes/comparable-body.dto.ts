/** How an account at the prices of an earlier period looks on the wire. */
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

const fen = (description: string): ApiPropertyOptions => ({ type: String, pattern: '^-?\\d+$', description });
const decimal = (description: string): ApiPropertyOptions => ({ type: String, nullable: true, description });

export class PriceBasisBody {
  @ApiProperty({ type: String, nullable: true, description: '价格类别 · class of the price' }) class: string | null;
  @ApiProperty({
    type: [String],
    description:
      '价格年份；空为规范未注明，指数不换算 · years in whose money it is; none: the norm does not say, and no index moves it',
  })
  years: string[];
  @ApiProperty({ type: String, nullable: true, description: '价格来自的地区 · where it was found' }) region:
    | string
    | null;
  @ApiProperty({ type: String, nullable: true, description: '价格的换算 · how it was moved' }) index: string | null;
}

export class MovedPriceBody {
  @ApiProperty({ type: String, description: '产品、服务或价格年份 · product, service or price year' }) of: string;
  @ApiProperty({ type: String }) factor: string;
  @ApiProperty({ type: String, description: '出处 · source' }) source: string;
}

export class ComparableLineBody {
  @ApiProperty({ type: String }) service: string;
  @ApiProperty({ type: String, nullable: true }) type: string | null;
  @ApiProperty({ type: String, nullable: true }) item: string | null;
  @ApiProperty(fen('现价（分） · at current prices')) currentFen: string;
  @ApiProperty(fen('可比价（分） · at base prices')) comparableFen: string;
  @ApiProperty({
    ...fen('现价按其价格年份的指数换算（分）；无从换算时为空 · at current prices, its price year moved by the index'),
    nullable: true,
  })
  movedFen: string | null;
  @ApiProperty({ type: String, description: '基期价格 · base price' }) basePrice: string;
  @ApiProperty({ type: String }) priceUnit: string;
  @ApiProperty({ type: PriceBasisBody }) basis: PriceBasisBody;
  @ApiProperty({ type: String, enum: ['account', 'norm', 'index'], description: '基价的来源 · where it is from' })
  from: string;
  @ApiProperty({ type: MovedPriceBody, nullable: true }) moved: MovedPriceBody | null;
}

export class ComparableBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String, description: '基期 · base period' }) basePeriod: string;
  @ApiProperty(fen('基期（分） · the base period at base prices')) baseFen: string;
  @ApiProperty(fen('基期账户原值（分） · the base period as reported')) baseReportedFen: string;
  @ApiProperty(fen('现价（分） · at current prices')) currentFen: string;
  @ApiProperty({
    ...fen('现价按同样的年份指数换算（分）；无从换算时为空 · at current prices, price years moved by the same indices'),
    nullable: true,
  })
  movedFen: string | null;
  @ApiProperty(fen('可比价（分） · at base prices')) comparableFen: string;
  @ApiProperty(decimal('现价增长率 · growth at current prices')) currentGrowth: string | null;
  @ApiProperty(decimal('可比价增长率 · growth at base prices')) comparableGrowth: string | null;
  @ApiProperty(decimal('隐含价格指数：换算后的现价 ÷ 可比价 · implied price index: current, moved, over comparable'))
  impliedIndex: string | null;
  @ApiProperty({ type: [ComparableLineBody] }) lines: ComparableLineBody[];
}
