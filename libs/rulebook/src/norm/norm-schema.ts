/** The one schema of norm files, as JSON Schema; every scalar is text, exactly as the author wrote it. */
import type { Bilingual } from '@gep/kernel';

const mended = (schema: object, zh: string, en: string): object & { mend: Bilingual } => ({
  ...schema,
  mend: { zh, en },
});
const text = { type: 'string', minLength: 1, maxLength: 2000 };
const bilingual = {
  type: 'object',
  required: ['zh', 'en'],
  additionalProperties: false,
  properties: { zh: text, en: text },
};
const code = mended(
  { type: 'string', maxLength: 64, pattern: '^[\\p{L}_][\\p{L}\\p{N}_]*$' },
  '代码以字母或汉字开头，只含字母、汉字、数字和下划线，最长64字',
  'a code starts with a letter and has only letters, digits and underscores, at most 64',
);
const unit = { type: 'string', minLength: 1, maxLength: 64 };
const number = mended(
  { type: 'string', maxLength: 64, pattern: '^[+-]?[\\d.]+([eE][+-]?\\d+)?(/[+-]?[\\d.]+([eE][+-]?\\d+)?)?$' },
  '写成小数（0.0336）、科学计数（1.5e-3）或分数（1/7）',
  'write a decimal (0.0336), a power of ten (1.5e-3) or a fraction (1/7)',
);
const date = mended(
  { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  '日期写成 YYYY-MM-DD，例如 2024-01-01',
  'write the date as YYYY-MM-DD, for example 2024-01-01',
);
const citationId = mended(
  { type: 'string', maxLength: 64, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
  '引文编号只用小写字母、数字和连字符，例如 xu-2026',
  'the id of a citation has lower-case letters, digits and hyphens, for example xu-2026',
);
const choice = (...values: string[]) => ({ type: 'string', enum: values });
const yesOrNo = choice('true', 'false');
const aliases = { type: 'array', items: text, maxItems: 50 };
const record = (required: string[], properties: Record<string, object>) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const list = (items: object, maxItems = 2000) => ({ type: 'array', items, maxItems });
const oneOf = (properties: Record<string, object>) => ({
  minProperties: 1,
  maxProperties: 1,
  properties,
  additionalProperties: false,
});

const parameterValue = record(['value', 'from', 'grade', 'source'], {
  value: number,
  from: date,
  type: code,
  types: { ...list(code, 500), minItems: 1 },
  place: { type: 'string' },
  grade: choice('published', 'solved', 'unverified'),
  source: text,
  note: bilingual,
  priceYear: mended(
    { type: 'string', pattern: '^\\d{4}$' },
    '价格年份写四位数字，例如 2020',
    'write the price year in four digits, for example 2020',
  ),
  region: text,
  index: text,
  low: number,
  high: number,
  distribution: choice('uniform', 'triangular', 'normal', 'lognormal'),
});

const parameter = (required: string[], fewestValues: number) =>
  record(required, {
    code,
    symbol: text,
    name: bilingual,
    unit,
    priceClass: choice('market', 'cost', 'shadow', 'tariff', 'transfer'),
    values: { ...list(parameterValue, 20000), minItems: fewestValues },
  });

const service = record(['code', 'category', 'group', 'name', 'quantity', 'price', 'gamma'], {
  code,
  category: mended(
    choice('provisioning', 'regulating', 'cultural'),
    '写 provisioning、regulating 或 cultural；旧文献的支持服务记作 regulating，另设一个 group',
    'write provisioning, regulating or cultural; supporting services of older papers are regulating, with a group of their own',
  ),
  group: code,
  name: bilingual,
  seea: text,
  types: list(code, 500),
  quantity: mended(
    { type: ['string', 'object'], ...oneOf({ products: code, measured: code }) },
    '写公式代码，或 {products: 产品类别}，或 {measured: 统计项}',
    'give the code of a formula, or {products: class}, or {measured: statistic}',
  ),
  price: mended(
    { type: 'object', ...oneOf({ parameter: code, formula: code, product: choice('price') }) },
    '写 {parameter: 参数}、{formula: 公式} 或 {product: price} 之一',
    'give one of {parameter: …}, {formula: …} or {product: price}',
  ),
  gamma: { type: 'string', minLength: 1, maxLength: 64 },
  note: bilingual,
  abiotic: yesOrNo,
  intermediate: yesOrNo,
  valuation: choice('exchange', 'cost', 'welfare', 'transfer'),
  gammaBasis: bilingual,
  negative: choice('zero', 'keep', 'refuse'),
  use: record([], { cap: code, users: code, missing: choice('uncapped', 'zero', 'refuse') }),
  imports: code,
  beneficiaries: {
    ...list(
      record(['group', 'scale', 'share'], {
        group: choice('residents', 'enterprises', 'farmers', 'government'),
        scale: choice('local', 'basin', 'region', 'global'),
        share: number,
      }),
      16,
    ),
    minItems: 1,
  },
});

const serviceSwitch = record(['code', 'name', 'state', 'services', 'reason'], {
  code,
  name: bilingual,
  state: choice('on', 'off'),
  services: { ...list(code, 500), minItems: 1 },
  reason: bilingual,
});

const exclusiveGroup = record(['code', 'name', 'services', 'reason'], {
  code,
  name: bilingual,
  services: { ...list(code, 50), minItems: 2 },
  reason: bilingual,
  deduct: record(['from', 'what'], { from: code, what: code }),
});

const normId = mended(
  { type: 'string', maxLength: 64, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
  '编号只用小写字母、数字和连字符，例如 cn-terrestrial',
  'an id has lower-case letters, digits and hyphens, for example cn-terrestrial',
);

/** Top-level keys; a norm may spread them over any number of files, lists are joined, single values stand once. */
export const normProperties: Readonly<Record<string, object>> = {
  id: normId,
  extends: normId,
  place: { type: 'string' },
  title: bilingual,
  status: choice('usable', 'skeleton'),
  basis: list(bilingual, 100),
  citations: list(record(['id', 'text'], { id: citationId, text }), 200),
  currency: mended(
    choice('yuan'),
    '账户以人民币元计；外币价格的单位写 USD，另设参数作汇率（元/USD），在价格公式中相乘',
    'accounts are in yuan; give foreign prices in USD and an exchange rate as a parameter (yuan/USD), multiplied in a price formula',
  ),
  ecosystemTypes: list(record(['code', 'name', 'hj1166'], { code, name: bilingual, hj1166: text, aliases }), 500),
  attributes: list(
    record(['code', 'unit', 'name'], {
      code,
      unit,
      name: bilingual,
      aliases,
      required: yesOrNo,
      min: number,
      max: number,
      fallback: code,
    }),
    200,
  ),
  products: list(
    record(['code', 'name', 'unit', 'class'], {
      code,
      name: bilingual,
      unit,
      priceUnit: unit,
      class: code,
      type: code,
      aliases,
    }),
  ),
  series: list(
    record(['code', 'unit', 'name'], {
      code,
      unit,
      name: bilingual,
      aliases,
      min: number,
      max: number,
      mostMissing: number,
    }),
    50,
  ),
  parameters: list(parameter(['code', 'name', 'unit', 'values'], 1)),
  groups: list(record(['code', 'name'], { code, name: bilingual }), 200),
  formulas: list(
    record(['code', 'scope', 'unit', 'name', 'expression'], {
      code,
      scope: choice('patch', 'type', 'product', 'day', 'territory'),
      unit,
      name: bilingual,
      expression: { type: 'string', minLength: 1, maxLength: 4000 },
    }),
  ),
  services: list(service, 500),
  switches: list(serviceSwitch, 100),
  exclusive: list(exclusiveGroup, 100),
  incomplete: list(bilingual, 100),
};

/** Keys that the norm as a whole must have, in whichever file. */
export const requiredKeys: readonly string[] = [
  'id',
  'title',
  'status',
  'basis',
  'currency',
  'ecosystemTypes',
  'attributes',
  'parameters',
  'groups',
  'formulas',
  'services',
];

/** Keys of a norm that it never has from its base. */
export const ownKeys: readonly string[] = ['id', 'title', 'status', 'basis', 'extends', 'incomplete'];

/**
 * Schema of a single file: any of the keys, none required.
 * @param extending a parameter may leave out what its base says of it
 * @param unfinished a parameter may be without a value
 */
export const normFileSchema = (extending: boolean, unfinished: boolean): object =>
  record([], {
    ...normProperties,
    parameters: list(
      parameter(extending ? ['code', 'values'] : ['code', 'name', 'unit', 'values'], unfinished ? 0 : 1),
    ),
  });
