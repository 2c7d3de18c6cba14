/** Pays the lines of a dividend whose dispute has ended, one voucher for all of them. */
import { type Fen, sumFen } from '@gep/kernel';
import { noBasis, postVoucher } from '@gep/ledger';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { CompanyBook } from '../income/company-book';
import { codeOfDividend, type Dividend, keyOfDividend, partyOfOwner } from './dividend';
import { insertLineDeeds, listLines } from './dividend-line.store';
import { DividendRefused } from './errors';

/** More lines than a village has are paid by several turns. */
const mostAtOnce = 1_000;

/** @throws DividendRefused when none was released */
export async function payReleased(
  tx: EntityManager,
  actor: Actor,
  wish: {
    readonly dividend: Dividend;
    readonly book: CompanyBook;
    readonly frozen: ReadonlySet<string>;
    readonly on: string;
    readonly reason: string | null;
  },
): Promise<{ readonly voucherId: string; readonly lines: number; readonly paidFen: Fen }> {
  const { dividend, book, frozen, on, reason } = wish;
  const { id, territoryPath, period } = dividend;
  const held = await listLines(tx, id, 'paid', { places: ['hold'] });
  const released = held.filter(({ owner }) => !frozen.has(owner)).slice(0, mostAtOnce);
  if (released.length === 0)
    throw new DividendRefused(codeOfDividend(dividend), {
      zh: '没有可支付的行：其余均已支付，或仍在争议中',
      en: 'there is no line to pay: all are paid, or still disputed',
    });
  const basis = { ...noBasis, period };
  const paidFen = sumFen(released.map(({ amountFen }) => amountFen));
  const [{ owner: first, acts }] = released;
  const postings = [
    ...released.map((line) => ({
      ...{ accountId: book.payable, party: partyOfOwner(line.owner), amountFen: line.amountFen, basis },
      territoryPath: line.territoryPath,
    })),
    { accountId: book.cash, party: null, amountFen: -paidFen, territoryPath, basis },
  ];
  const { id: voucherId } = await postVoucher(tx, actor, {
    ...{ businessKey: `${keyOfDividend(dividend)}:pay:${first}:${acts + 1}`, kind: 'payment', effectiveDate: on },
    ...{ territoryPath, memo: `dividend ${dividend.company} ${period}, disputes ended`, postings },
  });
  const deeds = released.map((line) => ({
    ...{ owner: line.owner, no: line.acts + 1, territoryPath: line.territoryPath },
    ...{ act: 'pay' as const, claimant: null, amountFen: line.amountFen },
  }));
  await insertLineDeeds(tx, actor, id, deeds, { voucherId, reason: reason ?? 'dispute ended', on });
  return { voucherId, lines: released.length, paidFen };
}
