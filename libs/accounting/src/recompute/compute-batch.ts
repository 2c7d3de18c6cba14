/** What a worker thread computes: accounts of a batch of territories from the bytes of their chunks, or a run of blocks of one. */
import { PartialSums, reducePartials, runKernel } from '@gep/formula';
import { assert, Bilingual, DomainError, Facts, UnitDefinition, UnitTable } from '@gep/kernel';
import { decodeChunk, StatisticRow } from '@gep/observation';
import { NormEdition, NormFile, parseNorm } from '@gep/rulebook';
import { Account, KeptBaseSums } from '../account/account';
import { computeAccount, KernelRunner, prepareRows, recomputeFromSums } from '../account/compute-account';
import { ObservedPeriod } from '../account/observed-period';

/** A norm edition as it travels to a thread: texts, because compiled formulas cannot be cloned. */
export interface NormTexts {
  readonly edition: string;
  readonly files: readonly NormFile[];
  readonly units: readonly UnitDefinition[];
}

/** An observation as it travels: chunks as Arrow bytes, in shared memory when they are large. */
export interface ObservedBytes extends Omit<ObservedPeriod, 'chunks'> {
  readonly chunks: readonly Uint8Array[];
  readonly statistics: readonly StatisticRow[];
  /** Sums of an earlier account of the same observation, which may spare reading the chunks. */
  readonly kept: KeptBaseSums | null;
}

/** Computes whole accounts. */
export interface AccountsTask {
  readonly kind: 'accounts';
  readonly norm: NormTexts;
  readonly observed: readonly ObservedBytes[];
}

/** Sums a run of blocks of one large territory. */
export interface BlocksTask {
  readonly kind: 'blocks';
  readonly norm: NormTexts;
  readonly observed: ObservedBytes;
  readonly blocks: { readonly from: number; readonly to: number };
}

/** Finishes a large territory from the partial sums of all its blocks. */
export interface FinishTask {
  readonly kind: 'finish';
  readonly norm: NormTexts;
  readonly observed: ObservedBytes;
  readonly partials: readonly PartialSums[];
}

export type ComputeTask = AccountsTask | BlocksTask | FinishTask;

/** An account, or why there is none; a refusal of one territory leaves the others alone. */
export type AccountOutcome =
  { readonly territory: string; readonly account: Account } | { readonly territory: string; readonly refusal: Refusal };

/** A refusal as plain values, so that it survives the way back from a thread. */
export interface Refusal {
  readonly code: string;
  readonly text: Bilingual;
  readonly facts: Facts;
}

export type ComputeResult = readonly AccountOutcome[] | PartialSums;

/**
 * Does a task. Blocks give partial sums, or the refusal of their territory; the other kinds give outcomes.
 * Errors that are no refusals are thrown: they are bugs, or the thread is out of memory.
 */
export function computeTask(task: ComputeTask): ComputeResult {
  const norm = normOf(task.norm);
  switch (task.kind) {
    case 'accounts':
      return task.observed.map((observed) => outcomeOf(observed.territory, () => accountOf(norm, observed)));
    case 'blocks':
      return blocksOf(norm, task);
    case 'finish': {
      const run: KernelRunner = (plan) => reducePartials(plan, task.partials);
      const { observed } = task;
      return [outcomeOf(observed.territory, () => computeAccount(norm, decodeObserved(observed), run))];
    }
  }
}

/** Computes, or turns the refusal into a value. */
function outcomeOf(territory: string, compute: () => Account): AccountOutcome {
  try {
    return { territory, account: compute() };
  } catch (error) {
    return refusalOf(territory, error);
  }
}

/** A refusal as a value; anything else stays thrown, with the territory at fault, whose batch it brings down. */
function refusalOf(territory: string, error: unknown): AccountOutcome {
  if (!(error instanceof DomainError)) {
    throw new Error(`${territory}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const { code, text, facts } = error;
  return { territory, refusal: { code, text, facts } };
}

function accountOf(norm: NormEdition, observed: ObservedBytes): Account {
  const reused = observed.kept ? recomputeFromSums(norm, observed, observed.kept) : undefined;
  return reused ?? computeAccount(norm, decodeObserved(observed));
}

function decodeObserved(observed: ObservedBytes): ObservedPeriod {
  return { ...observed, chunks: observed.chunks.map(decodeChunk) };
}

function blocksOf(norm: NormEdition, { observed, blocks }: BlocksTask): ComputeResult {
  try {
    const { compiled, chunks } = prepareRows(norm, decodeObserved(observed));
    return runKernel(compiled.program.plan, chunks, blocks);
  } catch (error) {
    return [refusalOf(observed.territory, error)];
  }
}

/** Editions that this thread has read already; few are in use at a time. */
const editions = new Map<string, NormEdition>();
const mostEditions = 4;

function normOf({ edition, files, units }: NormTexts): NormEdition {
  const known = editions.get(edition);
  if (known) return known;
  const { norm, problems } = parseNorm(files, new UnitTable(units));
  assert(norm && norm.edition === edition, `edition ${edition} cannot be read again: ${JSON.stringify(problems)}`);
  const [oldest] = editions.keys();
  if (editions.size >= mostEditions) editions.delete(oldest);
  editions.set(edition, norm);
  return norm;
}
