/** A year settled on trial: what each settlement would come to and get of its fund, and what has changed when it is to be real. Pure. */
import { digestOfValue, type Bilingual, type Fen } from '@gep/kernel';
import type { SourceDraw } from '@gep/ledger';
import type { SettlementPart } from '../decision/settlement-part';
import type { SettlementDraft } from '../draft/settlement-draft';
import type { AccountFigure } from '../input/settlement-input';
import type { VirtualFund } from './virtual-fund';

/** What a party would be due, and get. */
export type ShadowPart = Omit<SettlementPart, 'advanceSpentFen' | 'settledFen'> & {
  readonly grantedFen: Fen;
  readonly shortfallFen: Fen;
};

/** One settlement on trial. */
export interface ShadowEntry {
  readonly draft: SettlementDraft;
  readonly snapshotDigest: string;
  readonly ruleEdition: string;
  readonly decisionDigest: string;
  /** Of the real fund when the shadow was run. */
  readonly fundDigest: string;
  readonly fund: VirtualFund;
  readonly draws: readonly SourceDraw[];
  readonly figures: readonly AccountFigure[];
  readonly parts: readonly ShadowPart[];
  /** Id of the settlement of the year before. */
  readonly yearBefore: string | null;
}

/** Names what would be done: who is due what, by which rule and figures, and what the fund gives. */
export function digestOfPlan(entries: readonly ShadowEntry[]): string {
  return digestOfValue(
    entries.map(({ draft, snapshotDigest, ruleEdition, decisionDigest, fundDigest, parts }) => [
      ...[draft.code, snapshotDigest, ruleEdition, decisionDigest, fundDigest],
      parts.map((part) => amountsOf(part).join(' ')),
    ]),
  );
}

const amountsOf = ({ party, claimFen, billFen, clawbackFen, takenFen, waitingFen, grantedFen }: ShadowPart) =>
  [party, claimFen, billFen, clawbackFen, takenFen, waitingFen, grantedFen].map(String);

/** What stands in the way of a promotion. */
export interface ShadowChange {
  /** Code of the settlement. */
  readonly code: string;
  readonly what: 'rule' | 'data' | 'money' | 'amount';
  readonly text: Bilingual;
}

/** What of a plan is not as it was. @param now the same drafts, run again */
export function changesBetween(then: readonly ShadowEntry[], now: readonly ShadowEntry[]): ShadowChange[] {
  return then.flatMap((before, at) => changesOf(before, now[at]));
}

function changesOf(before: ShadowEntry, after: ShadowEntry): ShadowChange[] {
  const { code } = before.draft;
  const change = (what: ShadowChange['what'], zh: string, en: string): ShadowChange => ({
    code,
    what,
    text: { zh, en },
  });
  const changes: ShadowChange[] = [];
  if (before.ruleEdition !== after.ruleEdition) {
    const [old, current] = [before.ruleEdition, after.ruleEdition].map((edition) => edition.slice(0, 12));
    changes.push(change('rule', `规则版本由 ${old} 变为 ${current}`, `the rule edition was ${old} and is ${current}`));
  }
  if (before.snapshotDigest !== after.snapshotDigest) {
    const figures = movedFigures(before.figures, after.figures);
    changes.push(
      ...figures.map(([figure, old, current]) =>
        change('data', `${figure} 由 ${old} 变为 ${current}`, `${figure} was ${old} and is ${current}`),
      ),
      ...(figures.length === 0 ? [change('data', '输入数据已变', 'the figures that were handed in have changed')] : []),
    );
  }
  if (before.fundDigest !== after.fundDigest)
    changes.push(
      ...movedMoney(before.fund, after.fund).map(([source, old, current]) =>
        change(
          'money',
          `资金来源 ${source} 的收入/预留/已付（分）由 ${old} 变为 ${current}`,
          `source ${source} had received/held/paid ${old} fen and has ${current}`,
        ),
      ),
    );
  const known = new Map(before.parts.map((part) => [part.party, amountsOf(part).slice(1).join(' ')]));
  const moved = after.parts.filter((part) => known.get(part.party) !== amountsOf(part).slice(1).join(' '));
  const left = before.parts.filter(({ party }) => !after.parts.some((part) => part.party === party));
  const parties = [...moved, ...left].map(({ party }) => party).sort();
  if (parties.length > 0)
    changes.push(change('amount', `金额有变的对方：${parties.join('、')}`, `amounts differ for ${parties.join(', ')}`));
  return changes;
}

type Moved = readonly [string, string, string];

function movedFigures(before: readonly AccountFigure[], after: readonly AccountFigure[]): Moved[] {
  const keyOf = ({ unit, column, period }: AccountFigure): string => `${unit} ${column} ${period}`;
  const known = new Map(before.map((figure) => [keyOf(figure), figure.value]));
  const now = new Map(after.map((figure) => [keyOf(figure), figure.value]));
  return [...new Set([...known.keys(), ...now.keys()])]
    .sort()
    .filter((key) => known.get(key) !== now.get(key))
    .map((key) => [key, known.get(key) ?? '–', now.get(key) ?? '–']);
}

function movedMoney(before: VirtualFund, after: VirtualFund): Moved[] {
  const standing = ({ sources }: VirtualFund) =>
    new Map(sources.map((one) => [one.code, `${one.receivedFen}/${one.reservedFen}/${one.paidFen}`]));
  const [known, now] = [standing(before), standing(after)];
  const moved = [...new Set([...known.keys(), ...now.keys()])]
    .sort()
    .filter((code) => known.get(code) !== now.get(code))
    .map((code): Moved => [code, known.get(code) ?? '–', now.get(code) ?? '–']);
  return moved.length > 0 ? moved : [[before.code, before.policy, after.policy]];
}

/** `2025-Q1` → `2024-Q1`. */
export const aYearBefore = (period: string): string =>
  `${String(Number(period.slice(0, 4)) - 1).padStart(4, '0')}${period.slice(4)}`;
