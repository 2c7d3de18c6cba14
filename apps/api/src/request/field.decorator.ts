/** Declares a field of a request once: its check, its refusal in both languages and its OpenAPI schema. */
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptions, getSchemaPath } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Bilingual } from '@gep/kernel';

export interface FieldOptions {
  /** Shown in OpenAPI, `中文 · English`. */
  readonly description: string;
  readonly example?: unknown;
  readonly optional?: boolean;
}

const refusal = (context: Bilingual): { context: Bilingual; message: string } => ({ context, message: context.en });

function field(options: FieldOptions, schema: Partial<ApiPropertyOptions>, ...checks: PropertyDecorator[]) {
  const documented = {
    description: options.description,
    example: options.example,
    required: options.optional !== true,
    ...schema,
  } as ApiPropertyOptions;
  return applyDecorators(ApiProperty(documented), ...(options.optional ? [IsOptional(), ...checks] : checks));
}

/** Text of `min` to `max` characters, matching `pattern` when given; of several lines where `lines` is set. */
export function TextField(
  options: FieldOptions & {
    min?: number;
    max: number;
    pattern?: RegExp;
    shape?: Bilingual;
    format?: string;
    lines?: true;
  },
): PropertyDecorator {
  const { min = 1, max, pattern, shape, format, lines } = options;
  const size = refusal({ zh: `应为 ${min} 到 ${max} 个字符的文本`, en: `must be text of ${min} to ${max} characters` });
  const clean = refusal({ zh: '不能包含控制字符', en: 'must not contain control characters' });
  const checks = [IsString(size), Length(min, max, size), Matches(lines ? /^[\P{Cc}\t\r\n]*$/u : /^\P{Cc}*$/u, clean)];
  if (pattern) checks.push(Matches(pattern, refusal(shape ?? { zh: '格式不对', en: 'has the wrong form' })));
  const schema = { type: String, minLength: min, maxLength: max, pattern: pattern?.source, format };
  return field(options, schema, ...checks);
}

/** One of a few words. */
export function ChoiceField(options: FieldOptions & { of: readonly string[] }): PropertyDecorator {
  const list = options.of.join(', ');
  const check = IsIn(options.of, refusal({ zh: `应为以下之一：${list}`, en: `must be one of: ${list}` }));
  return field(options, { type: String, enum: [...options.of] }, check);
}

/** A whole number; text from a query is read as one. */
export function IntegerField(
  options: FieldOptions & { min: number; max: number; default?: number },
): PropertyDecorator {
  const { min, max } = options;
  const wrong = refusal({ zh: `应为 ${min} 到 ${max} 的整数`, en: `must be a whole number from ${min} to ${max}` });
  const read = Transform(({ value }) =>
    typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
  );
  const schema = { type: 'integer' as const, minimum: min, maximum: max, default: options.default };
  return field(options, schema, read, IsInt(wrong), Min(min, wrong), Max(max, wrong));
}

/** `true` or `false`, also as text in a query or a form. */
export function FlagField(options: FieldOptions & { default?: boolean }): PropertyDecorator {
  const read = Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value));
  const wrong = refusal({ zh: '应为 true 或 false', en: 'must be true or false' });
  return field(options, { type: Boolean, default: options.default }, read, IsBoolean(wrong));
}

/** A day, `YYYY-MM-DD`. */
export function DayField(options: FieldOptions): PropertyDecorator {
  const wrong = refusal({ zh: '应为日期 YYYY-MM-DD', en: 'must be a date YYYY-MM-DD' });
  const checks = [Matches(/^\d{4}-\d\d-\d\d$/, wrong), IsISO8601({ strict: true }, wrong)];
  return field(options, { type: String, format: 'date' }, ...checks);
}

