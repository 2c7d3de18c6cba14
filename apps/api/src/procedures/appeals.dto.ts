/** What may be asked of appeals, and how one looks on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { appealActs, appealStates, type AppealAct, type AppealOutcome, type AppealState } from '@gep/procedure';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import {
  ChoiceField,
  DayField,
  FlagField,
  IntegerField,
  TerritoryField,
  TextField,
  UuidField,
} from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';
import { ClockBody, kindField, StepBody, withinField } from './procedures.dto';

/** The acts of people; letting lapse is the program's own. */
const acts = appealActs.filter((act) => act !== 'lapse');
const digest = {
  max: 64,
  pattern: /^[0-9a-f]{64}$/,
  shape: { zh: '应为 SHA-256 的十六进制', en: 'must be a SHA-256 in hexadecimal' },
};

export class AppealsQuery extends PageQuery {
  @FlagField({
    description: '只看未终结的（true）或已终结的（false） · open ones, or those that ended',
    optional: true,
  })
  open?: boolean;

  @TextField({ description: '程序种类；与 id 同用 · kind of the subject, with id', optional: true, ...kindField })
  kind?: string;

  @UuidField({ description: '程序编号；与 kind 同用 · id of the subject, with kind', optional: true })
  id?: string;

  @TerritoryField(withinField)
  within?: string;
}

export class AppealPath {
  @UuidField({ description: '异议的编号 · id of the appeal' })
  id: string;
}

export class FileAppealBody {
  @TextField({ description: '所争议程序的种类 · kind of the disputed subject', example: 'settlement', ...kindField })
  kind: string;

  @UuidField({ description: '所争议程序的编号 · id of the disputed subject' })
  id: string;

  @TextField({
    description: '所争议数字的代码；空为全部 · code of the disputed figure; empty for the whole',
    min: 0,
    max: 200,
    example: '350100',
  })
  figure: string;

  @TextField({
    description: '您看到的金额（分） · amount that you were shown, in fen',
    optional: true,
    max: 19,
    pattern: /^-?\d{1,18}$/,
    shape: { zh: '应为整数分', en: 'must be whole fen' },
  })
  shownFen?: string;

  @TextField({ description: '所见文件的 SHA-256 · SHA-256 of the paper that showed it', optional: true, ...digest })
  shownDigest?: string;

  @TerritoryField({ description: '当事方所在地域 · territory of the party' })
  territory: string;

  @TextField({
    description: '当事方，如 company:…；省略为该地域 · the party, like company:…; the territory when left out',
    optional: true,
    max: 100,
  })
  party?: string;

  @DayField({ description: '知道或应知之日 · day on which the party knew, or should have' })
  knownOn: string;

  @TextField({ description: '事实与请求 · grounds and what is asked', min: 4, max: 4000 })
  grounds: string;
}

export class ActOnAppealBody {
  @ChoiceField({ description: '办理 · what is done', of: acts })
  act: AppealAct;

  @TextField({ description: '理由 · reason', min: 4, max: 4000 })
  reason: string;

  @TextField({ description: '文书的 SHA-256 · SHA-256 of the paper', optional: true, ...digest })
  documentDigest?: string;

  @DayField({ description: '暂停到哪一日，至多三十日 · last day of a pause, thirty days at most', optional: true })
  until?: string;

  @IntegerField({
    description: '检验、评审所需天数，不计入处理期限 · days of an inspection, not counted',
    optional: true,
    min: 1,
    max: 365,
  })
  days?: number;
}

export class AppealAnswerBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, enum: [...appealStates] }) state: AppealState;
  @ApiProperty({
    ...{ type: String, nullable: true },
    description:
      '该数字此前已付的金额（分）；未付为 null · what of the figure had been paid before, fen; null where nothing was',
  })
  paidFen: string | null;
  @ApiProperty({
    ...{ type: BilingualBody, nullable: true },
    description: '已付的数字，异议成立后如何更正 · of a figure that was paid: what an upheld objection leads to',
  })
  remedy: BilingualBody | null;
}

export class AppealBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) kind: string;
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty({ type: String }) figure: string;
  @ApiProperty({ type: String, nullable: true, description: '分 · fen' }) shownFen: string | null;
  @ApiProperty({ type: String, nullable: true }) shownDigest: string | null;
  @ApiProperty({ type: String }) party: string;
  @ApiProperty({ type: String, description: '当事方所在地域 · territory of the party' }) territory: string;
  @ApiProperty({ type: String, description: '答复方所在地域 · territory of the body that is asked' })
  respondent: string;
  @ApiProperty({ type: String, description: '共同上级；由其或其上级裁定 · the common superior, who decides' })
  superior: string;
  @ApiProperty({ type: String, format: 'date' }) knownOn: string;
  @ApiProperty({ type: String, format: 'date' }) filedOn: string;
  @ApiProperty({ type: String }) grounds: string;
  @ApiProperty({ type: String }) filedByName: string;
  @ApiProperty({ type: String, enum: [...appealStates] }) state: AppealState;
  @ApiProperty({ type: String, nullable: true }) outcome: AppealOutcome | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) pausedUntil: string | null;
}

export class AppealViewBody extends AppealBody {
  @ApiProperty({ type: [StepBody] }) steps: StepBody[];
  @ApiProperty({ type: [ClockBody] }) clocks: ClockBody[];
}

export class AppealPageBody {
  @ApiProperty({ type: [AppealBody] }) items: AppealBody[];
  @ApiProperty(nextCursor) next: string | null;
}
