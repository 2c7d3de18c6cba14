/** Says in plain words, in both languages, what the schema found wrong and how to mend it. */
import type { ErrorObject } from 'ajv';
import type { Bilingual } from '@gep/kernel';
import { suggestion } from './problem-log';

export interface SchemaFinding {
  readonly path: (string | number)[];
  /** The problem is the key itself, not its value. */
  readonly atKey: boolean;
  readonly code: string;
  readonly text: Bilingual;
  readonly mend: Bilingual;
}

const steps = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

const kinds: Record<string, Bilingual> = {
  object: { zh: '键值表', en: 'a map of keys' },
  array: { zh: '列表', en: 'a list' },
  string: { zh: '文本', en: 'text' },
};
const kindOf = (type: string | string[]): Bilingual => {
  const names = [type].flat().map((name) => kinds[name] ?? { zh: name, en: name });
  return { zh: names.map(({ zh }) => zh).join('或'), en: names.map(({ en }) => en).join(' or ') };
};

const shown = (data: unknown): string => {
  const text = typeof data === 'string' ? data : (JSON.stringify(data) ?? '');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** @param error of Ajv with `allErrors` and `verbose` */
export function explainSchemaError(error: ErrorObject): SchemaFinding {
  const path = steps(error.instancePath);
  const schema = error.parentSchema as { mend?: Bilingual; properties?: object; description?: string };
  const { params } = error as { params: Record<string, unknown> };
  const finding = (code: string, text: Bilingual, mend: Bilingual, key?: string): SchemaFinding => ({
    path: key === undefined ? path : [...path, key],
    atKey: key !== undefined,
    code,
    text,
    mend: schema.mend ?? mend,
  });
  switch (error.keyword) {
    case 'required': {
      const key = String(params.missingProperty);
      return {
        ...finding(
          'norm.missing-key',
          { zh: `缺少“${key}”`, en: `"${key}" is missing` },
          { zh: `请补上 ${key}`, en: `add ${key}` },
        ),
        path: [...path, key],
      };
    }
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      return finding(
        'norm.unknown-key',
        { zh: `此处不能有“${key}”`, en: `"${key}" is not a key that may stand here` },
        suggestion(key, Object.keys(schema.properties ?? {})),
        key,
      );
    }
    case 'type': {
      const kind = kindOf(params.type as string | string[]);
      const given =
        error.data === ''
          ? { zh: '为空', en: 'it is empty' }
          : { zh: `现为“${shown(error.data)}”`, en: `found ${shown(error.data)}` };
      return finding(
        'norm.wrong-kind',
        { zh: `应为${kind.zh}，${given.zh}`, en: `${kind.en} expected, ${given.en}` },
        { zh: `请写成${kind.zh}`, en: `write ${kind.en}` },
      );
    }
    case 'enum': {
      const allowed = params.allowedValues as string[];
      return finding(
        'norm.not-allowed',
        { zh: `“${shown(error.data)}”不在允许的取值中`, en: `"${shown(error.data)}" is not one of the values allowed` },
        suggestion(String(error.data), allowed),
      );
    }
    case 'pattern':
      return finding(
        'norm.malformed',
        { zh: `“${shown(error.data)}”写法不对`, en: `"${shown(error.data)}" is not written as it must be` },
        { zh: `须符合 ${String(params.pattern)}`, en: `it must match ${String(params.pattern)}` },
      );
    default: {
      const limit = String(params.limit ?? '');
      return finding(
        'norm.wrong-size',
        {
          zh: `长度或项数不符（${error.keyword} ${limit}）`,
          en: `wrong length or number of entries (${error.keyword} ${limit})`,
        },
        { zh: `请调整到 ${limit}`, en: `adjust it to ${limit}` },
      );
    }
  }
}
