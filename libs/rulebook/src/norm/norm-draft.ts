/** Joins the files of a norm, checks their shape, and hands out what is sound, each piece with its place. */
import { closestWord, type Bilingual } from '@gep/kernel';
import { compileShape, type SchemaFinding } from '../yaml/check-shape';
import { formatPath, ProblemLog, type NormPath, type NormPosition } from '../yaml/problem-log';
import type { YamlFile } from '../yaml/read-yaml';
import { textOf, type NormLayer } from './norm-layers';
import { layOver, partAt, type NormPart, type NormParts } from './norm-parts';
import { normFileSchema, normProperties, requiredKeys } from './norm-schema';
import type { RawNorm } from './raw-norm';

/** A sound entry of a list of the norm, with its path in the joined norm. */
export interface DraftEntry<T> {
  readonly raw: T;
  readonly path: NormPath;
}

type ListKey = {
  [K in keyof RawNorm]-?: NonNullable<RawNorm[K]> extends readonly unknown[] ? K : never;
}[keyof RawNorm];
type Entry<K extends ListKey> = NonNullable<RawNorm[K]>[number];

const shapes = new Map<string, (value: unknown) => SchemaFinding[]>();

/** The check of a file, compiled once for each kind of layer. */
function shapeOf(isExtending: boolean, isUnfinished: boolean): (value: unknown) => SchemaFinding[] {
  const name = `${isExtending} ${isUnfinished}`;
  const known = shapes.get(name) ?? compileShape(normFileSchema(isExtending, isUnfinished));
  shapes.set(name, known);
  return known;
}

/** What the files say, so far as it is sound; everything unsound is in the log. */
export class NormDraft {
  readonly log: ProblemLog;
  /** Codes of entries with a fault, and classes of such products: what follows from them is not reported again. */
  readonly damaged = new Set<string>();
  private parts: NormParts = new Map();
  private readonly setAside = new Set<string>();
  private readonly sources: readonly YamlFile[];

  /** @param layers from the lowest base to the norm's own files */
  constructor(layers: readonly NormLayer[]) {
    this.sources = layers.flatMap(({ sources }) => sources);
    this.log = new ProblemLog((path) => this.locate(path));
    layers.forEach((layer, index) => {
      const parts = this.takeLayer(layer, index > 0);
      this.parts = layOver(this.parts, parts, textOfPart(parts.get('place')?.[0]));
      if (index === layers.length - 1) this.requireKeys(layer);
    });
    this.requireWholeParameters();
  }

  /** Sound entries of a list, in order of files and lines. */
  entries<K extends ListKey>(key: K): DraftEntry<Entry<K>>[] {
    return (this.parts.get(key) ?? []).flatMap(({ value, isSetAside }, index) =>
      isSetAside ? [] : [{ raw: value as Entry<K>, path: [key, index] }],
    );
  }

  /** Sound values of a parameter. */
  values<T>({ path }: DraftEntry<object>, list: readonly T[]): DraftEntry<T>[] {
    const part = this.parts.get(String(path[0]))?.[Number(path[1])];
    return list.flatMap((raw, index) =>
      part?.asideValues.has(index) ? [] : [{ raw, path: [...path, 'values', index] }],
    );
  }

  single<K extends Exclude<keyof RawNorm, ListKey>>(key: K): RawNorm[K] | undefined {
    const part = this.parts.get(key)?.[0];
    return this.setAside.has(key) || part?.isSetAside ? undefined : (part?.value as RawNorm[K] | undefined);
  }

  /** Place of a value, or of its first character inside quotes when `asText` is set. */
  locate(path: NormPath, asText = false): NormPosition {
    const parts = this.parts.get(String(path[0]));
    const isEntry = typeof path[1] === 'number';
    const part = isEntry ? parts?.[path[1] as number] : parts?.[0];
    if (!part) return { file: this.ownFile, line: 0, column: 0 };
    return part.position(path.slice(isEntry ? 2 : 1), asText ? 'text' : 'value');
  }

  private get ownFile(): string {
    return this.sources.find(({ path }) => !path.includes('/'))?.path ?? this.sources[0]?.path ?? '';
  }

  private takeLayer({ sources }: NormLayer, isExtending: boolean): NormParts {
    const parts: NormParts = new Map();
    const isUnfinished = sources.some(({ value }) => textOf(value, 'status') === 'skeleton');
    const departuresOf = shapeOf(isExtending, isUnfinished);
    for (const source of sources) {
      for (const { at, text } of source.faults) this.log.addAt(at, '', 'norm.yaml', text, yamlMend);
      if (source.faults.length > 0 || source.value === '' || source.value === null) continue;
      const findings = readAsMeant(source.value, departuresOf);
      const shifts = this.join(parts, source, findings);
      for (const finding of findings) this.report(parts, source, finding, shifts);
    }
    return parts;
  }

