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
});

const service = record(['code', 'category', 'group', 'name', 'quantity', 'price', 'gamma'], {
  code,
  category: choice('provisioning', 'regulating', 'cultural'),
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
});

/** Top-level keys; a norm may spread them over any number of files, lists are joined, single values stand once. */
export const normProperties: Readonly<Record<string, object>> = {
  id: mended(
    { type: 'string', maxLength: 64, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
    '编号只用小写字母、数字和连字符，例如 cn-terrestrial',
    'an id has lower-case letters, digits and hyphens, for example cn-terrestrial',
  ),
  title: bilingual,
  status: choice('usable', 'skeleton'),
  basis: list(bilingual, 100),
  citations: list(record(['id', 'text'], { id: citationId, text }), 200),
  currency: choice('yuan'),
  ecosystemTypes: list(record(['code', 'name', 'hj1166'], { code, name: bilingual, hj1166: text, aliases }), 500),
  attributes: list(
    record(['code', 'unit', 'name'], {
      code,
      unit,
      name: bilingual,
      aliases,
      required: choice('true', 'false'),
      min: number,
      max: number,
      fallback: code,
    }),
    200,
  ),
  products: list(
    record(['code', 'name', 'unit', 'priceUnit', 'class'], {
      code,
      name: bilingual,
      unit,
      priceUnit: unit,
      class: code,
      type: code,
      aliases,
    }),
  ),
  parameters: list(
    record(['code', 'name', 'unit', 'values'], {
      code,
      symbol: text,
      name: bilingual,
      unit,
      values: { ...list(parameterValue, 20000), minItems: 1 },
    }),
  ),
  groups: list(record(['code', 'name'], { code, name: bilingual }), 200),
  formulas: list(
    record(['code', 'scope', 'unit', 'name', 'expression'], {
      code,
      scope: choice('patch', 'type', 'product', 'territory'),
      unit,
      name: bilingual,
      expression: { type: 'string', minLength: 1, maxLength: 4000 },
    }),
  ),
  services: list(service, 500),
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

/** Schema of a single file: any of the keys, none required. */
export const normFileSchema: object = record([], normProperties as Record<string, object>);

/** The raw content after the schema has passed it: what the author wrote, every scalar as text. */
export interface RawNorm {
  id: string;
  title: Bilingual;
  status: 'usable' | 'skeleton';
  basis: Bilingual[];
  citations?: { id: string; text: string }[];
  currency: 'yuan';
  ecosystemTypes: { code: string; name: Bilingual; hj1166: string; aliases?: string[] }[];
  attributes: RawAttribute[];
  products?: RawProduct[];
  parameters: RawParameter[];
  groups: { code: string; name: Bilingual }[];
  formulas: {
    code: string;
    scope: 'patch' | 'type' | 'product' | 'territory';
    unit: string;
    name: Bilingual;
    expression: string;
  }[];
  services: RawService[];
}
export interface RawAttribute {
  code: string;
  unit: string;
  name: Bilingual;
  aliases?: string[];
  required?: 'true' | 'false';
  min?: string;
  max?: string;
  fallback?: string;
}
export interface RawProduct {
  code: string;
  name: Bilingual;
  aliases?: string[];
  unit: string;
  priceUnit: string;
  class: string;
  type?: string;
}
export interface RawParameter {
  code: string;
  symbol?: string;
  name: Bilingual;
  unit: string;
  values: RawParameterValue[];
}
export interface RawParameterValue {
  value: string;
  from: string;
  type?: string;
  types?: string[];
  place?: string;
  grade: 'published' | 'solved' | 'unverified';
  source: string;
  note?: Bilingual;
}
export interface RawService {
  code: string;
  category: 'provisioning' | 'regulating' | 'cultural';
  group: string;
  name: Bilingual;
  seea?: string;
  types?: string[];
  quantity: string | { products?: string; measured?: string };
  price: { parameter?: string; formula?: string; product?: 'price' };
  gamma: string;
  note?: Bilingual;
}
