/** Use cases of the register: record a company, amend its particulars from a day on, grant and end rights to sell. */
import { Injectable } from '@nestjs/common';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { deedDay } from '../deed-day.service';
import { checkCompany, type CompanyVersion, holdsOn, isDay, meet, type SaleRight } from './company';
import {
  getCompany,
  insertCompany,
  insertSaleRight,
  insertSaleRightEnd,
  insertVersion,
  listCompanies,
  listSaleRights,
  lockRegister,
} from './company.store';
import { CompanyCodeTaken, CompanyRefused, SaleRightMissing, SaleRightTaken } from './errors';

/** A company as it is recorded first. */
export interface CompanyDraft extends CompanyVersion {
  readonly code: string;
  /** Code of its territory. */
  readonly territory: string;
}

/** A right to sell as it is granted. */
export interface SaleRightDraft extends Pick<
  SaleRight,
  'territory' | 'parcel' | 'basis' | 'validFrom' | 'validTo' | 'reason' | 'documentDigest'
> {
  /** Code or id. */
  readonly company: string;
}

@Injectable()
export class CompanyService {
  constructor(private readonly database: Database) {}

  /** @throws CompanyRefused, CompanyCodeTaken, TerritoryMissing */
  record(actor: Actor, { code, territory, ...version }: CompanyDraft, key: string): Promise<{ readonly id: string }> {
    const body = { code, territory, ...version };
    return this.once(actor, 'procurement.company.record', body, key, async (tx) => {
      checkCompany(code, version);
      const { path: territoryPath } = await getTerritory(tx, territory, await deedDay(tx, undefined));
      const id = await insertCompany(tx, actor, { code, territoryPath });
      if (id === undefined) throw new CompanyCodeTaken(code);
      await insertVersion(tx, actor, { id, code, territoryPath, versions: [] }, version);
      await audit(tx, actor, 'procurement.company.record', { code, territoryPath }, body);
      return { id };
    });
  }

  /** New particulars from a day on; the ones before stay. @throws CompanyMissing, CompanyRefused */
  amend(actor: Actor, { company: name, ...version }: CompanyVersion & { readonly company: string }, key: string) {
    return this.once(actor, 'procurement.company.amend', { company: name, ...version }, key, async (tx) => {
      const { code } = await getCompany(tx, name);
      await lockRegister(tx, `company ${code}`);
      const company = await getCompany(tx, code);
      checkCompany(code, version);
      await insertVersion(tx, actor, company, version);
      await audit(tx, actor, 'procurement.company.amend', company, version);
      return { id: company.id, version: company.versions.length + 1 };
    });
  }

  /** @throws CompanyMissing, CompanyRefused, SaleRightTaken when another company may sell some of the same land */
  grantRight(actor: Actor, draft: SaleRightDraft, key: string): Promise<{ readonly id: string }> {
    return this.once(actor, 'procurement.right.grant', draft, key, async (tx) => {
      const { company: name, ...right } = draft;
      await lockRegister(tx, 'rights to sell');
      const company = await getCompany(tx, name);
      const { validFrom, validTo } = right;
      if (!isDay(validFrom) || (validTo !== null && (!isDay(validTo) || validTo <= validFrom)))
        throw new CompanyRefused(company.code, [
          {
            zh: '权利的起止应为日期 YYYY-MM-DD，止日在起日之后',
            en: 'the right has a first day YYYY-MM-DD, and an end after it',
          },
        ]);
      const { path: placePath } = await getTerritory(tx, right.territory, validFrom);
      const taken = (await listSaleRights(tx, { about: placePath })).find(
        (other) => other.companyId !== company.id && meet(other, { ...right, placePath }),
      );
      if (taken) {
        const [holder] = await listCompanies(tx, { names: [taken.companyId] });
        const place = right.parcel === null ? right.territory : `${right.territory} ${right.parcel}`;
        throw new SaleRightTaken(place, holder?.code ?? taken.companyId, taken.validTo);
      }
      const id = await insertSaleRight(tx, actor, company, { ...right, placePath });
      await audit(tx, actor, 'procurement.right.grant', company, { id, ...right });
      return { id };
    });
  }

  /** @throws CompanyMissing, SaleRightMissing */
  endRight(
    actor: Actor,
    end: { readonly company: string; readonly rightId: string; readonly validTo: string; readonly reason: string },
    key: string,
  ): Promise<{ readonly id: string }> {
    return this.once(actor, 'procurement.right.end', end, key, async (tx) => {
      await lockRegister(tx, 'rights to sell');
      const company = await getCompany(tx, end.company);
      const found = (await listSaleRights(tx, { companyId: company.id })).find(({ id }) => id === end.rightId);
      const validTo = await deedDay(tx, end.validTo, found?.validFrom);
      if (!found || !holdsOn(found, validTo)) throw new SaleRightMissing(end.rightId);
      await insertSaleRightEnd(tx, actor, company, { ...end, validTo });
      await audit(tx, actor, 'procurement.right.end', company, end);
      return { id: end.rightId };
    });
  }

  private async once<T>(
    actor: Actor,
    action: string,
    body: object,
    key: string,
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<T> {
    const { response } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action, body }, () => work(tx)),
    );
    return response;
  }
}

const audit = (
  tx: EntityManager,
  actor: Actor,
  action: string,
  { code, territoryPath }: { readonly code: string; readonly territoryPath: string },
  after: object,
): Promise<void> => appendAudit(tx, { actor, action, subject: code, territoryPath, after });
