/** Files made to do harm: each is refused within its time, and the memory of the program that takes uploads stays as it was. */
import { deflateRawSync } from 'node:zlib';
import { Workbook } from 'exceljs';
import { importSetting, ImportSetting, normId } from '../fixtures/import-setting';
import { testActor } from '../fixtures/test-database';

let setting: ImportSetting;
beforeAll(async () => {
  setting = await importSetting();
});
afterAll(() => setting.test.drop());

const mebibyte = 2 ** 20;
/** How an import ended, how long it took, and how much more memory the process held at most meanwhile. */
async function attempt(
  fileName: string,
  bytes: Uint8Array,
): Promise<{ code: string; seconds: number; megabytes: number }> {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
  const start = performance.now();
  const code = await setting.observations.importFile(testActor(), { fileName, bytes, normId }).then(
    ({ status }) => status as string,
    (error: Error & { code?: string }) => error.code ?? error.message,
  );
  clearInterval(watch);
  return { code, seconds: (performance.now() - start) / 1000, megabytes: (most - before) / mebibyte };
}

/** A workbook whose sheet unpacks to a gigabyte; its directory lies about the size when `claimed` is given. */
async function bomb(claimed?: number): Promise<Buffer> {
  const book = new Workbook();
  book.addWorksheet('范围').addRow(['territory', 'period', 'type', 'area']);
  const honest = Buffer.from(await book.xlsx.writeBuffer());
  const name = Buffer.from('xl/worksheets/big.xml');
  const packed = deflateRawSync(Buffer.alloc(1024 * mebibyte, ' '), { level: 9 });
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(8, 4);
  header.writeUInt32LE(packed.length, 14);
  header.writeUInt32LE(claimed ?? 1024 * mebibyte, 18);
  header.writeUInt16LE(name.length, 22);
  const end = honest.length - 22;
  const directoryAt = honest.readUInt32LE(end + 16);
  const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), header, name, packed]);
  const place = Buffer.alloc(14);
  place.writeUInt32LE(directoryAt, 10);
  const entry = Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), header, place, name]);
  const tail = Buffer.from(honest.subarray(end));
  tail.writeUInt16LE(tail.readUInt16LE(8) + 1, 8);
  tail.writeUInt16LE(tail.readUInt16LE(10) + 1, 10);
  tail.writeUInt32LE(tail.readUInt32LE(12) + entry.length, 12);
  tail.writeUInt32LE(directoryAt + local.length, 16);
  return Buffer.concat([honest.subarray(0, directoryAt), local, honest.subarray(directoryAt, end), entry, tail]);
}

it('a workbook of one megabyte that unpacks to a gigabyte', async () => {
  const bytes = await bomb();
  expect(bytes.length / mebibyte).toBeGreaterThan(0.9);
  global.gc?.();
  const { code, seconds, megabytes } = await attempt('a.xlsx', bytes);
  console.log(
    `bomb of ${(bytes.length / mebibyte).toFixed(1)} MiB: ${code} after ${seconds.toFixed(3)} s, ${megabytes.toFixed(1)} MiB more`,
  );
  expect(code).toBe('observation.file-too-large');
  expect(seconds).toBeLessThan(2);
  expect(megabytes).toBeLessThan(50);
});

it.each<[string, string, () => Buffer, string]>([
  ['ten million rows', 'a.csv', () => Buffer.alloc(10_000_000, '\n'), 'observation.file-too-large'],
  ['a million columns', 'a.csv', () => Buffer.from(`a${',b'.repeat(1_000_000)}`), 'observation.file-too-large'],
  [
    'a quote that never ends',
    'a.csv',
    () => Buffer.from(`territory,period,type,area\n"${'x'.repeat(5_000_000)}`),
    'refused',
  ],
  ['brackets without end', 'a.json', () => Buffer.alloc(5_000_000, '['), 'observation.file-too-large'],
  [
    'items without end',
    'a.json',
    () => Buffer.from(`{"extent":[${'{},'.repeat(15_000_000)}{}]}`),
    'observation.file-too-large',
  ],
  [
    'items with ever new names',
    'a.json',
    () => Buffer.from(JSON.stringify({ extent: Array.from({ length: 1000 }, (_, i) => ({ [`n${i}`]: 1 })) })),
    'observation.file-too-large',
  ],
  [
    'one cell of megabytes',
    'a.csv',
    () => Buffer.from(`territory,period,type,area\n520523,2024,cropland,${'9'.repeat(5_000_000)}`),
    'refused',
  ],
  [
    'names that mean something to the language',
    'a.json',
    () => Buffer.from('{"__proto__":{"x":1},"extent":[{"__proto__":{"area":1},"constructor":1}]}'),
    'refused',
  ],
])('%s', async (_, fileName, make, expected) => {
  const { code, seconds } = await attempt(fileName, make());
  expect(code).toBe(expected);
  // Under 0.5 s on a quiet machine; here a thread first compiles the sources, and other tests run beside it.
  expect(seconds).toBeLessThan(15);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

it('does not keep the event loop from other work', async () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => `520523,2024,cropland,p${i},${(i % 997) + 0.25},1100,600`);
  const bytes = Buffer.from(['territory,period,type,patch,area,precipitation,evapotranspiration', ...lines].join('\n'));
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  const { code, seconds } = await attempt('a.csv', bytes);
  clearInterval(watch);
  console.log(
    `100,000 rows of CSV: ${code} after ${seconds.toFixed(2)} s; longest wait of the event loop ${longest.toFixed(0)} ms`,
  );
  expect(code).toBe('accepted');
  expect(seconds).toBeLessThan(20);
  expect(longest).toBeLessThan(500);
});
