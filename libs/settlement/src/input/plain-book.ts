/** The input of a decision as plain text, so that it can be kept, found by its digest, and decided by again. */
import { assert, canonicalJson, digestOf, Fraction } from '@gep/kernel';
import type { PolicyBook } from '@gep/rulebook';

type InputPeriod = PolicyBook['periods'][number];
type InputUnit = InputPeriod['units'][number];
type Cells = InputPeriod['cells'];
type Value = Cells extends ReadonlyMap<string, infer V> ? V : never;

/** The first letter tells a number, a word and a yes or no apart. */
type PlainCells = Readonly<Record<string, string>>;

interface PlainUnit {
  readonly code: string;
  readonly name: string;
  readonly cells: PlainCells;
  readonly rows: readonly {
    readonly row: number;
    readonly period: string;
    readonly item: string;
    readonly cells: PlainCells;
  }[];
}

interface PlainPeriod {
  readonly period: string;
  readonly cells: PlainCells;
  readonly units: readonly PlainUnit[];
}

/** What is kept of an input. */
export interface FrozenInput {
  readonly digest: string;
  /** Canonical JSON. */
  readonly content: string;
}

const plainValue = (value: Value): string =>
  value instanceof Fraction ? `n${value.toString()}` : typeof value === 'boolean' ? `b${value}` : `t${value}`;
const plainCells = (cells: Cells): PlainCells =>
  Object.fromEntries([...cells].map(([code, value]) => [code, plainValue(value)]));

export function freezeBook(book: PolicyBook): FrozenInput {
  const periods = book.periods.map(({ period, cells, units }): PlainPeriod => ({
    period,
    cells: plainCells(cells),
    units: units.map(({ code, name, cells: own, rows }) => ({
      ...{ code, name, cells: plainCells(own) },
      rows: rows.map((row) => ({ row: row.row, period: row.period, item: row.item, cells: plainCells(row.cells) })),
    })),
  }));
  const content = canonicalJson({ format: 1, inputDigest: book.digest, periods });
  return { digest: digestOf(content), content };
}

/** The book as it was frozen; rows, units and periods stand in the order in which they stood. */
export function thawBook({ digest, content }: FrozenInput): PolicyBook {
  assert(digestOf(content) === digest, 'a snapshot is not what its digest says');
  const plain = JSON.parse(content) as { inputDigest: string; periods: PlainPeriod[] };
  const periods = plain.periods.map(({ period, cells, units }): InputPeriod => {
    const read = units.map((unit): InputUnit => ({
      ...{ code: unit.code, name: unit.name, cells: readCells(unit.cells) },
      rows: unit.rows.map((row) => ({ ...row, cells: readCells(row.cells) })),
    }));
    return { period, cells: readCells(cells), units: read, byCode: new Map(read.map((unit) => [unit.code, unit])) };
  });
  return { periods, byPeriod: new Map(periods.map((one) => [one.period, one])), digest: plain.inputDigest };
}

function readCells(cells: PlainCells): Cells {
  return new Map(Object.entries(cells).map(([code, text]) => [code, readValue(text)]));
}

function readValue(text: string): Value {
  const rest = text.slice(1);
  return text.startsWith('n') ? Fraction.parse(rest)! : text.startsWith('b') ? rest === 'true' : rest;
}
