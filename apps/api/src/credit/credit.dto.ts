/** What may be asked of credit over HTTP: subjects, entries, objections, measures, consents and queries. */
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsUUID } from 'class-validator';
import {
  eventActs,
  type EventAct,
  eventStates,
  type EventState,
  identifierFields,
  type IdentifierField,
  measureActs,
  type MeasureAct,
  objectionActs,
  type ObjectionAct,
} from '@gep/credit';
import { type CreditLoanKind, creditLoanKinds, creditSubjectKinds, type CreditSubjectKind } from '@gep/rulebook';
import {
  ChoiceField,
  DayField,
  FenField,
  FlagField,
  IntegerField,
  ObjectField,
  TerritoryField,
  TextField,
  UuidField,
} from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const digest = { min: 64, max: 64, pattern: /^[0-9a-f]{64}$/ };
const reason = { description: '理由 · reason', max: 2000 };
const purpose = { description: '用途 · purpose', max: 40, pattern: /^[a-z][a-z-]*$/, example: 'loan' };
const item = { max: 64, pattern: /^[\p{L}_][\p{L}\p{N}_]*$/u };

export class CreditIdPath {
  @UuidField({ description: '编号 · id' }) id: string;
}

export class CatalogueQuery {
  @TerritoryField({ description: '地域 · territory' }) territory: string;
  @DayField({ description: '哪一天有效；省略为今天 · in force on this day; today when left out', optional: true })
  day?: string;
}

export class GradeTableQuery {
  @TerritoryField({ description: '地域 · territory' }) territory: string;
}

export class SubjectQuery extends PageQuery {
  @TerritoryField({ description: '此地域及以下 · at or below this territory', optional: true }) territory?: string;
}

export class NewSubjectBody {
  @ChoiceField({ description: '种类 · kind', of: creditSubjectKinds }) kind: CreditSubjectKind;
  @TerritoryField({ description: '所在村镇 · territory' }) territory: string;
  @TextField({ description: '名称，加密保存 · name, kept sealed', max: 200 }) name: string;
  @TextField({
    description:
      '身份证号码、统一社会信用代码或村代码，加密保存 · number of the identity card, credit code or code of the village, kept sealed',
    max: 40,
  })
  number: string;
  @TextField({ description: '电话，加密保存 · telephone, kept sealed', max: 40, optional: true }) phone?: string;
  @DayField({ description: '自何日起有记录 · since when a record is kept', optional: true }) since?: string;
  @TextField({
    description: '书面同意采集的摘要，个人必填 · digest of the written consent to collect; a person needs one',
    ...{ optional: true, ...digest },
  })
  consentDigest?: string;
}

export class SubjectSearchBody {
  @ChoiceField({ description: '按何标识 · by which identifier', of: identifierFields }) field: IdentifierField;
  @TextField({ description: '完整的标识 · the whole identifier', max: 200 }) text: string;
  @ChoiceField({ description: '种类 · kind', of: creditSubjectKinds }) kind: CreditSubjectKind;
}

export class PurposeBody {
  @TextField({
    description: '查看的用途，记入日志，主体可见 · for what it is read; noted, and shown to the subject',
    max: 200,
  })
  purpose: string;
}

export class RecordBody extends PurposeBody {
  @DayField({ description: '哪一天的分数；省略为今天 · score of this day; today when left out', optional: true })
  day?: string;
}

export class SubjectLinkBody {
  @TextField({ description: '登录名 · login', max: 100 }) login: string;
  @FlagField({ description: '关联或解除 · linked or no longer', default: true }) linked: boolean;
}

export class NewEventBody {
  @UuidField({ description: '主体编号 · id of the subject', optional: true }) subject?: string;
  @TextField({ description: '或主体的证件号码 · or the number of its identity card or code', max: 40, optional: true })
  number?: string;
  @ChoiceField({
    description: '号码属于何种主体 · kind of subject that the number is of',
    of: creditSubjectKinds,
    optional: true,
  })
  kind?: CreditSubjectKind;
  @TextField({ description: '清单中的行为 · behaviour of the list', ...item }) behaviour: string;
  @DayField({ description: '行为发生、认定或终止之日 · day of the behaviour, or on which it was found or ended' })
  day: string;
  @IntegerField({ description: '次数 · times', optional: true, min: 1, max: 10_000, default: 1 }) times?: number;
  @TextField({ description: '证据是什么，不写姓名 · what the evidence is, no names', max: 500 }) evidence: string;
  @TextField({ description: '证据的 SHA-256 · SHA-256 of the evidence', ...digest }) evidenceDigest: string;
  @TextField({
    description: '文件编号，同一件事只记一次 · number of the paper, so that one thing counts once',
    max: 100,
    optional: true,
  })
  reference?: string;
  @UuidField({ description: '所代替的已作废记录 · the voided entry whose place it takes', optional: true })
  replaces?: string;
}

