/** The codes that printed tables may go by, and their names. */
import type { Bilingual } from '@gep/kernel';
import type { CaseAxis, NormEdition, PrintedCase } from '@gep/rulebook';
import type { Account } from '../account/account';

export function codesOf(
  norm: NormEdition,
  accounts: readonly Pick<Account, 'territory' | 'period'>[],
): Record<CaseAxis, ReadonlySet<string>> {
  const codes = (known: readonly { readonly code: string }[]): ReadonlySet<string> =>
    new Set(known.map(({ code }) => code));
  return {
    service: codes(norm.services),
    group: codes(norm.groups),
    category: new Set(['provisioning', 'regulating', 'cultural']),
    type: codes(norm.types),
    item: codes(norm.products),
    formula: codes(norm.formulaTexts),
    territory: new Set(accounts.map(({ territory }) => territory)),
    period: new Set(accounts.map(({ period }) => period)),
  };
}

interface Named {
  readonly code: string;
  readonly name: Bilingual;
}

/** Names by code, and by `axis:code` where a code has several. */
export function namesIn(norm: NormEdition, { territories = {}, tables }: PrintedCase): Record<string, Bilingual> {
  const named = [...norm.formulaTexts, ...norm.types, ...norm.products, ...norm.groups, ...norm.services];
  const names = Object.fromEntries(named.map(({ code, name }) => [code, name]));
  // What shares its code with something of another kind goes by its kind as well.
  const ofKinds = (
    Object.entries({ type: norm.types, item: norm.products, group: norm.groups }) as [CaseAxis, Named[]][]
  )
    .flatMap(([axis, entries]) => entries.map(({ code, name }) => ({ axis, code, name })))
    .filter(({ code, name }) => names[code].zh !== name.zh || names[code].en !== name.en)
    .map(({ axis, code, name }) => [`${axis}:${code}`, name] as const);
  const sets = tables.flatMap(({ sets = {} }) => Object.entries(sets).map(([code, { name }]) => [code, name] as const));
  return {
    ...names,
    ...Object.fromEntries(ofKinds),
    ...territories,
    ...Object.fromEntries(sets),
  };
}
