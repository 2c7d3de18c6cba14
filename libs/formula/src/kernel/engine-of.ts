/** Chooses the engine of a plan: emitted WebAssembly where it is worth its making, else vectors. */
import { Arena } from './arena';
import { BlockEngine } from './block-engine';
import { canEmit } from './emit-kernel';
import { KernelPlan } from './kernel-plan';
import { VectorEngine } from './vector-engine';
import { WasmEngine, WasmKernel } from './wasm-engine';

/** Making a module takes about as long as vectors need for so many rows. */
const rowsWorthEmitting = 32_768;
const mostPlans = 16;

/** The engines of one plan, with the rows that were asked of them so far. */
class PlanEngines {
  private rows = 0;
  private kernel: WasmKernel | undefined;
  private readonly vectors: VectorEngine;
  /** Reads no column in place; has a memory of its own. */
  private copying: WasmEngine | undefined;
  private readonly inPlace = new WeakMap<Arena, WasmEngine>();

  constructor(private readonly plan: KernelPlan) {
    this.vectors = new VectorEngine(plan);
  }

  take(rows: number, arena: Arena | undefined): BlockEngine {
    this.rows += rows;
    if (this.rows < rowsWorthEmitting || !canEmit(this.plan)) return this.vectors;
    return (arena && this.engineIn(arena)) ?? this.copyingEngine() ?? this.vectors;
  }

  private engineIn(arena: Arena): WasmEngine | undefined {
    const known = this.inPlace.get(arena);
    if (known?.isValid) return known;
    this.kernel ??= new WasmKernel(this.plan);
    const engine = this.kernel.engineIn(arena);
    if (engine) this.inPlace.set(arena, engine);
    return engine;
  }

  private copyingEngine(): WasmEngine | undefined {
    if (this.copying) return this.copying;
    // None where Node runs without a compiler (`--jitless`).
    const own = Arena.open();
    if (!own) return undefined;
    this.kernel ??= new WasmKernel(this.plan);
    return (this.copying = this.kernel.engineIn(own));
  }
}

/** Engines by what their plans compute, the longest unused first. */
const engines = new Map<string, PlanEngines>();
/** What a plan computes, written out once: for a small territory that takes longer than its sums. */
const contents = new WeakMap<KernelPlan, string>();

/**
 * An engine for so many rows, kept for plans of the same content (a worker gets a new copy of a plan with each task).
 * The rows of all calls count, so that many small territories are worth a module too. Which engine it is changes no bit.
 * @param arena where the columns lie, if they lie in one
 */
export function engineOf(plan: KernelPlan, rows: number, arena?: Arena): BlockEngine {
  const content = contentOf(plan);
  const ofPlan = engines.get(content) ?? new PlanEngines(plan);
  engines.delete(content);
  engines.set(content, ofPlan);
  if (engines.size > mostPlans) engines.delete(engines.keys().next().value!);
  return ofPlan.take(rows, arena);
}

function contentOf(plan: KernelPlan): string {
  const known = contents.get(plan);
  if (known !== undefined) return known;
  // Which types need a sum decides for which rows a power is computed.
  const content = JSON.stringify([plan.columns, plan.types, plan.keys, plan.needs]);
  contents.set(plan, content);
  return content;
}
