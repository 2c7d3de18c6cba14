/** Rules in a real database: proposed, confirmed, adopted, superseded and withdrawn; the rule of a period at any known moment. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { OutOfScope } from '@gep/platform';
import {
  AdoptionRefused,
  AdoptionUnconfirmed,
  getPolicyEdition,
  listAdoptions,
  loadPolicy,
  PolicyAmbiguous,
  PolicyEditionNotFound,
  policyInForce,
  PolicyNotInForce,
  PolicyService,
  readPolicyText,
  SamePersonOfPolicy,
  WithdrawalRefused,
  type AdoptionWish,
  type InForceQuestion,
  type PolicyRule,
} from '@gep/rulebook';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

const rulebookDir = path.resolve(__dirname, '../../rulebook');
const fujian = 'CN.350000';
const [proposer, checker, approver] = ['proposer', 'checker', 'approver'].map((id) => testActor([fujian], id));
let test: TestDatabase;
let policies: PolicyService;
let rules: Record<string, PolicyRule>;

beforeAll(async () => {
  const ids = ['fujian-2018', 'fujian-2019-2021', 'fujian-2024', 'gep-share', 'ezhou'];
  rules = Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await loadPolicy(id, rulebookDir)])));
});
beforeEach(async () => {
  test = await createTestDatabase({ poolSize: 12 });
  policies = new PolicyService(test.db);
});
afterEach(() => test.drop());

const propose = async (id: string): Promise<string> => {
  await policies.propose(proposer, rules[id], randomUUID());
  return rules[id].edition;
};
const wishOf = (edition: string, from: string, more: Partial<AdoptionWish> = {}): AdoptionWish => ({
  ...{ edition, from, territoryPath: fujian, reason: '闽财〔2024〕1号 resolution 1', ...more },
});
const adopt = async (edition: string, from: string, more: Partial<AdoptionWish> = {}) =>
  (await policies.adopt(approver, wishOf(edition, from, more), randomUUID())).result;
const inForce = (question: Partial<InForceQuestion>) =>
  test.db.snapshot(testActor(['CN.350000.350100'], 'reader'), (tx) =>
    policyInForce(tx, { territoryPath: 'CN.350000.350100', period: '2025', ...question }),
  );
/** The share rule with another value in it, so that it is another edition of the same rule. */
const other = async (title: string): Promise<PolicyRule> => {
  const { file } = rules['gep-share'];
  return readPolicyText(
    { ...file, text: file.text.replace(/^title: .*$/m, `title: { zh: ${title}, en: ${title} }`) },
    rulebookDir,
  );
};

describe('an edition', () => {
  it('is kept with its text under the digest of its content, once, and read again by whoever needs it', async () => {
    const first = await policies.propose(proposer, rules['gep-share'], 'key-1');
    expect(first.result).toMatchObject({ changed: true, policyId: 'gep-share', proposed: { by: 'proposer' } });
    expect(await policies.propose(proposer, rules['gep-share'], 'key-1')).toEqual({ ...first, replayed: true });
    const again = await policies.propose(approver, rules['gep-share'], randomUUID());
    expect(again.result).toEqual({ ...first.result, changed: false });
    const read = await test.db.snapshot(checker, (tx) => getPolicyEdition(tx, rules['gep-share'].edition));
    expect({ edition: read.edition, content: read.content, file: read.file }).toEqual({
      ...{ edition: rules['gep-share'].edition, content: rules['gep-share'].content, file: rules['gep-share'].file },
    });
    await expect(test.db.snapshot(checker, (tx) => getPolicyEdition(tx, '0'.repeat(64)))).rejects.toBeInstanceOf(
      PolicyEditionNotFound,
    );
  });

  it('cannot be changed, removed or forged', async () => {
    await propose('gep-share');
    const run = (sql: string) => test.db.transaction(approver, (tx) => tx.query(sql));
    await expect(run(`update rulebook.policy_edition set mechanism = 'loan'`)).rejects.toThrow(/denied|append-only/);
    await expect(run('delete from rulebook.policy_edition')).rejects.toThrow(/denied|append-only/);
    await expect(
      run(`insert into rulebook.policy_edition (edition, policy_id, mechanism, title, content, file, units, proposer_name)
           select repeat('0', 64), policy_id, mechanism, title, content, file, units, 'me' from rulebook.policy_edition`),
    ).rejects.toThrow(/check constraint/);
  });
});

