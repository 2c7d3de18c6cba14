/** The id of an account vintage, which follows from what it was computed from. */
import { digestOf } from '@gep/kernel';
import { Account } from './account';

/**
 * A UUID from the key of the vintage, so that a repeated computation names the same account.
 * Ids are no secret: who may read an account is decided by row security.
 * @param path ltree text of the territory
 */
export function accountId(
  account: Pick<Account, 'territory' | 'period' | 'norm' | 'observationDigest'>,
  path: string,
): string {
  const { territory, period, norm, observationDigest } = account;
  const hex = digestOf(JSON.stringify([territory, period, norm.id, norm.edition, observationDigest, path]));
  const variant = ((parseInt(hex[16], 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
