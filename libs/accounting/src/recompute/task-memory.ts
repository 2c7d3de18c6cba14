/** Chunks of a task on their way to a thread: their places in memory that both threads have, instead of their bytes. */
import { Arena, type ArenaMemory, arenaOf } from '@gep/formula';
import type { ComputeTask, ObservedBytes } from './compute-batch';

/** Where a chunk lies in an arena. */
interface ChunkPlace {
  readonly address: number;
  readonly bytes: number;
}

/** A task as it is posted. */
export interface CarriedTask {
  readonly task: ComputeTask;
  /** Of each observation of the task, the place of each chunk; null for one that travels as bytes. */
  readonly places: readonly (readonly (ChunkPlace | null)[])[];
  readonly memory?: ArenaMemory;
}

const elsewhere = new Uint8Array();

/** Makes a task ready to be posted. Chunks of one arena go as places; what lies in none, or in another, goes as bytes. */
export function carryTask(task: ComputeTask): CarriedTask {
  const list = observedOf(task);
  const arena = list.flatMap(({ chunks }) => chunks.map(({ buffer }) => arenaOf(buffer))).find((found) => found);
  const places = list.map(({ chunks }) =>
    chunks.map(({ buffer, byteOffset: address, byteLength: bytes }) => {
      return arena && arenaOf(buffer) === arena ? { address, bytes } : null;
    }),
  );
  const carried = withChunks(task, (bytes, one, at) => (places[one][at] ? elsewhere : bytes));
  return { task: carried, places, ...(arena && { memory: arena.memory }) };
}

/** The task as it was carried, in the thread that does it: chunks of an arena are views of it, which kernels recognise. */
export function receiveTask({ task, places, memory }: CarriedTask): ComputeTask {
  if (!memory) return task;
  const arena = Arena.over(memory);
  return withChunks(task, (bytes, one, at) => {
    const place = places[one][at];
    return place ? arena.view(place.address, place.bytes) : bytes;
  });
}

const observedOf = (task: ComputeTask): readonly ObservedBytes[] =>
  task.kind === 'accounts' ? task.observed : [task.observed];

function withChunks(
  task: ComputeTask,
  chunkFor: (bytes: Uint8Array, one: number, at: number) => Uint8Array,
): ComputeTask {
  const changed = (observed: ObservedBytes, one: number): ObservedBytes => {
    return { ...observed, chunks: observed.chunks.map((bytes, at) => chunkFor(bytes, one, at)) };
  };
  if (task.kind === 'accounts') return { ...task, observed: task.observed.map(changed) };
  return { ...task, observed: changed(task.observed, 0) };
}