/** A moment with its offset, `2026-03-01T08:00:00Z`. */
export function MomentField(options: FieldOptions): PropertyDecorator {
  const wrong = refusal({
    zh: '应为带时区的时刻，如 2026-03-01T08:00:00Z',
    en: 'must be a moment with its offset, for example 2026-03-01T08:00:00Z',
  });
  const checks = [
    MaxLength(40, wrong),
    Matches(/^(?:19|20|21)\d\d-.*T.*(?:Z|[+-]\d\d:\d\d)$/, wrong),
    IsISO8601({ strict: true }, wrong),
  ];
  return field(options, { type: String, format: 'date-time' }, ...checks);
}

export function UuidField(options: FieldOptions): PropertyDecorator {
  const check = IsUUID('all', refusal({ zh: '应为 UUID', en: 'must be a UUID' }));
  return field(options, { type: String, format: 'uuid' }, check);
}

const periodShape: Bilingual = {
  zh: '应写成 2024、2024-Q3 或 2024-07',
  en: 'must be written as 2024, 2024-Q3 or 2024-07',
};

/** An accounting period. */
export function PeriodField(options: FieldOptions): PropertyDecorator {
  const pattern = /^(?:19|20|21)\d\d(?:-(?:Q[1-4]|0[1-9]|1[0-2]))?$/;
  return field(options, { type: String, pattern: pattern.source }, Matches(pattern, refusal(periodShape)));
}

/** A fund by its id, or by its territory and code. */
export const FundField = (options: Pick<FieldOptions, 'optional'> = {}): PropertyDecorator =>
  TextField({
    ...options,
    ...{
      description: '资金：编号，或“地域/代码”，如 990101/eco · fund: its id, or territory/code such as 990101/eco',
      max: 200,
    },
    pattern: /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-Za-z-]+\/[a-z0-9][a-z0-9-]*)$/,
    shape: {
      zh: '应为资金的编号（UUID）或 990101/eco 形式的“地域/代码”',
      en: 'must be the id of a fund (UUID), or territory/code such as 990101/eco',
    },
  });

const territoryPattern = '^(?:CN|\\d{6}|\\d{9}|\\d{12}|\\d{6}-[a-z0-9]+(?:-[a-z0-9]+)*)$';
const territoryShape: Bilingual = {
  zh: '应为 CN、6、9 或 12 位数字，或 520523-jinsha-mine 形式的地块代码',
  en: 'must be CN, 6, 9 or 12 digits, or a site such as 520523-jinsha-mine',
};

/** Code of a territory. */
export function TerritoryField(options: FieldOptions): PropertyDecorator {
  const wrong = refusal(territoryShape);
  const schema = { type: String, pattern: territoryPattern, maxLength: 64 };
  return field(options, schema, MaxLength(64, wrong), Matches(new RegExp(territoryPattern), wrong));
}

/** Up to `most` territory codes; in a query they are separated by commas. */
export function TerritoriesField(options: FieldOptions & { most: number }): PropertyDecorator {
  const { most } = options;
  const split = Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value));
  const wrong = refusal(territoryShape);
  const count = refusal({
    zh: `应为最多 ${most} 个地域代码的列表`,
    en: `must be a list of at most ${most} territory codes`,
  });
  const schema = { type: 'array' as const, items: { type: 'string', pattern: territoryPattern }, maxItems: most };
  const checks = [
    IsArray(count),
    ArrayMaxSize(most, count),
    Matches(new RegExp(territoryPattern), { ...wrong, each: true }),
  ];
  return field(options, schema as Partial<ApiPropertyOptions>, split, ...checks);
}

