/** Why there is no account: another territory has it by a merge, split or change of code, or nothing was computed. */
import { type DomainError, periodEnd } from '@gep/kernel';
import { listSuccessions } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { type AccountQuery, findAccount } from '../account/account.store';
import { AccountMissing } from '../errors';
import { AccountNotPassedOn, AccountOfFollower, AccountOfPredecessors } from './errors';

/** What is told of an account that is not there. */
export async function absenceOf(tx: EntityManager, query: AccountQuery): Promise<DomainError> {
  const { territory, period, norm, asOf, published } = query;
  const day = periodEnd(period);
  const rows = await listSuccessions(tx, [territory]);
  const codes = (pick: 'predecessor' | 'successor', effective: string): string[] => [
    ...new Set(rows.filter((row) => row.effective === effective).map((row) => row[pick])),
  ];
  const ends = rows.filter((row) => row.predecessor === territory && row.effective <= day).at(-1)?.effective ?? '';
  const begins = rows.filter((row) => row.successor === territory && row.effective <= day).at(-1)?.effective ?? '';
  if (ends > begins) return new AccountOfFollower(territory, period, ends, codes('successor', ends));
  const later = rows.find((row) => row.successor === territory && row.effective > day);
  if (later && begins === '' && later.predecessor !== territory)
    return new AccountOfPredecessors(territory, period, later.effective, codes('predecessor', later.effective));
  const from = begins === '' ? [] : codes('predecessor', begins).filter((code) => code !== territory);
  const there = [];
  for (const code of from) if (await findAccount(tx, { ...query, territory: code })) there.push(code);
  if (there.length > 0) return new AccountNotPassedOn(territory, period, begins, there);
  return new AccountMissing({ territory, period, norm: norm.id, asOf: asOf?.toISOString(), published });
}
