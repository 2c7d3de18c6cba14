/** What the tests of reviews start from: people with one role each, the way up, and what was kept of it. */
import { randomUUID } from 'node:crypto';
import {
  FindingsOfAccount,
  type OpenFinding,
  type ReviewAct,
  type Reviewer,
  ReviewService,
  type ReviewStep,
  type ReviewView,
} from '@gep/accounting';
import { DomainError } from '@gep/kernel';
import { forest, startAccounting, type AccountingTest } from './accounting-setup';

/** Findings as a test sets them. */
class Findings extends FindingsOfAccount {
  open: readonly OpenFinding[] = [];
  override openFindings() {
    return Promise.resolve(this.open);
  }
}

export const county = '520523';
export const paths: Readonly<Record<string, string>> = {
  '520521': 'CN.520000.520500.520521',
  '520523': 'CN.520000.520500.520523',
  '520500': 'CN.520000.520500',
  '520602': 'CN.520000.520600.520602',
};
const permissions = {
  reporter: 'account.compute',
  checker: 'account.check',
  expert: 'account.review',
  approver: 'account.approve',
  publisher: 'account.publish',
} as const;
export type Capacity = keyof typeof permissions;

/** Somebody with one role for a territory and all below it. */
export const holder = (role: Capacity, territory = county, path = paths[territory]): Reviewer => ({
  id: `${role}-${territory}`,
  name: `${role} of ${territory}`,
  scope: [path],
  permissions: new Map([[permissions[role], [path]]]),
});
export const keyOf = (territory: string) => ({ territory, period: '2024', normId: 'sample' });
/** The way up, and by whose hand. */
export const way: readonly (readonly [ReviewAct, Capacity])[] = [
  ['submit', 'reporter'],
  ['check', 'checker'],
  ['review', 'expert'],
  ['approve', 'approver'],
  ['publish', 'publisher'],
];

/** The code of the refusal, or the state that the act leads to. */
export async function outcome(doing: Promise<{ step: { state: string } }>): Promise<string> {
  return doing.then(
    ({ step }) => step.state,
    (error: unknown) => (error instanceof DomainError ? error.code.replace('accounting.', '') : String(error)),
  );
}

export async function startReviews() {
  const accounting: AccountingTest = await startAccounting();
  await accounting.publish();
  const findings = new Findings();
  const reviews = new ReviewService(accounting.test.db, findings);
  type Work<T> = Parameters<typeof accounting.test.db.snapshot<T>>[1];
  const inDatabase = <T>(work: Work<T>) => accounting.test.db.snapshot(accounting.actor, work);
  const act = (
    wish: ReviewAct,
    who: Reviewer,
    territory = county,
    reason = 'the rain of May is missing',
  ): Promise<{ replayed: boolean; step: ReviewStep }> =>
    reviews.act(who, keyOf(territory), { act: wish, reason }, randomUUID());
  return {
    ...{ accounting, findings, reviews, inDatabase, act },
    async goUp(territory = county, steps = way.length): Promise<void> {
      for (const [wish, role] of way.slice(0, steps)) await act(wish, holder(role, territory), territory);
    },
    show(who: Reviewer = holder('reporter'), territory = county): Promise<ReviewView> {
      return reviews.show(who, keyOf(territory));
    },
    async compute(hectares: number, territory = county) {
      await accounting.observe([forest(territory, hectares)]);
      return accounting.recompute('2024');
    },
    events(event: string) {
      return inDatabase<{ key: string; payload: Record<string, unknown> }[]>((tx) =>
        tx.query('SELECT key, payload FROM platform.outbox WHERE event = $1 ORDER BY id', [event]),
      );
    },
  };
}
export type ReviewsTest = Awaited<ReturnType<typeof startReviews>>;

/** A new place for each test of a file, as each of them uses it. */
export function reviewsOfEachTest() {
  let test: ReviewsTest;
  beforeEach(async () => {
    test = await startReviews();
  });
  afterEach(() => test.accounting.close());
  const act: ReviewsTest['act'] = (...wish) => test.act(...wish);
  const goUp: ReviewsTest['goUp'] = (...how) => test.goUp(...how);
  const show: ReviewsTest['show'] = (...how) => test.show(...how);
  const compute: ReviewsTest['compute'] = (...how) => test.compute(...how);
  const events: ReviewsTest['events'] = (event) => test.events(event);
  const inDatabase: ReviewsTest['inDatabase'] = (work) => test.inDatabase(work);
  return {
    ...{ act, goUp, show, compute, events, inDatabase },
    /** Everything of the place that stands now. */
    place: (): ReviewsTest => test,
  };
}
