/** Gathers what may be told of a territory and year: published accounts, goals in force and their progress, final scores. */
import { Injectable } from '@nestjs/common';
import { categoryNames, type Disclosure, findAccountById, listDisclosures, renderDisclosure } from '@gep/accounting';
import { type Bilingual, type EvidenceGrade, weakerGrade } from '@gep/kernel';
import { inPublishedView } from '@gep/platform';
import { frozenFigures, listPublications, wholeSubject } from '@gep/procedure';
import { getPolicyEdition, RulebookService } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { listStandings } from '../scorecard/score-run.store';
import { planSteps, progressSteps } from '../target/plan-steps';
import { figureOf } from '../target/progress/progress-document';
import { accountFigures, type AccountToDisclose } from './account-figures';
import type { DisclosedFigure } from './disclosed-figure';
import { disclosedGoals, goalFigures, type PublishedPlan, type PublishedProgress } from './goal-figures';
import { scoreFigures } from './score-figures';

@Injectable()
export class DisclosableFigures {
  constructor(private readonly rulebook: RulebookService) {}

  /** In the order of their ids; the same as long as nothing was published anew. */
  async gather(tx: EntityManager, territory: string, year: number): Promise<DisclosedFigure[]> {
    const figures = [
      ...(await this.ofAccounts(tx, territory, year)),
      ...(await inPublishedView(tx, () => ofGoals(tx, territory, year))),
      ...(await ofScores(tx, territory, year)),
    ];
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

/**
 * Goals and what was reached, as they were published for everybody, so that whoever discloses needs no role where the plan lies.
 * What somebody objects to meanwhile is left out.
 */
async function ofGoals(tx: EntityManager, territory: string, year: number): Promise<DisclosedFigure[]> {
  const documents = async <T>(kind: string, holding: object) =>
    (await listPublications(tx, { kind, holding })).map(({ subject, territoryPath, document }) => ({
      ...{ subject, territoryPath, document: JSON.parse(document) as T },
    }));
  const records = [];
  for (const one of await documents<PublishedProgress>(progressSteps.kind, { year, rows: [{ places: [territory] }] })) {
    const disputed = await frozenFigures(tx, one.subject);
    const rows = one.document.rows.map((row) => ({
      ...{ ...row, disputed: row.disputed || disputed.has(wholeSubject) || disputed.has(figureOf(row)) },
    }));
    records.push({ ...one, document: { ...one.document, rows } });
  }
  const codes = [...new Set(records.map(({ document }) => document.plan))];
  const plans = await documents<PublishedPlan>(planSteps.kind, { targets: [{ unit: territory }] });
  // A place that others were merged into is named by no plan.
  for (const code of codes) plans.push(...(await documents<PublishedPlan>(planSteps.kind, { code })));
  const figures: DisclosedFigure[] = [];
  for (const goal of disclosedGoals({ territory, year, plans, records }))
    figures.push(...goalFigures(goal, await weakestOf(tx, goal.reached?.row.parts ?? [])));
  return figures;
}

/** Scores that are final and in whose place no other was made. */
async function ofScores(tx: EntityManager, unit: string, year: number): Promise<DisclosedFigure[]> {
  const figures: DisclosedFigure[] = [];
  for (const score of await listStandings(tx, { unit, period: String(year), standing: 'final' })) {
    const { title, scorecard } = await getPolicyEdition(tx, score.gist.ruleEdition);
    const names = new Map(scorecard?.grades.map(({ code, name }) => [code, name]));
    const gradeName = (code: string): Bilingual => names.get(code) ?? { zh: code, en: code };
    figures.push(...scoreFigures(score, { title, gradeName }));
  }
  return figures;
}

/** Figures from outside are as they were reported. */
async function weakestOf(
  tx: EntityManager,
  parts: readonly { readonly accountId: string | null }[],
): Promise<EvidenceGrade> {
  let weakest: EvidenceGrade = 'published';
  for (const { accountId } of parts) {
    const account = accountId === null ? undefined : await findAccountById(tx, accountId);
    weakest = weakerGrade(weakest, account?.grade ?? 'reported');
  }
  return weakest;
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
