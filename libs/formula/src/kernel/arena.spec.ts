/** Room in shared memory: never the same twice, found again from other threads, given back at once. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Arena, arenaOf, mostPages } from './arena';

it('hands out room that does not overlap, at multiples of sixteen', () => {
  const arena = Arena.open()!;
  const parts = [1, 0, 17, 70_000, 8].map((bytes) => arena.take(bytes)!);
  parts.forEach((part, i) => part.fill(i + 1));
  parts.forEach((part, i) => {
    expect(part.byteOffset % 16).toBe(0);
    expect(part.every((byte) => byte === i + 1)).toBe(true);
    expect(arenaOf(part.buffer)).toBe(arena);
  });
  expect(arenaOf(new ArrayBuffer(8))).toBeUndefined();
  expect(Arena.over(arena.memory)).toBe(arena);
});

it('grows without moving what it holds, and is bounded', () => {
  const arena = Arena.open()!;
  const first = arena.take(8)!.fill(5);
  const large = arena.take(100 * 2 ** 20)!;
  expect(large.length).toBe(100 * 2 ** 20);
  expect([...arena.view(first.byteOffset, 8)]).toEqual([...first]);
  expect(arena.take(mostPages * 65_536)).toBeUndefined();
  // A kernel reads a little beyond the last column.
  expect(arena.memory.buffer.byteLength - arena.taken).toBeGreaterThanOrEqual(16);
  expect(arena.take(8)!.byteOffset).toBe(large.byteOffset + large.length);
});

it('begins anew when it is emptied, and says so', () => {
  const arena = Arena.open()!;
  const [{ byteOffset }, epoch] = [arena.take(100)!, arena.epoch];
  arena.take(100);
  arena.empty();
  expect(arena.take(1)!.byteOffset).toBe(byteOffset);
  expect(arena.epoch).not.toBe(epoch);
});

it('gives each of several threads room of its own, and shows what they wrote', async () => {
  const arena = Arena.open()!;
  const code = `
    require(${JSON.stringify(require.resolve('../../../../test/fixtures/load-typescript.js'))});
    const { Arena } = require(${JSON.stringify(require.resolve('./arena'))});
    const { parentPort, workerData } = require('node:worker_threads');
    const arena = Arena.over(workerData.memory);
    const taken = Array.from({ length: 300 }, (_, i) => arena.take(1000 + i).fill(workerData.mark));
    parentPort.postMessage(taken.map(({ byteOffset, length }) => [byteOffset, length]));`;
  const threads = [1, 2].map((mark) => new Worker(code, { eval: true, workerData: { memory: arena.memory, mark } }));
  const places = await Promise.all(threads.map(async (thread) => (await once(thread, 'message'))[0] as number[][]));
  places.forEach((list, index) =>
    list.forEach(([address, bytes]) => {
      expect(arena.view(address, bytes).every((byte) => byte === index + 1)).toBe(true);
    }),
  );
  await Promise.all(threads.map((thread) => thread.terminate()));
});
