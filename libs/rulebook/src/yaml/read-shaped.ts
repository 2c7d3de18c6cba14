/** Reads a rulebook file that has one shape: the first fault is told with its line, column and path. */
import type { Bilingual } from '@gep/kernel';
import { RulebookFileUnreadable } from '../errors';
import type { NormFile } from '../norm/norm';
import type { SchemaFinding } from './check-shape';
import { formatPath, type NormPath } from './problem-log';
import { readYaml } from './read-yaml';

export interface ShapedFile<Raw> {
  /** What the author wrote, every scalar as text. */
  readonly raw: Raw;
  /** Refuses the file for what stands at a place. @throws RulebookFileUnreadable */
  readonly fail: (path: NormPath, reason: Bilingual) => never;
  /** Refuses the second entry of a list that has the code of an earlier one. @throws RulebookFileUnreadable */
  readonly refuseTwice: (key: string, entries: readonly { readonly code: string }[]) => void;
}

/** @throws RulebookFileUnreadable */
export function readShaped<Raw>(
  file: NormFile,
  departuresOf: (value: unknown) => readonly SchemaFinding[],
): ShapedFile<Raw> {
  const source = readYaml(file);
  const fail = (path: NormPath, reason: Bilingual): never => {
    const { line, column } = source.position(path);
    const where = `${line}:${column} ${formatPath(path)}`.trim();
    throw new RulebookFileUnreadable(file.path, { zh: `${where} ${reason.zh}`, en: `${where} ${reason.en}` });
  };
  const [fault] = source.faults;
  if (fault) fail([], fault.text);
  const [finding] = departuresOf(source.value);
  if (finding)
    fail(finding.path, { zh: `${finding.text.zh}；${finding.mend.zh}`, en: `${finding.text.en}; ${finding.mend.en}` });
  const refuseTwice: ShapedFile<Raw>['refuseTwice'] = (key, entries) => {
    const codes = entries.map(({ code }) => code);
    const at = codes.findIndex((code, index) => codes.indexOf(code) !== index);
    if (at >= 0) fail([key, at], { zh: `“${codes[at]}”出现两次`, en: `"${codes[at]}" stands twice` });
  };
  return { raw: source.value as Raw, fail, refuseTwice };
}
