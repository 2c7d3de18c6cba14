/** The pieces of which the shape of a rule file is made; every scalar is text, exactly as its author wrote it. */
import type { Bilingual } from '@gep/kernel';

export const mended = (schema: object, zh: string, en: string): object & { mend: Bilingual } => ({
  ...schema,
  mend: { zh, en },
});
export const choice = (values: readonly string[]) => ({ type: 'string', enum: values });
export const code = mended(
  { type: 'string', maxLength: 64, pattern: '^[\\p{L}_][\\p{L}\\p{N}_]*$' },
  '代码以字母或汉字开头，只含字母、汉字、数字和下划线',
  'a code starts with a letter and has only letters, digits and underscores',
);
export const id = mended(
  { type: 'string', maxLength: 64, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
  '只用小写字母、数字和连字符，例如 my-county-2024',
  'lower-case letters, digits and hyphens, for example my-county-2024',
);
export const sourceId = mended(
  { type: 'string', maxLength: 64, pattern: '^[A-Za-z0-9-]+$' },
  '来源编号只用字母、数字和连字符',
  'the id of a source has letters, digits and hyphens',
);
export const date = mended(
  { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  '日期写成 YYYY-MM-DD，例如 2024-01-01',
  'write the date as YYYY-MM-DD, for example 2024-01-01',
);
export const number = mended(
  { type: 'string', maxLength: 64, pattern: '^[+-]?[\\d.]+([eE][+-]?\\d+)?%?(/[+-]?[\\d.]+)?$' },
  '写成小数（0.02）、百分数（2%）或分数（1/7）',
  'write a decimal (0.02), a per cent (2%) or a fraction (1/7)',
);
export const whole = mended(
  { type: 'string', pattern: '^[1-9]\\d{0,3}$' },
  '写一个正整数',
  'write a whole number above zero',
);
export const list = (items: object) => ({ type: 'array', items, minItems: 1, maxItems: 2000 });
export const unit = { type: 'string', minLength: 1, maxLength: 64 };
export const yesOrNo = choice(['yes', 'no']);
export const expression = { type: 'string', minLength: 1, maxLength: 20_000 };
