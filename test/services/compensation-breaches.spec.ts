/** What happens to money of agreements beside the plain way: a party in breach waits or pays back, a county passes on what it got. */
import { randomUUID } from 'node:crypto';
import { agreementOf, approver, cashier, checker, clerk, CompensationTest } from './compensation-setup';
import { officer } from './procedure-setup';
import { countyPath, resultRule } from './settlement-setup';

let place: CompensationTest;
beforeAll(async () => {
  place = await CompensationTest.start();
  await place.money.openFund('eco', 10_000_000n);
  for (const slot of ['breached', 'passed', 'late', 'halted']) await place.money.adopt(resultRule, slot);
  await place.adoptOwnRules();
});
afterAll(() => place.close());

const [notNow, notYours] = [{ code: 'procedure.not-now' }, { code: 'procedure.not-yours' }];

it('holds the money of a party in breach alone, cuts it after the day has passed, and pays when it is corrected', async () => {
  await place.conclude(agreementOf('breached'));
  await place.measure('breached', '2025', { '990101': 100, '990102': 100, '990103': 100 });
  const order = {
    agreement: 'breached',
    party: 'county-990102',
    finding: 'money used for a road',
    documentDigest: null,
  };
  const { id: breach } = (
    await place.breaches.order(clerk, { ...order, orderedOn: '2026-01-01', correctBy: '2026-02-01' }, randomUUID())
  ).result;
  const { id: early } = (
    await place.breaches.order(clerk, { ...order, orderedOn: '2026-01-01', correctBy: '2098-02-01' }, randomUUID())
  ).result;
  const find = (id: string, act: 'find-late' | 'correct') =>
    place.breaches.find(clerk, { breach: id, act, reason: 'as the inspection found' }, randomUUID());
  const measure = (wish: object, actor = approver) =>
    place.breaches.measure(actor, { breach, kind: 'stop', reason: 'not corrected in time', ...wish }, randomUUID());
  await expect(find(early, 'find-late')).rejects.toThrow('2098-02-01');
  await expect(measure({})).rejects.toMatchObject(notNow);
  await find(breach, 'find-late');
  await expect(measure({}, clerk)).rejects.toMatchObject(notYours);
  await expect(measure({ kind: 'delay' })).rejects.toThrow('a delay needs until');
  await measure({});
  const id = await place.compute('breached', '2025');
  await place.carryOut(id);
  const paid = async () =>
    (await place.cycles.list(clerk, 'breached', '2025'))[0].settlements[0].view.parts.map(({ party, paidFen }) => [
      party,
      paidFen,
    ]);
  expect(await paid()).toEqual([
    ['990101', 10000n],
    ['990102', 0n],
    ['990103', 10000n],
  ]);
  await expect(place.carryOn(id)).rejects.toMatchObject({ code: 'settlement.nothing-now', facts: { appeals: [] } });
  await measure({ kind: 'cut', period: '2025', amountFen: 3000n });
  await find(breach, 'correct');
  await place.carryOn(id);
  expect(await paid()).toEqual([
    ['990101', 10000n],
    ['990102', 10000n],
    ['990103', 10000n],
  ]);
  const cut = await place.compute('breached', '2025', 'cut');
  await place.cycles.act(checker, { id: cut, act: 'confirm' }, randomUUID());
  await place.cycles.act(clerk, { id: cut, act: 'reserve' }, randomUUID());
  await place.cycles.act(approver, { id: cut, act: 'approve' }, randomUUID());
  await place.cycles.act(clerk, { id: cut, act: 'collect', party: '990102', amountFen: 3000n }, randomUUID());
  const { parts, state: stateOfCut } = (await place.cycles.list(clerk, 'breached', '2025'))[0].settlements[1].view;
  expect(stateOfCut).toBe('closed');
  expect(parts.map(({ party, billFen }) => [party, billFen])).toEqual([['990102', 3000n]]);
  const views = await place.breaches.list(clerk, 'breached');
  expect(views.map(({ state, measures }) => [state, measures.map(({ kind }) => kind)])).toEqual(
    expect.arrayContaining([
      ['corrected', ['stop', 'cut']],
      ['ordered', []],
    ]),
  );
});

