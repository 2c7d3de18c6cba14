/** How many persons have which grade in which place: for the public view of a whole, never of a few. */
import { Injectable } from '@nestjs/common';
import { type Actor, Database } from '@gep/platform';
import { leastPersons, suppressSmall } from '../subject/suppress-small';
import { countGrades } from './score.store';

export interface GradeTable {
  /** Fewer persons than these are hidden, and what would give them away. */
  readonly least: number;
  /** Grades in the order of the columns; null: none. */
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
  constructor(private readonly database: Database) {}

  /** Places directly in a territory, by the score stored last. @param within its path */
  async read(actor: Actor, within: string): Promise<GradeTable> {
    const depth = within.split('.').length + 1;
    const found = await this.database.snapshot(actor, (tx) => countGrades(tx, { within, depth }));
    const places = [...new Set(found.map(({ place }) => place))].sort();
    const grades = [...new Set(found.map(({ grade }) => grade))].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
    const persons = new Map(found.map((cell) => [`${cell.place} ${cell.grade}`, cell.persons]));
    const counts = places.map((place) => grades.map((grade) => persons.get(`${place} ${grade}`) ?? 0));
    const rows = suppressSmall(counts).map((cells, at) => ({
      place: at < places.length ? places[at].split('.').at(-1)! : null,
      ...{ persons: cells.slice(0, -1), total: cells.at(-1) ?? null },
    }));
    return { least: leastPersons, grades, rows };
  }
}
