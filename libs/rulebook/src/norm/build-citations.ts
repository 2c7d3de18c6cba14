/** Makes sources whole: one that begins with the id of a citation is given with the citation itself. */
import type { NormPath } from '../yaml/problem-log';
import { named, type Building } from './building';

const cited = /^([a-z0-9]+(?:-[a-z0-9]+)*)#(.+)$/s;

/**
 * The source of a value as a stranger needs it: `xu-2026#Table 3` becomes the text of citation `xu-2026`, then "Table 3".
 * A source without `id#` stands as it is written; an id that is not among the citations is logged at its place.
 */
export function wholeSource({ draft }: Building, path: NormPath, source: string): string {
  const match = cited.exec(source);
  if (!match) return source;
  const [, id, place] = match;
  const citations = draft.entries('citations').map(({ raw }) => raw);
  const citation = citations.find((one) => one.id === id);
  if (citation) return `${citation.text}, ${place.trim()}`;
  const known = citations.map((one) => one.id);
  if (!draft.damaged.has(id)) draft.log.unknown(path, named.citation, id, known);
  return source;
}

/** Two citations with one id would leave open which is meant. */
export function refuseRepeatedCitations({ draft }: Building): void {
  const first = new Set<string>();
  for (const { raw, path } of draft.entries('citations')) {
    if (first.has(raw.id))
      draft.log.add(
        [...path, 'id'],
        'norm.duplicate-code',
        { zh: `引文编号“${raw.id}”重复`, en: `citation "${raw.id}" is given twice` },
        { zh: '请改名或删去其一', en: 'rename or remove one of them' },
      );
    first.add(raw.id);
  }
}
