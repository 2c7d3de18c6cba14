/** The demonstration on a real database, once only: money from receipts to household lines, the guide run beside it, targets. */
import { randomUUID } from 'node:crypto';
import { operator, type Role, UserService } from '@gep/access';
import { ChangeService, FlowService, SeriesService } from '@gep/accounting';
import { evaluateBenefit, readBenefitTables, readDeclaredFlows } from '@gep/compensation';
import {
  DisclosableFigures,
  DisclosureKey,
  type DisclosurePackage,
  findPublishedDisclosure,
  listScores,
  packageText,
  PlanService,
  ProgressService,
  type StandingScore,
  verifyDisclosure,
  YearlyDisclosureService,
} from '@gep/evaluation';
import { Fraction } from '@gep/kernel';
import { readBookFacts, reportInvariants } from '@gep/ledger';
import { ClockBooks, listClocks, listDuties, todayOf } from '@gep/procedure';
import { listContracts, listDividends, listLines, viewContract } from '@gep/procurement';
import { RulebookFolder } from '@gep/rulebook';
import { departureServices } from '../../apps/cli/src/evaluation/departure-services.service';
import { demonstrateDeparture } from '../../tools/start/evaluation/departure.service';
import { demonstrateDisclosures } from '../../tools/start/evaluation/disclosures.service';
import { evaluationPeopleOf } from '../../tools/start/evaluation/people';
import { demonstrateScores } from '../../tools/start/evaluation/scores.service';
import { demonstrateTargets } from '../../tools/start/evaluation/targets.service';
import { demonstrateMoney } from '../../tools/start/money/money-demonstration.service';
import { peopleOf } from '../../tools/start/money/people';
import { type DemonstrationTest, startDemonstration } from './demonstration-setup';
import { GuideCommands } from './guide-commands';

const years = ['2021', '2022', '2023', '2024'];
const noTables = { costs: undefined, payments: undefined };
const people = peopleOf('CN.990000');
let it$: DemonstrationTest;
beforeAll(async () => {
  it$ = await startDemonstration();
  await it$.observeInvented(years);
  for (const period of years) {
    const wish = { period, normId: 'cn-terrestrial', territory: '990000' };
    const { runId } = await it$.runs.requestRecompute(it$.actor, wish, `run-${period}`);
    await it$.workOff(runId);
  }
});
afterAll(() => it$.close());

it('takes two years from receipts to household lines', async () => {
  const { db } = it$.test;
  const demonstrate = (said: string[] = []) =>
    demonstrateMoney(db, 'rulebook', {
      say: ({ en }) => void said.push(en),
      workOff: (runs, { taskId }) => runs.run(taskId).then(() => undefined),
    }).then(() => said);
  expect(await demonstrate()).toHaveLength(2);
  await db.snapshot(people.clerk, async (tx) => {
    for (const { code } of await listContracts(tx, {}))
      expect(await viewContract(tx, code, '2026-06-01')).toMatchObject({ state: 'closed', spent: { unspentFen: 0n } });
    const dividends = await listDividends(tx, {});
    expect(dividends.map(({ period }) => period).sort()).toEqual(['2024', '2025']);
    for (const { id, allotment } of dividends) {
      const lines = await listLines(tx, id, 'paid');
      expect(lines).toHaveLength(48);
      expect(lines.reduce((sum, { amountFen }) => sum + amountFen, 0n)).toBe(allotment!.dividendFen);
    }
    const broken = reportInvariants(await readBookFacts(tx)).filter(({ holds }) => holds === false);
    expect(broken).toEqual([]);
    expect(await listDuties(tx, { open: true })).toEqual([]);
    const published = await listDuties(tx, { open: false });
    expect(published.map(({ rule, isLate }) => `${rule} ${isLate}`)).toContain('result false');
    expect(published.filter(({ isLate }) => isLate)).toEqual([]);
    expect(await listClocks(tx, { overdueOn: await todayOf(tx) })).toEqual([]);
  });
  expect(await demonstrate()).toEqual([]);
});

