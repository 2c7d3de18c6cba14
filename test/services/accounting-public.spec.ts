/** Readers of what was published, in the database itself: every table shows them the published account and what explains it. */
import { AccountingService, ChangeService, findAccount, listAccounts } from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { type AccountingTest, forest } from './accounting-setup';
import { county, holder, paths, reviewsOfEachTest } from './review-setup';

const { place, goUp, compute } = reviewsOfEachTest();
let it$: AccountingTest;
beforeEach(() => {
  it$ = place().accounting;
});

const reader = (path: string): Actor => ({ id: 'reader', name: 'Reader', scope: [], publishedScope: [path] });
const here = { territory: county, period: '2024' };
const maize = (quantity: number) => ({ statistics: [{ ...here, item: 'maize', quantity, price: 1000 }] });
const codeOf = (doing: Promise<unknown>) =>
  doing.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
/** Rows that the actor may see, by table; tables that show none are left out. */
const seen = (actor: Actor) =>
  it$.test.db.snapshot(actor, async (tx) => {
    const tables: { name: string }[] = await tx.query(
      `select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relkind = 'r' and a.attname = 'territory_path' and has_table_privilege(c.oid, 'select') order by 1`,
    );
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const [{ count }] = await tx.query<{ count: number }[]>(`select count(*)::int as count from ${name}`);
      if (count > 0) counts[name] = count;
    }
    return counts;
  });

it('shows nothing before publication, then that vintage down to the sheets that it was joined from', async () => {
  const [own, elsewhere] = [reader(paths[county]), reader(paths['520602'])];
  await it$.observe([forest(county, 2)], maize(9).statistics);
  await it$.deliver('crops', maize(3));
  await it$.recompute('2024');
  expect(await seen(own)).toEqual({});
  await goUp();
  const account = (await it$.account(county))!;
  const tables = {
    ...{ 'accounting.account': 1, 'accounting.account_line': 2, 'accounting.disclosure': 1 },
    // The joined observation, and the whole upload whose rows it takes.
    ...{ 'accounting.disclosed_input': 2, 'observation.chunk': 2 },
  };
  expect(await seen(own)).toEqual(tables);
  expect(await seen(elsewhere)).toEqual({});
  expect(await seen({ ...own, scope: [paths['520521']] })).toEqual(tables);

  const explain = (actor: Actor) => it$.accounting.explain(actor, { accountId: account.id });
  expect(await explain(own)).toEqual(await explain(it$.actor));
  expect(await codeOf(explain(elsewhere))).toBe('accounting.account-missing');
});

it('shows a published whole without the parts that were not published, and refuses what needs them', async () => {
  await it$.observe([forest('520521', 1)]);
  await compute(3);
  await goUp('520521');
  await goUp(county, 4);
  await goUp('520500');
  const public$ = reader(paths['520500']);
  const listed = await it$.test.db.snapshot(public$, (tx) => listAccounts(tx, {}));
  expect(listed.map(({ territory }) => territory)).toEqual(['520500', '520521']);
  const query = { territory: county, period: '2024', norm: { id: 'sample' } };
  expect(await it$.test.db.snapshot(public$, (tx) => findAccount(tx, query))).toBeUndefined();
  const whole = new AccountingService(it$.test.db, new RulebookService(it$.test.db));
  const told = await whole.explain(public$, { accountId: listed[0].id });
  const children = (of: object) => JSON.stringify(of).match(/"kind":"child"/g)?.length;
  expect([told.value, children(told)]).toEqual(['40000.00', 1]);
  const changes = new ChangeService(it$.test.db, new RulebookService(it$.test.db));
  const change = () =>
    codeOf(changes.decompose(public$, { territory: '520500', from: '2024', to: '2024', norm: 'sample' }));
  expect(await change()).toBe('accounting.account-missing');
  expect(await codeOf(whole.explain(public$, { accountId: (await it$.account(county))!.id }))).toBe(
    'accounting.account-missing',
  );
  await place().act('publish', holder('publisher'));
  expect(children(await whole.explain(public$, { accountId: listed[0].id }))).toBe(2);
  expect(await change()).toBe('done');
});
