/** What may be asked of agreements of compensation over HTTP, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import { StepBody } from '../procedures/procedures.dto';
import { DayField, PeriodField, TerritoryField, TextField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const plain = { type: 'object' as const, additionalProperties: true };
const party = { description: '协议一方的代码 · code of a party', max: 100 };
export const paperDigest = {
  description: '文件的 SHA-256 · SHA-256 of the paper',
  ...{ min: 64, max: 64, pattern: /^[0-9a-f]{64}$/ },
};

export class AgreementPath {
  @TextField({ description: '协议编号或代码 · id or code of the agreement', max: 40, pattern: /^[a-z0-9-]+$/ })
  id: string;
}

export class AgreementPeriodPath extends AgreementPath {
  @PeriodField({ description: '时期 · period', example: '2025' })
  period: string;
}

export class AgreementListQuery extends PageQuery {
  @TerritoryField({ description: '此地域及其下级 · this territory and below', optional: true })
  within?: string;

  @TextField({ description: '代码 · code', optional: true, max: 40, pattern: /^[a-z0-9-]+$/ })
  code?: string;
}

export class NewAgreementBody {
  @TextField({
    description: '协议文件（YAML 或 JSON）的全文，格式见 libs/compensation/README.md · text of the agreement',
    max: 200_000,
    lines: true,
  })
  document: string;
}

export class SignatureBody {
  @TextField(party)
  party: string;

  @TextField({ description: '签署人 · who signed', max: 200 })
  signatory: string;

  @DayField({ description: '签署日 · day of the signature', example: '2025-01-02' })
  signedOn: string;

  @TextField({ ...paperDigest, optional: true })
  documentDigest?: string;
}

export class EndBody {
  @TextField({ description: '理由；提前终止必填 · reason; needed to terminate', optional: true, min: 0, max: 2000 })
  reason?: string;
}

export class AgreementMadeBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
}

export class SignedBody extends AgreementMadeBody {
  @ApiProperty({ type: Boolean, description: '各方均已签署 · all have signed' }) signed: boolean;
}

class SignedPartyBody {
  @ApiProperty({ type: String }) party: string;
  @ApiProperty({ type: String }) signatory: string;
  @ApiProperty({ type: String, format: 'date' }) signedOn: string;
  @ApiProperty({ type: String, nullable: true }) documentDigest: string | null;
}

export class AgreementBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: 'integer' }) editionNo: number;
  @ApiProperty({ type: String, description: '资金所在地域 · territory of the fund' }) territory: string;
  @ApiProperty({ type: BilingualBody }) title: BilingualBody;
  @ApiProperty({ ...plain, description: '条款 · terms' }) terms: object;
  @ApiProperty({ type: String }) digest: string;
  @ApiProperty({ type: String }) draftedByName: string;
  @ApiProperty({ type: String, format: 'date-time' }) draftedAt: string;
}

export class AgreementViewBody extends AgreementBody {
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: [StepBody] }) steps: StepBody[];
  @ApiProperty({ type: [SignedPartyBody] }) signatures: SignedPartyBody[];
  @ApiProperty({ type: [String], description: '尚未签署 · not signed yet' }) unsigned: string[];
  @ApiProperty({ type: 'array', items: plain, description: '各版 · editions' }) editions: object[];
  @ApiProperty({ type: String, nullable: true, description: '争议由其共同上级处理 · who decides disputes' })
  disputesTo: string | null;
}

export class AgreementPageBody {
  @ApiProperty({ type: [AgreementBody] }) items: AgreementBody[];
  @ApiProperty(nextCursor) next: string | null;
}

class AgreementCopyBody {
  @ApiProperty({ type: String, format: 'uuid' }) agreementId: string;
  @ApiProperty({ type: String }) party: string;
  @ApiProperty(plain) terms: object;
}

export class AgreementCopiesBody {
  @ApiProperty({ type: [AgreementCopyBody] }) items: AgreementCopyBody[];
}