/** Runs a guide with its persons at a place. @returns what each command answered, by its words */
async function followGuide(file: string, place: { code: string; path: string }): Promise<Map<string, unknown>> {
  const guide = new GuideCommands(file, it$.test, 'a-long-password-of-your-own');
  const answers = new Map<string, unknown>();
  try {
    for (const [name, role] of guide.people) {
      const grants = [{ role: role as Role, territory: place }];
      await new UserService(it$.test.db).addUser(operator, {
        login: `my-${name}`,
        name,
        grants,
        password: guide.password,
      });
    }
    for (const line of guide.lines) {
      const [verb, ...args] = guide.argumentsOf(line);
      if (verb !== 'recompute') answers.set([verb, ...args].join(' ').split(' --as')[0], await guide.run(line));
      else {
        const wish = { period: args[1], normId: 'cn-terrestrial', territory: args[3] };
        await it$.workOff((await it$.runs.requestRecompute(it$.actor, wish, 'again-by-the-guide')).runId);
      }
    }
  } finally {
    guide.close();
  }
  return answers;
}

it('does what the guide says: a contract, a sale in instalments, a year on trial, a restatement', async () => {
  const { db } = it$.test;
  const answers = await followGuide('docs/how-to-move-money.md', { code: '990000', path: 'CN.990000' });
  const paid: unknown = expect.objectContaining({ state: 'paid', paidFen: '38304458' });
  expect(answers.get('contract list')).toEqual(expect.arrayContaining([paid]));
  expect(answers.get('market-purchase show my-site')).toMatchObject({
    purchase: { priceFen: '279280000' },
    instalments: [
      { no: 1, amountFen: '11171200', openFen: '0' },
      ...Array.from({ length: 24 }, (_, at) => ({ no: at + 2, amountFen: '11171200' })),
    ],
  });
  expect(answers.get('settlement show my-trial.c1')).toMatchObject({
    state: 'computed',
    parts: [
      { party: '991104', claimFen: '85450' },
      { party: '991105', claimFen: '0' },
    ],
  });
  const answer = (start: string): unknown => [...answers].find(([line]) => line.startsWith(start))?.[1];
  expect(answer('contract act my-2024 pay')).toMatchObject({ due: [{ clock: 'result-publication' }] });
  expect(answer('contract act my-2024 close')).toMatchObject({ to: 'closed' });
  expect(answer('settlement pay my-trial.c1')).toMatchObject({
    to: 'paid',
    next: [{ act: 'collect', owed: { party: '991105', of: 'clawback' } }],
  });
  expect(answer('settlement collect my-trial.c1')).toMatchObject({ to: 'closed', next: [] });
  await db.snapshot(people.clerk, async (tx) => {
    expect(reportInvariants(await readBookFacts(tx)).filter(({ holds }) => holds === false)).toEqual([]);
  });
});

it('evaluates a programme by flows that were declared between published accounts', async () => {
  const { db } = it$.test;
  const declare = async (beneficiary: string, share: string) =>
    new FlowService(db, it$.rulebook).declareFlow(
      it$.actor,
      {
        ...{ normId: 'cn-terrestrial', service: 'waterRetention', supplier: '991101', beneficiary, share },
        ...{ from: '2023-01-01', reason: 'the river leads there', source: 'invented' },
      },
      `flow-${beneficiary}`,
    );
  const wish = { normId: 'cn-terrestrial', after: ['2024'], before: ['2023'] };
  const read = (more: object = {}) =>
    db.snapshot(operator, (tx) => readDeclaredFlows(tx, it$.rulebook, { ...wish, ...more }));
  await expect(read()).rejects.toThrow(/no flow that was declared/);
  await declare('991102', '1/4');
  await declare('991201', '1/2');
  await expect(read({ before: ['2021'] })).resolves.toHaveLength(3);
  const { services } = evaluateBenefit(readBenefitTables({ flows: undefined, ...noTables }, await read()), {});
  expect(services.map(({ period, service }) => [period, service])).toEqual([
    ['2023', 'waterRetention'],
    ['2024', 'waterRetention'],
  ]);
  for (const { supplied, used, suppliedFen, usedFen, unassignedFen } of services) {
    expect(used.equals(supplied.times(Fraction.of(3n, 4n)))).toBe(true);
    expect(usedFen + unassignedFen).toBe(suppliedFen);
    expect(suppliedFen).toBeGreaterThan(0n);
  }
});

