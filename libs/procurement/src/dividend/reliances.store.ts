/** What a dividend rests on: the settlements that its income was paid by, and the accounts of the base year. */
import { findAccountById } from '@gep/accounting';
import { daysOfPeriod, type Fen, periodEnd } from '@gep/kernel';
import type { Reliance } from '@gep/settlement';
import { codesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { listNamedIncomes } from '../income/company-book.store';
import type { Dividend } from './dividend';
import { dividendTable } from './dividend-steps';

export async function reliancesOf(tx: EntityManager, dividend: Dividend, amountFen: Fen): Promise<Reliance[]> {
  const { id, companyId, period, territoryPath } = dividend;
  const own = { dependent: { kind: dividendTable.kind, id }, figure: '', disclosureId: null, amountFen, territoryPath };
  const days = { from: daysOfPeriod(period)[0], to: periodEnd(period) };
  const incomes = new Map(
    (await listNamedIncomes(tx, companyId, days)).map((income) => [income.settlementId, income.period]),
  );
  const bases = await tx.query<{ accountId: string }[]>(
    `select distinct account_id as "accountId" from procurement.parcel where company_id = $1 and account_id is not null`,
    [companyId],
  );
  const accounts = await Promise.all(bases.map(({ accountId }) => findAccountById(tx, accountId)));
  return [
    ...[...incomes].map(([settlementId, of]) => ({
      ...{ ...own, accountId: null, upstream: { kind: 'settlement', id: settlementId }, period: of },
      upstreamTerritory: codesOfPath(territoryPath).at(-1)!,
    })),
    ...accounts.flatMap((account) =>
      account
        ? [
            {
              ...own,
              accountId: account.id,
              upstream: null,
              upstreamTerritory: account.territory,
              period: account.period,
            },
          ]
        : [],
    ),
  ];
}
