/** Reads what the accounts below a recorded aggregate come to, line by line, less what declared flows take back. */
import type { NormEdition } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import type { AccountLine } from '../account/account';
import { type AccountRecord, findAccountsById, listChildren, listLines } from '../account/account.store';
import { addLines } from '../account/aggregate-account';
import { eliminatedBetween, readKnownFlows } from './flows-between.store';
import { idleFlows, type LinesBelow } from './idle-flows';

/**
 * Where it cannot be told which flows an account was computed with, the lines that it took back are taken as they are.
 * @returns undefined when it was not added up, or when a part of it may not be seen
 */
export async function findLinesBelow(
  tx: EntityManager,
  { lines: own, ...record }: AccountRecord & { readonly lines: readonly AccountLine[] },
  norm: NormEdition,
): Promise<LinesBelow | undefined> {
  if (record.origin !== 'aggregated') return undefined;
  const parts = await listChildren(tx, record.id);
  const ids = parts.map(({ accountId }) => accountId);
  const children = await findAccountsById(tx, ids);
  if (children.length < parts.length) return undefined;
  const lines = await listLines(tx, ids);
  const added = addLines(children.map(({ id }) => ({ lines: lines.get(id)! })));
  const { path, period } = record;
  const flows = (await readKnownFlows(tx, norm.id, period)).of({ record, children: parts });
  if (!flows) {
    const below = new Set(added.map(({ flow }) => flow));
    return { lines: [...added, ...own.filter(({ flow }) => !below.has(flow))], idle: [] };
  }
  const eliminated = await eliminatedBetween(tx, { path, period, norm, children, lines }, flows);
  const declared = flows.map(({ flow }) => flow);
  return {
    lines: [...added, ...eliminated.lines],
    idle: idleFlows(declared, eliminated.linesOf, eliminated.lines),
  };
}
