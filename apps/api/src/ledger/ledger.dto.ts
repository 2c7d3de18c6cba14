/** What may be asked of the book, and how accounts, vouchers and invariants look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import {
  bookUnits,
  type BookUnit,
  deedKinds,
  type DeedKind,
  type InvariantName,
  type SignRule,
  signRules,
} from '@gep/ledger';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import { ChoiceField, DayField, MomentField, TerritoryField, TextField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const within = { description: '此地域及其下级 · this territory and all below it', optional: true };

export class BalancesQuery extends PageQuery {
  @TextField({ description: '科目代码的开头 · beginning of the code', optional: true, max: 100, example: 'eco.' })
  code?: string;

  @TerritoryField(within)
  within?: string;

  @DayField({ description: '截至此日（含） · as of this day, inclusive', optional: true })
  on?: string;

  @MomentField({ description: '按此时刻所知 · as it was known at this moment', optional: true })
  known?: string;
}

export class JournalQuery extends PageQuery {
  @TerritoryField(within)
  within?: string;

  @DayField({ description: '自此日（含） · from this day', optional: true })
  from?: string;

  @DayField({ description: '至此日之前 · until before this day', optional: true })
  until?: string;

  @ChoiceField({ description: '业务种类 · kind of deed', optional: true, of: deedKinds })
  kind?: DeedKind;

  @TextField({ description: '业务键 · business key', optional: true, max: 300 })
  key?: string;

  @UuidField({ description: '有此科目分录的 · with a posting on this account', optional: true })
  account?: string;
}

export class VoucherPath {
  @UuidField({ description: '凭证的编号 · id of the voucher' })
  id: string;
}

const fen = { type: String, description: '分，借方为正 · fen, a debit is positive', example: '-571400' };
const maybeText = { type: String, nullable: true };
const maybeId = { type: String, format: 'uuid', nullable: true };

export class BalanceBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, example: 'eco.payable' }) code: string;
  @ApiProperty({ type: String }) nameZh: string;
  @ApiProperty({ type: String }) nameEn: string;
  @ApiProperty({ type: String, enum: signRules, description: '余额可在哪一方 · side of its balance' })
  signRule: SignRule;
  @ApiProperty({ type: String, enum: bookUnits, description: '所记单位：分或积分 · what its amounts count' })
  unit: BookUnit;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty(fen) postedFen: string;
  @ApiProperty({ ...fen, nullable: true, description: '预留；查询以往时为 null · reserved; null of the past' })
  reservedFen: string | null;
  @ApiProperty({ ...fen, nullable: true, description: '可用；无限制时为 null · available; null where unbounded' })
  availableFen: string | null;
}

export class BalancePageBody {
  @ApiProperty({ type: [BalanceBody] }) items: BalanceBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class PostingBody {
  @ApiProperty({ type: String, format: 'uuid' }) accountId: string;
  @ApiProperty({ ...maybeText, description: '对方 · party' }) party: string | null;
  @ApiProperty(fen) amountFen: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ ...maybeText, description: '规则版次 · rule edition' }) ruleEdition: string | null;
  @ApiProperty({ ...maybeId, description: '账户版次 · account vintage' }) vintageId: string | null;
  @ApiProperty({ ...maybeText, description: '协议 · agreement' }) agreement: string | null;
  @ApiProperty({ ...maybeText, description: '所属时期 · period it is for' }) period: string | null;
}

export class VoucherBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) businessKey: string;
  @ApiProperty({ type: String, enum: deedKinds }) kind: DeedKind;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, format: 'date', description: '记账日 · day of effect' }) effectiveDate: string;
  @ApiProperty({ ...maybeText, format: 'date', description: '所关的已结账之日 · closed day that it is about' })
  aboutDate: string | null;
  @ApiProperty({ ...maybeId, description: '所冲销的凭证 · voucher that it reverses' }) reverses: string | null;
  @ApiProperty({ ...maybeId, description: '所更正的凭证 · voucher that it corrects' }) aboutVoucher: string | null;
  @ApiProperty({ ...maybeId, description: '冲销它的凭证 · voucher that reversed it' }) reversedBy: string | null;
  @ApiProperty({ type: String, description: '批次，0 为单张 · run, 0 for none' }) runNo: string;
  @ApiProperty({ type: 'integer' }) postingCount: number;
  @ApiProperty({ type: String, description: '摘要 · memo' }) memo: string;
  @ApiProperty({ type: String }) actorId: string;
  @ApiProperty({ type: String }) actorName: string;
  @ApiProperty({ type: String, format: 'date-time' }) recordedAt: string;
  @ApiProperty({ type: String, description: '内容指纹 · digest of what was handed in' }) bodyDigest: string;
  @ApiProperty({
    type: [PostingBody],
    description: '分录；多于一千条时为空 · postings; empty when more than a thousand',
  })
  postings: PostingBody[];
}

export class VoucherPageBody {
  @ApiProperty({ type: [VoucherBody], description: '日期新的在前 · the latest day first' }) items: VoucherBody[];
  @ApiProperty(nextCursor) next: string | null;
}

class BookHeadBody {
  @ApiProperty({ type: 'integer', description: '封存数 · seals' }) seals: number;
  @ApiProperty({ type: String, description: '最后的封印 · last seal' }) hash: string;
}

class InvariantBody {
  @ApiProperty({ type: String, example: 'balanced' }) name: InvariantName;
  @ApiProperty({ type: BilingualBody }) says: BilingualBody;
  @ApiProperty({ type: Boolean, nullable: true, description: '未核对时为 null · null when not looked at' })
  holds: boolean | null;
  @ApiProperty({ type: 'integer', description: '不符的项数 · how many break it' }) found: number;
}

export class InvariantsBody {
  @ApiProperty({ type: String, format: 'date-time', description: '核对的时刻 · when it was judged' }) at: string;
  @ApiProperty({ type: BookHeadBody, description: '请记在库外 · note it outside of the database' }) head: BookHeadBody;
  @ApiProperty({ type: 'integer', description: '已逐一核对的封存数 · seals that were followed, one by one' })
  followed: number;
  @ApiProperty({
    ...{ type: String, format: 'date-time', nullable: true },
    description: '最近一轮自首张起的核对始于 · when the last round from the first seal on began; null while it goes on',
  })
  followedSince: string | null;
  @ApiProperty({ type: [InvariantBody] }) items: InvariantBody[];
}
