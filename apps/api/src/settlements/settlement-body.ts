/** Settlements as they are shown: territories by code, amounts as text. */
import type { SettlementExplanation, SettlementHead, SettlementView, ShownSettlement } from '@gep/settlement';
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

export function shownBody({ payments, ...view }: ShownSettlement) {
  return { ...viewBody(view), payments: payments.map((payment) => wire(payment)) };
}

/** A line as it is shown; where it lies is an inner matter. */
export const lineBody = ({ territoryPath: _path, ...line }: SettlementExplanation['lines'][number]) => wire(line);

export function explanationBody({
  lines,
  parts,
  figures,
  rule,
  payments,
  gist,
  workings,
  names,
}: SettlementExplanation) {
  const places = ({ territoryPath, ...one }: { readonly territoryPath: string }) => ({
    ...wire(one),
    territory: territoryOf(territoryPath),
  });
  return {
    ...{ gist, rule: wire(rule), payments: payments && [...payments], lines: lines.map(lineBody) },
    ...{ workings: workings && workings.map((working) => wire(working)), names },
    ...{ parts: parts.map(places), figures: figures.map(places) },
  };
}
