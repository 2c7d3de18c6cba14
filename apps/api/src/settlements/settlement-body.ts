/** Settlements as they are shown: territories by code, amounts as text. */
import type { SettlementHead, SettlementView } from '@gep/settlement';
import { codesOfPath } from '@gep/territory';
import { wire } from '../answer/wire';

const territoryOf = (path: string): string => codesOfPath(path).at(-1)!;

export function headBody({ territoryPath, bodyDigest: _body, ...head }: SettlementHead) {
  return { ...wire(head), territory: territoryOf(territoryPath) };
}

export function viewBody({ head, parts, gist, ...view }: SettlementView) {
  return {
    ...wire(view),
    ...{ gist, head: head && headBody(head) },
    parts: parts.map(({ territoryPath, ...part }) => ({ ...wire(part), territory: territoryOf(territoryPath) })),
  };
}
