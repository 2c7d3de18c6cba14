/** What may be asked of a change. */
import { changeEffects } from '@gep/accounting';
import { FlagField, PeriodField, TerritoryField, TextField, WordsField } from '../request/field.decorator';
import { AsOfField, NormField, PublishedField } from '../request/recorded-account.decorator';

export class ChangeQuery {
  @TerritoryField({ description: '地域代码 · territory', example: '520523-jinsha-mine' })
  territory: string;

  @PeriodField({ description: '前期 · period before', example: '2021' })
  from: string;

  @PeriodField({ description: '后期 · period after', example: '2024' })
  to: string;

  @NormField({ example: 'jinsha-mine-2026' })
  norm: string;

  @WordsField({
    description: '计入支付的效应，逗号分隔 · effects that count for a payment, comma-separated',
    optional: true,
    of: changeEffects,
    most: changeEffects.length,
  })
  effects?: string[];

  @WordsField({
    description: '反映生态系统状况的属性，逗号分隔 · attributes that tell the state of the ecosystem, comma-separated',
    optional: true,
    most: 20,
  })
  condition?: string[];

  @WordsField({
    description: '反映气象的属性，逗号分隔 · attributes that tell the weather, comma-separated',
    optional: true,
    most: 20,
  })
  weather?: string[];

  @AsOfField()
  asOf?: string;

  @PublishedField()
  published?: boolean;

  @FlagField({
    description:
      '另按前期价格（可比价）计算，给出增长率和隐含价格指数 · also at the prices of the period before, with growth and implied price index',
    optional: true,
    default: false,
  })
  comparable?: boolean;

  @TextField({
    description:
      '把价格换算到前期的指数：产品、服务或价格年份=系数，逗号分隔 · moves prices into the period before: product, service or price year=factor, comma-separated',
    optional: true,
    max: 2000,
    pattern: /^[A-Za-z0-9]+=\d+(?:\.\d+)?(?:,[A-Za-z0-9]+=\d+(?:\.\d+)?){0,49}$/,
    example: '2015=1.12,maize=0.93',
  })
  index?: string;

  @TextField({
    description: '指数的出处，用指数时必填 · where the indices are from, needed with them',
    optional: true,
    max: 200,
  })
  indexSource?: string;
}
