/** What may be asked of declared flows, what a declaration holds, and how one looks on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { nextCursor } from '../answer/answer.dto';
import { DayField, FlagField, TerritoryField, TextField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';
import { NormField } from '../request/recorded-account.decorator';

const service = { description: '服务代码 · service', example: 'waterSupply', max: 100 };
const number = {
  max: 60,
  pattern: /^\d+(?:\.\d+)?(?:\/\d+)?$/,
  shape: { zh: '应为小数或分数文本，如 0.25 或 1/3', en: 'must be a decimal or a fraction as text: 0.25 or 1/3' },
};

export class FlowListQuery extends PageQuery {
  @NormField({ optional: true })
  norm?: string;

  @TextField({ ...service, optional: true })
  service?: string;

  @TerritoryField({ description: '供给地或受益地 · supplying or benefiting territory', optional: true })
  territory?: string;

  @DayField({ description: '只要此日有效的 · only those that hold on this day', optional: true })
  on?: string;

  @FlagField({
    description: '不含已撤回的 · without those that were withdrawn',
    optional: true,
    default: false,
  })
  standing?: boolean;
}

export class FlowPath {
  @UuidField({ description: '声明的编号 · id of the declaration' })
  id: string;
}

export class NewFlowBody {
  @NormField()
  norm: string;

  @TextField(service)
  service: string;

  @TextField({
    description: '产品或统计项；省略则为整个服务 · product or statistic; the whole service when left out',
    optional: true,
    max: 100,
  })
  item?: string;

  @TerritoryField({ description: '供给地 · supplying territory', example: '520523' })
  supplier: string;

  @TerritoryField({
    description: '受益地，其账户也计入 · benefiting territory, whose account counts it as well',
    example: '520524',
  })
  beneficiary: string;

  @TextField({
    description: '占供给量的份额；与 quantity 二者取一 · share of the supply; this or a quantity',
    optional: true,
    example: '1/3',
    ...number,
  })
  share?: string;

  @TextField({ description: '每年的数量 · quantity of a year', optional: true, example: '1200000', ...number })
  quantity?: string;

  @TextField({ description: '数量的单位 · unit of the quantity', optional: true, example: 'm3', max: 40 })
  unit?: string;

  @DayField({ description: '自此日起有效 · holds from', example: '2024-01-01' })
  from: string;

  @DayField({ description: '至此日前有效；省略则不限 · holds until before; without end when left out', optional: true })
  until?: string;

  @TextField({ description: '理由 · reason', max: 2000 })
  reason: string;

  @TextField({ description: '依据 · source', max: 2000 })
  source: string;
}

export class WithdrawalBody {
  @TextField({ description: '撤回的理由 · reason', max: 2000 })
  reason: string;
}

class AuthorBody {
  @ApiProperty({ type: String }) id: string;
  @ApiProperty({ type: String }) name: string;
}

class WithdrawnBody {
  @ApiProperty({ type: String, description: '理由 · reason' }) reason: string;
  @ApiProperty({ type: AuthorBody }) by: AuthorBody;
  @ApiProperty({ type: String, format: 'date-time' }) at: string;
}

export class FlowBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) norm: string;
  @ApiProperty({ type: String }) service: string;
  @ApiProperty({ type: String, nullable: true }) item: string | null;
  @ApiProperty({ type: String, description: '供给地 · supplying territory' }) supplier: string;
  @ApiProperty({ type: String, description: '受益地 · benefiting territory' }) beneficiary: string;
  @ApiProperty({ type: String, nullable: true, description: '占供给量的份额 · share of the supply' })
  share: string | null;
  @ApiProperty({ type: String, nullable: true, description: '每年的数量 · quantity of a year' })
  quantity: string | null;
  @ApiProperty({ type: String, nullable: true }) unit: string | null;
  @ApiProperty({ type: String, format: 'date' }) from: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) until: string | null;
  @ApiProperty({ type: String, description: '理由 · reason' }) reason: string;
  @ApiProperty({ type: String, description: '依据 · source' }) source: string;
  @ApiProperty({ type: AuthorBody }) by: AuthorBody;
  @ApiProperty({ type: String, format: 'date-time' }) at: string;
  @ApiProperty({ type: WithdrawnBody, nullable: true }) withdrawn: WithdrawnBody | null;
}

export class FlowPageBody {
  @ApiProperty({ type: [FlowBody] }) items: FlowBody[];
  @ApiProperty(nextCursor) next: string | null;
}
