/** Use case of parallel trees: the tables of a tree become its next edition. Reads go to the store directly. */
import { Injectable } from '@nestjs/common';
import { digestOfValue } from '@gep/kernel';
import { appendAudit, Database, type Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { getTerritory, pathsOf } from '../territory.store';
import { isWithin } from '../territory-path';
import { checkTree } from './check-tree';
import { TreeRefused, type TreeProblem } from './errors';
import { readTree, type PlacedTree } from './read-tree';
import type { TreeStatement } from './tree';
import { problemAt, type TreeTable } from './tree-columns';
import { findTree, insertTree, lockTree } from './tree.store';

/** What an import did; `changed` is false when the tree already said so. */
export interface TreeImport {
  readonly tree: string;
  readonly edition: number;
  readonly digest: string;
  readonly changed: boolean;
  readonly nodes: number;
  readonly membership: number;
}

@Injectable()
export class TreeService {
  constructor(private readonly database: Database) {}

  /**
   * Takes in the tables of one tree as its next edition, whole or not at all, in one transaction with its audit row. The
   * same content again changes nothing. The caller has checked that the actor may do this.
   * @param problems what was wrong with the files already
   * @throws TreeRefused with every problem, TerritoryMissing when what the tree covers is not there on its first day
   */
  async importTree(
    actor: Actor,
    tables: readonly TreeTable[],
    problems: readonly TreeProblem[] = [],
  ): Promise<TreeImport> {
    const found = [...problems];
    const placed = readTree(tables, found);
    if (placed) found.push(...checkTree(placed));
    if (!placed || found.length > 0) throw new TreeRefused(found);
    return this.database.transaction(actor, async (tx) => {
      const { code, covers, validFrom } = placed.head;
      await lockTree(tx, code);
      const whole = await getTerritory(tx, covers, validFrom);
      const strayed = await strayedUnits(tx, placed, whole.path);
      if (strayed.length > 0) throw new TreeRefused(strayed);
      const statement: TreeStatement = {
        ...placed.head,
        nodes: placed.nodes.map(({ value }) => value),
        membership: placed.membership.map(({ value }) => value),
      };
      const digest = digestOfValue(statement);
      const standing = await findTree(tx, code);
      const counts = { tree: code, nodes: statement.nodes.length, membership: statement.membership.length };
      if (standing?.digest === digest) return { ...counts, edition: standing.edition, digest, changed: false };
      const edition = (standing?.edition ?? 0) + 1;
      await insertTree(tx, statement, { edition, digest });
      await appendAudit(tx, {
        actor,
        action: 'territory.tree',
        subject: code,
        territoryPath: whole.path,
        ...(standing && { before: { edition: standing.edition, digest: standing.digest } }),
        after: { ...counts, edition, digest, kind: statement.kind, covers, source: statement.source },
      });
      return { ...counts, edition, digest, changed: true };
    });
  }
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
