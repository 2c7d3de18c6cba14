/** Gathers what may be told of a territory and year: published accounts, goals in force and their progress, final scores. */
import { Injectable } from '@nestjs/common';
import { categoryNames, type Disclosure, listDisclosures, renderDisclosure } from '@gep/accounting';
import { RulebookService } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { accountFigures, type AccountToDisclose } from './account-figures';
import type { DisclosedFigure } from './disclosed-document';

@Injectable()
export class DisclosableFigures {
  constructor(private readonly rulebook: RulebookService) {}

  /** In the order of their ids; the same as long as nothing was published anew. */
  async gather(tx: EntityManager, territory: string, year: number): Promise<DisclosedFigure[]> {
    const figures = await this.ofAccounts(tx, territory, year);
    return figures.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private async ofAccounts(tx: EntityManager, territory: string, year: number): Promise<DisclosedFigure[]> {
    const published = await listDisclosures(tx, { territory, period: String(year) }, { limit: mostPublications });
    const current = [...new Map([...published].reverse().map((each) => [each.normId, each])).values()];
    const figures: DisclosedFigure[] = [];
    for (const disclosure of current) figures.push(...(await this.ofAccount(tx, disclosure)));
    return figures;
  }

  private async ofAccount(tx: EntityManager, disclosure: Disclosure): Promise<DisclosedFigure[]> {
    const norm = await this.rulebook.getNorm(tx, disclosure.normId, disclosure.normEdition);
    const names = new Map(norm.services.map(({ code, name }) => [code, name]));
    const { account, totals } = JSON.parse(await renderDisclosure(tx, disclosure)) as PublishedAccount;
    const amounts = (record: Record<string, string>) =>
      new Map(Object.entries(record).map(([code, fen]) => [code, BigInt(fen)]));
    const { id, edition, title } = norm;
    const told: AccountToDisclose = {
      ...{ norm: { id, edition, title }, vintage: disclosure.accountId, digest: account.digest, grade: account.grade },
      ...{
        totalFen: BigInt(totals.totalFen),
        byCategory: amounts(totals.byCategory),
        byService: amounts(totals.byService),
      },
    };
    return accountFigures(told, (code) => names.get(code) ?? categoryNames[code] ?? { zh: code, en: code });
  }
}

/** Publications of one territory and year: a dozen of norms, each restated a few times. */
const mostPublications = 500;

/** What is read of the document of a published account. */
interface PublishedAccount {
  readonly account: { readonly digest: string; readonly grade: string };
  readonly totals: {
    readonly totalFen: string;
    readonly byCategory: Record<string, string>;
    readonly byService: Record<string, string>;
  };
}
