/** What may be asked of rules and their adoptions, and how they look on the wire. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, ArrayMaxSize, ArrayMinSize, IsObject, IsOptional } from 'class-validator';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import { DayField, PeriodField, TerritoryField, TextField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';
import { AsOfField } from '../request/recorded-account.decorator';
import type { InputRows } from './policy-table';

const edition = {
  description: '版本，即内容的 SHA-256 · edition, the SHA-256 of its content',
  min: 64,
  max: 64,
  pattern: /^[0-9a-f]{64}$/,
};
const preset = {
  description: '规则库中的规则代码 · id of a rule of the rulebook',
  optional: true,
  max: 64,
  pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  example: 'fujian-2024',
};
const text = {
  description: '规则文件（YAML）的全文 · text of a rule file, YAML',
  optional: true,
  max: 200_000,
  lines: true,
} as const;
const slot = {
  description: '协议代码；省略则用于整个机制 · code of the agreement; for all of the mechanism when left out',
  optional: true,
  max: 100,
  pattern: /^[\x21-\x7e]+$/,
};
const reason = { description: '依据或理由 · grounds or reason', max: 2000 };

export class PolicyPath {
  @TextField(edition)
  edition: string;
}

export class AdoptionPath extends PolicyPath {
  @UuidField({ description: '启用记录的编号 · id of the adoption' })
  id: string;
}

export class PolicyListQuery extends PageQuery {
  @TextField({ ...preset, description: '规则代码 · id of the rule' })
  id?: string;
}

export class InForceQuery {
  @TerritoryField({ description: '地域 · territory', example: '350100' })
  territory: string;

  @PeriodField({ description: '核算期，按其最后一日计 · period, by its last day', example: '2024' })
  period: string;

  @AsOfField()
  asOf?: string;
}

/** A rule of the rulebook by its id, or the text of one. */
export class ProposalBody {
  @TextField(preset)
  preset?: string;

  @TextField(text)
  text?: string;
}

export class NewConfirmationBody {
  @TerritoryField({ description: '对此地域及其下级有效 · holds for this territory and below' })
  territory: string;

  @TextField({ ...reason, description: '为何可以采用：核对了什么 · why it may be used: what was checked' })
  statement: string;
}

export class NewAdoptionBody {
  @TerritoryField({ description: '在此地域启用 · put in force for this territory' })
  territory: string;

  @DayField({ description: '自此日起 · from this day', example: '2024-01-01' })
  from: string;

  @DayField({ description: '至此日；省略则同规则 · to this day; as the rule says when left out', optional: true })
  to?: string;

  @TextField(slot)
  slot?: string;

  @TextField({ ...preset, description: '被取代的另一规则 · id of another rule that gives way' })
  replaces?: string;

  @TextField({ ...reason, description: '决议或文件 · resolution or document' })
  reason: string;

  @TextField({
    ...reason,
    description:
      '未经证实的规则：批准人具名负责的理由 · of a rule that is not attested: why the approver answers for it',
    optional: true,
  })
  confirming?: string;
}

export class PolicyWithdrawalBody {
  @DayField({
    description: '自此日起不再有效；省略则明天 · no longer from this day; tomorrow when left out',
    optional: true,
  })
  from?: string;

  @TextField(reason)
  reason: string;
}

/** A rule to decide by: one edition, a rule of the rulebook, or a text. */
export class RuleChoiceBody {
  @TextField({ ...edition, optional: true })
  edition?: string;

  @TextField(preset)
  preset?: string;

  @TextField(text)
  text?: string;
}

const mostRows = 20_000;
const rows = {
  type: 'array' as const,
  maxItems: mostRows,
  items: { type: 'object' as const, additionalProperties: true },
  description: '每单位一行：列名 → 值 · a row for each unit: column → value',
  example: [{ unit: '350102', period: '2024', score: '120' }],
};
const totals = {
  type: 'object' as const,
  additionalProperties: { type: 'string' as const },
  description: '整体的值：列 → 值 · values of the whole: column → value',
};

export class DecideBody extends RuleChoiceBody {
  @ApiProperty(rows)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostRows)
  @IsObject({ each: true })
  rows: InputRows;

  @PeriodField({ description: '核算期；省略则取最后一期 · period; the last when left out', optional: true })
  period?: string;

  @ApiPropertyOptional(totals)
  @IsOptional()
  @IsObject()
  totals?: Record<string, string>;
}

