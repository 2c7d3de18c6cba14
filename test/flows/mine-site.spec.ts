/** The restored mine through upload, outbox, queue, worker and API, on both queues: the figures of its Tables 4, 5 and 6. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { sumInOrder } from '@gep/kernel';
import type { Working } from '../../apps/worker/src/start-working.main';
import { until } from '../fixtures/until';
import { formOf, list, startApi, type ApiUnderTest, type Json } from './api-under-test';
import { describeOnBothQueues, type QueuePlace } from './queue-place';

const root = resolve(__dirname, '../..');

interface Figure {
  readonly period: string;
  readonly published: number;
  /** Allowed deviation as a fraction of the published figure. */
  readonly tolerance?: number;
  /** Allowed deviation in the unit of the figure. */
  readonly within?: number;
}

const study = parse(readFileSync(resolve(root, 'test/cases/jinsha-mine.yaml'), 'utf8')) as {
  readonly norm: string;
  readonly territory: string;
  readonly observations: string;
  readonly quantities: (Figure & { readonly service: string; readonly unit: string })[];
  readonly totals: Figure[];
  readonly values: (Figure & { readonly group: string; readonly type?: string })[];
  readonly shares: (Figure & { readonly type: string; readonly rank: number })[];
  readonly withoutLines: string[];
};
const { norm, territory } = study;
const periods = ['2021', '2024'];

function expectNear(what: string, given: number, { published, tolerance, within }: Figure): void {
  const allowed = within ?? Math.abs(published) * tolerance!;
  const verdict = Math.abs(given - published) <= allowed ? 'near' : `${given}, more than ${allowed} off`;
  expect(`${what} ${published}: ${verdict}`).toBe(`${what} ${published}: near`);
}

/** 10^4 yuan, in which the study prints values. */
const wanYuan = (fen: bigint): number => Number(fen) / 1_000_000;
const fenOf = (json: Json): bigint => BigInt(String(json));

describeOnBothQueues('the mine of the study', (openPlace) => {
  let place: QueuePlace;
  let api: ApiUnderTest;
  let worker: Working;
  let token: string;
  const accounts = new Map<string, Json>();
  const linesOf = (period: string) => list(accounts.get(period)!.lines);

  beforeAll(async () => {
    place = await openPlace();
    api = await startApi(undefined, place);
    await api.publish(norm);
    token = await api.person('accountant', 'accountant', '520523');
    worker = await place.work();
  });
  afterAll(async () => {
    await worker.stop();
    await api.stop();
    await place.close();
  });

  const write = (path: string, more: { body?: object; form?: FormData }) =>
    api.call('POST', path, { token, headers: { 'idempotency-key': randomUUID() }, ...more });

  it('is taken in whole', async () => {
    const file = readFileSync(resolve(root, study.observations));
    const { status, body } = await write('/api/v1/uploads', { form: formOf(file, 'observations.json', { norm }) });
    expect([status, body.status]).toEqual([201, 'accepted']);
  });

  it.each(periods)('is computed by the worker for %s', async (period) => {
    const asked = await write('/api/v1/recomputes', { body: { period, norm, territory } });
    expect([asked.status, asked.body.started]).toEqual([202, true]);
    const path = String(asked.headers.get('location'));
    let run: Json = asked.body;
    const isOver = async (): Promise<boolean> => {
      run = (await api.call('GET', path, { token })).body;
      return String(run.state) !== 'active';
    };
    await until(isOver, 40_000, `the run of ${period}`, 100);
    expect(run).toMatchObject({ state: 'done', progress: { territories: { computed: 1, refused: 0 } } });
    const current = `/api/v1/accounts/current?territory=${territory}&period=${period}&norm=${norm}`;
    const { status, body } = await api.call('GET', current, { token });
    expect(status).toBe(200);
    accounts.set(period, body);
  });

  it('has the quantities of Table 4', () => {
    for (const figure of study.quantities) {
      const lines = linesOf(figure.period).filter(({ service }) => String(service) === figure.service);
      expect(new Set(lines.map(({ unit }) => String(unit)))).toEqual(new Set([figure.unit]));
      const quantity = sumInOrder(lines.map((line) => Number(line.quantity)));
      expectNear(`${figure.period} ${figure.service}`, quantity, figure);
    }
  });

  it('has the values of Table 5', () => {
    for (const figure of study.totals) {
      const { totals } = accounts.get(figure.period)!;
      expectNear(`${figure.period} total`, wanYuan(fenOf(totals.totalFen)), figure);
    }
    for (const figure of study.values) {
      const lines = linesOf(figure.period)
        .filter(({ group }) => String(group) === figure.group)
        .filter(({ type }) => figure.type === undefined || String(type) === figure.type);
      const fen = lines.reduce((sum, line) => sum + fenOf(line.valueFen), 0n);
      expectNear(`${figure.period} ${figure.group} ${figure.type ?? ''}`, wanYuan(fen), figure);
    }
  });

  it('has the shares and ranks of Table 6', () => {
    for (const figure of study.shares) {
      const { byType, totalFen } = accounts.get(figure.period)!.totals;
      const share = (type: string): number => (Number(byType[type]) / Number(totalFen)) * 100;
      expectNear(`${figure.period} share of ${figure.type}`, share(figure.type), figure);
      const ahead = Object.keys(byType).filter((type) => share(type) > share(figure.type)).length;
      expect([figure.period, figure.type, ahead + 1]).toEqual([figure.period, figure.type, figure.rank]);
    }
    for (const period of periods)
      expect(linesOf(period).filter(({ type }) => study.withoutLines.includes(String(type)))).toEqual([]);
  });

  it('adds up to the fen', () => {
    for (const period of periods) {
      const { totals } = accounts.get(period)!;
      const sum = linesOf(period).reduce((total, line) => total + fenOf(line.valueFen), 0n);
      expect(String(sum)).toBe(String(totals.totalFen));
    }
  });
});
