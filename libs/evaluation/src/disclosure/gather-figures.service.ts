/** Gathers what may be told of a territory and year: published accounts, goals in force and their progress, final scores. */
import { Injectable } from '@nestjs/common';
import { categoryNames, type Disclosure, findAccountById, listDisclosures, renderDisclosure } from '@gep/accounting';
import { type Bilingual, type EvidenceGrade, weakerGrade } from '@gep/kernel';
import { frozenFigures, stateOf, wholeSubject } from '@gep/procedure';
import { getPolicyEdition, RulebookService } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { listStandings } from '../scorecard/score-run.store';
import { findPlan } from '../target/plan/plan.store';
import { progressSteps } from '../target/plan-steps';
import { figureOf } from '../target/progress/progress-document';
import type { ProgressRow } from '../target/progress/progress-row';
import { listRecorded } from '../target/progress/progress.store';
import { accountFigures, type AccountToDisclose } from './account-figures';
import type { DisclosedFigure } from './disclosed-figure';
import { progressFigures } from './progress-figures';
import { scoreFigures } from './score-figures';

@Injectable()
export class DisclosableFigures {
  constructor(private readonly rulebook: RulebookService) {}

  /** In the order of their ids; the same as long as nothing was published anew. */
  async gather(tx: EntityManager, territory: string, year: number): Promise<DisclosedFigure[]> {
    const figures = [
      ...(await this.ofAccounts(tx, territory, year)),
      ...(await ofProgress(tx, territory, year)),
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

/** Records that were confirmed and that nobody objects to, of goals that this territory has alone. */
async function ofProgress(tx: EntityManager, territory: string, year: number): Promise<DisclosedFigure[]> {
  const figures: DisclosedFigure[] = [];
  for (const { id, planId, rows, digest } of await listRecorded(tx, { year, limit: mostRecords })) {
    const own = rows.filter(({ places }) => places.length === 1 && places[0] === territory);
    const subject = { kind: progressSteps.kind, id };
    if (own.length === 0 || (await stateOf(tx, subject))?.state !== 'confirmed') continue;
    const [plan, disputed] = [await findPlan(tx, planId), await frozenFigures(tx, subject)];
    if (!plan || disputed.has(wholeSubject)) continue;
    for (const row of own.filter((one) => !disputed.has(figureOf(one))))
      figures.push(...progressFigures({ terms: plan.terms, digest, row, grade: await weakestOf(tx, row) }));
  }
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
async function weakestOf(tx: EntityManager, { parts }: ProgressRow): Promise<EvidenceGrade> {
  let weakest: EvidenceGrade = 'published';
  for (const { accountId } of parts) {
    const account = accountId === null ? undefined : await findAccountById(tx, accountId);
    weakest = weakerGrade(weakest, account?.grade ?? 'reported');
  }
  return weakest;
}

/** Records of a year: a dozen of plans, each recorded a few times. */
const mostRecords = 500;

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