export class BacktestBody extends RuleChoiceBody {
  @TextField({ ...edition, description: '现行规则的版本 · edition of the current rule', optional: true })
  besideEdition?: string;

  @TextField({ ...preset, description: '现行规则，取自规则库 · the current rule, of the rulebook' })
  besidePreset?: string;

  @ApiProperty({ ...rows, description: '历年各单位的行 · rows of all past periods' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostRows)
  @IsObject({ each: true })
  rows: InputRows;

  @ApiPropertyOptional(totals)
  @IsOptional()
  @IsObject()
  totals?: Record<string, string>;
}

export class PolicyDeedBody {
  @ApiProperty({ type: String, description: '办理人 · who did it' }) name: string;
  @ApiProperty({ type: String, format: 'date-time' }) at: string;
}

export class ConfirmationBody extends PolicyDeedBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) edition: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: [BilingualBody], description: '未经证实之处 · what is not attested' }) reasons: BilingualBody[];
  @ApiProperty({ type: String, description: '确认人的理由 · reason of the confirmer' }) statement: string;
}

export class EndedBody extends PolicyDeedBody {
  @ApiProperty({ type: String, format: 'date' }) from: string;
  @ApiProperty({ type: String }) reason: string;
}

export class AdoptionBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) edition: string;
  @ApiProperty({ type: String, example: 'fujian-2024' }) policyId: string;
  @ApiProperty({ type: BilingualBody }) title: BilingualBody;
  @ApiProperty({ type: String, example: 'eco-compensation' }) mechanism: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, description: '协议；空为整个机制 · agreement; empty: the mechanism' }) slot: string;
  @ApiProperty({ type: String, format: 'date' }) from: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) to: string | null;
  @ApiProperty({ type: String }) reason: string;
  @ApiProperty({ type: PolicyDeedBody }) proposed: PolicyDeedBody;
  @ApiProperty({ type: PolicyDeedBody }) adopted: PolicyDeedBody;
  @ApiProperty({ type: ConfirmationBody, nullable: true, description: '确认人 · confirmer' })
  confirmation: ConfirmationBody | null;
  @ApiProperty({ type: EndedBody, nullable: true, description: '撤销 · withdrawal' }) withdrawal: EndedBody | null;
}

export class AdoptionListBody {
  @ApiProperty({ type: [AdoptionBody] }) items: AdoptionBody[];
}

export class SupersededBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) policyId: string;
  @ApiProperty({ type: String }) edition: string;
  @ApiProperty({ type: String, format: 'date' }) from: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) to: string | null;
}

export class MadeAdoptionBody {
  @ApiProperty({ type: AdoptionBody }) adoption: AdoptionBody;
  @ApiProperty({ type: [SupersededBody], description: '自该日起让位的 · what gives way from that day' })
  supersedes: SupersededBody[];
}

export class PolicyEditionBody {
  @ApiProperty({ type: String }) edition: string;
  @ApiProperty({ type: String, example: 'fujian-2024' }) policyId: string;
  @ApiProperty({ type: String, example: 'eco-compensation' }) mechanism: string;
  @ApiProperty({ type: BilingualBody }) title: BilingualBody;
  @ApiProperty({ type: PolicyDeedBody }) proposed: PolicyDeedBody;
}

export class ProposedPolicyBody extends PolicyEditionBody {
  @ApiProperty({ type: Boolean, description: '是否新提出 · whether it was new' }) changed: boolean;
  @ApiProperty({ type: [BilingualBody], description: '启用前须确认之处 · what a person must confirm first' })
  needsConfirmation: BilingualBody[];
}

export class PolicyPageBody {
  @ApiProperty({ type: [PolicyEditionBody] }) items: PolicyEditionBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class PolicyTextBody extends PolicyEditionBody {
  @ApiProperty({ type: String, description: '提出时的文件全文 · the file as it was proposed' }) text: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      '规则的内容：来源、列、参数、表、公式、支付、说明 · what it says: sources, columns, parameters, tables, formulas, payments, notes',
  })
  rule: object;
  @ApiProperty({ type: [ConfirmationBody] }) confirmations: ConfirmationBody[];
  @ApiProperty({ type: [AdoptionBody] }) adoptions: AdoptionBody[];
}