it('sets five-year targets for ten counties, hears them, and follows two years', async () => {
  const { db } = it$.test;
  const said: string[] = [];
  const demonstrate = () => demonstrateTargets(db, 'rulebook', ({ en }) => void said.push(en));
  await demonstrate();
  expect(said.at(-1)).toContain('two years confirmed');
  const tools = [new SeriesService(db, it$.rulebook), new ChangeService(db, it$.rulebook), it$.rulebook] as const;
  const clocks = new ClockBooks(new RulebookFolder('rulebook'));
  const { officer } = evaluationPeopleOf('CN.990000');
  const view = await new PlanService(db, ...tools, clocks).show(officer, 'demo-gep-2022');
  expect([view.state, view.versionNo, view.replies.length, view.silent, view.countered]).toEqual([
    'issued',
    2,
    10,
    [],
    [],
  ]);
  for (const { wholeFen, unitsFen, gapFen } of view.gaps[0].years) expect(unitsFen + gapFen).toBe(wholeFen);
  const progress = new ProgressService(db, ...tools, clocks);
  const records = await progress.listOf(officer, { plan: 'demo-gep-2022', limit: 10 });
  expect(records.map(({ year, round, state }) => [year, round, state])).toEqual([
    [2024, 1, 'confirmed'],
    [2023, 1, 'confirmed'],
  ]);
  // The province itself published nothing since the base.
  const states = records[0].rows.map(({ units, state }) => [units[0], state]);
  expect(states.filter(([, state]) => state !== 'measured')).toEqual([['990000', 'pending']]);
  expect(states).toHaveLength(51);
  await demonstrate();
  expect(said).toHaveLength(2);
});

it('scores two years, answers an upheld objection, and takes the place of who falsified, once only', async () => {
  const { db } = it$.test;
  const said: string[] = [];
  const demonstrate = () => demonstrateScores(db, 'rulebook', ({ en }) => void said.push(en));
  await demonstrate();
  expect(said).toEqual([expect.stringContaining('an objection of 991102 was upheld, 991204 lost its place')]);
  const { officer } = evaluationPeopleOf('CN.990000');
  const finals = await db.snapshot(officer, (tx) => listScores(tx, { territoryPath: 'CN.990000', final: true }));
  expect(
    finals.map(({ gist }) => `${gist.period} v${gist.versionNo}`).filter((one, at, all) => all.indexOf(one) === at),
  ).toEqual(['2024 v2', '2023 v2']);
  expect(finals).toHaveLength(20);
  const last = finals.find(({ unit, gist }) => unit === '991204' && gist.period === '2024')!.detail;
  expect([last.rank, last.grade, last.award, last.refer]).toEqual([0, 'unqualified', false, true]);
  await demonstrate();
  expect(said).toHaveLength(1);
});

it('audits a term to the closed file: parts to the fen, quantities, targets and money beside them, once only', async () => {
  const { db } = it$.test;
  const said: string[] = [];
  const demonstrate = () => demonstrateDeparture(db, 'rulebook', ({ en }) => void said.push(en));
  await demonstrate();
  expect(said).toEqual([expect.stringContaining('is closed')]);
  const { departures, reports } = departureServices(db);
  const { report, state } = await reports.pack(operator, 'demo-head-2024');
  expect([state, report.segments.map(({ share }) => share.to - share.from)]).toEqual(['closed', [184, 365]]);
  const { total, services, types, quantities, areas, condition } = report;
  for (const { startFen, parts, endFen } of [total, ...services, ...types])
    expect(Object.values(parts).reduce((sum, part) => sum + BigInt(part), BigInt(startFen))).toBe(BigInt(endFen));
  expect(BigInt(total.parts.human)).toBeGreaterThan(0n);
  expect(total.parts.natural).not.toBe('0');
  for (const { parts } of [total, ...services, ...types, ...quantities!, ...areas.rows, ...condition!])
    expect(parts.undeclared).toBe('0');
  for (const { opening, parts, closing } of [...quantities!, ...areas.rows, ...condition!])
    expect(
      Object.values(parts).reduce((sum, part) => sum.plus(Fraction.parse(part)!), Fraction.parse(opening)!),
    ).toEqual(Fraction.parse(closing)!);
  expect(new Set(quantities!.map(({ code }) => code))).toEqual(new Set(services.map(({ code }) => code)));
  expect([report.targets.length > 0, report.funds.sources.length > 0]).toEqual([true, true]);
  const { records } = await departures.show(operator, 'demo-head-2024');
  expect(records.map(({ kind }) => kind)).toEqual(['comment', 'rectification']);
  await demonstrate();
  expect(said).toHaveLength(1);
});

