/** What the accounting tests start from: a small nation, a norm in force, observations, and a worker without a queue. */
import { randomUUID } from 'node:crypto';
import {
  AccountComputer,
  AccountingService,
  findAccount,
  findRun,
  type AccountRecord,
  type FlowNode,
  RecomputeService,
  RecomputeTasks,
  type Run,
} from '@gep/accounting';
import { type ImportReport, type ImportRequest, ObservationService } from '@gep/observation';
import type { Actor } from '@gep/platform';
import { type NormEdition, parseNorm, loadUnits, RulebookService } from '@gep/rulebook';
import { levelOfCode, parentOfCode, TerritoryService } from '@gep/territory';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

/** The part of a norm that the tests change between editions. */
export interface SampleNorm {
  readonly price?: string;
  readonly share?: string;
  readonly expression?: string;
  /** Further keys of the water service. */
  readonly rules?: string;
  /** Further keys of the norm. */
  readonly more?: string;
}

/** Water from rain over two types; forest needs rain, grass is counted as well. */
export const normText = ({
  price = '2',
  share = '0.5',
  expression = 'area * rain * share',
  rules = 'negative: refuse',
  more = '',
}: SampleNorm = {}): string => `
id: sample
title: { zh: 样例, en: Sample }
status: usable
basis: [{ zh: 无, en: none }]
currency: yuan
ecosystemTypes:
  - { code: forest, name: { zh: 林地, en: Forest }, hj1166: '1' }
  - { code: grass, name: { zh: 草地, en: Grass }, hj1166: '3' }
attributes:
  - { code: area, unit: hm2, name: { zh: 面积, en: Area }, required: true }
  - { code: rain, unit: mm/a, name: { zh: 降水, en: Rain } }
products:
  - { code: maize, name: { zh: 玉米, en: Maize }, unit: t, priceUnit: yuan/t, class: crop }
  - { code: waterUse, name: { zh: 用水量, en: Water used }, unit: m3, priceUnit: yuan/m3, class: water }
parameters:
  - { code: waterPrice, name: { zh: 水价, en: Price of water }, unit: yuan/m3, values: [{ value: ${price}, from: 2000-01-01, grade: published, source: book }] }
  - { code: share, name: { zh: 系数, en: Share }, unit: '1', values: [{ value: ${share}, from: 2000-01-01, grade: solved, source: solved }] }
groups: [{ code: water, name: { zh: 水, en: Water } }, { code: food, name: { zh: 食物, en: Food } }]
formulas:
  - { code: waterKept, scope: patch, unit: m3/a, name: { zh: 水源涵养, en: Water kept }, expression: ${expression} }
services:
  - { code: water, category: regulating, group: water, name: { zh: 水源, en: Water }, quantity: waterKept, price: { parameter: waterPrice }, gamma: 1, ${rules} }
  - { code: crops, category: provisioning, group: food, name: { zh: 农产品, en: Crops }, quantity: { products: crop }, price: { product: price }, gamma: 1 }
${more}
`;

/** One row of an observation file. */
export type ObservedRow = Readonly<Record<string, string | number>>;

export interface AccountingTest {
  readonly test: TestDatabase;
  readonly actor: Actor;
  readonly runs: RecomputeService;
  readonly tasks: RecomputeTasks;
  readonly accounting: AccountingService;
  publish(norm?: SampleNorm): Promise<NormEdition>;
  observe(rows: readonly ObservedRow[], statistics?: readonly ObservedRow[]): Promise<void>;
  /** Imports the data sheet of a department. */
  deliver(dataSheet: string, content: object, wish?: Partial<ImportRequest> & { actor?: Actor }): Promise<ImportReport>;
  /** Imports rows of which some may be refused. */
  observePartly(rows: readonly ObservedRow[]): Promise<ImportReport>;
  /** Asks for a run and works it off. */
  recompute(period?: string, territory?: string): Promise<Run>;
  request(period?: string, territory?: string): Promise<string>;
  workOff(runId: string): Promise<Run>;
  run(runId: string): Promise<Run>;
  account(
    territory: string,
    more?: { asOf?: Date; edition?: string; period?: string; published?: boolean },
  ): Promise<AccountRecord | undefined>;
  close(): Promise<void>;
}

