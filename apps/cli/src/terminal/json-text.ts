/** JSON for programs, with sorted keys and an indent of two, handed out in parts: a nation of lines is longer than the longest text. */
import { canonicalJson } from '@gep/kernel';

const worthAWrite = 65_536;
const mostShapes = 1_000;

/** Calls `take` with one part after the other; together they are the text and its line end. */
export function writeJson(value: unknown, take: (part: string) => void): void {
  let part = '';
  const add = (text: string): void => {
    part += text;
    if (part.length < worthAWrite) return;
    take(part);
    part = '';
  };
  new Writer(add).value(value, '\n');
  take(`${part}\n`);
}

interface Shape {
  /** As objects of this kind give them. */
  readonly keys: readonly string[];
  /** In their order, each with what stands before its value. */
  readonly members: readonly (readonly [key: string, before: string])[];
}

class Writer {
  /** Objects of one kind come by the million: their keys are put in order once. */
  private readonly shapes = new Map<string, Shape>();

  constructor(private readonly add: (text: string) => void) {}

  /** @param line the line end with the indent that the value stands at */
  value(value: unknown, line: string): void {
    if (typeof value === 'string') this.add(JSON.stringify(value));
    else if (typeof value === 'bigint') this.add(`"${value}"`);
    else if (Array.isArray(value)) this.list(value, line);
    else if (value === null || typeof value !== 'object') this.add(canonicalJson(value));
    else if (typeof (value as { toJSON?: unknown }).toJSON === 'function')
      this.value((value as { toJSON(): unknown }).toJSON(), line);
    else if (Object.getPrototypeOf(value) === Object.prototype) this.record(value as Record<string, unknown>, line);
    // What JSON does not have: `canonicalJson` tells that it is a bug.
    else this.add(canonicalJson(value));
  }

  private record(record: Readonly<Record<string, unknown>>, line: string): void {
    let open = '{';
    for (const [key, before] of this.membersOf(Object.keys(record), line)) {
      const member = record[key];
      if (member === undefined) continue;
      this.add(`${open}${before}`);
      this.value(member, `${line}  `);
      open = ',';
    }
    this.add(open === '{' ? '{}' : `${line}}`);
  }

  private membersOf(keys: readonly string[], line: string): Shape['members'] {
    const name = `${line.length} ${keys.join(' ')}`;
    const known = this.shapes.get(name);
    if (known?.keys.length === keys.length && keys.every((key, at) => key === known.keys[at])) return known.members;
    const members = keys.toSorted().map((key) => [key, `${line}  ${JSON.stringify(key)}: `] as const);
    // A map from units to values has keys of its own each time.
    if (this.shapes.size < mostShapes) this.shapes.set(name, { keys, members });
    return members;
  }

  private list(list: readonly unknown[], line: string): void {
    if (list.length === 0) return this.add('[]');
    const inner = `${line}  `;
    for (let at = 0; at < list.length; at++) {
      this.add(at === 0 ? `[${inner}` : `,${inner}`);
      this.value(list[at], inner);
    }
    this.add(`${line}]`);
  }
}
