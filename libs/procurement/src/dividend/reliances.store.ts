/** What a dividend rests on: the settlements that its income was paid by, and the accounts of the base year. */
import { daysOfPeriod, type Fen, periodEnd } from '@gep/kernel';
import type { Reliance } from '@gep/settlement';
import { codesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { listIncomeSources } from './company-book.store';
import type { Dividend } from './dividend';
import { dividendTable } from './dividend-steps';

export async function reliancesOf(tx: EntityManager, dividend: Dividend, amountFen: Fen): Promise<Reliance[]> {
  const { id, companyId, period, territoryPath } = dividend;
  const own = { dependent: { kind: dividendTable.kind, id }, figure: '', disclosureId: null, amountFen, territoryPath };
  const days = { from: daysOfPeriod(period)[0], to: periodEnd(period) };
  const incomes = await listIncomeSources(tx, companyId, days);
  const bases = await tx.query<{ accountId: string; path: string; year: number }[]>(
    `select account_id as "accountId", min(territory_path::text) as path, min(base_year) as year from procurement.parcel
     where company_id = $1 and account_id is not null group by account_id`,
    [companyId],
  );
  const codeOf = (path: string): string => codesOfPath(path).at(-1)!;
  return [
    ...incomes.map(({ upstream, period: of }) => ({
      ...{ ...own, accountId: null, upstream, upstreamTerritory: codeOf(territoryPath), period: of },
    })),
    ...bases.map(({ accountId, path, year }) => ({
      ...{ ...own, accountId, upstream: null, upstreamTerritory: codeOf(path), period: String(year) },
    })),
  ];
}
