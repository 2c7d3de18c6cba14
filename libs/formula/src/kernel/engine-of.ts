/** Chooses the engine of a plan: emitted WebAssembly where it is exact and worth its making, else vectors. */
import { BlockEngine } from './block-engine';
import { canEmit } from './emit-kernel';
import { KernelPlan } from './kernel-plan';
import { VectorEngine } from './vector-engine';
import { canRunWasm, WasmEngine } from './wasm-engine';

/** Making a module takes about as long as vectors need for so many rows. */
const rowsWorthEmitting = 32_768;
const mostEngines = 16;

/** An engine with the rows that it was asked for so far; `settled` when no other one can take its place. */
interface EngineInUse {
  engine: BlockEngine;
  rows: number;
  settled: boolean;
}

/** Engines by what their plans compute, the longest unused first. */
const engines = new Map<string, EngineInUse>();
/** What a plan computes, written out once: for a small territory that takes longer than its sums. */
const contents = new WeakMap<KernelPlan, string>();

/**
 * An engine for so many rows, kept for plans of the same content (a worker gets a new copy of a plan with each task).
 * The rows of all calls count, so that many small territories are worth a module too. Which engine it is changes no bit.
 */
export function engineOf(plan: KernelPlan, rows: number): BlockEngine {
  const content = contentOf(plan);
  const inUse = engines.get(content) ?? { engine: new VectorEngine(plan), rows: 0, settled: false };
  engines.delete(content);
  engines.set(content, inUse);
  if (engines.size > mostEngines) engines.delete(engines.keys().next().value!);
  inUse.rows += rows;
  if (!inUse.settled && inUse.rows >= rowsWorthEmitting) {
    if (canRunWasm && canEmit(plan)) inUse.engine = new WasmEngine(plan);
    inUse.settled = true;
  }
  return inUse.engine;
}

function contentOf(plan: KernelPlan): string {
  const known = contents.get(plan);
  if (known !== undefined) return known;
  const content = JSON.stringify([plan.columns, plan.types, plan.keys]);
  contents.set(plan, content);
  return content;
}
