/** The accounts that every fund has from its first day. */
import type { AccountDraft } from '../book/book-account';

interface NamedFund {
  readonly territoryPath: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

const roles = [
  { role: 'granted', nameZh: '拨入', nameEn: 'granted', signRule: 'credit', byParty: false },
  { role: 'spent', nameZh: '支出', nameEn: 'spent', signRule: 'debit', byParty: false },
  { role: 'payable', nameZh: '应付', nameEn: 'payable', signRule: 'credit', byParty: true },
  { role: 'unclaimed', nameZh: '无人领取', nameEn: 'unclaimed', signRule: 'credit', byParty: true },
  { role: 'clawback', nameZh: '应追回', nameEn: 'to be clawed back', signRule: 'debit', byParty: true },
  { role: 'returned', nameZh: '上缴财政的结余', nameEn: 'surplus returned', signRule: 'debit', byParty: false },
  { role: 'advanced', nameZh: '预付', nameEn: 'advanced', signRule: 'debit', byParty: true },
  { role: 'billed', nameZh: '应收', nameEn: 'billed', signRule: 'debit', byParty: true },
  { role: 'levied', nameZh: '征收', nameEn: 'levied', signRule: 'credit', byParty: false },
  { role: 'written-off', nameZh: '核销', nameEn: 'written off', signRule: 'debit', byParty: false },
] as const;

/** What an account of a fund is for; its code is `<fund>.<role>`. */
export type FundRole = (typeof roles)[number]['role'];

export const fundRoles = roles.map(({ role }) => role);

/** One account for every role. */
export function fundAccounts({ territoryPath, code, nameZh, nameEn }: NamedFund): AccountDraft[] {
  return roles.map(({ role, signRule, byParty, ...name }) => ({
    code: `${code}.${role}`,
    nameZh: `${nameZh}·${name.nameZh}`,
    nameEn: `${nameEn}: ${name.nameEn}`,
    ...{ signRule, byParty, byReservation: false, territoryPath },
  }));
}

/** The account that holds the money of a source; it leaves by reservation only. */
export function sourceAccount(
  { territoryPath, code, nameZh, nameEn }: NamedFund,
  source: { readonly code: string; readonly department: string },
): AccountDraft {
  return {
    code: `${code}.source.${source.code}`,
    nameZh: `${nameZh}·${source.department}`,
    nameEn: `${nameEn}: ${source.department}`,
    ...{ signRule: 'debit', byParty: false, byReservation: true, territoryPath },
  };
}
