/** Joins the files of a norm, checks their shape, and hands out what is sound, each piece with its place. */
import type { Bilingual } from '@gep/kernel';
import { compileShape, type SchemaFinding } from '../yaml/check-shape';
import type { NormFile } from './norm';
import { normFileSchema, normProperties, requiredKeys, type RawNorm } from './norm-schema';
import { formatPath, ProblemLog, type NormPath, type NormPosition } from '../yaml/problem-log';
import { readYaml, type YamlFile } from '../yaml/read-yaml';

/** A sound entry of a list of the norm, with its path in the joined norm. */
export interface DraftEntry<T> {
  readonly raw: T;
  readonly path: NormPath;
}

type ListKey = {
  [K in keyof RawNorm]-?: NonNullable<RawNorm[K]> extends readonly unknown[] ? K : never;
}[keyof RawNorm];
type Entry<K extends ListKey> = NonNullable<RawNorm[K]>[number];

interface Part {
  readonly source: YamlFile;
  readonly index: number | undefined;
  readonly value: unknown;
}

const departuresOf = compileShape(normFileSchema);

/** What the files say, so far as it is sound; everything unsound is in the log. */
export class NormDraft {
  readonly log: ProblemLog;
  /** Codes of entries with a fault, and classes of such products: what follows from them is not reported again. */
  readonly damaged = new Set<string>();
  private readonly parts = new Map<string, Part[]>();
  private readonly setAside = new Set<string>();
  private readonly sources: YamlFile[];

  constructor(files: readonly NormFile[]) {
    this.sources = files.map(readYaml);
    this.log = new ProblemLog((path) => this.locate(path));
    for (const source of this.sources) this.take(source);
    this.requireKeys();
  }

  /** Sound entries of a list, in order of files and lines. */
  entries<K extends ListKey>(key: K): DraftEntry<Entry<K>>[] {
    return (this.parts.get(key) ?? []).flatMap(({ value }, index) =>
      this.setAside.has(`${key}/${index}`) ? [] : [{ raw: value as Entry<K>, path: [key, index] }],
    );
  }

  /** Sound entries of a list inside an entry. */
  inner<T>(entry: DraftEntry<object>, key: string, list: readonly T[]): DraftEntry<T>[] {
    const path = [...entry.path, key];
    return list.flatMap((raw, index) =>
      this.setAside.has([...path, index].join('/')) ? [] : [{ raw, path: [...path, index] }],
    );
  }

  single<K extends Exclude<keyof RawNorm, ListKey>>(key: K): RawNorm[K] | undefined {
    if (this.setAside.has(key)) return undefined;
    return this.parts.get(key)?.[0]?.value as RawNorm[K] | undefined;
  }

  /** Place of a value, or of its first character inside quotes when `asText` is set. */
  locate(path: NormPath, asText = false): NormPosition {
    const parts = this.parts.get(String(path[0]));
    const part = typeof path[1] === 'number' ? parts?.[path[1]] : parts?.[0];
    if (!part) return { file: this.sources[0]?.path ?? '', line: 0, column: 0 };
    const rest = part.index === undefined ? path.slice(1) : [part.index, ...path.slice(2)];
    return part.source.position([path[0], ...rest], asText ? 'text' : 'value');
  }

  private take(source: YamlFile): void {
    for (const { at, text } of source.faults) this.log.addAt(at, '', 'norm.yaml', text, yamlMend);
    if (source.faults.length > 0 || source.value === '' || source.value === null) return;
    const findings = readAsMeant(source.value, departuresOf(source.value));
    const shifts = this.join(source, findings);
    for (const finding of findings) this.report(source, finding, shifts);
  }