export class EventQuery extends PageQuery {
  @UuidField({ description: '主体编号 · id of the subject', optional: true }) subject?: string;
  @ChoiceField({ description: '状态 · state', of: eventStates, optional: true }) state?: EventState;
  @TerritoryField({ description: '此地域及以下 · at or below this territory', optional: true }) territory?: string;
}

class CreditActBody {
  @TextField({ ...reason, optional: true }) reason?: string;
  @TextField({ description: '材料的 SHA-256 · SHA-256 of the paper', optional: true, ...digest })
  documentDigest?: string;
}

export class EventActBody extends CreditActBody {
  @ChoiceField({ description: '办理 · what is done', of: eventActs }) act: EventAct;
  @DayField({
    description:
      '告知的送达日，省略为今天；早于今天的须附送达回证的摘要 · day on which a notice was served; an earlier one than today with the digest of its proof',
    optional: true,
  })
  on?: string;
}

export class ObjectionActBody extends CreditActBody {
  @ChoiceField({ description: '办理 · what is done', of: objectionActs }) act: ObjectionAct;
}

export class OwnObjectionActBody extends CreditActBody {
  @ChoiceField({ description: '办理 · what is done', of: ['review', 'withdraw'] }) act: 'review' | 'withdraw';
}

export class MeasureActBody extends CreditActBody {
  @ChoiceField({ description: '办理 · what is done', of: measureActs }) act: MeasureAct;
}

export class NewObjectionBody {
  @UuidField({ description: '对哪条记录 · to which entry', optional: true }) event?: string;
  @UuidField({ description: '或对哪项措施 · or to which measure', optional: true }) measure?: string;
  @TextField({ description: '理由 · grounds', min: 4, max: 2000 }) grounds: string;
  @TextField({ description: '材料的 SHA-256 · SHA-256 of the paper', optional: true, ...digest })
  documentDigest?: string;
}

export class ObjectionQuery extends PageQuery {
  @UuidField({ description: '主体编号 · id of the subject', optional: true }) subject?: string;
  @FlagField({ description: '只看未处理的 · those that are open only', optional: true }) open?: boolean;
}

export class NewCreditMeasureBody {
  @UuidField({ description: '主体编号 · id of the subject' }) subject: string;
  @TextField({ description: '已公布措施的代码 · code of the published measure', ...item }) item: string;
  @ApiProperty({
    type: [String],
    format: 'uuid',
    maxItems: 100,
    description: '所依据的记录 · entries that it rests on',
  })
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID('all', { each: true })
  causes: string[];
  @TextField(reason) reason: string;
  @DayField({ description: '终止日，惩戒必填 · last day; a punishment needs one', optional: true }) untilDay?: string;
  @TextField({
    description: '扣减的比例 · the part that is taken away',
    optional: true,
    max: 20,
    pattern: /^[0-9./]+$/,
    example: '0.5',
  })
  share?: string;
}

export class MeasureQuery {
  @UuidField({ description: '主体编号 · id of the subject', optional: true }) subject?: string;
  @TerritoryField({ description: '此地域及以下 · at or below this territory', optional: true }) territory?: string;
}

export class NewConsentBody {
  @UuidField({ description: '主体编号 · id of the subject' }) subject: string;
  @TextField({ description: '查询人的登录名 · login of the credit user', max: 100 }) login: string;
  @TextField(purpose) purpose: string;
  @DayField({ description: '自 · from' }) from: string;
  @DayField({ description: '至 · until' }) until: string;
  @TextField({ description: '书面同意的 SHA-256 · SHA-256 of the written consent', ...digest }) documentDigest: string;
}

export class ConsentQuery {
  @UuidField({ description: '主体编号 · id of the subject' }) subject: string;
}

export class LoanWishBody {
  @ChoiceField({ description: '信用或担保 · unsecured or guaranteed', of: creditLoanKinds }) kind: CreditLoanKind;
  @FenField({ description: '金额（分） · amount in fen' }) amountFen: string;
  @IntegerField({ description: '月数 · months', min: 1, max: 600 }) months: number;
  @FlagField({ description: '已签生态保护承诺 · the pledge to protect is signed' }) pledgeSigned: boolean;
}

export class CreditQueryBody {
  @UuidField({ description: '主体编号 · id of the subject', optional: true }) subject?: string;
  @TextField({ description: '或证件号码 · or the number of its identity card or code', max: 40, optional: true })
  number?: string;
  @TextField(purpose) purpose: string;
  @ObjectField({ description: '所问的贷款 · a loan that is asked about', of: LoanWishBody, optional: true })
  loan?: LoanWishBody;
}