/** Up to `most` words, one of `of` each when given; in a query they are separated by commas. */
export function WordsField(options: FieldOptions & { most: number; of?: readonly string[] }): PropertyDecorator {
  const { most, of } = options;
  const split = Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value));
  const count = refusal({ zh: `应为最多 ${most} 个词的列表`, en: `must be a list of at most ${most} words` });
  const word = refusal({ zh: '每个词应为 1 到 100 个字母或数字', en: 'each word must be 1 to 100 letters or digits' });
  const items = { type: 'string' as const, ...(of ? { enum: [...of] } : { pattern: wordPattern, maxLength: 100 }) };
  const schema = { type: 'array' as const, items, maxItems: most };
  const checks = of
    ? [IsIn(of, { ...refusal({ zh: `应取自：${of.join('、')}`, en: `must be among: ${of.join(', ')}` }), each: true })]
    : [MaxLength(100, { ...word, each: true }), Matches(new RegExp(wordPattern), { ...word, each: true })];
  const every = [IsArray(count), ArrayMaxSize(most, count), ...checks];
  return field(options, schema as Partial<ApiPropertyOptions>, split, ...every);
}

const wordPattern = '^[A-Za-z][A-Za-z0-9]*$';

/** Up to `most` members, each with the declared fields of a class. */
export function ListField(options: FieldOptions & { of: new () => object; most: number }): PropertyDecorator {
  const { of, most } = options;
  const wrong = refusal({ zh: `应为最多 ${most} 项的列表`, en: `must be a list of at most ${most}` });
  const member = refusal({ zh: '每项应为所描述的对象', en: 'each member must be an object as described' });
  const checks = [IsArray(wrong), ArrayMaxSize(most, wrong), ValidateNested({ each: true, ...member })];
  return field(
    options,
    { type: [of], maxItems: most } as Partial<ApiPropertyOptions>,
    Type(() => of),
    ...checks,
  );
}

const decimalPattern = '^-?\\d+(\\.\\d+)?$';

/** A decimal: text keeps every digit, a JSON number is taken as it is written. */
export function DecimalField(options: FieldOptions): PropertyDecorator {
  const wrong = refusal({ zh: '应为十进制数，如 0.25 或 "0.25"', en: 'must be a decimal such as 0.25 or "0.25"' });
  const read = Transform(({ value }) => (typeof value === 'number' ? String(value) : value));
  const oneOf = [{ type: 'string', pattern: decimalPattern, maxLength: 40 }, { type: 'number' }];
  return field(options, { oneOf }, read, MaxLength(40, wrong), Matches(new RegExp(decimalPattern), wrong));
}

/** Whole fen above zero, as text; below zero too where `signed`. */
export function FenField(options: FieldOptions & { signed?: boolean }): PropertyDecorator {
  const pattern = options.signed ? /^-?[1-9]\d{0,17}$/ : /^[1-9]\d{0,17}$/;
  const wrong = refusal({
    zh: `应为以分计的整数文本${options.signed ? '' : '，大于零'}，如 "120000"`,
    en: `must be whole fen as text${options.signed ? '' : ', above zero'}, such as "120000"`,
  });
  return field(options, { type: String, pattern: pattern.source }, Matches(pattern, wrong));
}

/** One object with the declared fields of a class; with `word`, a text in its place stands for that field alone. */
export function ObjectField(
  options: FieldOptions & { of: new () => object; word?: (text: string) => object; words?: readonly string[] },
): PropertyDecorator {
  const { of, word, words } = options;
  const wrong = refusal({
    zh: word ? '应为文本或所描述的对象' : '应为所描述的对象',
    en: word ? 'must be text or an object as described' : 'must be an object as described',
  });
  const read = Transform(({ value }) =>
    word && typeof value === 'string' ? Object.assign(new of(), word(value)) : value,
  );
  const whole = { $ref: getSchemaPath(of) };
  const schema = word ? { oneOf: [{ type: 'string', ...(words && { enum: [...words] }) }, whole] } : { allOf: [whole] };
  const checks = [IsObject(wrong), ValidateNested(wrong)];
  return applyDecorators(
    ApiExtraModels(of),
    field(
      options,
      schema as Partial<ApiPropertyOptions>,
      Type(() => of),
      read,
      ...checks,
    ),
  );
}
