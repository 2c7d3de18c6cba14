/** What may be asked and told of market purchases, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { valuationPayers, type ValuationPayer } from '@gep/procurement';
import { nextCursor } from '../answer/answer.dto';
import {
  ChoiceField,
  DayField,
  FenField,
  IntegerField,
  ListField,
  ObjectField,
  TerritoryField,
  TextField,
} from '../request/field.decorator';
import { companyCode, digestField, fen, plainRows } from './companies.dto';

const code = { max: 60, pattern: /^[a-z0-9][a-z0-9-]*$/, example: 'dayang' };
const wholeFen = { max: 18, pattern: /^\d{1,18}$/, example: '2000000000' };
const on = { description: '日期，可为以往；省略为今天 · day; today when absent', optional: true };

export class MarketPurchasePath {
  @TextField({ description: '代码 · code', ...code })
  code: string;
}

export class ValuationBody {
  @TextField({ description: '评估机构 · valuer', max: 200 })
  valuer: string;

  @ChoiceField({ description: '由谁付费 · who paid the valuer', of: valuationPayers })
  paidBy: ValuationPayer;

  @TextField({ description: '地块调节服务价值（分） · value of the services of the site, fen', ...wholeFen })
  gepFen: string;

  @TextField({ description: '生态溢价（分） · ecological premium, fen', ...wholeFen })
  premiumFen: string;

  @TextField(digestField)
  documentDigest: string;
}

export class SoldPartBody {
  @TextField({ description: '服务 · service', max: 100, pattern: /^[A-Za-z][A-Za-z0-9]*$/ })
  service: string;

  @TextField({ description: '年度 · year', min: 4, max: 4, pattern: /^(?:19|20|21)\d\d$/ })
  year: string;

  @FenField({ description: '金额 · amount' })
  amountFen: string;
}

export class NewMarketPurchaseBody {
  @TextField({ description: '代码，平台内唯一 · code, unique on the platform', ...code })
  code: string;

  @TextField({ description: '出售的公司 · company that sells', ...companyCode })
  company: string;

  @TerritoryField({ description: '地块所在的地域 · territory of the site' })
  territory: string;

  @TextField({ description: '地块 · parcel', optional: true, max: 100 })
  parcel?: string;

  @TextField({ description: '购买人 · buyer', max: 200 })
  buyer: string;

  @ObjectField({ description: '估值 · valuation', of: ValuationBody })
  valuation: ValuationBody;

  @TextField({
    description: '估值超过此数须有第二意见（分） · a second valuer is heard above it, fen',
    optional: true,
    ...wholeFen,
  })
  secondOpinionAboveFen?: string;

  @ObjectField({ description: '第二意见 · second opinion', of: ValuationBody, optional: true })
  secondOpinion?: ValuationBody;

  @TextField({ description: '定价规则 · id of the rule', max: 64, example: 'dayang' })
  policy: string;

  @DayField({ description: '首期应付日 · first due day' })
  firstDueOn: string;

  @IntegerField({ description: '各期间隔月数 · months between instalments', min: 1, max: 120 })
  monthsBetween: number;

  @ListField({
    description: '由此出售的增益，不再采购 · gains that are sold by it',
    optional: true,
    of: SoldPartBody,
    most: 1000,
  })
  gains?: SoldPartBody[];

  @DayField(on)
  on?: string;
}

export class NewReceiptBody {
  @IntegerField({
    description: '期次；省略为最早未收讫的一期 · instalment; the oldest open one when absent',
    optional: true,
    min: 1,
    max: 1200,
  })
  instalment?: number;

  @FenField({ description: '金额 · amount' })
  amountFen: string;

  @DayField(on)
  on?: string;

  @TextField({
    description: '银行回单号，平台内唯一 · number of the bank slip, unique on the platform',
    min: 4,
    max: 100,
    pattern: /^[\x21-\x7e]+$/,
  })
  bankReference: string;
}

export class PurchaseMadeBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty(fen) priceFen: string;
}

export class ReceiptMadeBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: 'integer' }) instalmentNo: number;
  @ApiProperty({ ...fen, description: '该期尚应收 · still open of the instalment' }) openFen: string;
}

export class MarketPurchaseBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) company: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: '条款与估值 · terms and valuation' })
  terms: object;
  @ApiProperty({ type: String, description: '规则版本 · edition of the rule' }) policyEdition: string;
  @ApiProperty(fen) priceFen: string;
  @ApiProperty({ type: String, format: 'date' }) signedOn: string;
}

export class MarketPurchasePageBody {
  @ApiProperty({ type: [MarketPurchaseBody] }) items: MarketPurchaseBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class MarketPurchaseWithScheduleBody extends MarketPurchaseBody {
  @ApiProperty({ ...plainRows, description: '各期应收、已收、逾期 · instalments' }) instalments: Record<
    string,
    unknown
  >[];
  @ApiProperty({ ...plainRows, description: '收款 · receipts' }) receipts: Record<string, unknown>[];
}
