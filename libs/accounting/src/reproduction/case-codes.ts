/** The codes that printed tables may go by, and their names. */
import type { Bilingual } from '@gep/kernel';
import type { CaseAxis, NormEdition, PrintedCase } from '@gep/rulebook';
import type { Account } from '../account/account';

export function codesOf(norm: NormEdition, accounts: readonly Account[]): Record<CaseAxis, ReadonlySet<string>> {
  const codes = (known: readonly { readonly code: string }[]): ReadonlySet<string> =>
    new Set(known.map(({ code }) => code));
  return {
    service: codes(norm.services),
    group: codes(norm.groups),
    category: new Set(['provisioning', 'regulating', 'cultural']),
    type: codes(norm.types),
    item: codes(norm.products),
    territory: new Set(accounts.map(({ territory }) => territory)),
    period: new Set(accounts.map(({ period }) => period)),
  };
}

export function namesIn(norm: NormEdition, { territories = {}, tables }: PrintedCase): Record<string, Bilingual> {
  const named = [...norm.types, ...norm.products, ...norm.groups, ...norm.services];
  const sets = tables.flatMap(({ sets = {} }) => Object.entries(sets).map(([code, { name }]) => [code, name] as const));
  return {
    ...Object.fromEntries(named.map(({ code, name }) => [code, name])),
    ...territories,
    ...Object.fromEntries(sets),
  };
}
