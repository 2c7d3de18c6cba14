/** Use cases of yearly disclosures: draft from what holds, approve, publish with a receipt, withdraw. */
import { Injectable } from '@nestjs/common';
import { assert, canonicalJson, digestOf, parseTerritoryCode } from '@gep/kernel';
import { answerOnce, appendAudit, Database, findSealedRow } from '@gep/platform';
import { type Officer, openSubject, takeStep, todayOf } from '@gep/procedure';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { type DisclosureDocument, documentText, leavesOf } from './disclosed-document';
import type { DisclosedFigure } from './disclosed-figure';
import { type DisclosureReceipt, publishedAction, rowContent, signedText } from './disclosure-receipt';
import { DisclosureKey } from './disclosure-signature';
import { type DisclosureAct, disclosureSteps } from './disclosure-steps';
import { DisclosureOvertaken, NothingCorrected, NothingToDisclose, YearlyDisclosureMissing } from './errors';
import { figureCorrections } from './figure-corrections';
import { treeRoot } from './figure-tree';
import { DisclosableFigures } from './gather-figures.service';
import { plainLine } from './plain-line';
import {
  findPublishedDisclosure,
  insertSeal,
  insertYearlyDisclosure,
  listYearlyDisclosures,
  lockEditions,
  type YearlyDisclosure,
} from './yearly-disclosure.store';

export interface DisclosureWish {
  readonly territory: string;
  readonly year: number;
  /** Why there is another edition; needed from the second on. */
  readonly reason?: string;
}

/** Where a deed left it. */
export interface DisclosureDone {
  readonly id: string;
  readonly territory: string;
  readonly year: number;
  readonly edition: number;
  readonly state: string;
  readonly replayed: boolean;
}

@Injectable()
export class YearlyDisclosureService {
  constructor(
    private readonly database: Database,
    private readonly figures: DisclosableFigures,
    private readonly key: DisclosureKey,
  ) {}

  /**
   * Freezes what may be told of the year.
   * @throws TerritoryMissing, NothingToDisclose, NothingCorrected
   */
  draft(actor: Officer, wish: DisclosureWish, key: string): Promise<DisclosureDone> {
    return this.once(actor, { key, action: 'evaluation.disclosure.draft', body: wish }, async (tx) => {
      const { territory, year, reason } = wish;
      const place = await getTerritory(tx, parseTerritoryCode(territory), `${year}-12-31`);
      await lockEditions(tx, territory, year);
      const document = await this.compose(tx, place, year, reason?.trim() || null);
      const text = documentText(document);
      const { edition } = document;
      const draft = { territoryPath: place.path, territory, year, edition, document: text };
      const sums = { digest: digestOf(text), root: treeRoot(leavesOf(document)) };
      const id = await insertYearlyDisclosure(tx, { ...draft, ...sums });
      await openSubject(tx, actor, disclosureSteps, { id, territoryPath: place.path, documentDigest: sums.digest });
      await appendAudit(tx, {
        ...{ actor, action: 'evaluation.disclosure.draft', subject: id, territoryPath: place.path },
        after: { territory, year, edition, ...sums },
      });
      return { id, territory, year, edition, state: disclosureSteps.first };
    });
  }

  /**
   * Approves, publishes or withdraws.
   * @throws YearlyDisclosureMissing, StepRefused, DisclosureOvertaken
   */
  act(
    actor: Officer,
    wish: { readonly id: string; readonly act: DisclosureAct; readonly reason?: string },
    key: string,
  ): Promise<DisclosureDone> {
    const action = wish.act === 'publish' ? publishedAction : `evaluation.disclosure.${wish.act}`;
    return this.once(actor, { key, action, body: wish }, async (tx) => {
      const found = await getYearlyDisclosure(tx, wish.id);
      const { id, territory, year, edition, territoryPath, digest, root } = found;
      await lockEditions(tx, territory, year);
      const { to } = await takeStep(tx, actor, disclosureSteps, wish);
      if (wish.act !== 'withdraw') await this.requireCurrent(tx, found);
      await appendAudit(tx, {
        ...{ actor, action, subject: id, territoryPath },
        after: rowContent({ territory, year, edition }, digest, root),
      });
      if (wish.act === 'publish') await this.seal(tx, found);
      return { id, territory, year, edition, state: to };
    });
  }

  private async compose(
    tx: EntityManager,
    { code, nameZh, nameEn }: { readonly code: string; readonly nameZh: string; readonly nameEn: string | null },
    year: number,
    reason: string | null,
  ): Promise<DisclosureDocument> {
    const figures = await this.figures.gather(tx, code, year);
    if (figures.length === 0) throw new NothingToDisclose(code, year);
    const before = await findPublishedDisclosure(tx, code, year);
    const corrections = before ? figureCorrections(figuresOf(before), figures) : [];
    if (before && (reason === null || corrections.length === 0))
      throw new NothingCorrected(code, year, before.edition, reason === null);
    return {
      ...{ format: 1, territory: { code, nameZh, nameEn }, year, edition: (before?.edition ?? 0) + 1 },
      ...{ before: before?.digest ?? null, reason: before ? reason : null },
      ...{ plain: plainLine({ nameZh, nameEn }, year, figures), figures, corrections },
    };
  }

  /** @throws DisclosureOvertaken */
  private async requireCurrent(tx: EntityManager, draft: YearlyDisclosure): Promise<void> {
    const { id, territory, year, edition } = draft;
    const standing = await findPublishedDisclosure(tx, territory, year);
    const differences = figureCorrections(figuresOf(draft), await this.figures.gather(tx, territory, year));
    if (differences.length > 0 || (standing?.edition ?? 0) + 1 !== edition)
      throw new DisclosureOvertaken(id, differences);
  }

  /** The row of the trail is sealed before the transaction ends, so that the receipt can hold it. */
  private async seal(tx: EntityManager, disclosure: YearlyDisclosure): Promise<void> {
    const { id, digest: documentDigest, root } = disclosure;
    const row = await findSealedRow(tx, publishedAction, id);
    assert(row, `the deed of publishing ${id} left no row`);
    const signature = this.key.sign(signedText(documentDigest, root, row));
    const receipt: DisclosureReceipt = { documentDigest, root, row, publicKey: this.key.publicKey, signature };
    await insertSeal(tx, disclosure, { receipt: canonicalJson(receipt), publishedOn: await todayOf(tx) });
  }

  private once(
    actor: Officer,
    command: { readonly key: string; readonly action: string; readonly body: unknown },
    work: (tx: EntityManager) => Promise<Omit<DisclosureDone, 'replayed'>>,
  ): Promise<DisclosureDone> {
    return this.database.transaction(actor, async (tx) => {
      const { response, replayed } = await answerOnce(tx, { actor, ...command }, () => work(tx));
      return { ...response, replayed };
    });
  }
}

const figuresOf = ({ document }: YearlyDisclosure): readonly DisclosedFigure[] =>
  (JSON.parse(document) as DisclosureDocument).figures;

/** @throws YearlyDisclosureMissing */
export async function getYearlyDisclosure(tx: EntityManager, id: string): Promise<YearlyDisclosure> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  const [found] = isId ? await listYearlyDisclosures(tx, { id }, { limit: 1 }) : [];
  if (!found) throw new YearlyDisclosureMissing(id);
  return found;
}
