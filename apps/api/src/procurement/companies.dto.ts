/** What may be asked and told of companies, their rights to sell and gains sold elsewhere, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import {
  companyStatuses,
  legalForms,
  rightBases,
  type CompanyStatus,
  type LegalForm,
  type RightBasis,
} from '@gep/procurement';
import { nextCursor } from '../answer/answer.dto';
import { ChoiceField, DayField, FenField, TerritoryField, TextField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

export const digestField = {
  description: '文件的 SHA-256 · SHA-256 of the paper',
  ...{ min: 64, max: 64, pattern: /^[0-9a-f]{64}$/ },
};
export const companyCode = { max: 40, pattern: /^[a-z0-9][a-z0-9-]*$/, example: 'dajun' };
export const fen = { type: String, description: '分 · fen', example: '10000' };
export const plainRows = { type: 'array' as const, items: { type: 'object' as const, additionalProperties: true } };

export class WithinQuery extends PageQuery {
  @TerritoryField({ description: '此地域及其下级 · this territory and all below it', optional: true })
  within?: string;
}

export class CompanyPath {
  @TextField({ description: '代码 · code', ...companyCode })
  code: string;
}

export class SaleRightPath extends CompanyPath {
  @UuidField({ description: '出售权的编号 · id of the right' })
  id: string;
}

export class CompanyVersionBody {
  @DayField({ description: '自此日起 · from this day', example: '2025-01-01' })
  validFrom: string;

  @TextField({ description: '中文名称 · name in Chinese', max: 200 })
  nameZh: string;

  @TextField({ description: '英文名称 · name in English', max: 200 })
  nameEn: string;

  @ChoiceField({ description: '组织形式 · legal form', of: legalForms })
  legalForm: LegalForm;

  @TextField({ description: '统一社会信用代码 · unified social credit code', optional: true, min: 18, max: 18 })
  creditCode?: string;

  @TextField({ description: '收款户名 · name of the payee', max: 200 })
  payeeName: string;

  @TextField({ description: '开户行 · bank', max: 200 })
  bank: string;

  @TextField({ description: '账号 · account number', max: 40 })
  accountNo: string;

  @ChoiceField({ description: '状态 · status', of: companyStatuses })
  status: CompanyStatus;

  @TextField({ description: '依据或理由 · why', max: 2000 })
  reason: string;

  @TextField({ ...digestField, optional: true })
  documentDigest?: string;
}

export class NewCompanyBody extends CompanyVersionBody {
  @TextField({ description: '代码，平台内唯一 · code, unique on the platform', ...companyCode })
  code: string;

  @TerritoryField({ description: '地域 · territory', example: '990101' })
  territory: string;
}

export class NewSaleRightBody {
  @TerritoryField({ description: '可出售其增益的地域 · territory whose gains it may sell' })
  territory: string;

  @TextField({
    description: '其中的一块地；省略为全部 · a parcel of it; all of it when absent',
    optional: true,
    max: 100,
  })
  parcel?: string;

  @ChoiceField({ description: '权利来源 · what the right rests on', of: rightBases })
  basis: RightBasis;

  @DayField({ description: '首日 · first day' })
  validFrom: string;

  @DayField({ description: '自此日起不再有效 · first day on which it does not hold', optional: true })
  validTo?: string;

  @TextField({ description: '依据或理由 · why', max: 2000 })
  reason: string;

  @TextField({ ...digestField, optional: true })
  documentDigest?: string;
}

export class RightEndBody {
  @DayField({ description: '自此日起不再有效 · first day on which it does not hold' })
  validTo: string;

  @TextField({ description: '理由 · why', max: 2000 })
  reason: string;
}

export class NewSoldGainBody {
  @TerritoryField({ description: '地域 · territory' })
  territory: string;

  @TextField({ description: '地块 · parcel', optional: true, max: 100 })
  parcel?: string;

  @TextField({ description: '服务 · service', max: 100, pattern: /^[A-Za-z][A-Za-z0-9]*$/, example: 'soilRetention' })
  service: string;

  @TextField({ description: '年度 · year', min: 4, max: 4, pattern: /^(?:19|20|21)\d\d$/, example: '2025' })
  year: string;

  @FenField({ description: '金额 · amount' })
  amountFen: string;

  @TextField({ description: '买方 · who bought it', max: 200 })
  soldTo: string;

  @TextField({
    description: '凭证号，只注销一次 · number of the credit, retired once',
    max: 100,
    pattern: /^[\x21-\x7e]+$/,
  })
  credit: string;

  @TextField({ description: '依据或理由 · why', max: 2000 })
  reason: string;

  @TextField({ ...digestField, optional: true })
  documentDigest?: string;
}

export class SoldGainPath {
  @UuidField({ description: '登记的编号 · id of the row' })
  id: string;
}

export class WhyBody {
  @TextField({ description: '理由 · why', max: 2000 })
  reason: string;
}

export class MadeRowBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
}

export class CompanyBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ ...plainRows, description: '各版信息，按登记先后 · particulars, as they were recorded' })
  versions: Record<string, unknown>[];
}

export class CompanyPageBody {
  @ApiProperty({ type: [CompanyBody] }) items: CompanyBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class CompanyWithRightsBody extends CompanyBody {
  @ApiProperty({ ...plainRows, description: '出售权 · rights to sell' }) rights: Record<string, unknown>[];
}

export class SoldGainBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, nullable: true }) parcel: string | null;
  @ApiProperty({ type: String }) service: string;
  @ApiProperty({ type: String }) year: string;
  @ApiProperty({ ...fen, description: '分；撤销的为负 · fen; below zero where it takes one back' }) amountFen: string;
  @ApiProperty({ type: String }) soldTo: string;
  @ApiProperty({ type: String }) credit: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) cancels: string | null;
  @ApiProperty({ type: String }) reason: string;
  @ApiProperty({ type: String, nullable: true }) documentDigest: string | null;
}

export class SoldGainPageBody {
  @ApiProperty({ type: [SoldGainBody] }) items: SoldGainBody[];
  @ApiProperty(nextCursor) next: string | null;
}
