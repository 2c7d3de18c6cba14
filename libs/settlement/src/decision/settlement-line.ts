/** A decision as lines between parties of the book, and the digest that names all of it. */
import { canonicalJson, digestOf, type Fen } from '@gep/kernel';
import type { Decision, DecisionPayment } from '@gep/rulebook';
import type { SettlementDraft } from '../draft/settlement-draft';
import { SettlementRefused } from '../errors';

type DecisionLine = DecisionPayment['lines'][number];
type Side = DecisionLine['from'];

/** One line of a decision: what one party owes another for one unit. */
export interface SettlementLine {
  readonly no: number;
  readonly payment: string;
  /** Empty for a payment between two parties. */
  readonly unit: string;
  readonly fromParty: string;
  readonly toParty: string;
  /** What counts in this settlement; below zero it goes the other way. */
  readonly amountFen: Fen;
  readonly detail: DecisionLine;
}

/** SHA-256 of everything that was decided. */
export const digestOfDecision = (decision: Decision): string => digestOf(canonicalJson(decision));

/** The decision without its lines, as it is kept beside them. */
export function headOfDecision({ payments, ...decision }: Decision) {
  return { ...decision, payments: payments.map(({ lines, ...payment }) => ({ ...payment, lines: lines.length })) };
}

/**
 * Lines between parties of the book.
 * @param fund code of the fund
 * @throws SettlementRefused when a party of the rule has no party in the book
 */
export function linesOf(decision: Decision, draft: SettlementDraft, fund: string): SettlementLine[] {
  const isAdvance = draft.kind === 'advance';
  const hasAdvances = decision.payments.some(({ lines }) => lines.some(({ advancedFen }) => advancedFen !== 0n));
  const lines = decision.payments.flatMap(({ code, lines: own }) => own.map((detail) => ({ payment: code, detail })));
  return lines.map(({ payment, detail }, at) => ({
    ...{ no: at + 1, payment, unit: detail.unit, detail },
    fromParty: partyOf(detail.from, draft, fund),
    toParty: partyOf(detail.to, draft, fund),
    amountFen: isAdvance && hasAdvances ? detail.advancedFen : detail.entitledFen,
  }));
}

export function partyOf(
  { kind, code }: Pick<Side, 'kind' | 'code'>,
  { code: settlement, parties, partyOfUnit }: SettlementDraft,
  fund: string,
): string {
  const ofUnit = typeof partyOfUnit === 'object' ? partyOfUnit[code] : undefined;
  const party = kind === 'party' ? parties[code] : (ofUnit ?? parties[code] ?? code);
  const refuse = (zh: string, en: string): SettlementRefused => new SettlementRefused(settlement, { zh, en });
  if (party === undefined)
    throw refuse(
      `规则的当事方“${code}”没有对应的账簿对方；请在 parties 中写明（资金本身写 fund:${fund}）`,
      `the party "${code}" of the rule has no party in the book; name it in "parties" (the fund itself is fund:${fund})`,
    );
  if (!/^[\x21-\x7e]{1,100}$/.test(party) || party.includes('|'))
    throw refuse(
      `对方“${party}”应为 1 到 100 个可见的 ASCII 字符（行政区划代码、company:…）；请在 partyOfUnit 中给出“${code}”的代码`,
      `the party "${party}" has to be 1 to 100 visible ASCII characters (a territory code, company:…); give the code of "${code}" in partyOfUnit`,
    );
  if (party.startsWith('fund:') && party !== `fund:${fund}`)
    throw refuse(
      `“${party}”不是结算所用的资金 ${fund}；资金本身写 fund:${fund}`,
      `"${party}" is not the fund ${fund} of the settlement; the fund itself is fund:${fund}`,
    );
  return party;
}
