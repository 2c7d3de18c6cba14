/** What may be asked of parallel trees, and what they and the accounts of their nodes look like on the wire. */
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { treeKinds } from '@gep/territory';
import { AccountLineBody, CoverageBody, NormReference, TotalsBody } from '../accounts/account-body.dto';
import { BilingualBody } from '../answer/answer.dto';
import { FlagField, PeriodField, TextField } from '../request/field.decorator';
import { AsOfField, NormField, PublishedField } from '../request/recorded-account.decorator';
import { FilesField } from '../uploads/files.decorator';

const code = { max: 64, pattern: /^[A-Za-z0-9][A-Za-z0-9.-]*$/ };

export class TreeCodePath {
  @TextField({ ...code, description: '平行树的代码 · code of the tree', example: 'demonstration-basins' })
  code: string;
}

export class TreesQuery {
  @AsOfField()
  asOf?: string;
}

export class TreeAccountQuery extends TreesQuery {
  @PeriodField({ description: '核算期 · period', example: '2024' })
  period: string;

  @NormField()
  norm: string;

  @TextField({
    description: '规范版本（内容的 SHA-256）；省略则不限 · edition, the SHA-256 of its content; any when left out',
    optional: true,
    min: 64,
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
  })
  edition?: string;

  @TextField({
    ...code,
    description:
      '给出明细的节点；省略则为根；outside 为未归属的部分 · node shown in full; the root when left out; outside is what no node has',
    optional: true,
    example: 'qing-upper',
  })
  node?: string;

  @PublishedField()
  published?: boolean;
}

export class TreeImportBody {
  @FlagField({ description: '只检查，不登记 · check and record nothing', optional: true, default: false })
  dryRun?: boolean;
}

/** The multipart form, for OpenAPI. */
export class TreeForm extends TreeImportBody {
  @FilesField()
  file: unknown[];
}

export class ImportedTreeBody {
  @ApiProperty({ type: String, example: 'demonstration-basins' }) tree: string;
  @ApiProperty({
    type: 'integer',
    description: '登记的版；只检查时为将成为的版 · the edition; after a dry run, the one it would be',
  })
  edition: number;
  @ApiProperty({ type: String, description: '内容的 SHA-256 · SHA-256 of its content' }) digest: string;
  @ApiProperty({ type: Boolean, description: '为 false 时内容与此前一致 · false: the tree said so already' })
  changed: boolean;
  @ApiProperty({ type: Boolean, description: '只检查，未登记 · only checked' }) dryRun: boolean;
  @ApiProperty({ type: 'integer', description: '节点数 · nodes' }) nodes: number;
  @ApiProperty({ type: 'integer', description: '归属行数 · rows of membership' }) membership: number;
}

const day = { type: String, format: 'date' } as const;
const fen: ApiPropertyOptions = { type: String, pattern: '^-?\\d+$', description: '分 · fen', example: '68200000' };
const nullable = { type: String, nullable: true } as const;
const areas: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: { type: 'number' },
  description: '类型 → 面积 · type → area',
};

class ValidityBody {
  @ApiProperty({ ...day, description: '自此日起 · holds from' }) validFrom: string;
  @ApiProperty({ ...day, nullable: true, description: '至此日前 · holds until before' }) validTo: string | null;
}

export class TreeBody extends ValidityBody {
  @ApiProperty({ type: String, example: 'demonstration-basins' }) code: string;
  @ApiProperty({ type: 'integer', description: '第几版，从 1 起 · counting up from 1' }) edition: number;
  @ApiProperty({ type: String, description: '内容的 SHA-256 · SHA-256 of its content' }) digest: string;
  @ApiProperty({ type: String }) nameZh: string;
  @ApiProperty(nullable) nameEn: string | null;
  @ApiProperty({ type: String, enum: [...treeKinds] }) kind: string;
  @ApiProperty({
    type: String,
    description: '所划分的行政地域 · the territory whose land it divides',
    example: '990000',
  })
  covers: string;
  @ApiProperty({ type: String, description: '出处 · where it was read' }) source: string;
  @ApiProperty({ type: String, format: 'date-time' }) recordedAt: string;
}

export class TreeListBody {
  @ApiProperty({ type: [TreeBody] }) items: TreeBody[];
}

export class TreeNodeBody extends ValidityBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ ...nullable, description: 'null：根的直接下级 · null: directly below the root' }) parent:
    | string
    | null;
  @ApiProperty({ type: String }) nameZh: string;
  @ApiProperty(nullable) nameEn: string | null;
}

