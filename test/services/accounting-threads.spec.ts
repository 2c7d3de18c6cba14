/** Worker threads that compute: the same accounts as in place, whole or by blocks; refusals come back, bugs are thrown. */
import { AccountComputer, computeAccount, IntervalComputer, type ObservedPeriod } from '@gep/accounting';
import { chunkDigest, encodeChunk, type PatchChunk } from '@gep/observation';
import { loadUnits, type NormEdition, parseNorm } from '@gep/rulebook';
import { normText } from './accounting-setup';

let norm: NormEdition;
const whole = new AccountComputer(1);
const divided = new AccountComputer(2, 100_000);
beforeAll(async () => {
  norm = parseNorm([{ path: 'norm.yaml', text: normText() }], await loadUnits('rulebook')).norm!;
});
afterAll(() => Promise.all([whole.onModuleDestroy(), divided.onModuleDestroy()]));

/** So many patches, every third of them grass. */
function chunkOf(rows: number, rain: (row: number) => number): PatchChunk {
  const column = (value: (row: number) => number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => value(row));
  return {
    rows,
    types: rows === 0 ? [] : ['forest', 'grass'],
    typeIndex: Uint16Array.from({ length: rows }, (_, row) => Number(row % 3 === 0)),
    patchIds: null,
    sourceRow: Int32Array.from({ length: rows }, (_, row) => row + 2),
    sourceSheet: 'extent',
    columns: { area: column((row) => 1 + 1 / (row + 1)), rain: column(rain) },
  };
}

const observedOf = (territory: string, chunk: PatchChunk): ObservedPeriod => ({
  territory,
  period: '2024',
  places: [territory],
  chunks: [chunk],
  statistics: [],
  digest: territory,
});
const rainy = (row: number): number => 900 + (row % 613) / 7;
const sound = [3, 40_000, 0, 7].map((rows, at) => observedOf(`52052${at}`, chunkOf(rows, rainy)));

const bytesOf = (one: ObservedPeriod) => ({
  ...one,
  chunks: one.chunks.map(encodeChunk),
  sources: one.chunks.map((chunk) => ({ batchId: 'batch', digest: chunkDigest(chunk) })),
  kept: null,
});
const compute = (
  computer: AccountComputer,
  observed: readonly ObservedPeriod[],
): ReturnType<AccountComputer['compute']> => {
  const { edition, files, units } = norm;
  const bytes = observed.map(bytesOf);
  return computer.compute({ edition, files, units: units.definitions }, bytes);
};

it('gives the same bits as in place, whole and divided into blocks', async () => {
  const expected = sound.map((one) => ({ territory: one.territory, account: computeAccount(norm, one) }));
  expect(await compute(whole, sound)).toEqual(expected);
  expect(await compute(divided, sound)).toEqual(expected);
});

it('brings refusals back in their places, also of a territory that is divided', async () => {
  const dry = observedOf(
    '520529',
    chunkOf(20_000, (row) => (row === 19_999 ? NaN : 1)),
  );
  const unknown = observedOf('520528', { ...chunkOf(20_000, rainy), types: ['forest', 'glacier'] });
  for (const computer of [whole, divided]) {
    expect(await compute(computer, [dry, sound[0], unknown])).toEqual([
      {
        territory: '520529',
        refusal: expect.objectContaining({
          code: 'accounting.attribute-missing',
          facts: expect.objectContaining({ row: 20_001, sheet: 'extent', attribute: 'rain' }),
        }),
      },
      { territory: '520520', account: computeAccount(norm, sound[0]) },
      { territory: '520528', refusal: expect.objectContaining({ code: 'accounting.unknown-type' }) },
    ]);
  }
});

it('refuses a territory whose chunk is damaged, whole and divided, and no other', async () => {
  const { edition, files, units } = norm;
  const texts = { edition, files, units: units.definitions };
  const large = bytesOf(sound[1]);
  const changed = new Uint8Array(large.chunks[0]);
  changed[changed.length - 800] ^= 1;
  for (const chunk of [changed, large.chunks[0].subarray(0, 200_000), new Uint8Array(200_000)]) {
    const damaged = { ...large, chunks: [chunk] };
    for (const computer of [whole, divided]) {
      const refusal = expect.objectContaining({ code: 'accounting.chunk-corrupt' });
      expect(await computer.compute(texts, [damaged, bytesOf(sound[0])])).toEqual([
        { territory: sound[1].territory, refusal },
        { territory: sound[0].territory, account: computeAccount(norm, sound[0]) },
      ]);
    }
  }
});

it('throws what is no refusal, and goes on with the next task', async () => {
  const { files, units } = norm;
  const unreadable = { edition: 'another', files, units: units.definitions };
  await expect(divided.compute(unreadable, [bytesOf(sound[0])])).rejects.toThrow(/cannot be read again/);
  expect(await compute(divided, [sound[0]])).toHaveLength(1);
});

it('draws intervals with the same bits whatever the number of threads, and brings refusals back', async () => {
  const price = '2, low: 1, high: 9, distribution: lognormal';
  const spread = normText({ price, share: '0.5, low: 0.2, high: 0.9, distribution: normal' });
  const { norm: drawn } = parseNorm([{ path: 'norm.yaml', text: spread }], await loadUnits('rulebook'));
  const request = { draws: 301, seed: 2 ** 40 + 7, targetFen: 1n };
  const computers = [1, 2, 3].map((threads) => new IntervalComputer(threads));
  try {
    const parts = [sound[0], sound[3]].map((one) => ({ norm: drawn!, observed: one }));
    const [one, ...others] = await Promise.all(computers.map((computer) => computer.intervalOf(parts, request)));
    expect(one.drawn.map(({ code }) => code).sort()).toEqual(['share', 'waterPrice']);
    expect(one.total.lowFen).toBeLessThan(one.total.highFen);
    for (const other of others) expect(other).toEqual(one);
    const unknown = observedOf('520528', { ...chunkOf(3, rainy), types: ['forest', 'glacier'] });
    const refused = computers[1].interval(drawn!, unknown, request);
    await expect(refused).rejects.toMatchObject({ code: 'accounting.unknown-type' });
  } finally {
    await Promise.all(computers.map((computer) => computer.close()));
  }
});

it('refuses work after it is closed', async () => {
  const closed = new AccountComputer(1);
  await closed.onModuleDestroy();
  await expect(compute(closed, [sound[0]])).rejects.toThrow(/closed/);
});