it('lists what a county received and has not passed on, with its clock, until it has', async () => {
  await place.conclude(agreementOf('passed'));
  const own = officer('county clerk', countyPath('990101'), 'agreement.manage', 'settlement.prepare');
  const ownApprover = officer('county approver', countyPath('990101'), 'settlement.approve');
  const parties = [
    {
      code: 'county',
      role: 'payer',
      place: '990101',
      rule: 'fund',
      book: 'fund:own',
      name: { zh: '县', en: 'County' },
    },
    { code: 'town', role: 'receiver', units: ['town-a'], book: 'town:a', name: { zh: '乡', en: 'Township' } },
  ];
  await place.conclude(
    agreementOf('towns', {
      ...{ place: '990101', parties, fund: { code: 'own', purpose: 'compensation' } },
      passesOn: { agreement: 'passed' },
    }),
    own,
    ownApprover,
  );
  await place.measure('passed', '2025', { '990101': 100, '990102': 100, '990103': 100 });
  const id = await place.compute('passed', '2025');
  await place.carryOut(id);
  const [one] = await place.cycles.passedOn(own);
  expect(one).toMatchObject({
    agreement: 'towns',
    from: 'passed',
    period: '2025',
    receivedFen: 10000n,
    passedOnFen: 0n,
    restFen: 10000n,
    isOverdue: false,
  });
  expect(one.dueOn).not.toBeNull();
  await expect(
    place.cycles.step(clerk, { agreement: 'passed', period: '2025', act: 'pay-on' }, randomUUID()),
  ).rejects.toThrow('not passed on by 990101');
  const { money } = place;
  const names = { nameZh: '县资金', nameEn: 'own fund' };
  const { id: fundId } = await money.funds.openFund(
    own,
    { code: 'own', territoryPath: countyPath('990101'), ...names, shortfallPolicy: 'pro-rata' },
    randomUUID(),
  );
  await money.funds.addSource(
    own,
    { fundId, code: 'main', department: 'finance', purposes: [], budgetYear: 2025 },
    randomUUID(),
  );
  await money.funds.receive(
    own,
    {
      fundId,
      source: 'main',
      amountFen: 10000n,
      effectiveDate: '2025-12-01',
      memo: 'from above',
      businessKey: 'towns',
    },
    randomUUID(),
  );
  await money.adopt(resultRule, 'towns');
  await place.measureTable('towns', '2025', ['unit', 'period', 'amount'], [['town-a', '2025', 100]]);
  await place.carryOut(await place.compute('towns', '2025'));
  expect((await place.cycles.passedOn(own))[0]).toMatchObject({ passedOnFen: 10000n, restFen: 0n, isOverdue: false });
  await place.cycles.step(clerk, { agreement: 'passed', period: '2025', act: 'pay-on' }, randomUUID());
  expect(await place.stateOf('passed', '2025')).toBe('paid-on');
});

