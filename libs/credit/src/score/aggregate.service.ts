/** How many persons have which grade in which place: for the public view of a whole, never of a few. */
import { Injectable } from '@nestjs/common';
import { DomainError } from '@gep/kernel';
import { type Actor, Database } from '@gep/platform';
import { todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { CreditEditions } from '../catalogue/credit-editions.service';
import { leastPersons, suppressSmall } from '../subject/suppress-small';
import { countGrades } from './score.store';

export interface GradeTable {
  /** Fewer persons than these are hidden, and what would give them away. */
  readonly least: number;
  /** All grades of the lists in force, whether or not anybody has them, in the order of the columns; null: none. */
  readonly grades: readonly (string | null)[];
  readonly rows: readonly {
    /** Code of the place; null: all of them. */
    readonly place: string | null;
    /** Null where hidden. */
    readonly persons: readonly (number | null)[];
    readonly total: number | null;
  }[];
}

@Injectable()
export class GradeTables {
  constructor(
    private readonly database: Database,
    private readonly editions: CreditEditions,
  ) {}

  /** Places directly in a territory, by the score stored last. @param within its path */
  async read(actor: Actor, within: string): Promise<GradeTable> {
    const depth = within.split('.').length + 1;
    const { found, places, grades } = await this.database.snapshot(actor, async (tx) => {
      const counts = await countGrades(tx, { within, depth });
      const paths = [...new Set(counts.map(({ place }) => place))].sort();
      const listed = await this.gradesOf(tx, [within, ...paths]);
      // A column that is there only when somebody has the grade would tell of few what they are.
      const all = new Set([...listed, ...counts.map(({ grade }) => grade ?? '')].filter((grade) => grade !== ''));
      return { found: counts, places: paths, grades: [...[...all].sort(), null] };
    });
    const persons = new Map(found.map((cell) => [`${cell.place} ${cell.grade}`, cell.persons]));
    const counts = places.map((place) => grades.map((grade) => persons.get(`${place} ${grade}`) ?? 0));
    const rows = suppressSmall(counts).map((cells, at) => ({
      place: at < places.length ? places[at].split('.').at(-1)! : null,
      ...{ persons: cells.slice(0, -1), total: cells.at(-1) ?? null },
    }));
    return { least: leastPersons, grades: places.length > 0 ? grades : [], rows };
  }

  /** Codes of the grades that the lists of these places have today. */
  private async gradesOf(tx: EntityManager, paths: readonly string[]): Promise<string[]> {
    const today = await todayOf(tx);
    const codes: string[] = [];
    for (const path of paths) {
      const list = await this.editions.inForce(tx, path, today).catch((error: unknown) => {
        // Where no list is in force there are the grades of the scores that were stored.
        if (error instanceof DomainError) return undefined;
        throw error;
      });
      codes.push(...(list?.catalogue.grades.map(({ code }) => code) ?? []));
    }
    return codes;
  }
}
