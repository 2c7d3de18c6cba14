/** What may be asked of the registers of owners and parcels over HTTP. */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, Matches } from 'class-validator';
import { ownerKinds, type OwnerKind, successionKinds, type SuccessionKind } from '@gep/procurement';
import { nextCursor } from '../answer/answer.dto';
import {
  ChoiceField,
  DayField,
  DecimalField,
  FenField,
  FlagField,
  IntegerField,
  ListField,
  ObjectField,
  TerritoryField,
  TextField,
} from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const registered = { max: 60, pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/ };
const shareShape = { max: 60, pattern: /^[0-9./%]+$/, example: '1/3' };
export const company = { description: '公司代码 · code of the company', max: 40, pattern: /^[a-z0-9][a-z0-9-]*$/ };
export const paper = {
  description: '文件的 SHA-256 · SHA-256 of the paper',
  min: 64,
  max: 64,
  pattern: /^[0-9a-f]{64}$/,
};
const mostRows = 5_000;

/** Codes of owners or parcels. */
const ListOfCodes = () =>
  applyDecorators(IsArray(), ArrayMinSize(1), ArrayMaxSize(1000), Matches(registered.pattern, { each: true }));

export class RegisterQuery extends PageQuery {
  @TextField(company)
  company: string;
}

export class ParcelQuery extends RegisterQuery {
  @TextField({ description: '只看此权利人的地块 · parcels of this owner only', optional: true, ...registered })
  owner?: string;

  @DayField({
    description: '持有人以该日计；未给出时为今天 · holders of this day; today when left out',
    optional: true,
  })
  on?: string;
}

export class NewOwnerBody {
  @TextField({ description: '代码 · code', ...registered }) code: string;
  @TextField({ description: '名称，不公开 · name, never published', max: 200 }) name: string;
  @ChoiceField({ description: '类型 · kind', of: ownerKinds }) kind: OwnerKind;
  @TerritoryField({ description: '地域 · territory' }) territory: string;
  @FenField({ description: '登记股份 · registered shares', optional: true }) shares?: string;
}

export class NewParcelHolderBody {
  @TextField({ description: '权利人代码 · code of the owner', ...registered }) owner: string;
  @TextField({
    description: '份额；唯一持有人可省略 · share; a sole holder may leave it out',
    optional: true,
    ...shareShape,
  })
  share?: string;
}

export class NewParcelBody {
  @TextField({ description: '代码 · code', ...registered }) code: string;
  @TerritoryField({ description: '地域 · territory' }) territory: string;
  @IntegerField({ description: '基准年 · base year', min: 1949, max: 2199 }) baseYear: number;
  @DecimalField({
    description:
      '基准年 GEP（元）；给出类型与面积时省略 · GEP of the base year in yuan, or left out with type and area',
    optional: true,
  })
  baseGep?: string;
  @TextField({ description: '生态系统类型 · ecosystem type', max: 60, optional: true }) type?: string;
  @DecimalField({ description: '面积（公顷） · area in hectares', optional: true }) areaHectare?: string;
  @ListField({
    description: '持有人，份额之和为 1 · holders, whose shares sum to 1',
    of: NewParcelHolderBody,
    most: 1000,
  })
  holders: NewParcelHolderBody[];
}

export class BaseFromBody {
  @TerritoryField({ description: '核算的地域 · territory of the account' }) territory: string;
  @TextField({ description: '核算年 · year of the account', pattern: /^\d{4}$/, max: 4, example: '2020' })
  period: string;
  @TextField({ description: '规范 · norm', max: 60, pattern: /^[a-z0-9-]+$/ }) norm: string;
  @ApiProperty({ type: [String], required: false, description: '计入的服务 · services that count' })
  @IsOptional()
  @ListOfCodes()
  services?: string[];
  @ApiProperty({ type: [String], required: false, description: '计入的类别 · categories that count' })
  @IsOptional()
  @ListOfCodes()
  categories?: string[];
}

export class RegistrationBody {
  @TextField(company) company: string;
  @DayField({ description: '自该日起 · since this day' }) since: string;
  @TextField({ ...paper, optional: true }) documentDigest?: string;
  @ObjectField({
    description:
      '已公布的基准年核算，按面积分摊给给出类型与面积的地块 · published account of the base year, shared by area',
    of: BaseFromBody,
    optional: true,
  })
  baseFrom?: BaseFromBody;
  @ListField({ description: '权利人 · owners', of: NewOwnerBody, most: mostRows }) owners: NewOwnerBody[];
  @ListField({ description: '地块 · parcels', of: NewParcelBody, most: mostRows }) parcels: NewParcelBody[];
}

