/** What of a settlement is next beside its table: money to take in, and acts by which nothing would move. */
import { type Fen, formatYuan } from '@gep/kernel';
import type { NextStep } from '@gep/procedure';
import type { PartState, PartView, SettlementView } from '@gep/settlement';

/** A step that takes in what a party owes. */
export interface OwedStep extends NextStep {
  readonly owed: { readonly party: string; readonly amountFen: Fen; readonly of: 'bill' | 'clawback' };
}

/** One for every bill that is open and for whatever is owed back. */
export function owedSteps({ parts }: Pick<SettlementView, 'parts'>): OwedStep[] {
  return parts.flatMap((part) =>
    owedOf(part)
      .filter(({ amountFen }) => amountFen > 0n)
      .map((owed) => ({ ...toCollect(owed), owed })),
  );
}

const owedOf = ({ party, billedFen, collectedFen, clawedFen, recoveredFen }: PartView): OwedStep['owed'][] => [
  { party, amountFen: billedFen - collectedFen, of: 'bill' },
  { party, amountFen: clawedFen - recoveredFen, of: 'clawback' },
];

function toCollect({ party, amountFen, of }: OwedStep['owed']): NextStep {
  const yuan = formatYuan(amountFen);
  const name =
    of === 'bill'
      ? { zh: `收取 ${party} 应付的 ${yuan} 元`, en: `take in ${yuan} yuan that ${party} was billed` }
      : { zh: `收回 ${party} 应退的 ${yuan} 元`, en: `take back ${yuan} yuan that ${party} owes back` };
  return { act: 'collect', name, permission: 'settlement.prepare', notBy: [], reasonNeeded: false };
}

/** Parts for which money is still reserved. */
const unreserved: readonly PartState[] = ['open', 'disputed', 'queued', 'reserved', 'payable'];

/** Of a settlement that is paid: nothing is left to reserve, and what is owed keeps it from being closed. */
export function idleActs({ state, parts }: Pick<SettlementView, 'state' | 'parts'>): string[] {
  if (state !== 'paid') return [];
  return [
    ...(parts.some((part) => unreserved.includes(part.state)) ? [] : ['reserve']),
    ...(owedSteps({ parts }).length > 0 ? ['close'] : []),
  ];
}
