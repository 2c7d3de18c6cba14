/** Reads from settlement and ledger how money was used for a territory in the years of a term. */
import { ageOf, listFunds, listSources } from '@gep/ledger';
import { todayOf } from '@gep/procedure';
import { listParts, viewSettlement } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { type FundSourceUse, fundUse, type FundUse, type SettledPart } from './fund-use';

/** @param years those in which the term had days */
export async function readFundUse(
  tx: EntityManager,
  { territoryPath, years }: { readonly territoryPath: string; readonly years: readonly string[] },
): Promise<FundUse> {
  const asOf = await todayOf(tx);
  const parts = await listParts(tx, { within: territoryPath, years });
  const settled: SettledPart[] = [];
  for (const id of [...new Set(parts.map(({ settlementId }) => settlementId))]) {
    const { gist, parts: views } = await viewSettlement(tx, id);
    const { code, kind, mechanism, period, fundCode: fund } = gist;
    const own = parts.filter(({ settlementId }) => settlementId === id).map(({ party }) => party);
    for (const part of views.filter(({ party }) => own.includes(party)))
      settled.push({
        ...{ settlement: id, code, kind, mechanism, period, fund, party: part.party },
        ...{ entitledFen: part.entitledFen.toString(), paidFen: part.paidFen.toString() },
        ...{ clawedFen: part.clawedFen.toString(), recoveredFen: part.recoveredFen.toString() },
      });
  }
  settled.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const sources: FundSourceUse[] = [];
  for (const fund of await listFunds(tx, { within: territoryPath })) {
    for (const source of await listSources(tx, fund.id)) {
      if (!years.includes(String(source.budgetYear))) continue;
      const { department, budgetYear, code, receivedFen, paidFen, reservedFen, availableFen } = source;
      sources.push({
        ...{ fund: fund.code, name: { zh: fund.nameZh, en: fund.nameEn }, source: code, department, budgetYear },
        ...{ receivedFen: receivedFen.toString(), paidFen: paidFen.toString() },
        ...{ reservedFen: reservedFen.toString(), availableFen: availableFen.toString() },
        isSurplus: availableFen > 0n && ageOf(budgetYear, Number(asOf.slice(0, 4))) === 'surplus',
      });
    }
  }
  return fundUse(asOf, settled, sources);
}

const keyOf = ({ period, code, party }: SettledPart): string => `${period} ${code} ${party}`;