export class RegisteredBody {
  @ApiProperty({ type: 'integer' }) owners: number;
  @ApiProperty({ type: 'integer' }) parcels: number;
  @ApiProperty({ type: String }) digest: string;
}

class DeedBody {
  @TextField(company) company: string;
  @DayField({ description: '自该日起，不晚于今天 · from this day on, not after today' }) on: string;
  @TextField({ description: '理由 · why', max: 2000 }) reason: string;
  @TextField(paper) documentDigest: string;
}

export class TransferBody extends DeedBody {
  @TextField({ description: '地块 · parcel', ...registered }) parcel: string;
  @TextField({ description: '转出人 · who gives', ...registered }) giver: string;
  @TextField({ description: '受让人 · who takes', ...registered }) taker: string;
  @TextField({ description: '地块的份额 · share of the parcel', ...shareShape }) share: string;
}

export class NewPartBody {
  @TextField({ description: '新地块代码 · code of the new parcel', ...registered }) code: string;
  @TerritoryField({
    description: '地域；未给出时同原地块 · territory; that of the old one when left out',
    optional: true,
  })
  territory?: string;
  @FenField({ description: '基准年地块核算值（分） · what the base-year account gives for it, in fen' })
  accountFen: string;
}

export class ParcelChangeBody extends DeedBody {
  @ApiProperty({ type: [String], description: '原地块 · parcels that end' })
  @ListOfCodes()
  predecessors: string[];
  @ListField({ description: '新地块 · parcels that take their place', of: NewPartBody, most: 1000 })
  successors: NewPartBody[];
  @IntegerField({ description: '核算年，须为基准年 · year of the account, the base year', min: 1949, max: 2199 })
  accountYear: number;
}

export class SuccessorBody {
  @TextField({ description: '继受人 · who takes its place', ...registered }) owner: string;
  @TextField({ description: '份额 · share', ...shareShape }) share: string;
}

export class OwnerChangeBody extends DeedBody {
  @ChoiceField({ description: '合并、分立、继受、继承 · merge, split, succession, inheritance', of: successionKinds })
  kind: SuccessionKind;
  @ApiProperty({ type: [String], description: '终止的权利人 · owners that end' })
  @ListOfCodes()
  predecessors: string[];
  @ListField({ description: '继受人，份额之和为 1 · successors, whose shares sum to 1', of: SuccessorBody, most: 1000 })
  successors: SuccessorBody[];
}

export class ShareMovementBody {
  @TextField({ description: '转出人；发行时省略 · who gives; nobody when issued', optional: true, ...registered })
  giver?: string;
  @TextField({ description: '受让人；回购时省略 · who takes; nobody when redeemed', optional: true, ...registered })
  taker?: string;
  @FenField({ description: '股数 · shares' }) shares: string;
}

export class ShareMovementsBody extends DeedBody {
  @ListField({ description: '变动 · movements', of: ShareMovementBody, most: mostRows }) movements: ShareMovementBody[];
}

export class ChangedBody {
  @ApiProperty({ type: 'integer', description: '变更的行数 · rows that changed' }) changed: number;
}

export class OwnerLinkBody {
  @TextField(company) company: string;
  @TextField({ description: '登录名 · login', max: 100 }) login: string;
  @FlagField({ description: '关联或解除 · linked or no longer', default: true }) linked: boolean;
}

export class LinkedBody {
  @ApiProperty({ type: String }) owner: string;
  @ApiProperty({ type: Boolean }) linked: boolean;
}

export class OwnerPath {
  @TextField({ description: '权利人代码 · code of the owner', ...registered }) owner: string;
}

export class OwnerBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String, enum: [...ownerKinds] }) kind: string;
  @ApiProperty({ type: String }) name: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, format: 'date' }) since: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) endedOn: string | null;
}

export class OwnerPageBody {
  @ApiProperty({ type: [OwnerBody] }) items: OwnerBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class HolderBody {
  @ApiProperty({ type: String }) owner: string;
  @ApiProperty({ type: String, description: '精确份额 · exact share', example: '1/3' }) share: string;
}

export class ParcelBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: 'integer' }) baseYear: number;
  @ApiProperty({ type: String }) baseGepFen: string;
  @ApiProperty({ type: String, format: 'date' }) since: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) endedOn: string | null;
  @ApiProperty({ type: [HolderBody] }) holders: HolderBody[];
}

export class ParcelPageBody {
  @ApiProperty({ type: [ParcelBody] }) items: ParcelBody[];
  @ApiProperty(nextCursor) next: string | null;
}
