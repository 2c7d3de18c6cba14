/** Reads one YAML file into plain text values and keeps where each of them stands. */
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import type { Bilingual } from '@gep/kernel';
import type { NormFile } from '../norm/norm';
import type { NormPath, NormPosition } from './problem-log';

export interface YamlFault {
  readonly at: NormPosition;
  readonly text: Bilingual;
}

export type PlaceOf = 'value' | 'key' | 'text';

export interface YamlFile {
  readonly path: string;
  /** Maps, lists and strings only: a number stays the text that was written, so that no digit is lost. */
  readonly value: unknown;
  readonly faults: readonly YamlFault[];
  /** Place of the value at a path, of its key, or of the first character of its text; of the nearest ancestor that exists. */
  position(path: NormPath, of?: PlaceOf): NormPosition;
}

/** Never throws: whatever is wrong with the text is in `faults`. */
export function readYaml(file: NormFile): YamlFile {
  const lines = new LineCounter();
  const place = (offset: number): NormPosition => {
    const { line, col } = lines.linePos(offset);
    return { file: file.path, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  try {
    const document = parseDocument(file.text, {
      schema: 'failsafe',
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'silent',
    });
    // What the parser says after the first error follows from it.
    const faults = [...document.errors, ...document.warnings].slice(0, 1).map(({ pos, message }) => ({
      at: place(pos[0]),
      text: yamlFault(message, file.text.slice(lineStart(file.text, pos[0]), lineEnd(file.text, pos[1]))),
    }));
    const value = faults.length === 0 ? (document.toJS({ maxAliasCount: 100 }) as unknown) : undefined;
    return { path: file.path, value, faults, position: (path, of) => place(offsetOf(document, file.text, path, of)) };
  } catch (error) {
    // Nesting beyond the stack and too many aliases are thrown by the parser instead of being listed.
    const fault = { at: place(0), text: yamlFault(error instanceof Error ? error.message : String(error)) };
    return { path: file.path, value: undefined, faults: [fault], position: () => place(0) };
  }
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
const lineEnd = (text: string, at: number): number => text.indexOf('\n', at) + 1 || text.length;

/** @param line what stands in the lines of the fault, where a full-width sign may be what is wrong */
function yamlFault(message: string, line = ''): Bilingual {
  const [wide] = /[，：](?=[^'"]*(?:['"][^'"]*['"][^'"]*)*$)/u.exec(line) ?? [];
  const plain = wide === '，' ? ',' : ':';
  const [zh, en] =
    wide === undefined
      ? ['', '']
      : [
          `；全角“${wide}”在 YAML 中不是分隔符，请写半角“${plain} ”`,
          `; the full-width "${wide}" is no ${wide === '，' ? 'comma' : 'colon'} in YAML, write "${plain} "`,
        ];
  return {
    zh: `YAML 语法错误：${message}（含 [ ] { } # 、逗号或冒号的公式与文字须加引号${zh}）`,
    en: `not valid YAML: ${message} (put a formula or text with [ ] { } # a comma or a colon into quotes${en})`,
  };
}

function offsetOf(document: Document.Parsed, text: string, path: NormPath, of: PlaceOf = 'value'): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    if (!isCollection(node)) return offset;
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) return offset;
      const keyOffset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value as Node | null;
      offset = of === 'key' && depth === path.length - 1 ? keyOffset : (node?.range?.[0] ?? keyOffset);
    } else {
      node = (node.items[Number(step)] ?? null) as Node | null;
      offset = node?.range?.[0] ?? offset;
    }
  }
  return of === 'text' && isScalar(node) ? offset + openingOf(String(node.type), text.slice(offset)) : offset;
}

/** Characters of a scalar before its text: a quote, or the indicator line of a block. */
function openingOf(scalarType: string, source: string): number {
  if (scalarType.startsWith('QUOTE')) return 1;
  return scalarType.startsWith('BLOCK') ? (/^.*\n\s*/.exec(source)?.[0].length ?? 0) : 0;
}