it('discloses two years of ten counties, each figure of which can be verified, once only', async () => {
  const { db } = it$.test;
  const said: string[] = [];
  const settings = { rulebookDir: 'rulebook', secret: 'a secret of more than thirty-two characters' };
  const demonstrate = () => demonstrateDisclosures(db, settings, ({ en }) => void said.push(en));
  await demonstrate();
  expect(said).toEqual([expect.stringContaining('20 years of ten counties')]);
  const { document, receipt } = (await db.snapshot(operator, (tx) => findPublishedDisclosure(tx, '991104', 2024)))!;
  const whole = { document: JSON.parse(document), receipt: JSON.parse(receipt) } as DisclosurePackage;
  const { publicKey } = new DisclosureKey(settings.secret);
  expect(verifyDisclosure(packageText(whole), { publicKey }).whole).toBe(true);
  const kinds = new Set(whole.document.figures.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['account', 'progress', 'score', 'target']);
  await demonstrate();
  expect(said).toHaveLength(1);
});

it('lets a county disclose by three persons of its own what a plan of the province says of it', async () => {
  const { db } = it$.test;
  const own = 'CN.990000.991100.991104';
  const { officer, approver } = evaluationPeopleOf(own);
  const key = new DisclosureKey('a secret of more than thirty-two characters');
  const service = new YearlyDisclosureService(db, new DisclosableFigures(it$.rulebook), key);
  const told = async (year: number) => {
    const { id } = await service.draft(officer, { territory: '991104', year }, randomUUID());
    await service.act(approver, { id, act: 'approve' }, randomUUID());
    await service.act(peopleOf(own).administrator, { id, act: 'publish' }, randomUUID());
    return (await db.snapshot(operator, (tx) => findPublishedDisclosure(tx, '991104', year)))!.document;
  };
  // Of 2022 there are goals and no record; what the province disclosed of 2024 is what its county sees.
  const kinds = (JSON.parse(await told(2022)) as { figures: { kind: string }[] }).figures.map(({ kind }) => kind);
  expect([...new Set(kinds)].sort()).toEqual(['account', 'target']);
  await expect(
    service.draft(officer, { territory: '991104', year: 2024, reason: 'again' }, randomUUID()),
  ).rejects.toThrow(expect.objectContaining({ code: 'evaluation.nothing-corrected' }));
});

it('does what the guide says: a plan amended, a year of scores with an objection, an audit to its close, a disclosure', async () => {
  const answers = await followGuide('docs/how-to-judge-a-county.md', { code: '991200', path: 'CN.990000.991200' });
  const answer = (start: string): unknown => [...answers].reverse().find(([line]) => line.startsWith(start))?.[1];
  expect(answer('target issue my-plan')).toMatchObject({ to: 'issued' });
  expect(answer('target forecast my-plan 2024 --unit 991202 --indicator')).toMatchObject({
    rows: [{ forecast: { state: 'made' } }],
  });
  expect(answer('score check')).toMatchObject({ isSame: true });
  const standings = answer('score standings 991200 2024 --final') as readonly StandingScore[];
  const finals = standings.filter(({ gist }) => gist.scorecard === 'my-card');
  expect(finals.filter(({ detail }) => detail.rank === 0).map(({ unit }) => unit)).toEqual(['991204']);
  expect(finals.map(({ unit }) => unit).sort()).toEqual(['991201', '991202', '991203', '991204', '991205']);
  expect(finals.find(({ unit }) => unit === '991203')!.detail.award).toBe(false);
  expect(answer('departure act my-head close')).toMatchObject({ to: 'closed' });
  const corrected = answer('disclosure list --corrections') as { territory: string; year: number; edition: number }[];
  expect(corrected).toEqual([expect.objectContaining({ territory: '991205', year: 2024, edition: 2 })]);
});
