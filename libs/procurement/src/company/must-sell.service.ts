/** Whether a company may sell of a place on a day: it is active, and has a right that covers the place. */
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { type Company, covers, holdsOn, versionOn } from './company';
import { listSaleRights } from './company.store';
import { CompanyMayNotSell } from './errors';

/** @throws CompanyMayNotSell */
export async function mustSell(
  tx: EntityManager,
  { id: companyId, code, versions }: Company,
  place: string,
  day: string,
  parcel: string | null = null,
): Promise<void> {
  const version = versionOn(versions, day);
  if (version?.status !== 'active')
    throw new CompanyMayNotSell(code, {
      zh: `${day} 状态为 ${version?.status ?? '未登记'}`,
      en: `on ${day} its status is ${version?.status ?? 'not recorded'}`,
    });
  const { path } = await getTerritory(tx, place, day);
  const rights = await listSaleRights(tx, { companyId });
  if (!rights.some((right) => holdsOn(right, day) && covers(right, { path, parcel })))
    throw new CompanyMayNotSell(code, {
      zh: `${day} 没有 ${place} 的出售权；请先登记（gep company grant-right · POST /api/v1/companies/${code}/rights）`,
      en: `on ${day} it has no right to sell of ${place}; record it first (gep company grant-right · POST /api/v1/companies/${code}/rights)`,
    });
}
