/** Chooses the engine of a plan: emitted WebAssembly where it is exact and worth its making, else vectors. */
import { BlockEngine } from './block-engine';
import { canEmit } from './emit-kernel';
import { KernelPlan } from './kernel-plan';
import { VectorEngine } from './vector-engine';
import { canRunWasm, WasmEngine } from './wasm-engine';

/** Making a module takes about as long as vectors need for so many rows. */
const rowsWorthEmitting = 32_768;
const mostEngines = 16;

/** Engines by what their plans compute, the longest unused first. */
const engines = new Map<string, BlockEngine>();

/**
 * An engine for so many rows, kept for plans of the same content (a worker gets a new copy of a plan with each task).
 * Which one it is changes no bit.
 */
export function engineOf(plan: KernelPlan, rows: number): BlockEngine {
  const key = JSON.stringify([plan.columns, plan.types, plan.keys]);
  const known = engines.get(key);
  const emit = rows >= rowsWorthEmitting && canRunWasm && canEmit(plan);
  const engine = known && (known instanceof WasmEngine || !emit) ? known : makeEngine(plan, emit);
  engines.delete(key);
  engines.set(key, engine);
  if (engines.size > mostEngines) engines.delete(engines.keys().next().value!);
  return engine;
}

const makeEngine = (plan: KernelPlan, emit: boolean): BlockEngine =>
  emit ? new WasmEngine(plan) : new VectorEngine(plan);