describe('the rule in force', () => {
  it('goes by the last day of the period, and an adoption from a later day leaves earlier periods alone', async () => {
    const first = rules['gep-share'];
    const second = await other('second');
    await propose('gep-share');
    await policies.propose(proposer, second, randomUUID());
    await adopt(first.edition, '2023-01-01');
    const made = await adopt(second.edition, '2025-07-01');
    expect(made.supersedes).toMatchObject([{ policyId: 'gep-share', edition: first.edition, from: '2023-01-01' }]);
    const known = new Date();
    const third = await other('third');
    await policies.propose(proposer, third, randomUUID());
    await new Promise((done) => setTimeout(done, 5));
    await adopt(third.edition, '2024-01-01', { to: '2024-12-31' });
    const of = async (period: string, knownAt?: Date) => (await inForce({ id: 'gep-share', period, knownAt })).edition;
    expect(await of('2023')).toBe(first.edition);
    expect(await of('2024')).toBe(third.edition);
    expect(await of('2024', known)).toBe(first.edition);
    expect([await of('2025-Q2'), await of('2025-Q3'), await of('2025')]).toEqual([
      ...[first.edition, second.edition, second.edition],
    ]);
    await expect(of('2022')).rejects.toBeInstanceOf(PolicyNotInForce);
  });

  it('is that of the nearest territory, and of the agreement before that of the mechanism', async () => {
    const [town, agreed] = [await other('town'), await other('agreed')];
    await propose('gep-share');
    for (const rule of [town, agreed]) await policies.propose(proposer, rule, randomUUID());
    await adopt(rules['gep-share'].edition, '2023-01-01');
    await adopt(agreed.edition, '2023-01-01', { slot: 'river-2023' });
    expect((await inForce({ mechanism: 'eco-compensation', slot: 'river-2023' })).edition).toBe(agreed.edition);
    expect((await inForce({ mechanism: 'eco-compensation', slot: 'other' })).edition).toBe(rules['gep-share'].edition);
    await adopt(town.edition, '2023-01-01', { territoryPath: 'CN.350000.350100' });
    expect((await inForce({ id: 'gep-share', slot: '' })).edition).toBe(town.edition);
    await adopt(town.edition, '2023-01-01', { slot: 'lake' });
    await adopt(rules['gep-share'].edition, '2023-01-01', { slot: 'sea', territoryPath: 'CN.350000.350100' });
    expect((await inForce({ id: 'gep-share' })).edition).toBe(town.edition);
    const province = { territoryPath: 'CN.350000', mechanism: 'eco-compensation' };
    expect((await inForce(province)).edition).toBe(rules['gep-share'].edition);
    await expect(inForce({ id: 'xinanjiang' })).rejects.toMatchObject({ code: 'policy.not-in-force' });
  });

  it('cannot be told where only agreements have rules and none is named', async () => {
    const second = await other('second');
    await propose('gep-share');
    await policies.propose(proposer, second, randomUUID());
    await adopt(rules['gep-share'].edition, '2023-01-01', { slot: 'one' });
    await adopt(second.edition, '2023-01-01', { slot: 'two' });
    await expect(inForce({ id: 'gep-share' })).rejects.toBeInstanceOf(PolicyAmbiguous);
    expect((await inForce({ id: 'gep-share', slot: 'two' })).edition).toBe(second.edition);
  });
});

