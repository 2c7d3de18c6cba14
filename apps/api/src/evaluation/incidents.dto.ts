/** What may be asked of the register of incidents over HTTP, and how it looks on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { type IncidentAct, incidentActs, type IncidentKind, incidentKinds } from '@gep/evaluation';
import { StepBody } from '../procedures/procedures.dto';
import { ChoiceField, DayField, TerritoryField, TextField } from '../request/field.decorator';
import { paperField } from './targets.dto';

const year = { min: 4, max: 4, pattern: /^(?:19|20|21)\d\d$/, example: '2024' };

export class IncidentQuery {
  @TerritoryField({ description: '此地域及其下级 · this territory and below', example: '990100' })
  within: string;

  @TextField({ description: '计入考评的年份 · year whose evaluation it counts in', optional: true, ...year })
  period?: string;

  @DayField({ description: '认定日，自 · day of the finding, from', optional: true })
  from?: string;

  @DayField({ description: '认定日，至 · day of the finding, until', optional: true })
  to?: string;
}

export class NewIncidentBody {
  @TerritoryField({ description: '发生的地域 · territory', example: '990101' })
  territory: string;

  @ChoiceField({ description: '重大事件，或查实弄虚作假 · kind', of: incidentKinds })
  kind: IncidentKind;

  @TextField({ description: '计入考评的年份 · year whose evaluation it counts in', ...year })
  period: string;

  @DayField({ description: '发生之日 · day on which it happened' })
  happenedOn: string;

  @DayField({ description: '认定之日 · day of the finding' })
  foundOn: string;

  @TextField({ description: '认定机关 · authority', min: 2, max: 200 })
  authority: string;

  @TextField({ description: '认定的事实 · what was found', min: 4, max: 4000, lines: true })
  finding: string;

  @TextField({ description: '文书名称 · name of the document', max: 300 })
  documentName: string;

  @TextField(paperField)
  documentDigest: string;
}

export class IncidentActBody {
  @ChoiceField({ description: '核实、不采用、撤销 · confirm, reject or annul', of: incidentActs })
  act: IncidentAct;

  @TextField({ description: '理由 · reason', optional: true, min: 0, max: 2000 })
  reason?: string;

  @TextField({ ...paperField, optional: true })
  documentDigest?: string;
}

export class IncidentBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, enum: [...incidentKinds] }) kind: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String, format: 'date' }) happenedOn: string;
  @ApiProperty({ type: String, format: 'date' }) foundOn: string;
  @ApiProperty({ type: String }) authority: string;
  @ApiProperty({ type: String }) finding: string;
  @ApiProperty({ type: String }) documentName: string;
  @ApiProperty({ type: String }) documentDigest: string;
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: String }) recordedName: string;
  @ApiProperty({ type: String, format: 'date-time' }) recordedAt: string;
}

export class IncidentListBody {
  @ApiProperty({ type: [IncidentBody] }) items: IncidentBody[];
}

export class IncidentViewBody extends IncidentBody {
  @ApiProperty({ type: [StepBody] }) steps: StepBody[];
}
