/** What may be asked of dividends over HTTP, and how one looks on the wire. */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, Matches } from 'class-validator';
import { countings, type Counting } from '@gep/procurement';
import { nextCursor } from '../answer/answer.dto';
import { company, paper } from '../owners/owners.dto';
import {
  ChoiceField,
  DayField,
  DecimalField,
  FenField,
  FlagField,
  IntegerField,
  PeriodField,
  TextField,
  UuidField,
  WordsField,
} from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const owner = { max: 60, pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/ };
const why = { description: '理由 · why', max: 2000 };
const dayOf = { description: '办理日；未给出时为今天 · day of the deed; today when left out', optional: true };
/** Acts on one line that set it apart. */
const places = ['hold', 'return', 'set-aside'] as const;

const WordsOfOwners = () =>
  applyDecorators(
    ApiProperty({ type: [String], maxItems: 1000, description: '权利人代码 · codes of owners' }),
    ...[IsArray(), ArrayMinSize(1), ArrayMaxSize(1000), Matches(owner.pattern, { each: true })],
  );

const code = '代码：公司.期间，同期再次办理的加 .2 · code: company.period, with .2 from the second round on';

export class DividendPath {
  @TextField({
    description: '代码（公司.期间）或编号 · code (company.period) or id',
    ...{ max: 80, pattern: /^[A-Za-z0-9][A-Za-z0-9.-]*$/, example: 'forest.2025' },
  })
  id: string;
}

export class DividendListQuery extends PageQuery {
  @TextField({ ...company, optional: true }) company?: string;
  @PeriodField({ description: '核算期 · period', optional: true }) period?: string;
}

export class DividendLinesQuery extends PageQuery {
  @WordsField({
    description: '只看另行处置的：争议 hold、退回 return、未领 set-aside · only lines set apart',
    ...{ optional: true, most: 3, of: places },
  })
  places?: (typeof places)[number][];
}

export class DividendPlanBody {
  @TextField(company) company: string;
  @PeriodField({ description: '核算期 · period' }) period: string;
  @TextField({ description: '启用中的规则 · rule that is in force', max: 64, example: 'two-mountains-dividend' })
  policy: string;
  @DecimalField({ description: '提取公积公益金的比例 · share of the reserve', example: '0.1' }) reserveShare: string;
  @ChoiceField({ description: '按登记日或按持有天数 · by the record date or by days held', of: countings })
  counting: Counting;
  @DayField({ description: '登记日 · record date' }) recordDate: string;
  @IntegerField({
    description: '退回款转为未领的天数 · days after which money that came back is set aside',
    min: 1,
    max: 3660,
  })
  unclaimedAfter: number;
  @TextField({ description: '说明 · remarks', min: 0, max: 2000 }) memo: string;
}

export class DividendNoticeBody {
  @DayField(dayOf) on?: string;
  @TextField(paper) documentDigest: string;
}

export class DividendVoteBody {
  @DayField({ description: '会议日 · day of the meeting' }) heldOn: string;
  @FlagField({ description: '可在线参加 · online as well' }) online: boolean;
  @IntegerField({ description: '全体成员 · all members', min: 1, max: 100_000_000 }) members: number;
  @IntegerField({
    description: '参加（含在线、委托） · attended, online and by proxy as well',
    min: 0,
    max: 100_000_000,
  })
  attended: number;
  @IntegerField({ description: '赞成 · in favour', min: 0, max: 100_000_000 }) inFavour: number;
  @IntegerField({ description: '反对 · against', min: 0, max: 100_000_000 }) against: number;
  @TextField(paper) documentDigest: string;
}

export class DividendReasonBody {
  @TextField(why) reason: string;
}

export class DividendWorkBody {
  @TextField({ ...why, optional: true }) reason?: string;
}

export class DividendReturnBody {
  @WordsOfOwners() owners: string[];
  @TextField(why) reason: string;
  @DayField(dayOf) on?: string;
}

export class DividendDayBody {
  @DayField(dayOf) on?: string;
}

export class DividendClaimBody {
  @TextField({ description: '权利人 · owner of the line', ...owner }) owner: string;
  @TextField({ description: '领取人：本人或其继受人 · who claims: the owner, or a successor', ...owner })
  claimant: string;
  @TextField(why) reason: string;
  @DayField(dayOf) on?: string;
}

export class CompanyBookPath {
  @TextField(company) company: string;
}