  /** Adds the keys of one file to the norm; tells at which index its lists begin. */
  private join(parts: NormParts, source: YamlFile, findings: readonly SchemaFinding[]): Map<string, number> {
    const shifts = new Map<string, number>();
    const content =
      typeof source.value === 'object' && !Array.isArray(source.value) ? (source.value as Record<string, unknown>) : {};
    for (const [key, value] of Object.entries(content)) {
      if (!(key in normProperties)) continue;
      const before = parts.get(key) ?? [];
      const isList = 'items' in normProperties[key];
      if (isList && Array.isArray(value)) {
        shifts.set(key, before.length);
        parts.set(key, [...before, ...value.map((item, index) => partAt(source, [key, index], item))]);
      } else if (before.length > 0) {
        const first = before[0].position([]).file;
        this.log.addAt(source.position([key], 'key'), key, 'norm.given-twice', givenTwice(key, first), removeOne);
      } else if (isList) {
        // A list key with something else in it: the shape finding is enough, the key counts as given.
        findings.forEach((finding) => finding.path[0] === key && this.setAside.add(key));
        parts.set(key, []);
      } else {
        parts.set(key, [partAt(source, [key], value)]);
      }
    }
    return shifts;
  }

  private report(
    parts: NormParts,
    source: YamlFile,
    finding: SchemaFinding,
    shifts: ReadonlyMap<string, number>,
  ): void {
    const [key, index, ...rest] = finding.path;
    const shift = shifts.get(String(key));
    const path = shift === undefined || typeof index !== 'number' ? finding.path : [key, index + shift, ...rest];
    const at = source.position(finding.path, finding.atKey ? 'key' : 'value');
    this.log.addAt(at, formatPath(path), finding.code, finding.text, finding.mend);
    if (finding.code !== 'norm.unknown-key') this.putAside(parts, path);
  }

  /** Sets aside the smallest entry that holds the path: a value of a parameter, an entry of a list, or a single key. */
  private putAside(parts: NormParts, path: NormPath): void {
    const [key, index, inner, position] = path;
    if (typeof index !== 'number') {
      this.setAside.add(String(key));
      return;
    }
    const part = parts.get(String(key))?.[index];
    if (!part) return;
    if (inner === 'values' && typeof position === 'number') part.asideValues.add(position);
    else part.isSetAside = true;
    const entry = part.value as { code?: unknown; class?: unknown; id?: unknown } | null;
    for (const name of [entry?.code, entry?.class, entry?.id]) if (typeof name === 'string') this.damaged.add(name);
  }

  /** Whether every file could be read as YAML at all; if not, nothing can be said of what refers to what. */
  get readable(): boolean {
    return this.sources.every(({ faults }) => faults.length === 0);
  }

  private requireKeys(own: NormLayer): void {
    if (!this.readable) return;
    for (const key of requiredKeys.filter((required) => !this.parts.has(required)))
      this.log.addAt(
        { file: own.sources[0]?.path ?? '', line: 0, column: 0 },
        key,
        'norm.missing-key',
        { zh: `规范缺少“${key}”`, en: `the norm has no "${key}"` },
        { zh: `请在任一文件中补上 ${key}`, en: `add ${key} in any of its files` },
      );
  }

  /** A parameter that no base has must say everything of itself. */
  private requireWholeParameters(): void {
    for (const [index, part] of (this.parts.get('parameters') ?? []).entries()) {
      const lacking = part.isSetAside ? [] : ['name', 'unit'].filter((key) => !(key in (part.value as object)));
      if (lacking.length === 0) continue;
      part.isSetAside = true;
      const { code } = part.value as { code: string };
      this.damaged.add(code);
      const meant = closestWord(code, this.codesOf('parameters', index));
      for (const key of meant === undefined ? lacking : lacking.slice(0, 1)) {
        const text = {
          zh: `缺少“${key}”，基础规范中没有此参数`,
          en: `"${key}" is missing, and no base has this parameter`,
        };
        const mend =
          meant === undefined
            ? { zh: `请补上 ${key}`, en: `add ${key}` }
            : {
                zh: `是否应为“${meant}”？新的参数则补上 ${lacking.join('、')}`,
                en: `did you mean "${meant}"? A new parameter takes ${lacking.join(' and ')}`,
              };
        this.log.add(['parameters', index], 'norm.missing-key', text, mend);
      }
    }
  }

  /** Codes of the entries of a list, without one of them. */
  private codesOf(key: string, except: number): string[] {
    return (this.parts.get(key) ?? []).flatMap(({ value }, index) =>
      index === except ? [] : [(value as { code: string }).code],
    );
  }
}

const textOfPart = (part: NormPart | undefined): string | undefined =>
  typeof part?.value === 'string' ? part.value : undefined;

/**
 * A misspelt key counts as the key that is missing beside it, so that its entry is not lost to the other checks.
 * @returns what is wrong with the value so mended, and the misspelt keys
 */
function readAsMeant(value: unknown, departuresOf: (value: unknown) => SchemaFinding[]): readonly SchemaFinding[] {
  const findings = departuresOf(value);
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
