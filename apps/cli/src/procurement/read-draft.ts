/** Reads the members of a draft that a JSON file gives: text, lists of text, numbers and objects, all faults at once. */
import { DraftUnreadable } from '../errors';

/** What a member has to be; one that ends in `?` may be left out and is then null. */
export type DraftMember = 'text' | 'text?' | 'list' | 'list?' | 'number' | 'object' | 'object?' | 'rows?';

const fits: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  list: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  object: isRecord,
  rows: (value) => Array.isArray(value) && value.every(isRecord),
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws DraftUnreadable with every member that is lacking, unknown or of another type */
export function readDraft<T>(
  file: string,
  draft: unknown,
  members: Readonly<Record<keyof T & string, DraftMember>>,
): T {
  const given = isRecord(draft) ? draft : {};
  const wrong = Object.entries<DraftMember>(members).flatMap(([name, wanted]) => {
    const value = given[name] ?? null;
    const sound = value === null ? wanted.endsWith('?') : fits[wanted.replace('?', '')](value);
    return sound ? [] : [`${name} (${wanted})`];
  });
  const unknown = Object.keys(given).filter((name) => !(name in members));
  if (wrong.length + unknown.length > 0) throw new DraftUnreadable(file, wrong, unknown);
  return Object.fromEntries(Object.keys(members).map((name) => [name, given[name] ?? null])) as T;
}

/** Terms of a contract by the names of the file; those that the API has for the same (`fund`, purposes as one text) are taken too. */
export function asTerms(file: unknown): unknown {
  if (!isRecord(file)) return file;
  const { fund, allowedPurposes: given, ...rest } = file;
  const purposes =
    typeof given === 'string'
      ? given
          .split(/[;；]/)
          .map((one) => one.trim())
          .filter(Boolean)
      : given;
  return {
    ...rest,
    ...(fund !== undefined && { fundId: fund }),
    ...(given !== undefined && { allowedPurposes: purposes }),
  };
}
