/** What may be asked of village sheets, points, goods, orders and runs of scores, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { eventStates, orderActs, type OrderAct, orderStates, type OrderState } from '@gep/credit';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import {
  ChoiceField,
  DayField,
  IntegerField,
  ListField,
  TerritoryField,
  TextField,
  UuidField,
} from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';
import { CreditMadeBody } from './credit-answers.dto';

const digest = { min: 64, max: 64, pattern: /^[0-9a-f]{64}$/ };
const item = { max: 64, pattern: /^[\p{L}_][\p{L}\p{N}_]*$/u };
const month = { max: 7, pattern: /^\d{4}-(0[1-9]|1[0-2])$/, example: '2026-03' };
const moment = { type: String, format: 'date-time' };
const day = { type: String, format: 'date' };
const whole = { type: 'integer' as const };
const points = { type: String, pattern: '^\\d+$', description: '积分，整数 · whole points' };
const maybe = (description: string) => ({ type: String, nullable: true, description });

export class SheetRowBody {
  @UuidField({ description: '主体编号 · id of the subject' }) subject: string;
  @TextField({ description: '清单中的行为 · behaviour of the list', ...item }) behaviour: string;
  @DayField({ description: '日期；省略为该月末日 · day; the last of the month when left out', optional: true })
  day?: string;
  @IntegerField({ description: '次数 · times', optional: true, min: 1, max: 10_000, default: 1 }) times?: number;
  @TextField({ description: '证据是什么，不写姓名 · what the evidence is, no names', max: 500 }) evidence: string;
  @TextField({ description: '证据的 SHA-256 · SHA-256 of the evidence', ...digest }) evidenceDigest: string;
}

export class NewSheetBody {
  @TerritoryField({ description: '村 · village' }) territory: string;
  @TextField({ description: '月份 · month', ...month }) month: string;
  @ListField({ description: '每户每项一行 · a row for each household and behaviour', of: SheetRowBody, most: 5000 })
  rows: SheetRowBody[];
}

export class SheetQuery extends PageQuery {
  @TerritoryField({ description: '此地域及以下 · at or below this territory', optional: true }) territory?: string;
  @TextField({ description: '月份 · month', optional: true, ...month }) month?: string;
}

export class SheetDoneBody extends CreditMadeBody {
  @ApiProperty({ ...whole, description: '记录数 · entries that it made' }) entries: number;
  @ApiProperty({ type: String, description: '各行的 SHA-256 · SHA-256 of its rows' }) digest: string;
}

export class VillageSheetBody extends SheetDoneBody {
  @ApiProperty({ type: String }) month: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) handedBy: string;
  @ApiProperty({ type: String }) handedName: string;
  @ApiProperty(moment) handedAt: string;
  @ApiProperty({ ...whole, description: '未核对 · entries that nobody has checked' }) unchecked: number;
}

export class SheetRowViewBody {
  @ApiProperty(whole) no: number;
  @ApiProperty({ type: String, format: 'uuid' }) eventId: string;
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty({ type: String }) behaviour: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String, description: '行为之日有效的规则版本 · edition on the day of the entry' })
  edition: string;
  @ApiProperty(day) day: string;
  @ApiProperty(whole) times: number;
  @ApiProperty({ type: String, description: '清单分值 × 次数 · points of the list for all its times' }) points: string;
  @ApiProperty({ type: String }) evidence: string;
  @ApiProperty({ type: String }) evidenceDigest: string;
  @ApiProperty({ type: Boolean }) negative: boolean;
  @ApiProperty({ type: String, enum: [...eventStates] }) state: string;
  @ApiProperty({ ...maybe('自何日起计入 · first day on which it counts'), format: 'date' }) effectiveFrom:
    | string
    | null;
}

export class VillageSheetWithRowsBody extends VillageSheetBody {
  @ApiProperty({ type: [SheetRowViewBody] }) rows: SheetRowViewBody[];
}

export class VillageSheetPageBody {
  @ApiProperty({ type: [VillageSheetBody] }) items: VillageSheetBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class SheetRefusalBody {
  @ApiProperty(whole) row: number;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) zh: string;
  @ApiProperty({ type: String }) en: string;
}

export class SheetCheckedBody extends CreditMadeBody {
  @ApiProperty(whole) accepted: number;
  @ApiProperty({ ...whole, description: '负面，待告知 · bad ones, to be told' }) confirmed: number;
  @ApiProperty({ type: [SheetRefusalBody] }) refused: SheetRefusalBody[];
}

export class PointsLotBody {
  @ApiProperty({ type: String, format: 'uuid' }) eventId: string;
  @ApiProperty({ type: String }) behaviour: string;
  @ApiProperty(points) points: string;
  @ApiProperty(day) earnedOn: string;
  @ApiProperty({ ...maybe('自此日起不能使用 · first day on which it can no longer be spent'), format: 'date' })
  expiresOn: string | null;
  @ApiProperty({ type: Boolean, description: '记录已更正 · the entry was corrected' }) returned: boolean;
}

export class PointsBody {
  @ApiProperty({ type: String, format: 'uuid' }) subject: string;
  @ApiProperty(points) held: string;
  @ApiProperty({ ...points, description: '因更正待抵扣 · owed after a correction; later points pay it' }) owed: string;
  @ApiProperty({ ...points, description: '已预留 · ordered on' }) ordered: string;
  @ApiProperty(points) spent: string;
  @ApiProperty(points) expired: string;
  @ApiProperty({ type: [PointsLotBody] }) lots: PointsLotBody[];
}

export class PointsListBody {
  @ApiProperty({ type: [PointsBody] }) items: PointsBody[];
}

export class GoodsQuery {
  @TerritoryField({ description: '此地域及以下 · at or below this territory', optional: true }) territory?: string;
  @DayField({ description: '哪一天的价格；省略为今天 · price of this day; today when left out', optional: true })
  day?: string;
}

export class GoodsBody extends CreditMadeBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) nameZh: string;
  @ApiProperty({ type: String }) nameEn: string;
  @ApiProperty({ ...whole, nullable: true, description: '每件积分 · points for one' }) price: number | null;
  @ApiProperty({ ...maybe('价格自 · first day of the price'), format: 'date' }) since: string | null;
  @ApiProperty({ ...whole, description: '库存 · in stock' }) stock: number;
}

export class GoodsListBody {
  @ApiProperty({ type: [GoodsBody] }) items: GoodsBody[];
}

export class NewGoodsBody {
  @TerritoryField({ description: '村镇 · territory' }) territory: string;
  @TextField({ description: '代码 · code', max: 40, pattern: /^[a-z0-9][a-z0-9-]*$/, example: 'soap' }) code: string;
  @TextField({ description: '名称 · name in Chinese', max: 100 }) nameZh: string;
  @TextField({ description: '英文名称 · name in English', max: 100 }) nameEn: string;
  @IntegerField({ description: '每件积分 · points for one', min: 1, max: 1_000_000 }) price: number;
  @DayField({ description: '价格自何日起 · first day of the price' }) from: string;
  @TextField({ description: '公布的清单的 SHA-256 · SHA-256 of the list as it was put up', ...digest })
  documentDigest: string;
}

export class StockBody {
  @IntegerField({
    description: '入库为正，盘亏为负 · delivered above zero, counted short below',
    min: -1_000_000,
    max: 1_000_000,
  })
  quantity: number;
  @TextField({ description: '理由，盘亏必填 · reason; needed when counted short', max: 500, optional: true })
  reason?: string;
}

export class StockedBody extends CreditMadeBody {
  @ApiProperty({ ...whole, description: '库存 · in stock' }) stock: number;
}

export class OrderQuery extends PageQuery {
  @UuidField({ description: '主体编号 · id of the subject', optional: true }) subject?: string;
  @ChoiceField({ description: '状态 · state', of: orderStates, optional: true }) state?: OrderState;
}

export class NewOrderBody {
  @UuidField({ description: '主体编号 · id of the subject' }) subject: string;
  @UuidField({ description: '商品编号 · id of the article' }) goods: string;
  @IntegerField({ description: '件数 · how many', min: 1, max: 10_000, optional: true, default: 1 }) quantity?: number;
}

export class NewOwnOrderBody {
  @UuidField({
    description: '用谁的积分；只关联一个主体时省略 · whose points; may be left out when you are linked to one subject',
    optional: true,
  })
  subject?: string;
  @UuidField({ description: '商品编号 · id of the article' }) goods: string;
  @IntegerField({ description: '件数 · how many', min: 1, max: 10_000, optional: true, default: 1 }) quantity?: number;
}

export class OwnOrderVoidBody {
  @TextField({ description: '理由 · reason', max: 2000 }) reason: string;
}

export class OrderActBody {
  @ChoiceField({ description: '办理 · what is done', of: orderActs }) act: OrderAct;
  @TextField({ description: '理由，取消必填 · reason; needed to void', max: 2000, optional: true }) reason?: string;
  @TextField({ description: '签收单的 SHA-256 · SHA-256 of the receipt', optional: true, ...digest })
  documentDigest?: string;
}

export class OrderDoneBody extends CreditMadeBody {
  @ApiProperty({ type: String, enum: [...orderStates] }) state: string;
  @ApiProperty(points) points: string;
}

export class OrderBody extends CreditMadeBody {
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty({ type: String, format: 'uuid' }) goodsId: string;
  @ApiProperty({ type: String }) goods: string;
  @ApiProperty(whole) quantity: number;
  @ApiProperty({ ...whole, description: '每件积分 · points for one' }) price: number;
  @ApiProperty({ type: String }) orderedBy: string;
  @ApiProperty(moment) orderedAt: string;
  @ApiProperty({ type: String, enum: [...orderStates] }) state: string;
}

export class OrderPageBody {
  @ApiProperty({ type: [OrderBody] }) items: OrderBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class OrderListBody {
  @ApiProperty({ type: [OrderBody] }) items: OrderBody[];
}

export class NewCreditRescoreBody {
  @TerritoryField({ description: '此地域及以下的全部主体 · all subjects at or below this territory' })
  territory: string;
}

export class CreditRescoreBody extends CreditMadeBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty(day) asOf: string;
  @ApiProperty({ type: String }) requestedBy: string;
  @ApiProperty(moment) requestedAt: string;
  @ApiProperty({ ...whole, description: '已完成的部分 · parts that are done' }) parts: number;
  @ApiProperty(whole) subjects: number;
  @ApiProperty({ ...whole, description: '分数有变的主体 · subjects whose score changed' }) changed: number;
  @ApiProperty({ ...moment, nullable: true }) endedAt: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: '未能进行的原因 · what refused it',
  })
  refusal: object | null;
}

export class CreditRescoreListBody {
  @ApiProperty({ type: [CreditRescoreBody] }) items: CreditRescoreBody[];
}
