/** What may be asked of duties to publish and of what was published, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { publicationKinds, type PublicationKind } from '@gep/procedure';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import { ChoiceField, FlagField, TerritoryField, TextField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';
import { kindField, withinField } from './procedures.dto';

export class DutiesQuery extends PageQuery {
  @FlagField({
    description: '只看未了结的（true）或已了结的（false） · open ones, or those dealt with',
    optional: true,
  })
  open?: boolean;

  @FlagField({ description: '只看今天已逾期的 · only those that are late today', optional: true, default: false })
  overdue?: boolean;

  @TerritoryField(withinField)
  within?: string;
}

export class PublicationsQuery extends PageQuery {
  @TerritoryField(withinField)
  within?: string;

  @ChoiceField({ description: '公开何事 · what is published', optional: true, of: publicationKinds })
  rule?: PublicationKind;

  @TextField({ description: '程序种类；与 id 同用 · kind of the subject, with id', optional: true, ...kindField })
  kind?: string;

  @UuidField({ description: '程序编号；与 kind 同用 · id of the subject, with kind', optional: true })
  id?: string;
}

export class DutyPath {
  @UuidField({ description: '公开任务的编号 · id of the duty to publish' })
  id: string;
}

export class ExceptBody {
  @TextField({ description: '法律依据 · the law that excepts it', min: 4, max: 300 })
  law: string;

  @TextField({ description: '理由 · reason', min: 4, max: 2000 })
  reason: string;
}

class ExceptionBody {
  @ApiProperty({ type: String }) law: string;
  @ApiProperty({ type: String }) reason: string;
  @ApiProperty({ type: String }) byName: string;
  @ApiProperty({ type: String, format: 'date' }) on: string;
}

const document = { type: 'object', additionalProperties: true, description: '公开的内容 · what is published' } as const;

export class DutyBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) kind: string;
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, enum: publicationKinds }) rule: PublicationKind;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty(document) document: object;
  @ApiProperty({ type: String, description: '内容的 SHA-256 · SHA-256 of the document' }) digest: string;
  @ApiProperty({ type: String, format: 'date' }) dueOn: string;
  @ApiProperty({ type: Boolean, description: '所经年份都有放假安排 · all years that were counted are in the calendar' })
  isCovered: boolean;
  @ApiProperty({ type: Boolean, description: '今天已逾期 · late today' }) isOverdue: boolean;
  @ApiProperty({ type: Boolean, description: '逾期办结 · dealt with late' }) isLate: boolean;
  @ApiProperty({ type: String, format: 'date', nullable: true }) publishedOn: string | null;
  @ApiProperty({ type: ExceptionBody, nullable: true, description: '法定例外 · legal exception' })
  exception: ExceptionBody | null;
}

export class DutyPageBody {
  @ApiProperty({ type: [DutyBody] }) items: DutyBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class DutyAnswerBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) publishedOn: string | null;
}

export class PublicationBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) kind: string;
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, enum: publicationKinds }) rule: PublicationKind;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty(document) document: object;
  @ApiProperty({ type: String, description: '内容的 SHA-256 · SHA-256 of the document' }) digest: string;
  @ApiProperty({ type: String, format: 'date' }) publishedOn: string;
  @ApiProperty({ type: String }) publishedByName: string;
  @ApiProperty({ type: BilingualBody, description: '怎样提出异议 · how to object' }) objection: BilingualBody;
}

export class PublicationPageBody {
  @ApiProperty({ type: [PublicationBody] }) items: PublicationBody[];
  @ApiProperty(nextCursor) next: string | null;
}