  /** Adds the keys of one file to the norm; tells at which index its lists begin. */
  private join(source: YamlFile, findings: readonly SchemaFinding[]): Map<string, number> {
    const shifts = new Map<string, number>();
    const content =
      typeof source.value === 'object' && !Array.isArray(source.value) ? (source.value as Record<string, unknown>) : {};
    for (const [key, value] of Object.entries(content)) {
      if (!(key in normProperties)) continue;
      const before = this.parts.get(key) ?? [];
      const isList = 'items' in normProperties[key];
      if (isList && Array.isArray(value)) {
        shifts.set(key, before.length);
        this.parts.set(key, [...before, ...value.map((item, index) => ({ source, index, value: item as unknown }))]);
      } else if (before.length > 0) {
        const first = before[0].source.path;
        this.log.addAt(source.position([key], 'key'), key, 'norm.given-twice', givenTwice(key, first), removeOne);
      } else if (isList) {
        // A list key with something else in it: the shape finding is enough, the key counts as given.
        findings.forEach((finding) => finding.path[0] === key && this.setAside.add(key));
        this.parts.set(key, []);
      } else {
        this.parts.set(key, [{ source, index: undefined, value }]);
      }
    }
    return shifts;
  }

  private report(source: YamlFile, finding: SchemaFinding, shifts: ReadonlyMap<string, number>): void {
    const [key, index, ...rest] = finding.path;
    const shift = shifts.get(String(key));
    const path = shift === undefined || typeof index !== 'number' ? finding.path : [key, index + shift, ...rest];
    const at = source.position(finding.path, finding.atKey ? 'key' : 'value');
    this.log.addAt(at, formatPath(path), finding.code, finding.text, finding.mend);
    if (finding.code !== 'norm.unknown-key') this.putAside(path);
  }

  /** Sets aside the smallest entry that holds the path: a value of a parameter, an entry of a list, or a single key. */
  private putAside(path: NormPath): void {
    const [key, index, inner, position] = path;
    if (typeof index !== 'number') {
      this.setAside.add(String(key));
      return;
    }
    const isInnerEntry = inner === 'values' && typeof position === 'number';
    this.setAside.add((isInnerEntry ? path.slice(0, 4) : path.slice(0, 2)).join('/'));
    const entry = this.parts.get(String(key))?.[index]?.value as
      { code?: unknown; class?: unknown; id?: unknown } | undefined;
    for (const name of [entry?.code, entry?.class, entry?.id]) if (typeof name === 'string') this.damaged.add(name);
  }

  /** Whether every file could be read as YAML at all; if not, nothing can be said of what refers to what. */
  get readable(): boolean {
    return this.sources.every(({ faults }) => faults.length === 0);
  }

  private requireKeys(): void {
    if (!this.readable) return;
    const file = this.sources[0]?.path ?? '';
    for (const key of requiredKeys.filter((required) => !this.parts.has(required)))
      this.log.addAt(
        { file, line: 0, column: 0 },
        key,
        'norm.missing-key',
        { zh: `规范缺少“${key}”`, en: `the norm has no "${key}"` },
        { zh: `请在任一文件中补上 ${key}`, en: `add ${key} in any of its files` },
      );
  }
}

/**
 * A misspelt key counts as the key that is missing beside it, so that its entry is not lost to the other checks.
 * @returns what is wrong with the value so mended, and the misspelt keys
 */
function readAsMeant(value: unknown, findings: readonly SchemaFinding[]): readonly SchemaFinding[] {
  const misspelt = findings.filter(({ path, meant }) => {
    const wanted = [...path.slice(0, -1), meant].join('/');
    return (
      meant !== undefined &&
      findings.some(({ code, path: at }) => code === 'norm.missing-key' && at.join('/') === wanted)
    );
  });
  if (misspelt.length === 0) return findings;
  for (const { path, meant } of misspelt) {
    const holder = path
      .slice(0, -1)
      .reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], value);
    const entry = holder as Record<string, unknown>;
    entry[meant!] ??= entry[String(path.at(-1))];
    delete entry[String(path.at(-1))];
  }
  return [...departuresOf(value), ...misspelt];
}

const yamlMend: Bilingual = {
  zh: '请改正此处的缩进、引号或重复的键',
  en: 'mend the indentation, quoting or repeated key there',
};
const givenTwice = (key: string, first: string): Bilingual => ({
  zh: `“${key}”已在 ${first} 中给出`,
  en: `"${key}" is already given in ${first}`,
});
const removeOne: Bilingual = { zh: '请只保留一处', en: 'keep one of the two' };
