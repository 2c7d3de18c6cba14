/** What is known of a gain that is to be sold: what is published of it, what of it is sold, and who has bought it by contract. */
import { listAccounts } from '@gep/accounting';
import { periodEnd } from '@gep/kernel';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { lockRegister } from '../company/company.store';
import { lastDeed, moneyOf } from '../contract/contract';
import { listContracts, listDeeds } from '../contract/contract.store';
import type { GainFacts } from './judge-gain';
import type { SoldGain } from './sold-gain';
import { listStandingGains } from './sold-gain.store';

/** Sales of a year and contracts on it are settled one after the other, so that neither overlooks the other. */
export const lockGains = (tx: EntityManager, year: string): Promise<void> => lockRegister(tx, `sold gains ${year}`);

/** @param path of the territory, ltree text */
export async function gainFacts(
  tx: EntityManager,
  { territory, service, year }: Pick<SoldGain, 'territory' | 'service' | 'year'>,
  path: string,
): Promise<GainFacts> {
  await lockGains(tx, year);
  const accounts = await listAccounts(tx, { territories: [territory], period: year, published: true });
  const values = accounts.flatMap(({ totals }) => Object.entries(totals.byService));
  // Of several norms the one that counts most of the service is the bound.
  const published = new Map(values.toSorted(([, one], [, other]) => (one < other ? -1 : 1)));
  return {
    published: accounts.length === 0 ? undefined : published,
    sold: await listStandingGains(tx, { path, service, year }),
    contracts: await contractsOn(tx, { path, service, year }),
  };
}

/** Codes of contracts that have measured the service of the year on any of the same land and pay for it. */
async function contractsOn(
  tx: EntityManager,
  { path, service, year }: { readonly path: string; readonly service: string; readonly year: string },
): Promise<string[]> {
  const codes: string[] = [];
  for (const { id, code, terms } of await listContracts(tx, { year })) {
    if (!terms.services.includes(service)) continue;
    const { path: unit } = await getTerritory(tx, terms.unit, periodEnd(year));
    if (!`${unit}.`.startsWith(`${path}.`) && !`${path}.`.startsWith(`${unit}.`)) continue;
    const deeds = await listDeeds(tx, id);
    const isLive = lastDeed(deeds, 'measure') !== undefined && !deeds.some(({ act }) => act === 'rescind');
    if (isLive && moneyOf(deeds).dueFen !== 0n) codes.push(code);
  }
  return codes;
}
