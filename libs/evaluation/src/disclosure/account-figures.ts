/** The public figures of a published account: its total, its categories and its services, each with its vintage. */
import { type Bilingual, type Fen, formatYuan } from '@gep/kernel';
import type { DisclosedFigure } from './disclosed-figure';

/** A published account, as far as the public is told of it here. */
export interface AccountToDisclose {
  readonly norm: { readonly id: string; readonly edition: string; readonly title: Bilingual };
  readonly vintage: string;
  readonly digest: string;
  readonly grade: string;
  readonly totalFen: Fen;
  readonly byCategory: ReadonlyMap<string, Fen>;
  readonly byService: ReadonlyMap<string, Fen>;
}

/** What categories and services are called in the norm of the account. */
export type NameOf = (code: string) => Bilingual;

/** Id of the total that services and categories of the same account add up to. */
export const totalOf = (normId: string): string => `account.${normId}.total`;

/** In the order of ids; amounts in yuan with both decimals, so that nothing is rounded. */
export function accountFigures(account: AccountToDisclose, nameOf: NameOf): DisclosedFigure[] {
  const { norm, vintage, digest, grade } = account;
  const figure = (id: string, name: Bilingual, fen: Fen): DisclosedFigure => ({
    ...{ id, kind: 'account', name, value: formatYuan(fen), unit: 'yuan' },
    ...{ vintage, norm: `${norm.id} ${norm.edition}`, digest, rule: null, grade },
  });
  const part = (kind: 'category' | 'service', amounts: ReadonlyMap<string, Fen>) =>
    [...amounts].map(([code, fen]) => figure(`account.${norm.id}.${kind}.${code}`, nameOf(code), fen));
  const whole = { zh: `生态产品总值（${norm.title.zh}）`, en: `GEP (${norm.title.en})` };
  return [
    ...part('category', account.byCategory),
    ...part('service', account.byService),
    figure(totalOf(norm.id), whole, account.totalFen),
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
}
