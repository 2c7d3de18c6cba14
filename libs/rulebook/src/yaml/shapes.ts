/** The pieces of which the shapes of rulebook files are made; every scalar is text, as its author wrote it. */
export const text = { type: 'string', minLength: 1 };
export const decimal = { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' };

/** An object of these keys and no others; all of them must be there unless `required` names fewer. */
export const record = (properties: Record<string, object>, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
/** At least one. */
export const list = (items: object) => ({ type: 'array', minItems: 1, items });
/** An object whose keys are the author's own. */
export const rowsOf = (row: object) => ({ type: 'object', additionalProperties: row });
export const bilingual = record({ zh: text, en: text });
