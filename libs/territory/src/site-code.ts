/** Codes of sites: the county (or city) they lie in, and a short name. */
import { isTerritoryCode, TerritoryCode } from '@gep/kernel';
import { SiteNameUnusable } from './errors';

/**
 * Code of a site, for example `520523-jinsha-mine` from `520523` and `Jinsha Mine`. Latin letters, digits and
 * separators are kept; a name with nothing of the sort has no code and must be given one by hand.
 * @throws SiteNameUnusable
 */
export function siteCode(administrativeCode: TerritoryCode, name: string): TerritoryCode {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const code = `${administrativeCode}-${slug}`;
  if (!/^\d{6}$/.test(administrativeCode) || slug === '' || !isTerritoryCode(code)) {
    throw new SiteNameUnusable(administrativeCode, name);
  }
  return code;
}
