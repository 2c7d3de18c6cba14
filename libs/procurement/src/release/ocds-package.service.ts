/** Reads what a release package of a contract is made of. */
import type { EntityManager } from 'typeorm';
import { versionOn } from '../company/company';
import { getCompany } from '../company/company.store';
import { viewContract } from '../contract/contract-view.service';
import { lastDeed } from '../contract/contract';
import { ContractMissing } from '../contract/errors';
import { ocdsPackage, type ReleaseSettings } from './ocds-release';

/** @param publishedOnly one that is not published yet is not there @throws ContractMissing */
export async function contractPackage(
  tx: EntityManager,
  codeOrId: string,
  settings: ReleaseSettings,
  publishedOnly: boolean,
): Promise<object> {
  const { contract, deeds, money, invoices, supplements, clocks } = await viewContract(tx, codeOrId, '9999-12-31');
  if (publishedOnly && !lastDeed(deeds, 'publish')) throw new ContractMissing(codeOrId);
  const { versions, code } = await getCompany(tx, contract.companyId);
  const version = versionOn(versions, lastDeed(deeds, 'sign')?.on ?? '9999-12-31');
  return ocdsPackage(
    {
      ...{ contract, deeds, money, invoices, supplements, clocks },
      companyName: version?.nameZh ?? code,
      companyCreditCode: version?.creditCode ?? null,
    },
    settings,
  );
}
