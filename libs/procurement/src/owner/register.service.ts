/** Use cases of the registers: take owners and parcels in, by file or by list, and say who reads for an owner. */
import { Injectable } from '@nestjs/common';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { isWithin, pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { Company } from '../company/company';
import { getCompany, lockRegister } from '../company/company.store';
import { baseFromAccount, type BaseFrom } from './base-account.service';
import { checkRegisterApart, type RegisterFiles } from './check-register.pool';
import { checkLists, type CheckedRegister, type RegisterLists } from './checked-register';
import { RegisterMissing, RegisterRefused } from './errors';
import { RegisterProblems, type RegisterProblem } from './register-rows';
import { insertOwners, insertParcels, issueShares, listOwners, missingOwners, type Recording } from './register.store';
import { endOwnerLink, insertOwnerLink } from './succession.store';

/** What is taken in. */
export interface RegisterImport {
  /** Code or id of the company. */
  readonly company: string;
  readonly files: RegisterFiles;
  /** Day since which all of it holds. */
  readonly since: string;
  /** SHA-256 of the paper that states base GEP and holders; the files themselves when absent. */
  readonly documentDigest?: string;
  /** The account of the base year, for parcels that give type and area in place of base GEP. */
  readonly baseFrom?: BaseFrom;
}

/** Counts of what was taken in. */
export interface RegisterAnswer {
  readonly owners: number;
  readonly parcels: number;
  readonly digest: string;
  readonly replayed: boolean;
}

@Injectable()
export class RegisterService {
  constructor(private readonly database: Database) {}

  /**
   * All of the files or nothing; every mistake is told at once.
   * @throws CompanyMissing, RegisterRefused, RefusedInThread with the code of RegisterFileUnreadable
   */
  async import(actor: Actor, wish: RegisterImport, key: string): Promise<RegisterAnswer> {
    return this.record(actor, wish, await checkRegisterApart(wish.files), key);
  }

  /** The same for lists. @throws CompanyMissing, RegisterRefused */
  async register(
    actor: Actor,
    { lists, ...wish }: Omit<RegisterImport, 'files'> & { readonly lists: RegisterLists },
    key: string,
  ): Promise<RegisterAnswer> {
    return this.record(actor, wish, checkLists(lists), key);
  }

  private async record(
    actor: Actor,
    wish: Pick<RegisterImport, 'company' | 'since' | 'documentDigest' | 'baseFrom'>,
    checked: CheckedRegister,
    key: string,
  ): Promise<RegisterAnswer> {
    if (checked.problemCount > 0) throw new RegisterRefused(checked.problems, checked.problemCount);
    const { company: name, since, documentDigest = checked.digest, baseFrom } = wish;
    const body = { company: name, since, documentDigest, digest: checked.digest, ...(baseFrom && { baseFrom }) };
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: 'procurement.register.import', body };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const company = await getCompany(tx, name);
        await lockRegister(tx, `owners ${company.id}`);
        const paths = await placesOf(tx, company, checked, since);
        const { parcels, accountId } = await baseFromAccount(tx, checked.parcels, paths, baseFrom);
        const recording = { company, since, documentDigest, paths, accountId };
        const counts = await insertAll(tx, recording, { ...checked, parcels });
        await appendAudit(tx, {
          ...{ actor, action: command.action, subject: company.code, territoryPath: company.territoryPath },
          after: { ...counts, since, documentDigest, digest: checked.digest, accountId },
        });
        return { ...counts, digest: checked.digest };
      });
      return { ...response, replayed };
    });
  }

  /** A person reads the lines of an owner from now on, or no longer. @throws CompanyMissing, RegisterMissing */
  link(
    actor: Actor,
    wish: { readonly company: string; readonly owner: string; readonly userId: string; readonly linked: boolean },
    key: string,
  ): Promise<{ readonly owner: string; readonly linked: boolean; readonly replayed: boolean }> {
    return this.database.transaction(actor, async (tx) => {
      const command = {
        actor,
        key,
        action: wish.linked ? 'procurement.owner.link' : 'procurement.owner.unlink',
        body: wish,
      };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const company = await getCompany(tx, wish.company);
        const { owner, userId, linked } = wish;
        const [found] = await listOwners(tx, { companyId: company.id, codes: [owner], limit: 1 });
        if (!found) throw new RegisterMissing('owner', owner);
        const link = { companyId: company.id, owner, userId };
        if (linked) await insertOwnerLink(tx, { ...link, territoryPath: found.territoryPath });
        else await endOwnerLink(tx, { ...link, endedBy: actor.id });
        await appendAudit(tx, {
          ...{ actor, action: command.action, subject: `${company.code} ${owner}`, territoryPath: found.territoryPath },
          after: { userId },
        });
        return { owner, linked };
      });
      return { ...response, replayed };
    });
  }
}

/** Paths of all territories that are named; each lies in that of the company. @throws RegisterRefused */
async function placesOf(
  tx: EntityManager,
  company: Company,
  { territories }: CheckedRegister,
  since: string,
): Promise<Map<string, string>> {
  const paths = await pathsOf(tx, [...new Set(territories.map(([code]) => code))], since);
  const problems = new RegisterProblems();
  for (const [code, file, row] of territories) {
    const path = paths.get(code);
    if (path !== undefined && isWithin(path, company.territoryPath)) continue;
    const text =
      path === undefined
        ? { zh: `${since} 没有此地域`, en: `there was no such territory on ${since}` }
        : { zh: '不在该公司的地域之内', en: 'does not lie in the territory of the company' };
    problems.add({ file, row, column: 'territory', value: code, text });
  }
  if (problems.count > 0) throw new RegisterRefused(problems.told, problems.count);
  return paths;
}

async function insertAll(
  tx: EntityManager,
  recording: Recording,
  { owners, parcels, unknownOwners }: CheckedRegister,
): Promise<{ owners: number; parcels: number }> {
  const problems = new RegisterProblems();
  const taken = (file: RegisterProblem['file'], codes: readonly string[]): void => {
    for (const value of codes)
      problems.add({ file, row: 0, column: 'code', value, text: { zh: '已经登记', en: 'is registered already' } });
  };
  const { company, since } = recording;
  const rowOf = new Map(unknownOwners);
  const unknown = await missingOwners(tx, company.id, [...rowOf.keys()], since);
  for (const value of unknown)
    problems.add({
      ...{ file: 'parcels', row: rowOf.get(value)!, column: 'owner', value },
      text: { zh: '未登记，也不在权利人文件中', en: 'is neither registered nor in the file of owners' },
    });
  for (const batch of owners) taken('owners', await insertOwners(tx, recording, batch));
  if (problems.count === 0) for (const batch of parcels) taken('parcels', await insertParcels(tx, recording, batch));
  if (problems.count > 0) throw new RegisterRefused(problems.told, problems.count);
  for (const batch of owners) await issueShares(tx, recording, batch);
  const rows = (batches: readonly { readonly rows: number }[]): number =>
    batches.reduce((sum, each) => sum + each.rows, 0);
  return { owners: rows(owners), parcels: rows(parcels) };
}