it('delays what a party is due until a day, and recovers of what it was paid, no more than that', async () => {
  await place.conclude(agreementOf('late'));
  await place.measure('late', '2025', { '990101': 100, '990102': 100, '990103': 100 });
  const dated = { orderedOn: '2026-01-01', correctBy: '2026-02-01', finding: 'no report', documentDigest: null };
  const order = { agreement: 'late', party: 'county-990103', ...dated };
  const { id: breach } = (await place.breaches.order(clerk, order, randomUUID())).result;
  await place.breaches.find(clerk, { breach, act: 'find-late', reason: 'still no report' }, randomUUID());
  const measure = (wish: object) =>
    place.breaches.measure(approver, { breach, kind: 'delay', reason: 'not corrected', ...wish }, randomUUID());
  await measure({ until: '2098-01-01' });
  const id = await place.compute('late', '2025');
  await place.carryOut(id);
  const paid = async () =>
    (await place.cycles.list(clerk, 'late', '2025'))[0].settlements[0].view.parts.map(({ paidFen }) => paidFen);
  expect(await paid()).toEqual([10000n, 10000n, 0n]);
  await expect(measure({ kind: 'recover', settlementId: id, amountFen: 1n })).rejects.toThrow('less than is to be');
  await place.breaches.find(clerk, { breach, act: 'correct', reason: 'reported' }, randomUUID());
  await place.carryOn(id);
  expect(await paid()).toEqual([10000n, 10000n, 10000n]);
  const { id: second } = (await place.breaches.order(clerk, { ...order, finding: 'false report' }, randomUUID()))
    .result;
  await place.breaches.find(clerk, { breach: second, act: 'find-late', reason: 'still false' }, randomUUID());
  // A delay whose day has come holds nothing.
  await measure({ breach: second, until: '2026-02-02' });
  const code = 'late-2025-result';
  await expect(measure({ breach: second, kind: 'recover', settlementId: code, amountFen: 10001n })).rejects.toThrow(
    'paid "county-990103" less',
  );
  await measure({ breach: second, kind: 'recover', settlementId: code, amountFen: 2500n });
  expect(await place.stateOf('late', '2025')).toBe('recovered');
  const cut = await place.compute('late', '2025', 'cut');
  await place.cycles.act(checker, { id: cut, act: 'confirm' }, randomUUID());
  await place.cycles.act(clerk, { id: cut, act: 'reserve' }, randomUUID());
  await place.cycles.act(approver, { id: cut, act: 'approve' }, randomUUID());
  const collect = { id: cut, act: 'collect', party: '990103', amountFen: 2500n } as const;
  await place.cycles.act(clerk, collect, randomUUID());
  const [cycle] = await place.cycles.list(clerk, 'late', '2025');
  expect(cycle.settlements[1].view).toMatchObject({ state: 'closed', parts: [{ party: '990103', billFen: 2500n }] });
  const evaluate = { agreement: 'late', period: '2025', act: 'evaluate', reason: 'recovered in part' } as const;
  expect((await place.cycles.step(clerk, evaluate, randomUUID())).result.state).toBe('evaluated');
  expect(await place.money.brokenInvariants()).toEqual([]);
});

it('stops a period and resumes it where it stood: with its result, confirmed or not, or to be computed', async () => {
  await place.conclude(agreementOf('halted'));
  const step = async (act: 'stop' | 'resume', actor = approver) =>
    (
      await place.cycles.step(
        actor,
        { agreement: 'halted', period: '2025', act, reason: 'as the government decided' },
        randomUUID(),
      )
    ).result.state;
  await place.measure('halted', '2025', { '990101': 1, '990102': 2, '990103': 3 });
  const first = await place.compute('halted', '2025');
  await expect(step('stop', clerk)).rejects.toMatchObject(notYours);
  expect(await step('stop')).toBe('stopped');
  await expect(place.cycles.act(checker, { id: first, act: 'confirm' }, randomUUID())).rejects.toThrow('is stopped');
  await expect(place.compute('halted', '2025')).rejects.toThrow('is stopped');
  expect(await step('resume')).toBe('computed');
  await place.cycles.act(checker, { id: first, act: 'confirm' }, randomUUID());
  expect(await step('stop')).toBe('stopped');
  await place.cycles.act(clerk, { id: first, act: 'withdraw', reason: 'computed anew' }, randomUUID());
  expect(await step('resume')).toBe('measured');
  const id = await place.compute('halted', '2025');
  await place.cycles.act(checker, { id, act: 'confirm' }, randomUUID());
  await place.cycles.act(clerk, { id, act: 'reserve' }, randomUUID());
  expect(await step('stop')).toBe('stopped');
  await expect(place.cycles.act(approver, { id, act: 'approve' }, randomUUID())).rejects.toThrow('is stopped');
  expect(await step('resume')).toBe('confirmed');
  await place.cycles.act(approver, { id, act: 'approve' }, randomUUID());
  await place.cycles.act(cashier, { id, act: 'pay' }, randomUUID());
  expect(await place.stateOf('halted', '2025')).toBe('settled');
});
