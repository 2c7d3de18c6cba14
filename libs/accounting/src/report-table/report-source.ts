/** What the tables of a report are made from, and the names and orders that they share. */
import type { Bilingual } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import { unassignedType, type Account, type AccountLine } from '../account/account';
import type { ExtentAccount } from '../extent/extent-account';

export interface ReportSource {
  readonly norm: NormEdition;
  readonly account: Account;
  /** What the territory is called at the end of the period, where that is known. */
  readonly territoryName?: Bilingual;
  /** The territory and those above it, nearest first. */
  readonly places: readonly string[];
  /** The period before, and the period whose prices are used for comparison (the one before when absent). */
  readonly previous?: Account;
  readonly base?: Account;
  readonly extent?: ExtentAccount;
  /** Accounts of the parts of an aggregate, in code order. */
  readonly parts?: readonly Account[];
  readonly observed?: ObservedSource;
  readonly people?: string;
  /** Gross domestic product in yuan. */
  readonly gdpYuan?: string;
  readonly signatures?: readonly Signature[];
}

export interface ObservedSource {
  readonly batches: readonly string[];
  readonly rows: number;
  readonly statistics: readonly {
    readonly item: string;
    readonly type: string | null;
    readonly sheet: string;
    readonly row: number;
  }[];
}

/** A step of the review of this vintage. */
export interface Signature {
  readonly act: Bilingual;
  readonly state: Bilingual;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** Names of codes; a code that the norm does not have stays a code. */
export function nameIn(norm: NormEdition): (code: string) => Bilingual {
  const named = [
    ...norm.services,
    ...norm.excluded.map(({ definition }) => definition),
    ...norm.groups,
    ...norm.types,
    ...norm.products,
  ];
  const names = new Map(named.map(({ code, name }) => [code, name]));
  return (code) =>
    code === unassignedType ? { zh: '全域', en: 'Whole territory' } : (names.get(code) ?? { zh: code, en: code });
}

/** Ecosystem types of the accounts, in the order of the norm, then the others. */
export function typesOf(norm: NormEdition, accounts: readonly Account[]): string[] {
  const used = new Set(accounts.flatMap(({ areaByType }) => Object.keys(areaByType)));
  const known = norm.types.map(({ code }) => code).filter((code) => used.has(code));
  return [...known, ...[...used].filter((code) => !known.includes(code)).sort()];
}

/** Codes of services that an account has lines of, in the order of the norm. */
export function servicesOf(norm: NormEdition, accounts: readonly Account[]): string[] {
  const used = new Set(accounts.flatMap(({ lines }) => lines.map(({ service }) => service)));
  const known = norm.services.map(({ code }) => code).filter((code) => used.has(code));
  return [...known, ...[...used].filter((code) => !known.includes(code)).sort()];
}

export const isOf =
  (service: string, type?: string | null, item?: string | null) =>
  (line: AccountLine): boolean =>
    line.service === service &&
    (type === undefined || line.type === type) &&
    (item === undefined || line.item === item);

/** What a line is of: its service, type and item. */
export const lineCode = ({ service, type, item, unit }: AccountLine): string =>
  JSON.stringify([service, type, item, unit]);