export class CompanyEntryBody {
  @ChoiceField({ description: '收入或成本 · income or cost', of: ['income', 'cost'] }) kind: 'income' | 'cost';
  @FenField({ description: '金额（分） · amount in fen' }) amountFen: string;
  @DayField({ description: '日期 · day' }) on: string;
  @PeriodField({ description: '所属期 · period that it is for' }) period: string;
  @TextField({
    description: '协议、合同或结算代码 · code of agreement, contract or settlement',
    max: 100,
    optional: true,
  })
  agreement?: string;
  @UuidField({ description: '支付该收入的结算 · settlement that it was paid by', optional: true }) settlement?: string;
  @TextField({ description: '摘要 · what it is', max: 200 }) memo: string;
  @TextField({
    description: '凭据编号，一张只记一次 · number of the slip, booked once',
    max: 100,
    pattern: /^[\x21-\x7e]+$/,
  })
  evidence: string;
  @TextField(paper) documentDigest: string;
}

export class CompanyEntryDoneBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, format: 'uuid' }) voucherId: string;
}

export class CompanyBookBody {
  @ApiProperty({
    ...{ type: 'object', additionalProperties: { type: 'string', pattern: '^-?\\d+$' } },
    description: '科目 → 余额（分），借方为正 · account → balance in fen, a debit is positive',
  })
  balances: Record<string, string>;
}

export class DividendDoneBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
}

export class DividendAskedBody extends DividendDoneBody {
  @ApiProperty({ type: String, format: 'uuid', description: '由工作进程办理 · done by a worker' }) taskId: string;
}

export class LineMoneyBody {
  @ApiProperty({ type: 'integer' }) lines: number;
  @ApiProperty({ type: String }) amountFen: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) voucherId: string | null;
}

const anything = { type: 'object' as const, additionalProperties: true };

export class DividendBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, description: code }) code: string;
  @ApiProperty({ type: String }) company: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: 'integer', description: '撤回后重来则加 1 · one more after a withdrawal' }) round: number;
  @ApiProperty({ type: String }) incomeFen: string;
  @ApiProperty({ type: String }) costFen: string;
  @ApiProperty({ ...anything, nullable: true, description: '方案 · plan' }) plan: object | null;
  @ApiProperty({ ...anything, nullable: true, description: '表决 · vote' }) vote: object | null;
  @ApiProperty({
    ...anything,
    nullable: true,
    description: '分配：户数、金额、证明的根 · allotment: owners, sums, root of proofs',
  })
  allotment: object | null;
}

export class DividendViewBody extends DividendBody {
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: [Object], description: '步骤 · steps' }) steps: object[];
  @ApiProperty({ type: [Object], description: '争议、退回、未领的行数与金额 · lines held, returned, set aside' })
  apart: object[];
  @ApiProperty({ ...anything, nullable: true, description: '工作进程的进度 · what a worker does for it' }) task:
    | object
    | null;
}

export class DividendPageBody {
  @ApiProperty({ type: [DividendBody] }) items: DividendBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class DividendLineBody {
  @ApiProperty({ type: String }) owner: string;
  @ApiProperty({ type: String }) amountFen: string;
  @ApiProperty({ type: String, description: '精确权重 · exact weight' }) weight: string;
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: String, description: '已领取 · claimed already' }) claimedFen: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) since: string | null;
}

export class DividendLinePageBody {
  @ApiProperty({ type: [DividendLineBody] }) items: DividendLineBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class OwnDividendBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, description: code }) code: string;
  @ApiProperty({ type: String }) company: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: DividendLineBody, description: '本户的一行 · your own line' }) line: DividendLineBody;
  @ApiProperty({ type: String, description: '分红总额 · all lines together' }) totalFen: string;
  @ApiProperty({ type: String, description: '已公开的证明的根 · published root of the proofs' }) root: string;
}

export class OwnDividendListBody {
  @ApiProperty({ type: [OwnDividendBody] }) items: OwnDividendBody[];
}

export class LineProofBody {
  @ApiProperty({ type: String, example: 'gep-line-proof-1' }) format: string;
  @ApiProperty({ type: String }) owner: string;
  @ApiProperty({ type: String }) amountFen: string;
  @ApiProperty({ type: String }) root: string;
  @ApiProperty({ type: String }) totalFen: string;
  @ApiProperty({
    type: [Object],
    description: '一行的两段及其到根的路径 · both parts of the line and their ways to the root',
  })
  parts: object[];
}

export class LineProofListBody {
  @ApiProperty({
    type: [LineProofBody],
    description: '用 gep dividend verify-proof 核验 · check with gep dividend verify-proof',
  })
  items: LineProofBody[];
}
