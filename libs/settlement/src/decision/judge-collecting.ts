/** Whether a party owes what it is said to pay; where it owes on the other account, that one is named. Pure. */
import { type Bilingual, type Fen, formatYuan } from '@gep/kernel';
import { SettlementConflict } from '../errors';

/** What a party still owes: of its bill, and of what is taken back. */
export interface OwedByParty {
  readonly bill: Fen;
  readonly clawback: Fen;
}

/** @throws SettlementConflict when nothing, or more than is open, is taken in */
export function judgeCollecting(
  settlement: string,
  { party, of, amountFen }: { readonly party: string; readonly of: keyof OwedByParty; readonly amountFen: Fen },
  owed: OwedByParty,
): void {
  if (amountFen > 0n && amountFen <= owed[of]) return;
  const other = of === 'bill' ? 'clawback' : 'bill';
  const [open, amount] = [formatYuan(owed[of]), formatYuan(amountFen)];
  const hint = owed[other] > 0n ? elsewhere(other, owed[other]) : { zh: '', en: '' };
  throw new SettlementConflict(
    settlement,
    of === 'bill'
      ? {
          zh: `“${party}”的账单尚欠 ${open} 元，不能收 ${amount} 元${hint.zh}`,
          en: `"${party}" still owes ${open} yuan of its bill, so ${amount} is not taken in${hint.en}`,
        }
      : {
          zh: `“${party}”应追回的款尚欠 ${open} 元，不能收 ${amount} 元${hint.zh}`,
          en: `"${party}" still owes ${open} yuan of what is taken back, so ${amount} is not taken in${hint.en}`,
        },
    { party, of, openFen: `${owed[of]}` },
  );
}

const elsewhere = (other: keyof OwedByParty, openFen: Fen): Bilingual => {
  const yuan = formatYuan(openFen);
  return other === 'clawback'
    ? {
        zh: `；另有应追回的款 ${yuan} 元未收，收它请写 \`gep settlement collect … --clawback\`（POST /api/v1/settlements/{id}/collect 的 of 为 clawback）`,
        en: `; ${yuan} yuan of what it owes back is open: take that in with \`gep settlement collect … --clawback\` (of: clawback in POST /api/v1/settlements/{id}/collect)`,
      }
    : {
        zh: `；另有账单 ${yuan} 元未收，收它请去掉 \`--clawback\`（POST /api/v1/settlements/{id}/collect 的 of 为 bill）`,
        en: `; ${yuan} yuan of its bill is open: take that in without \`--clawback\` (of: bill in POST /api/v1/settlements/{id}/collect)`,
      };
};
