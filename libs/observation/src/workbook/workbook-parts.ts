/** Reads the small parts of a workbook: which sheets there are, where they are, and the texts that cells share. */
import { unescapeCell } from './read-sheet';
import { attributeOf, xmlTokens } from './xml-tokens';

export interface Relation {
  readonly id: string;
  /** Last word of its type: `worksheet`, `styles`, … */
  readonly kind: string;
  readonly target: string;
}

/** Relations of a part, their targets as paths from the root. External targets are left out and never fetched. */
export function relationsOf(xml: string, folder: string): Relation[] {
  const found: Relation[] = [];
  for (const token of xmlTokens(xml)) {
    if (token.kind !== 'open' || token.value !== 'Relationship' || attributeOf(token, 'TargetMode') === 'External')
      continue;
    const target = attributeOf(token, 'Target') ?? '';
    const type = attributeOf(token, 'Type') ?? '';
    found.push({
      id: attributeOf(token, 'Id') ?? '',
      kind: type.slice(type.lastIndexOf('/') + 1),
      target: target.startsWith('/') ? target.slice(1) : `${folder}${target}`,
    });
  }
  return found;
}

/** Sheets of workbook.xml in their order, and which calendar its day numbers count in. */
export function sheetsOf(xml: string): { sheets: { name: string; id: string; hidden: boolean }[]; from1904: boolean } {
  const sheets: { name: string; id: string; hidden: boolean }[] = [];
  let from1904 = false;
  for (const token of xmlTokens(xml)) {
    if (token.kind !== 'open') continue;
    if (token.value === 'workbookPr') from1904 = ['1', 'true'].includes(attributeOf(token, 'date1904') ?? '');
    if (token.value !== 'sheet') continue;
    const hidden = (attributeOf(token, 'state') ?? 'visible') !== 'visible';
    sheets.push({ name: attributeOf(token, 'name') ?? '', id: attributeOf(token, 'id') ?? '', hidden });
  }
  return { sheets, from1904 };
}

/** Texts of sharedStrings.xml; runs are joined, phonetic guides left out. */
export function readSharedStrings(xml: string): string[] {
  const texts: string[] = [];
  let current: string | undefined;
  let inText = false;
  let inGuide = false;
  for (const token of xmlTokens(xml)) {
    if (token.kind === 'text') {
      if (inText && !inGuide && current !== undefined) current += token.value;
      continue;
    }
    const opens = token.kind === 'open' && !token.empty;
    if (token.value === 't') inText = opens;
    else if (token.value === 'rPh') inGuide = opens;
    else if (token.value === 'si') {
      if (token.kind === 'open') current = '';
      if (!opens && current !== undefined) {
        texts.push(unescapeCell(current));
        current = undefined;
      }
    }
  }
  return texts;
}