describe('adopting', () => {
  it('takes two persons, days and a place of the rule, and the word when another rule gives way', async () => {
    const early = await propose('fujian-2018');
    const late = await propose('fujian-2019-2021');
    const refused = async (edition: string, from: string, more: Partial<AdoptionWish> = {}) =>
      adopt(edition, from, more).catch((error: unknown) => error);
    const { valid } = rules['fujian-2019-2021'];
    await expect(
      policies.adopt(proposer, wishOf(early, rules['fujian-2018'].valid.from), randomUUID()),
    ).rejects.toBeInstanceOf(SamePersonOfPolicy);
    expect(await refused(early, '1999-01-01')).toBeInstanceOf(AdoptionRefused);
    expect(await refused(early, '2018-02-30')).toBeInstanceOf(AdoptionRefused);
    expect(await refused(late, valid.from, { territoryPath: 'CN.370000' })).toMatchObject({
      message: expect.stringContaining('350000'),
    });
    await expect(adopt(rules['gep-share'].edition, '2023-01-01')).rejects.toBeInstanceOf(PolicyEditionNotFound);
    const open = await propose('gep-share');
    await adopt(open, '2023-01-01');
    const next = await propose('fujian-2024');
    const from = rules['fujian-2024'].valid.from;
    expect(await refused(next, from)).toMatchObject({ message: expect.stringContaining('--replaces gep-share') });
    const { supersedes } = await adopt(next, from, { replaces: 'gep-share' });
    expect(supersedes).toMatchObject([{ policyId: 'gep-share' }]);
    expect(await refused(next, from, { replaces: 'gep-share' })).toBeInstanceOf(AdoptionRefused);
    await expect(
      policies.adopt(testActor(['CN.370000'], 'stranger'), wishOf(open, '2024-01-01', { slot: 'x' }), randomUUID()),
    ).rejects.toBeInstanceOf(OutOfScope);
  });

  it('needs a named confirmer where a rule is not attested, and shows who it was', async () => {
    const edition = await propose('ezhou');
    const ezhou = 'CN.420000.420700';
    const [someone, deputy, chief] = ['proposer', 'checker', 'approver'].map((id) => testActor(['CN.420000'], id));
    const wish = wishOf(edition, rules['ezhou'].valid.from, { territoryPath: ezhou });
    const make = (more: Partial<AdoptionWish> = {}) => policies.adopt(chief, { ...wish, ...more }, randomUUID());
    await expect(make()).rejects.toBeInstanceOf(AdoptionUnconfirmed);
    const statement = '与市财政局核对过原文 checked against the original';
    const confirmation = { edition, territoryPath: ezhou, statement };
    await expect(policies.confirm(someone, confirmation, randomUUID())).rejects.toBeInstanceOf(SamePersonOfPolicy);
    await expect(policies.confirm(deputy, { ...confirmation, statement: ' ' }, randomUUID())).rejects.toMatchObject({
      code: 'policy.confirmation-refused',
    });
    const confirmed = await policies.confirm(deputy, confirmation, randomUUID());
    expect(confirmed.result.reasons.length).toBeGreaterThan(1);
    const { result } = await make();
    expect(result.adoption.confirmation).toMatchObject({ by: 'checker', name: deputy.name, statement });
    const self = await make({ slot: 'own', confirming: '本人负责 I answer for it' });
    expect(self.result.adoption.confirmation).toMatchObject({ by: 'approver', statement: '本人负责 I answer for it' });
    const shown = await test.db.snapshot(testActor(['CN.110000'], 'stranger'), (tx) => listAdoptions(tx, { edition }));
    expect(shown.map((one) => one.confirmation?.by)).toEqual(['checker', 'approver']);
    const usable = await propose('gep-share');
    await expect(policies.confirm(deputy, { ...confirmation, edition: usable }, randomUUID())).rejects.toMatchObject({
      code: 'policy.confirmation-refused',
    });
  });

  it('stays one when the same is asked many times at once, under one key or under many', async () => {
    const edition = await propose('gep-share');
    const wish = wishOf(edition, '2023-01-01');
    const same = await Promise.all(Array.from({ length: 6 }, () => policies.adopt(approver, wish, 'one-key')));
    expect(new Set(same.map(({ result }) => result.adoption.id)).size).toBe(1);
    const others = await Promise.allSettled(
      Array.from({ length: 6 }, () => policies.adopt(approver, { ...wish, slot: 's' }, randomUUID())),
    );
    expect(others.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await test.db.snapshot(approver, (tx) => listAdoptions(tx))).toHaveLength(2);
    const audited: { action: string }[] = await test.db.snapshot(testActor(), (tx) =>
      tx.query(`select action from platform.audit where action like 'policy.%' order by seq`),
    );
    expect(audited.map(({ action }) => action)).toEqual(['policy.proposed', 'policy.adopted', 'policy.adopted']);
  });
});

it('withdraws from a day to come only, after which what held before holds again', async () => {
  const second = await other('second');
  await propose('gep-share');
  await policies.propose(proposer, second, randomUUID());
  await adopt(rules['gep-share'].edition, '2023-01-01');
  const { adoption } = await adopt(second.edition, '2024-01-01');
  const withdraw = (from: string | undefined, reason = '协议终止 the agreement ended') =>
    policies.withdraw(approver, { adoptionId: adoption.id, from, reason }, randomUUID());
  await expect(withdraw('2024-06-01')).rejects.toBeInstanceOf(WithdrawalRefused);
  await expect(withdraw('2031-01-01', ' ')).rejects.toBeInstanceOf(WithdrawalRefused);
  await expect(
    policies.withdraw(approver, { adoptionId: randomUUID(), reason: 'x' }, randomUUID()),
  ).rejects.toMatchObject({ code: 'policy.adoption-not-found' });
  const before = new Date();
  await new Promise((done) => setTimeout(done, 5));
  expect((await withdraw('2031-01-01')).result.withdrawal).toMatchObject({ from: '2031-01-01', by: 'approver' });
  await expect(withdraw(undefined)).rejects.toBeInstanceOf(WithdrawalRefused);
  const of = async (period: string, knownAt?: Date) => (await inForce({ id: 'gep-share', period, knownAt })).edition;
  expect([await of('2030'), await of('2031')]).toEqual([second.edition, rules['gep-share'].edition]);
  expect(await of('2031', before)).toBe(second.edition);
});
