/** Merges, splits and changes of name: what is recorded, and how it looks on the wire. */
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { nextCursor } from '../answer/answer.dto';
import {
  DayField,
  FlagField,
  ListField,
  TerritoriesField,
  TerritoryField,
  TextField,
} from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const nameZh = { description: '中文名 · Chinese name', max: 200 };
const nameEn = { description: '英文名 · English name', optional: true, max: 200 };
const number = {
  max: 60,
  pattern: /^\d+(?:\.\d+)?(?:\/\d+)?$/,
  shape: { zh: '应为小数或分数文本，如 0.25 或 1/3', en: 'must be a decimal or a fraction as text: 0.25 or 1/3' },
};
const most = 50;
const mostPatches = 2_000;

export class SuccessionListQuery extends PageQuery {
  @TerritoryField({ description: '前身或后继 · predecessor or successor', optional: true })
  territory?: string;
}

class DatedBody {
  @DayField({ description: '生效日：后继的第一天 · first day of the successors', example: '2025-01-01' })
  effective: string;

  @TextField({ description: '依据 · where this was read', max: 2000 })
  source: string;

  @FlagField({
    description:
      'true：放弃该日及以后期间已有的账户（后继须另行报送观测）；省略则随下次核算转给后继 · recorded accounts of periods from that day on are left behind; else they pass to the successors with the next recompute',
    optional: true,
  })
  leaveAccounts?: boolean;
}

export class MergeBody extends DatedBody {
  @TerritoriesField({ description: '前身，两个以上 · predecessors, two or more', most, example: ['520523', '520524'] })
  predecessors: string[];

  @TerritoryField({ description: '后继，可新设，也可为其中之一 · the successor, new or one of them' })
  into: string;

  @TextField({ ...nameZh, description: '后继的中文名，新设时必填 · its Chinese name, when it is new', optional: true })
  nameZh?: string;

  @TextField(nameEn)
  nameEn?: string;
}

export class RenameBody extends DatedBody {
  @TerritoryField({ description: '地域代码 · territory' })
  territory: string;

  @TextField(nameZh)
  nameZh: string;

  @TextField(nameEn)
  nameEn?: string;

  @TerritoryField({ description: '此后的代码（有变化时） · its code from then on, when it changes', optional: true })
  into?: string;
}

export class SplitSuccessorBody {
  @TerritoryField({ description: '后继 · a successor' })
  territory: string;

  @TextField({ ...nameZh, description: '中文名；沿用原名的不写 · Chinese name, unless it goes on', optional: true })
  nameZh?: string;

  @TextField(nameEn)
  nameEn?: string;

  @TextField({ description: '份额，全部合计为 1 · its share; all sum to 1', example: '2/5', optional: true, ...number })
  share?: string;

  @TextField({ description: '面积，同一单位 · its area, all in one unit', example: '40.5', optional: true, ...number })
  area?: string;
}

export class SplitPatchBody {
  @TextField({ description: '图斑 · patch', max: 200 })
  patch: string;

  @TextField({ description: '生态系统类型 · ecosystem type', max: 100 })
  type: string;

  @TextField({ description: '面积 · area', ...number })
  area: string;

  @TerritoryField({ description: '所在的后继 · the successor it lies in' })
  successor: string;
}

export class SplitChildBody {
  @TerritoryField({ description: '直属下级 · a territory directly below' })
  territory: string;

  @TerritoryField({ description: '归入的后继 · the successor it goes to' })
  successor: string;
}

export class SplitBody extends DatedBody {
  @TerritoryField({ description: '地域代码 · territory' })
  territory: string;

  @ListField({
    description: '后继；各给份额或面积，或另给 patches · successors; a share or an area for each, or patches instead',
    of: SplitSuccessorBody,
    most,
  })
  successors: SplitSuccessorBody[];

  @ListField({
    description: '图斑归属，据以计各类型的份额 · patches, for the shares of each type',
    optional: true,
    of: SplitPatchBody,
    most: mostPatches,
  })
  patches?: SplitPatchBody[];

  @ListField({
    description: '直属下级的归属 · where territories directly below go',
    optional: true,
    of: SplitChildBody,
    most: mostPatches,
  })
  children?: SplitChildBody[];
}

const share: ApiPropertyOptions = { type: String, example: '2/5', description: '份额，精确 · exact share' };

export class SuccessionBody {
  @ApiProperty({ type: String, format: 'date' }) effective: string;
  @ApiProperty({ type: String, enum: ['merge', 'split', 'rename'] }) kind: string;
  @ApiProperty({ type: String, description: '前身 · predecessor' }) predecessor: string;
  @ApiProperty({ type: String, description: '后继 · successor' }) successor: string;
  @ApiProperty({ type: String, enum: ['whole', 'area', 'map', 'given'] }) basis: string;
  @ApiProperty(share) share: string;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: '类型 → 份额 · type → share',
  })
  shareByType?: Record<string, string>;
  @ApiProperty({ type: String, description: '依据 · source' }) source: string;
  @ApiProperty({
    type: Boolean,
    description: 'false：前身已有的账户被放弃，不转给后继 · accounts of the predecessor were left behind',
  })
  carries: boolean;
}

export class SuccessionPageBody {
  @ApiProperty({ type: [SuccessionBody] }) items: SuccessionBody[];
  @ApiProperty(nextCursor) next: string | null;
}

class LeftAccountBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) norm: string;
  @ApiProperty({ type: String, description: '分 · fen' }) totalFen: string;
  @ApiProperty({ type: Boolean, description: '代码沿用，账户仍按原边界 · its code goes on, its account is of before' })
  goesOn: boolean;
}

export class RecordedSuccessionBody {
  @ApiProperty({ type: Boolean, description: 'false：此前已登记 · it had been recorded before' }) changed: boolean;
  @ApiProperty({ type: 'integer', description: '终止的行 · rows that were closed' }) closed: number;
  @ApiProperty({ type: 'integer', description: '新增的行 · rows that were added' }) added: number;
  @ApiProperty({ type: [SuccessionBody] }) items: SuccessionBody[];
  @ApiProperty({ type: [LeftAccountBody], description: '留下的账户 · accounts that were left behind' })
  leftAccounts: LeftAccountBody[];
}