export class TreeMembershipBody extends ValidityBody {
  @ApiProperty({ type: String, description: '行政单元 · administrative unit', example: '991101' }) unit: string;
  @ApiProperty({ type: String }) node: string;
  @ApiProperty({ ...nullable, description: '图斑名，或以 * 结尾的开头 · patch, or the beginning of names and *' })
  patch: string | null;
  @ApiProperty({ ...nullable, description: '生态系统类型、* 或 unassigned · ecosystem type, * or unassigned' })
  type: string | null;
  @ApiProperty({ type: String, description: '份额（小数或分数） · share, decimal or fraction', example: '1/3' })
  share: string;
  @ApiProperty(nullable) source: string | null;
}

export class TreeDetailBody extends TreeBody {
  @ApiProperty({ type: [TreeNodeBody] }) nodes: TreeNodeBody[];
  @ApiProperty({ type: [TreeMembershipBody], description: '至多 10000 行 · at most 10000 rows' })
  membership: TreeMembershipBody[];
  @ApiProperty({ type: Boolean, description: '还有更多归属行 · there are more rows of membership' }) more: boolean;
}

class VintageBody {
  @ApiProperty({ type: String, example: '991101' }) territory: string;
  @ApiProperty({ type: String, format: 'uuid' }) accountId: string;
  @ApiProperty({ type: 'integer' }) vintage: number;
  @ApiProperty({ type: String, description: '账户内容的 SHA-256 · SHA-256 of the account' }) digest: string;
  @ApiProperty({ type: String, format: 'date-time' }) recordedAt: string;
  @ApiProperty(fen) totalFen: string;
}

export class DividedAccountBody extends VintageBody {
  @ApiProperty({ type: CoverageBody }) coverage: CoverageBody;
}

export class TreePartBody extends VintageBody {
  @ApiProperty({ type: String }) node: string;
  @ApiProperty({
    type: String,
    enum: ['whole', 'patch', 'share', 'rest'],
    description: '依据：整个单元、图斑、份额或其余 · all of the unit, patches, shares, or the rest',
  })
  basis: string;
  @ApiProperty({ type: String, description: '无类型部分的份额 · share of what has no type', example: '1/4' })
  share: string;
  @ApiProperty(areas) areaByType: Record<string, number>;
}

export class NodeTotalsBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ ...nullable, description: 'null：根 · null: the root' }) parent: string | null;
  @ApiProperty({ type: String }) nameZh: string;
  @ApiProperty(nullable) nameEn: string | null;
  @ApiProperty({ type: 'integer', description: '其上的节点数 · nodes above it' }) depth: number;
  @ApiProperty({ type: TotalsBody }) totals: TotalsBody;
  @ApiProperty(areas) areaByType: Record<string, number>;
  @ApiProperty({ type: String, example: 'hm2' }) areaUnit: string;
  @ApiProperty({ type: CoverageBody }) coverage: CoverageBody;
  @ApiProperty({ type: String, description: '最弱的证据等级 · weakest evidence grade' }) grade: string;
}

export class NodeAccountBody extends NodeTotalsBody {
  @ApiProperty({ type: [AccountLineBody] }) lines: AccountLineBody[];
  @ApiProperty({
    type: [TreePartBody],
    description: '由哪些账户的哪部分相加 · what of which vintages it is the sum of',
  })
  parts: TreePartBody[];
}

export class IdleMembershipBody {
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: String }) node: string;
  @ApiProperty(nullable) patch: string | null;
  @ApiProperty(nullable) type: string | null;
  @ApiProperty({ type: String, enum: ['no-account', 'overruled', 'no-patch', 'no-type'] }) reason: string;
}

export class TreeAccountBody {
  @ApiProperty({ type: TreeBody }) tree: TreeBody;
  @ApiProperty({ type: String, example: '2024' }) period: string;
  @ApiProperty({ type: NormReference }) norm: NormReference;
  @ApiProperty({ type: Boolean, description: '为 false 时只含您可见的部分 · false: only what you may see of it' })
  whole: boolean;
  @ApiProperty({ type: BilingualBody, description: '包含的范围 · what is in it' }) scope: BilingualBody;
  @ApiProperty({
    type: [DividedAccountBody],
    description: '所划分的行政账户，根与其合计分毫不差 · the administrative accounts; the root is their sum',
  })
  divided: DividedAccountBody[];
  @ApiProperty({
    type: [NodeTotalsBody],
    description: '根在前，上级在下级之前 · the root first, parents before children',
  })
  nodes: NodeTotalsBody[];
  @ApiProperty({ type: NodeAccountBody }) node: NodeAccountBody;
  @ApiProperty({
    type: [IdleMembershipBody],
    description: '本期没有作用的归属行，至多 100 行 · rows that decided nothing, at most 100',
  })
  idle: IdleMembershipBody[];
  @ApiProperty({ type: 'integer' }) idleCount: number;
}
