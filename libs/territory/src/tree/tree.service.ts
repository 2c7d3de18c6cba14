/** Use case of parallel trees: the tables of a tree become its next edition. Reads go to the store directly. */
import { Injectable } from '@nestjs/common';
import { digestOfValue } from '@gep/kernel';
import { answerOnce, appendAudit, Database, type Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { Territory } from '../territory';
import { getTerritory, pathsOf } from '../territory.store';
import { isWithin } from '../territory-path';
import { checkTree } from './check-tree';
import { TreeRefused, type TreeProblem } from './errors';
import { readTree, type PlacedTree } from './read-tree';
import type { TreeEdition, TreeStatement } from './tree';
import { problemAt, type TreeTable } from './tree-columns';
import { findTree, insertTree, lockTree } from './tree.store';

/** What an import did or, as a dry run, would do; `changed` is false when the tree already said so. */
export interface TreeImport {
  readonly tree: string;
  readonly edition: number;
  readonly digest: string;
  readonly changed: boolean;
  readonly dryRun: boolean;
  readonly nodes: number;
  readonly membership: number;
  /** True when the command of this key had been carried out before. */
  readonly replayed?: boolean;
}

export interface TreeWish {
  /** Check all, keep nothing. */
  readonly dryRun?: boolean;
  /** Names this command and its repetitions; a dry run needs none and leaves none. */
  readonly idempotencyKey?: string;
}

interface CheckedTree {
  readonly placed: PlacedTree;
  readonly statement: TreeStatement;
  readonly digest: string;
}

@Injectable()
export class TreeService {
  constructor(private readonly database: Database) {}

  /**
   * Takes in the tables of one tree as its next edition, whole or not at all, in one transaction with its audit row. The
   * same content again changes nothing. The caller has checked that the actor may do this.
   * @param problems what was wrong with the files already
   * @throws TreeRefused with every problem, TerritoryMissing when what the tree covers is not there on its first day,
   * IdempotencyConflict
   */
  async importTree(
    actor: Actor,
    tables: readonly TreeTable[],
    problems: readonly TreeProblem[] = [],
    { dryRun = false, idempotencyKey: key }: TreeWish = {},
  ): Promise<TreeImport> {
    const tree = checkTables(tables, problems);
    if (dryRun) return this.database.snapshot(actor, async (tx) => ({ ...(await nextEdition(tx, tree)).done, dryRun }));
    return this.database.transaction(actor, async (tx) => {
      if (key === undefined) return keep(tx, actor, tree);
      const command = { actor, key, action: 'territory.tree', body: { digest: tree.digest } };
      const { response, replayed } = await answerOnce(tx, command, () => keep(tx, actor, tree));
      return { ...response, replayed };
    });
  }
}

/** @throws TreeRefused */
function checkTables(tables: readonly TreeTable[], problems: readonly TreeProblem[]): CheckedTree {
  const found = [...problems];
  const placed = readTree(tables, found);
  if (placed) found.push(...checkTree(placed));
  if (!placed || found.length > 0) throw new TreeRefused(found);
  const statement: TreeStatement = {
    ...placed.head,
    nodes: placed.nodes.map(({ value }) => value),
    membership: placed.membership.map(({ value }) => value),
  };
  return { placed, statement, digest: digestOfValue(statement) };
}

/** What an import comes to, held against what is recorded. @throws TreeRefused, TerritoryMissing */
async function nextEdition(
  tx: EntityManager,
  { placed, statement, digest }: CheckedTree,
): Promise<{ done: Omit<TreeImport, 'dryRun'>; whole: Territory; standing: TreeEdition | undefined }> {
  const { code, covers, validFrom, nodes, membership } = statement;
  const whole = await getTerritory(tx, covers, validFrom);
  const strayed = await strayedUnits(tx, placed, whole.path);
  if (strayed.length > 0) throw new TreeRefused(strayed);
  const standing = await findTree(tx, code);
  const changed = standing?.digest !== digest;
  const edition = (standing?.edition ?? 0) + (changed ? 1 : 0);
  const counts = { nodes: nodes.length, membership: membership.length };
  return { done: { tree: code, edition, digest, changed, ...counts }, whole, standing };
}

async function keep(tx: EntityManager, actor: Actor, tree: CheckedTree): Promise<TreeImport> {
  const { code, kind, covers, source } = tree.statement;
  await lockTree(tx, code);
  const { done, whole, standing } = await nextEdition(tx, tree);
  const { changed, ...after } = done;
  if (changed) {
    await insertTree(tx, tree.statement, done);
    await appendAudit(tx, {
      actor,
      action: 'territory.tree',
      subject: code,
      territoryPath: whole.path,
      ...(standing && { before: { edition: standing.edition, digest: standing.digest } }),
      after: { ...after, kind, covers, source },
    });
  }
  return { ...done, dryRun: false };
}

/** Units that are not there when their row begins, or do not lie in what the tree covers. */
async function strayedUnits(
  tx: EntityManager,
  { head, membership }: PlacedTree,
  whole: string,
): Promise<TreeProblem[]> {
  const problems: TreeProblem[] = [];
  for (const day of new Set(membership.map(({ value }) => value.validFrom))) {
    const rows = membership.filter(({ value }) => value.validFrom === day);
    const paths = await pathsOf(tx, [...new Set(rows.map(({ value }) => value.unit))], day);
    for (const { value, at } of rows) {
      const path = paths.get(value.unit);
      if (path === undefined)
        problems.push(
          problemAt(at, 'unit', value.unit, 'unit-unknown', {
            zh: `${day} 没有该行政单元；请核对代码与起日，或先导入（gep territory import；GET /api/v1/territories/search 可查）`,
            en: `there is no such territory on ${day}; check the code and the day, or import it first (gep territory import; GET /api/v1/territories/search finds it)`,
          }),
        );
      else if (!isWithin(path, whole))
        problems.push(
          problemAt(at, 'unit', value.unit, 'unit-elsewhere', {
            zh: `该单元不在树所覆盖的 ${head.covers} 之内；请改单元，或把 covers 改为它们共同的上级`,
            en: `it does not lie in ${head.covers}, which the tree covers; correct the unit, or let covers be what is above them all`,
          }),
        );
    }
  }
  return problems;
}
