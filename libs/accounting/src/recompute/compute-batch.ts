/** What a worker thread computes: accounts of a batch of territories from the bytes of their chunks, or a run of blocks of one. */
import { PartialSums, reducePartials, runKernel } from '@gep/formula';
import { assert, Bilingual, DomainError, Facts, UnitDefinition, UnitTable } from '@gep/kernel';
import { decodeChunk, StatisticRow, storedChunkDigest } from '@gep/observation';
import { NormEdition, NormFile, parseNorm } from '@gep/rulebook';
import { Account, KeptBaseSums } from '../account/account';
import { computeAccount, KernelRunner, prepareRows, recomputeFromSums } from '../account/compute-account';
import { ObservedPeriod } from '../account/observed-period';
import { ChunkCorrupt } from '../task/errors';

/** A norm edition as it travels to a thread: texts, because compiled formulas cannot be cloned. */
export interface NormTexts {
  readonly edition: string;
  readonly files: readonly NormFile[];
  readonly units: readonly UnitDefinition[];
}

/** Where a chunk came from, and the digest its content had then. */
export interface ChunkSource {
  readonly batchId: string;
  readonly digest: string;
}

/** An observation as it travels: chunks as Arrow bytes, in shared memory when they are large. */
export interface ObservedBytes extends Omit<ObservedPeriod, 'chunks'> {
  readonly chunks: readonly Uint8Array[];
  /** For each chunk, the batch it came with and the digest it must have. */
  readonly sources: readonly ChunkSource[];
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
  | { readonly territory: string; readonly account: Account }
  | { readonly territory: string; readonly refusal: Refusal };

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
      return [outcomeOf(observed.territory, () => computeAccount(norm, decodeObserved(observed, false), run))];
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
  return reused ?? computeAccount(norm, decodeObserved(observed, true));
}

/**
 * @param checked whether the content is compared with its digest, which reads every byte once more
 * @throws ChunkCorrupt
 */
function decodeObserved(observed: ObservedBytes, checked: boolean): ObservedPeriod {
  const chunks = observed.chunks.map((bytes, at) => {
    const source = observed.sources[at];
    try {
      const differs = checked && storedChunkDigest(bytes) !== source.digest;
      if (!differs) return decodeChunk(bytes);
    } catch (error) {
      throw new ChunkCorrupt(observed, source, error instanceof Error ? error.message : String(error));
    }
    throw new ChunkCorrupt(observed, source, 'digest differs');
  });
  return { ...observed, chunks };
}

function blocksOf(norm: NormEdition, { observed, blocks }: BlocksTask): ComputeResult {
  try {
    // The blocks of a territory are many; its digest is compared with the first of them.
    const { compiled, chunks } = prepareRows(norm, decodeObserved(observed, blocks.from === 0));
    return runKernel(compiled.program.plan, chunks, blocks);
  } catch (error) {
    return [refusalOf(observed.territory, error)];
  }
}

/** Editions that this thread has read already; few are in use at a time. */
const editions = new Map<string, NormEdition>();
const mostEditions = 4;

/** Reads a norm edition that travelled; the last few are kept. */
export function normOf({ edition, files, units }: NormTexts): NormEdition {
  const known = editions.get(edition);
  if (known) return known;
  const { norm, problems } = parseNorm(files, new UnitTable(units));
  assert(norm && norm.edition === edition, `edition ${edition} cannot be read again: ${JSON.stringify(problems)}`);
  const [oldest] = editions.keys();
  if (editions.size >= mostEditions) editions.delete(oldest);
  editions.set(edition, norm);
  return norm;
}
