/** A Two-Mountains company: its particulars by day, and what it has the right to sell. */
import type { Bilingual } from '@gep/kernel';
import { CompanyRefused } from './errors';

export const legalForms = ['company', 'cooperative', 'collective', 'state-owned'] as const;
export type LegalForm = (typeof legalForms)[number];

export const companyStatuses = ['active', 'suspended', 'dissolved'] as const;
export type CompanyStatus = (typeof companyStatuses)[number];

/** What the right to sell rests on: own property, entrusted by the owners, contracted operation, lease, shares of owners. */
export const rightBases = ['ownership', 'entrustment', 'operation', 'lease', 'shares'] as const;
export type RightBasis = (typeof rightBases)[number];

/** Particulars of a company from a day on. */
export interface CompanyVersion {
  /** `YYYY-MM-DD`. */
  readonly validFrom: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly legalForm: LegalForm;
  /** Unified social credit code; null while there is none. */
  readonly creditCode: string | null;
  /** To whom and where money is paid. */
  readonly payeeName: string;
  readonly bank: string;
  readonly accountNo: string;
  readonly status: CompanyStatus;
  readonly reason: string;
  readonly documentDigest: string | null;
}

export interface RecordedVersion extends CompanyVersion {
  readonly no: number;
  readonly recordedBy: string;
  readonly recordedByName: string;
  readonly recordedAt: Date;
}

export interface Company {
  readonly id: string;
  readonly code: string;
  /** ltree text. */
  readonly territoryPath: string;
  /** In the order in which they were recorded. */
  readonly versions: readonly RecordedVersion[];
}

/** Name of a company as a party of the book. */
export const partyOfCompany = (code: string): string => `company:${code}`;

/** What holds on a day: of the versions that have begun the one that begins last, and of those the one recorded last. */
export function versionOn<V extends CompanyVersion & { readonly no: number }>(
  versions: readonly V[],
  day: string,
): V | undefined {
  return versions
    .filter(({ validFrom }) => validFrom <= day)
    .sort((a, b) => (a.validFrom === b.validFrom ? a.no - b.no : a.validFrom < b.validFrom ? -1 : 1))
    .at(-1);
}

/** A right that a company has over a place. */
export interface SaleRight {
  readonly id: string;
  readonly companyId: string;
  /** Code of the territory, and a parcel of it; the whole of it without one. */
  readonly territory: string;
  /** ltree text. */
  readonly placePath: string;
  readonly parcel: string | null;
  readonly basis: RightBasis;
  readonly validFrom: string;
  /** First day on which it does not hold; null where no end is known. */
  readonly validTo: string | null;
  readonly reason: string;
  readonly documentDigest: string | null;
}

export const holdsOn = ({ validFrom, validTo }: SaleRight, day: string): boolean =>
  validFrom <= day && (validTo === null || day < validTo);

const within = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`);

/** Whether the right covers the place: its territory or one above, and the same parcel where it names one. */
export function covers(right: SaleRight, place: { readonly path: string; readonly parcel: string | null }): boolean {
  if (right.parcel === null) return within(place.path, right.placePath);
  return right.placePath === place.path && right.parcel === place.parcel;
}

/** Whether two rights are about some of the same land: one lies in the other, and they do not name two parcels. */
export function meet(
  a: Pick<SaleRight, 'placePath' | 'parcel' | 'validFrom' | 'validTo'>,
  b: Pick<SaleRight, 'placePath' | 'parcel' | 'validFrom' | 'validTo'>,
): boolean {
  const inTime = (a.validTo === null || b.validFrom < a.validTo) && (b.validTo === null || a.validFrom < b.validTo);
  if (!inTime) return false;
  if (a.placePath === b.placePath) return a.parcel === null || b.parcel === null || a.parcel === b.parcel;
  // A parcel has no territories below it.
  if (within(a.placePath, b.placePath)) return b.parcel === null;
  return within(b.placePath, a.placePath) && a.parcel === null;
}

/** @throws CompanyRefused with everything that is wrong */
export function checkCompany(code: string, version: CompanyVersion): void {
  const problems: Bilingual[] = [];
  const demand = (holds: boolean, zh: string, en: string): void => {
    if (!holds) problems.push({ zh, en });
  };
  demand(
    /^[a-z0-9][a-z0-9-]{0,39}$/.test(code),
    '代码应为 1 到 40 个小写字母、数字或“-”，以字母或数字开头',
    'the code is 1 to 40 lower-case letters, digits or "-", a letter or digit first',
  );
  demand(isDay(version.validFrom), '生效日应为日期 YYYY-MM-DD', 'the day from which it holds is a date YYYY-MM-DD');
  demand(
    version.creditCode === null || /^[0-9A-Z]{18}$/.test(version.creditCode),
    '统一社会信用代码应为 18 位数字或大写字母',
    'the credit code has 18 digits or capital letters',
  );
  demand(
    /^[0-9A-Za-z-]{4,40}$/.test(version.accountNo),
    '收款账号应为 4 到 40 位数字、字母或“-”',
    'the account number has 4 to 40 digits, letters or "-"',
  );
  for (const [name, zh] of [
    ['nameZh', '中文名称'],
    ['nameEn', '英文名称'],
    ['payeeName', '收款户名'],
    ['bank', '开户行'],
    ['reason', '依据或理由'],
  ] as const)
    demand(version[name].trim() !== '', `${zh}不能为空`, `${name} is not empty`);
  if (problems.length > 0) throw new CompanyRefused(code, problems);
}

/** A day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const read = new Date(`${text}T12:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
}
