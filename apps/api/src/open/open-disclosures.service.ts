/** Reads published yearly disclosures for everybody: row security shows this reader nothing else. */
import { Injectable } from '@nestjs/common';
import {
  type DisclosureDocument,
  type DisclosurePackage,
  type DisclosureReceipt,
  findPublishedDisclosure,
  listYearlyDisclosures,
  type YearlyDisclosure,
  type YearlyDisclosureFilter,
  YearlyDisclosureMissing,
} from '@gep/evaluation';
import { type Actor, rootPath } from '@gep/platform';
import { Snapshots } from '../answer/snapshots.service';

const anybody: Actor = { id: 'system:open-data', name: 'open data', scope: [], publishedScope: [rootPath] };

/** Where a published disclosure is looked for; without an edition, the latest. */
export interface OpenPlace {
  readonly territory: string;
  readonly year: number;
  readonly edition?: number;
}

@Injectable()
export class OpenDisclosures {
  constructor(private readonly snapshots: Snapshots) {}

  /** @throws YearlyDisclosureMissing */
  get({ territory, year, edition }: OpenPlace): Promise<DisclosurePackage> {
    return this.snapshots.read(anybody, async (tx) => {
      const found = await findPublishedDisclosure(tx, territory, year, edition);
      if (!found) throw new YearlyDisclosureMissing([territory, year, edition].filter(Boolean).join(' '));
      return packageOf(found);
    });
  }

  list(
    filter: Omit<YearlyDisclosureFilter, 'published' | 'id'>,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<YearlyDisclosure[]> {
    return this.snapshots.read(anybody, (tx) => listYearlyDisclosures(tx, { ...filter, published: true }, page));
  }
}

const packageOf = ({
  document,
  receipt,
}: {
  readonly document: string;
  readonly receipt: string;
}): DisclosurePackage => ({
  document: JSON.parse(document) as DisclosureDocument,
  receipt: JSON.parse(receipt) as DisclosureReceipt,
});
