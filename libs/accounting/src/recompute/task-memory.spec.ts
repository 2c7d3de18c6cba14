/** Chunks reach a thread as places of memory that both have: nothing of an arena is copied, nothing else is lost. */
import { Arena, arenaOf } from '@gep/formula';
import { BatchRooms } from './batch-room.pool';
import type { ComputeTask, ObservedBytes } from './compute-batch';
import { carryTask, receiveTask } from './task-memory';

const norm = { edition: 'e', files: [], units: [] };
const observed = (...chunks: Uint8Array[]): ObservedBytes =>
  ({ territory: '520523', period: '2024', places: [], statistics: [], digest: 'd', chunks, kept: null }) as never;
const filled = (room: Uint8Array, value: number): Uint8Array => room.fill(value);
const arena = Arena.open()!;
const inArena = filled(arena.take(100)!, 1);
arena.take(40 * 2 ** 20);
const inGrown = filled(arena.take(50)!, 2);
const inOther = filled(Arena.open()!.take(10)!, 3);
const plain = filled(new Uint8Array(20), 4);

const chunksOf = (task: ComputeTask): Uint8Array[] =>
  task.kind === 'accounts' ? task.observed.flatMap(({ chunks }) => chunks) : [...task.observed.chunks];

it.each<[string, ComputeTask, number]>([
  [
    'accounts',
    { kind: 'accounts', norm, observed: [observed(plain, inArena), observed(), observed(inGrown, inOther)] },
    20,
  ],
  ['blocks', { kind: 'blocks', norm, observed: observed(inGrown, plain, inArena), blocks: { from: 0, to: 1 } }, 20],
  ['the end', { kind: 'finish', norm, observed: observed(inArena), partials: [] }, 0],
])('the chunks of %s', (name, task, copied) => {
  const carried = carryTask(task);
  const bytes = chunksOf(carried.task).reduce((sum, { length }) => sum + length, 0);
  expect(bytes).toBe(copied + (name === 'accounts' ? inOther.length : 0));
  expect(carried.memory).toBe(arena.memory);
  const received = receiveTask(carried);
  expect(received).toEqual(task);
  const arenasOf = (one: ComputeTask): unknown[] => chunksOf(one).map(({ buffer }) => arenaOf(buffer));
  expect(arenasOf(received)).toEqual(arenasOf(task));
});

it('a task without an arena goes as it is', () => {
  const task: ComputeTask = { kind: 'accounts', norm, observed: [observed(plain)] };
  expect(carryTask(task)).toEqual({ task, places: [[null]] });
  expect(receiveTask(carryTask(task))).toEqual(task);
});

describe('room for a batch', () => {
  const memoryOf = (room: Uint8Array): unknown => arenaOf(room.buffer)?.memory;

  it('is lent again when the work is done, from its start', async () => {
    const rooms = new BatchRooms();
    const first = await rooms.lend(async (roomFor) => roomFor(100));
    const second = await rooms.lend(async (roomFor) => roomFor(100));
    expect([memoryOf(second), second.byteOffset]).toEqual([memoryOf(first), first.byteOffset]);
  });

  it('is never lent to two at once, nor again after a failure', async () => {
    const rooms = new BatchRooms();
    const seen: unknown[] = [];
    await rooms.lend(async (roomFor) => {
      seen.push(memoryOf(roomFor(1)));
      await rooms.lend(async (inner) => seen.push(memoryOf(inner(1))));
    });
    expect(seen[0]).not.toBe(seen[1]);
    const failing = rooms.lend(async (roomFor) => {
      seen.push(memoryOf(roomFor(1)));
      throw new Error('a thread died');
    });
    await expect(failing).rejects.toThrow('a thread died');
    for (let i = 0; i < 4; i++) expect(await rooms.lend(async (roomFor) => memoryOf(roomFor(1)))).not.toBe(seen[2]);
  });

  it('is shared memory of its own when the arena is full', async () => {
    const room = await new BatchRooms().lend(async (roomFor) => {
      roomFor(2 ** 30 - 4096);
      return roomFor(8192);
    });
    expect([room.length, memoryOf(room), room.buffer instanceof SharedArrayBuffer]).toEqual([8192, undefined, true]);
  });
});
