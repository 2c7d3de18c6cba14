/** The text of a disclosure: the same bytes for the same vintage for ever, whatever the program learns to say later. */
import { assert, canonicalJson, digestOf } from '@gep/kernel';
import type { Account } from '../account/account';
import { exactArea } from '../report-table/shown-figures';

/** What was noted when an account was published. */
export interface DisclosureHead {
  readonly territory: string;
  readonly nameZh: string;
  readonly nameEn: string | null;
  readonly period: string;
  readonly round: number;
  readonly since: Date;
  readonly publisherName: string;
  readonly reason: string | null;
}

/** The newest way of writing; older ones stay below, because what was published by them is still asked for. */
export const currentFormat = 2;

/**
 * Writes the document as canonical JSON. Every member is named here one by one: a field that accounts gain later must
 * not appear in what was published before. Format 1 has areas as the account keeps them, with the noise of doubles; 2 has the
 * decimals that their patches add up to.
 * @param format as noted in the disclosure
 */
export function disclosureDocument(
  format: number,
  head: DisclosureHead,
  account: Account & { readonly vintage: number },
): string {
  assert(format === 1 || format === 2, `no way of writing disclosures has the number ${format}`);
  const { territory, nameZh, nameEn, period, round, since, publisherName, reason } = head;
  const { norm, vintage, digest, observationDigest, origin, grade, totals, areaByType, areaUnit, coverage } = account;
  return canonicalJson({
    format,
    territory: { code: territory, nameZh, nameEn },
    period,
    publication: { round, since: since.toISOString(), by: publisherName, reason },
    norm: { id: norm.id, edition: norm.edition },
    account: { vintage, digest, observationDigest, origin, grade },
    coverage: { present: coverage.present, expected: coverage.expected, complete: coverage.complete },
    areaUnit,
    areaByType: format === 1 ? areaByType : exactAreas(areaByType),
    totals: {
      totalFen: totals.totalFen,
      byCategory: totals.byCategory,
      byGroup: totals.byGroup,
      byService: totals.byService,
      byType: totals.byType,
    },
    lines: account.lines.map((line) => ({
      service: line.service,
      category: line.category,
      group: line.group,
      type: line.type,
      item: line.item,
      quantity: line.quantity,
      unit: line.unit,
      price: line.price,
      priceUnit: line.priceUnit,
      gamma: line.gamma,
      valueFen: line.valueFen,
      grade: line.grade,
      // Accounts published before flows could be declared have none, and their documents no such member.
      ...(line.flow !== undefined && { flow: line.flow }),
    })),
    children: account.children.map((child) => ({ territory: child.territory, digest: child.digest })),
  });
}

const exactAreas = (areas: Account['areaByType']): Record<string, number> =>
  Object.fromEntries(Object.entries(areas).map(([type, area]) => [type, exactArea(area).toNumber()]));

/** SHA-256 of the document's UTF-8 bytes. */
export const documentDigest = (document: string): string => digestOf(document);
