/** Agreements in a real database: signed, measured, advanced, settled and carried over. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AgreementMissing, DeedNotAgreed, listCopies } from '@gep/compensation';
import { agreementOf, approver, cashier, clerk, CompensationTest } from './compensation-setup';
import { ofCounty, resultRule } from './settlement-setup';

let place: CompensationTest;
beforeAll(async () => {
  place = await CompensationTest.start();
  await place.money.openFund('eco', 10_000_000n);
  for (const slot of ['signed', 'advanced']) await place.money.adopt(resultRule, slot);
  await place.adoptOwnRules();
});
afterAll(() => place.close());

const [notNow, notYours] = [{ code: 'procedure.not-now' }, { code: 'procedure.not-yours' }];
const amend = { title: { zh: '第二版', en: 'Second edition' } };

it('is signed by every party, put in force by another person, amended by the next edition, and read by its parties', async () => {
  const key = randomUUID();
  const { id } = (await place.agreements.draft(clerk, agreementOf('signed'), key)).result;
  expect(await place.agreements.draft(clerk, agreementOf('signed'), key)).toEqual({ replayed: true, result: { id } });
  const sign = (party: string) =>
    place.agreements.sign(
      clerk,
      { agreement: 'signed', party, signatory: 'head', signedOn: '2024-01-02', documentDigest: null },
      randomUUID(),
    );
  await expect(place.agreements.enter(approver, id, randomUUID())).rejects.toMatchObject(notNow);
  await expect(sign('nobody')).rejects.toThrow(DeedNotAgreed);
  const parties = ['province', 'county-990101', 'county-990102', 'county-990103'];
  for (const party of parties) expect((await sign(party)).result.signed).toBe(party === parties.at(-1));
  await expect(sign('province')).rejects.toThrow('has signed already');
  await expect(place.agreements.enter(clerk, id, randomUUID())).rejects.toMatchObject(notYours);
  const next = () => place.agreements.amend(clerk, 'signed', agreementOf('signed', amend), randomUUID());
  await expect(next()).rejects.toThrow('not in force');
  await place.agreements.enter(approver, id, randomUUID());
  expect(await place.agreements.show(clerk, id)).toMatchObject({ state: 'in-force', unsigned: [], disputesTo: 'CN' });
  await expect(place.agreements.draft(clerk, agreementOf('signed', amend), randomUUID())).rejects.toThrow('amend it');
  const second = (await next()).result.id;
  await place.signAll(second);
  await place.agreements.enter(approver, second, randomUUID());
  expect(await place.agreements.show(clerk, 'signed')).toMatchObject({ id: second, editionNo: 2, state: 'in-force' });
  expect((await place.agreements.show(clerk, id)).state).toBe('amended');
  await expect(place.agreements.show(ofCounty('990101'), 'signed')).rejects.toThrow(AgreementMissing);
  const copies = await place.money.test.db.snapshot(ofCounty('990101'), (tx) => listCopies(tx, { limit: 10 }));
  expect(copies.map(({ party, terms }) => [party, terms.title.en])).toEqual(
    expect.arrayContaining([
      ['county-990101', 'Test agreement'],
      ['county-990101', 'Second edition'],
    ]),
  );
  expect(copies).toHaveLength(2);
  await expect(place.agreements.end(clerk, { agreement: second, act: 'expire' }, randomUUID())).rejects.toThrow(
    DeedNotAgreed,
  );
  await place.agreements.end(
    approver,
    { agreement: second, act: 'terminate', reason: 'merged into another' },
    randomUUID(),
  );
  expect((await place.agreements.show(clerk, second)).state).toBe('terminated');
});

it('advances what was agreed, then settles: more is paid, less is clawed back, and the period follows', async () => {
  const advances = [
    { code: 'spring', day: '03-31', by: 'amounts', amounts: { '990101': 60, '990102': 80 } },
    { code: 'autumn', day: '09-30', by: 'share', share: '50%' },
  ];
  await place.conclude(agreementOf('advanced', { advances, trueUp: { way: 'clawback' } }));
  await expect(place.compute('advanced', '2025', 'advance:winter')).rejects.toThrow('winter');
  await expect(place.compute('advanced', '2025', 'advance:autumn')).rejects.toThrow(
    'give amounts for the first period',
  );
  await expect(place.compute('advanced', '2098', 'advance:spring')).rejects.toThrow('2098-03-31');
  const advance = await place.compute('advanced', '2025', 'advance:spring');
  await expect(place.cycles.act(clerk, { id: advance, act: 'confirm' }, randomUUID())).rejects.toMatchObject(notYours);
  await place.carryOut(advance);
  expect(await place.stateOf('advanced', '2025')).toBe('advanced');
  await expect(place.compute('advanced', '2025')).rejects.toThrow('no measurement of 990101');
  await place.measure('advanced', '2025', { '990101': 100, '990102': 50, '990103': 0 });
  const result = await place.compute('advanced', '2025');
  expect(await place.stateOf('advanced', '2025')).toBe('computed');
  await place.carryOut(result);
  const { parts, state } = (await place.cycles.list(clerk, 'advanced', '2025'))[0].settlements[1].view;
  expect([state, ...parts.map((part) => [part.party, part.claimFen, part.clawbackFen, part.paidFen])]).toEqual([
    'paid',
    ['990101', 4000n, 0n, 4000n],
    ['990102', 0n, 3000n, 0n],
    ['990103', 0n, 0n, 0n],
  ]);
  expect(await place.stateOf('advanced', '2025')).toBe('settled');
  await place.cycles.act(
    clerk,
    { id: result, act: 'collect', of: 'clawback', party: '990102', amountFen: 3000n },
    randomUUID(),
  );
  const step = (act: 'pay-on' | 'evaluate', reason?: string) =>
    place.cycles.step(clerk, { agreement: 'advanced', period: '2025', act, reason }, randomUUID());
  await step('pay-on');
  expect((await step('evaluate', 'targets were met')).result.state).toBe('evaluated');
  // Half of what each was last settled: 100 and 50 yuan.
  const next = await place.compute('advanced', '2026', 'advance:autumn');
  const [cycle] = await place.cycles.list(clerk, 'advanced', '2026');
  expect(cycle.settlements[0].view.parts.map(({ party, claimFen }) => [party, claimFen])).toEqual([
    ['990101', 5000n],
    ['990102', 2500n],
  ]);
  expect(cycle.settlements[0]).toMatchObject({ settlementId: next, advance: 'autumn' });
  expect(await place.money.brokenInvariants()).toEqual([]);
});

it('settles the last period of an agreement that has ended, and advances nothing more', async () => {
  const ended = {
    term: { from: '2024-01-01', to: '2025-12-31' },
    advances: [{ code: 'a', day: '01-01', by: 'amounts', amounts: { '990101': 1 } }],
  };
  await place.money.adopt(resultRule, 'ended');
  await place.conclude(agreementOf('ended', ended));
  await place.agreements.end(clerk, { agreement: 'ended', act: 'expire' }, randomUUID());
  await expect(place.compute('ended', '2025', 'advance:a')).rejects.toThrow('advances nothing more');
  await expect(place.compute('ended', '2026')).rejects.toThrow('no edition was in force for 2026');
  await place.measure('ended', '2025', { '990101': 1, '990102': 2, '990103': 3 });
  await place.carryOut(await place.compute('ended', '2025'));
  expect(await place.stateOf('ended', '2025')).toBe('settled');
});

it('bills and pays by a signed shape: the air of Shandong, quarter by quarter, summing to zero', async () => {
  const text = readFileSync('rulebook/policies/eco-compensation/shandong-air.yaml', 'utf8').replace(
    /^place: .*\n/m,
    '',
  );
  await place.money.adopt(text, 'air');
  const parties = JSON.parse(agreementOf('air')) as { parties: { rule?: string }[] };
  parties.parties[0].rule = 'province';
  await place.conclude(
    agreementOf('air', {
      ...{ policy: { id: 'shandong-air' }, parties: parties.parties },
      input: { kind: 'measured', yearsBefore: 1, missing: 'last-approved' },
    }),
  );
  const header = ['unit', 'period', 'pm25', 'pm10', 'so2', 'no2', 'goodDays'];
  const row = (unit: string, period: string, pm25: number) => [unit, period, pm25, 100, 20, 40, 60];
  const rows = (period: string, ...pm25: number[]) =>
    ['990101', '990102', '990103'].map((unit, at) => row(unit, period, pm25[at]));
  await place.measureTable('air', '2024-Q1', header, rows('2024-Q1', 60, 60, 60));
  // The third county is late: its last approved quarter counts, marked.
  await place.measureTable('air', '2025-Q1', header, rows('2025-Q1', 50, 65).slice(0, 2));
  const id = await place.compute('air', '2025-Q1');
  const [cycle] = await place.cycles.list(clerk, 'air', '2025-Q1');
  expect(cycle.steps.at(-1)).toMatchObject({ act: 'compute', reason: '990103: last-approved 2024-Q1' });
  const before = cycle.settlements[0].view.parts.map(({ party, claimFen, billFen }) => [party, claimFen, billFen]);
  // 800,000 yuan × 0.6 × 10 micrograms less; 5 more.
  expect(before).toEqual([
    ['990101', 4_800_000_00n, 0n],
    ['990102', 0n, 2_400_000_00n],
    ['990103', 0n, 0n],
  ]);
  await place.carryOut(id);
  await expect(
    place.cycles.act(cashier, { id, act: 'collect', party: '990102', amountFen: 2_400_000_00n }, randomUUID()),
  ).rejects.toMatchObject(notYours);
  await place.cycles.act(clerk, { id, act: 'collect', party: '990102', amountFen: 2_400_000_00n }, randomUUID());
  expect((await place.cycles.list(clerk, 'air', '2025-Q1'))[0].settlements[0].view.state).toBe('closed');
  expect(await place.money.brokenInvariants()).toEqual([]);
});

const cappedRule = resultRule
  .replace('id: result', 'id: capped')
  .replace(
    /payments:[\s\S]*$/,
    "payments:\n  - { code: share, name: { zh: 分配, en: Share }, from: fund, to: units, pool: pool, weight: amount, cap: '40 [yuan]' }\n",
  )
  .replace('columns:', 'columns:\n  - { code: pool, unit: yuan, per: total, name: { zh: 总额, en: Pool } }');

it('keeps what a pool could not give, adds it to the pool of the next period, and to no other', async () => {
  await place.money.adopt(cappedRule, 'capped');
  await place.conclude(agreementOf('capped', { policy: { id: 'capped' }, totals: { pool: 150 }, carryInto: 'pool' }));
  for (const period of ['2024', '2025'])
    await place.measure('capped', period, { '990101': 1, '990102': 1, '990103': 1 });
  const first = await place.compute('capped', '2024');
  const told = async () =>
    (await place.cycles.carries(clerk, 'capped')).map(({ period, amountFen, usedBy }) => [
      period,
      amountFen,
      usedBy.length,
    ]);
  expect(await told()).toEqual([['2024', 3000n, 0]]);
  await place.cycles.act(clerk, { id: first, act: 'withdraw', reason: 'another table came' }, randomUUID());
  expect(await place.stateOf('capped', '2024')).toBe('measured');
  const again = await place.compute('capped', '2024');
  await place.carryOut(again);
  await place.compute('capped', '2025');
  // 150 and 30 of the year before, less three times 40: what was withdrawn is not carried.
  expect(await told()).toEqual(
    expect.arrayContaining([
      ['2024', 3000n, 0],
      ['2024', 3000n, 1],
      ['2025', 6000n, 0],
    ]),
  );
});
