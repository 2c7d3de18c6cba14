/** Income that names a settlement is what the settlement paid to the company, once, and no more. */
import type { Fen } from '@gep/kernel';
import { paidTo } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { type Company, partyOfCompany } from '../company/company';
import { listNamedIncomes } from './company-book.store';
import { IncomeNotPaid } from '../dividend/errors';

/**
 * Whoever books holds the book of the company, so that two incomes of one payment come one after the other.
 * @throws IncomeNotPaid, SettlementMissing
 */
export async function requirePaid(
  tx: EntityManager,
  company: Company,
  { settlementId, amountFen }: { readonly settlementId: string; readonly amountFen: Fen },
): Promise<void> {
  const paidFen = await paidTo(tx, settlementId, partyOfCompany(company.code));
  const booked = await listNamedIncomes(tx, company.id, { settlementId });
  const bookedFen = booked.reduce((sum, income) => sum + income.amountFen, 0n);
  if (bookedFen + amountFen > paidFen)
    throw new IncomeNotPaid(company.code, { settlementId, amountFen, paidFen, bookedFen });
}

/** A payment may come back after it was booked: then nothing is planned on it. @throws IncomeNotPaid, SettlementMissing */
export async function requireAllPaid(tx: EntityManager, company: Company): Promise<void> {
  const named = new Set((await listNamedIncomes(tx, company.id)).map(({ settlementId }) => settlementId));
  for (const settlementId of named) await requirePaid(tx, company, { settlementId, amountFen: 0n });
}