/** Two provinces; one with two prefectures of two and one counties, the other with one of each. */
export const territories = [
  'CN',
  '520000',
  '520500',
  '520521',
  '520523',
  '520600',
  '520602',
  '530000',
  '530100',
  '530102',
];

/** Threads are slow to start from the sources, so the tests of a file share them; idle ones let Jest end. */
const computer = new AccountComputer(2);

export async function startAccounting(): Promise<AccountingTest> {
  const test = await createTestDatabase();
  const actor = testActor();
  const rulebook = new RulebookService(test.db);
  const observations = new ObservationService(test.db, rulebook);
  const runs = new RecomputeService(test.db);
  const tasks = new RecomputeTasks(test.db, rulebook, computer);
  const units = await loadUnits('rulebook');
  await new TerritoryService(test.db).importTerritories(
    actor,
    [...territories, '520523-pit'].map((code) => ({
      code,
      nameZh: code,
      nameEn: code,
      level: levelOfCode(code),
      parentCode: parentOfCode(code),
      validFrom: '2000-01-01',
      validTo: null,
      source: 'made up',
    })),
  );
  const run = async (runId: string): Promise<Run> => {
    const found = await test.db.snapshot(actor, (tx) => findRun(tx, runId));
    if (!found) throw new Error(`no run ${runId}`);
    return found;
  };
  const work = async (nodes: readonly FlowNode[]): Promise<void> => {
    for (const { name, data, children = [] } of nodes) {
      await work(children);
      await (name === 'recomputeBatch'
        ? tasks.runBatch(data.runId, data.taskNo)
        : tasks.runLevel(data.runId, data.taskNo));
    }
  };
  const workOff = async (runId: string): Promise<Run> => {
    await work(await runs.flowOf(runId));
    return run(runId);
  };
  const request = async (period = '2024', territory = 'CN'): Promise<string> => {
    const { runId } = await runs.requestRecompute(actor, { period, normId: 'sample', territory }, randomUUID());
    return runId;
  };
  const importJson = async (
    content: object,
    { actor: by = actor, ...more }: Partial<ImportRequest> & { actor?: Actor } = {},
  ): Promise<ImportReport> => {
    const bytes = Buffer.from(JSON.stringify(content));
    return observations.importFile(by, { bytes, fileName: 'observed.json', normId: 'sample', ...more });
  };
  return {
    test,
    actor,
    runs,
    tasks,
    accounting: new AccountingService(test.db, rulebook),
    run,
    workOff,
    request,
    async publish(sample) {
      const { norm, problems } = parseNorm([{ path: 'norm.yaml', text: normText(sample) }], units);
      if (!norm) throw new Error(JSON.stringify(problems));
      await rulebook.publish(actor, norm);
      return norm;
    },
    async observe(extent, statistics = []) {
      const report = await importJson({ extent, ...(statistics.length > 0 ? { statistics } : {}) });
      const errors = report.problems.filter(({ severity }) => severity === 'error');
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
    },
    deliver: async (dataSheet, content, wish = {}) => importJson(content, { dataSheet, ...wish }),
    observePartly: async (extent) => importJson({ extent }),
    async recompute(period, territory) {
      return workOff(await request(period, territory));
    },
    account(territory, { asOf, edition, period = '2024', published } = {}) {
      const query = {
        territory,
        period,
        norm: { id: 'sample', ...(edition && { edition }) },
        ...(asOf && { asOf }),
        published,
      };
      return test.db.snapshot(actor, (tx) => findAccount(tx, query));
    },
    close: () => test.drop(),
  };
}

/** A forest of so many hectares under 1000 mm of rain: 5000 m³/hm² are kept, 10,000 yuan a hectare. */
export const forest = (territory: string, area: number, more: ObservedRow = {}): ObservedRow => ({
  territory,
  period: '2024',
  type: 'forest',
  area,
  rain: 1000,
  ...more,
});
