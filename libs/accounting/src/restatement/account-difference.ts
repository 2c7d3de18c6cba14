/** What a restatement changed: two vintages of one account side by side, in fen. */
import type { Fen } from '@gep/kernel';
import type { Account } from '../account/account';
import { compareAccounts } from '../account/compare-accounts';

/** Decimal text of fen before, after, and after less before. */
export interface FenDifference {
  readonly before: string;
  readonly after: string;
  readonly absolute: string;
}

/** One side of a restatement. */
export interface DisclosedVintage {
  readonly accountId: string;
  readonly vintage: number;
  readonly digest: string;
  readonly normEdition: string;
}

/** Services that did not change are left out; the rest adds up to the change of the total. */
export interface AccountDifference {
  readonly before: DisclosedVintage;
  readonly after: DisclosedVintage;
  readonly totalFen: FenDifference;
  readonly byService: Readonly<Record<string, FenDifference>>;
}

type Vintage = Account & { readonly id: string; readonly vintage: number };

/** @param before as it was published, with its lines @param after as it is published now */
export function differenceOf(before: Vintage, after: Vintage): AccountDifference {
  const { total, byService } = compareAccounts(before, after);
  const changed = Object.entries(byService).filter(([, { absolute }]) => absolute !== 0n);
  return {
    before: sideOf(before),
    after: sideOf(after),
    totalFen: textOf(total),
    byService: Object.fromEntries(changed.map(([service, change]) => [service, textOf(change)])),
  };
}

const textOf = ({ before, after, absolute }: { before: Fen; after: Fen; absolute: Fen }): FenDifference => ({
  before: before.toString(),
  after: after.toString(),
  absolute: absolute.toString(),
});

function sideOf({ id, vintage, digest, norm }: Vintage): DisclosedVintage {
  return { accountId: id, vintage, digest, normEdition: norm.edition };
}
