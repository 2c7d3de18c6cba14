/** What may be asked of accounts. */
import { territoryLevels } from '@gep/territory';
import {
  ChoiceField,
  FlagField,
  IntegerField,
  PeriodField,
  TerritoriesField,
  TerritoryField,
  TextField,
  UuidField,
} from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';
import { AsOfField, NormField, PublishedField } from '../request/recorded-account.decorator';

const edition = {
  description: '规范版本（内容的 SHA-256）；省略则不限 · edition, the SHA-256 of its content; any when left out',
  optional: true,
  min: 64,
  max: 64,
  pattern: /^[0-9a-f]{64}$/,
};

export class AccountListQuery extends PageQuery {
  @TerritoriesField({ description: '地域代码，逗号分隔 · territory codes, comma-separated', optional: true, most: 500 })
  territory?: string[];

  @TerritoryField({ description: '此地域及其下级 · this territory and all below it', optional: true })
  within?: string;

  @ChoiceField({ description: '级别 · level', optional: true, of: territoryLevels })
  level?: (typeof territoryLevels)[number];

  @PeriodField({ description: '核算期 · period', optional: true, example: '2024' })
  period?: string;

  @NormField({ example: 'jinsha-mine-2026', optional: true })
  norm?: string;

  @TextField(edition)
  edition?: string;

  @ChoiceField({
    description: '来源：观测、汇总或划分 · observed, aggregated or divided',
    optional: true,
    of: ['observed', 'aggregated', 'divided'],
  })
  origin?: 'observed' | 'aggregated' | 'divided';

  @FlagField({
    description:
      'true：也列出核算期末已由其他地域承继、且后继已有该期账户的地域，与后继相加即重复；省略则只列一套互不重叠的地域（已用 territory 指名的除外） · also territories that others had followed by the end of the period and whose ground these have: with it a sum counts twice; without it the list of a period is one partition (but for territories named by `territory`)',
    optional: true,
  })
  superseded?: boolean;

  @AsOfField()
  asOf?: string;

  @PublishedField()
  published?: boolean;
}

export class VintagesQuery {
  @TerritoryField({ description: '地域代码 · territory', example: '520523-jinsha-mine' })
  territory: string;

  @PeriodField({ description: '核算期 · period', example: '2024' })
  period: string;

  @NormField({ example: 'jinsha-mine-2026' })
  norm: string;
}

export class CurrentAccountQuery extends VintagesQuery {
  @TextField(edition)
  edition?: string;

  @AsOfField()
  asOf?: string;

  @PublishedField()
  published?: boolean;
}

export class ComparisonQuery {
  @UuidField({ description: '前一账户 · id of the account before' })
  before: string;

  @UuidField({ description: '后一账户 · id of the account after' })
  after: string;
}

export class ExplanationQuery {
  @TextField({
    description: '服务代码；省略则为整个账户 · service; the whole account when left out',
    optional: true,
    example: 'sedimentReduction',
    max: 100,
  })
  service?: string;

  @TextField({ description: '生态系统类型 · ecosystem type', optional: true, example: 'forestLand', max: 100 })
  type?: string;

  @TextField({ description: '产品或统计项 · product or statistic', optional: true, max: 100 })
  item?: string;

  @TextField({ description: '图斑：名称或“表:行” · patch, by name or sheet:row', optional: true, max: 200 })
  patch?: string;

  @IntegerField({
    description: '自第几个图斑起 · first patch shown',
    optional: true,
    min: 0,
    max: 10_000_000,
    default: 0,
  })
  offset?: number;

  @IntegerField({ description: '最多几个图斑 · most patches shown', optional: true, min: 1, max: 200, default: 20 })
  limit?: number;
}

export class CurrentExplanationQuery extends ExplanationQuery {
  @TerritoryField({ description: '地域代码 · territory', example: '520523-jinsha-mine' })
  territory: string;

  @PeriodField({ description: '核算期 · period', example: '2024' })
  period: string;

  @NormField({ example: 'jinsha-mine-2026' })
  norm: string;

  @AsOfField()
  asOf?: string;

  @PublishedField()
  published?: boolean;
}

export class CurrentComparisonQuery {
  @TerritoryField({ description: '地域代码 · territory', example: '520523-jinsha-mine' })
  territory: string;

  @PeriodField({ description: '前一核算期 · period before', example: '2021' })
  before: string;

  @PeriodField({ description: '后一核算期 · period after', example: '2024' })
  after: string;

  @NormField({ example: 'jinsha-mine-2026' })
  norm: string;

  @AsOfField()
  asOf?: string;

  @PublishedField()
  published?: boolean;
}

export class AccountIdPath {
  @UuidField({ description: '账户版次的编号 · id of a vintage' })
  id: string;
}
