/** Holds values against a schema and says in plain words, in both languages, what is wrong and how to mend it. */
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { closestWord, type Bilingual } from '@gep/kernel';
import { suggestion } from './problem-log';

/** One departure of a value from its schema. */
export interface SchemaFinding {
  readonly path: (string | number)[];
  /** The problem is the key itself, not its value. */
  readonly atKey: boolean;
  readonly code: string;
  readonly text: Bilingual;
  readonly mend: Bilingual;
  /** For an unknown key: the known one that was probably meant. */
  readonly meant?: string;
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

/** Reason, mend, and the key when the problem is a key of the value. */
type Explanation = Pick<SchemaFinding, 'code' | 'text' | 'mend' | 'meant'> & { readonly key?: string };
type Explainer = (error: ErrorObject<string, Record<string, unknown>>) => Explanation;

const missingKey: Explainer = ({ params }) => {
  const key = String(params.missingProperty);
  const text = { zh: `缺少“${key}”`, en: `"${key}" is missing` };
  return { code: 'norm.missing-key', text, mend: { zh: `请补上 ${key}`, en: `add ${key}` }, key };
};

const unknownKey: Explainer = ({ params, parentSchema, data }) => {
  const key = String(params.additionalProperty);
  const known = Object.keys((parentSchema?.properties as object | undefined) ?? {});
  const text = { zh: `此处不能有“${key}”`, en: `"${key}" is not a key that may stand here` };
  const cut = textCutBefore(key, data);
  if (cut !== undefined) {
    const whole = `${cut.key}: '${cut.text}, ${key}'`;
    const mend = {
      zh: `逗号把文字断开了；含逗号的文字须加引号：${whole}`,
      en: `a comma ended the text before it; put a text with a comma into quotes: ${whole}`,
    };
    return { code: 'norm.unknown-key', text, mend, key };
  }
  return { code: 'norm.unknown-key', text, mend: suggestion(key, known), key, meant: closestWord(key, known) };
};

/** In `{ en: Research, China }` the key `China` has no value, and what stands before it is a text. */
function textCutBefore(key: string, data: unknown): { key: string; text: string } | undefined {
  const entries = Object.entries(data as Record<string, unknown>);
  const at = entries.findIndex(([each]) => each === key);
  if (at < 1 || (entries[at][1] !== '' && entries[at][1] !== null)) return undefined;
  // Several commas leave several keys without a value.
  const before = entries.slice(0, at).reverse();
  const whole = before.findIndex(([, value]) => value !== '' && value !== null);
  const [first, text] = before[whole] ?? [];
  if (first === undefined || typeof text !== 'string') return undefined;
  const between = before
    .slice(0, whole)
    .reverse()
    .map(([each]) => each);
  return { key: first, text: [text, ...between].join(', ') };
}

const inBothLanguages = { zh: '中英文各一：{ zh: …, en: … }', en: 'both languages: { zh: …, en: … }' };

const wrongKind: Explainer = ({ params, data, parentSchema }) => {
  const { properties = {} } = (parentSchema ?? {}) as { properties?: object };
  const kind = 'zh' in properties ? inBothLanguages : kindOf(params.type as string | string[]);
  const given =
    data === '' ? { zh: '为空', en: 'it is empty' } : { zh: `现为“${shown(data)}”`, en: `found ${shown(data)}` };
  const text = { zh: `应为${kind.zh}，${given.zh}`, en: `${kind.en} expected, ${given.en}` };
  return { code: 'norm.wrong-kind', text, mend: { zh: `请写成${kind.zh}`, en: `write ${kind.en}` } };
};

const notAllowed: Explainer = ({ params, data }) => {
  const text = { zh: `“${shown(data)}”不在允许的取值中`, en: `"${shown(data)}" is not one of the values allowed` };
  return { code: 'norm.not-allowed', text, mend: suggestion(String(data), params.allowedValues as string[]) };
};

const malformed: Explainer = ({ params, data }) => {
  const text = { zh: `“${shown(data)}”写法不对`, en: `"${shown(data)}" is not written as it must be` };
  const pattern = String(params.pattern);
  return { code: 'norm.malformed', text, mend: { zh: `须符合 ${pattern}`, en: `it must match ${pattern}` } };
};

const wrongSize: Explainer = ({ params, keyword }) => {
  const limit = String(params.limit ?? '');
  const text = {
    zh: `长度或项数不符（${keyword} ${limit}）`,
    en: `wrong length or number of entries (${keyword} ${limit})`,
  };
  return { code: 'norm.wrong-size', text, mend: { zh: `请调整到 ${limit}`, en: `adjust it to ${limit}` } };
};

const explainers: Readonly<Record<string, Explainer>> = {
  required: missingKey,
  additionalProperties: unknownKey,
  type: wrongKind,
  enum: notAllowed,
  pattern: malformed,
};

function explain(error: ErrorObject): SchemaFinding {
  const { key, ...finding } = (explainers[error.keyword] ?? wrongSize)(error as Parameters<Explainer>[0]);
  const path = steps(error.instancePath);
  // A schema may bring its own advice, in words of the field instead of a pattern.
  const { mend = finding.mend } = (error.parentSchema ?? {}) as { mend?: Bilingual };
  return {
    ...finding,
    mend,
    path: key === undefined ? path : [...path, key],
    atKey: error.keyword === 'additionalProperties',
  };
}

/**
 * Makes a check of a JSON Schema; a `mend` beside a rule is the advice given when it is broken. The schema is compiled
 * at the first use: a program that only reads recorded editions never pays for it.
 * @returns a check that gives every departure of a value, none when it fits
 */
export function compileShape(schema: object): (value: unknown) => SchemaFinding[] {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= compileSchema(schema);
    return validate(value) ? [] : (validate.errors ?? []).map(explain);
  };
}

function compileSchema(schema: object): ValidateFunction {
  const validator = new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    unicodeRegExp: true,
    strictTypes: false,
  });
  return validator.addKeyword('mend').compile(schema);
}
