/** Sorts the files of a norm into layers: the norm that it extends, what that one extends in turn, and its own files on top. */
import type { Bilingual } from '@gep/kernel';
import { ProblemLog, type NormPosition } from '../yaml/problem-log';
import type { YamlFile } from '../yaml/read-yaml';
import type { NormProblem } from './norm';

/** Files that are joined as equals; a layer replaces what the layers below it say. */
export interface NormLayer {
  /** The folder that its files stand in; empty for the norm's own. */
  readonly folder: string;
  readonly sources: readonly YamlFile[];
}

interface Extension {
  readonly base: string;
  readonly at: NormPosition;
}

/**
 * The layers from the lowest base to the norm's own files. The files of a base stand in a folder of its id, whatever
 * stands before that folder; all other files are the norm's own.
 * @returns problems when a base is not among the files, or extends what extends it
 */
export function layersOf(sources: readonly YamlFile[]): { layers: NormLayer[]; problems: NormProblem[] } {
  const log = new ProblemLog(() => ({ file: '', line: 0, column: 0 }));
  const folders = new Set(sources.map(({ value }) => textOf(value, 'extends')));
  const own = sources.filter(({ path }) => !folders.has(folderOf(path)));
  // A file that is no YAML may be the one that names the base.
  const isUnreadable = sources.some(({ faults }) => faults.length > 0);
  const loose = isUnreadable ? own.filter(({ path }) => folderOf(path) === '') : [];
  const layers: NormLayer[] = [{ folder: '', sources: loose.length > 0 ? loose : own }];
  const passed = new Set(own.map(({ value }) => textOf(value, 'id')));
  for (let step = extensionOf(layers[0]); step !== undefined; step = extensionOf(layers[0])) {
    const { base, at } = step;
    const below = sources.filter(({ path }) => folderOf(path) === base);
    if (passed.has(base)) log.addAt(at, 'extends', 'norm.extends-itself', circular(base), { ...mendCircle });
    else if (below.length === 0) log.addAt(at, 'extends', 'norm.base-missing', missing(base), mendMissing(base));
    if (log.problems.length > 0) break;
    passed.add(base);
    layers.unshift({ folder: base, sources: below });
  }
  return { layers, problems: log.problems };
}

/** The id of the norm that these files extend. */
export function extensionOf({ sources }: Pick<NormLayer, 'sources'>): Extension | undefined {
  const source = sources.find(({ value }) => textOf(value, 'extends') !== undefined);
  return source && { base: textOf(source.value, 'extends')!, at: source.position(['extends']) };
}

const folderOf = (path: string): string => path.split('/').at(-2) ?? '';

/** The text of a top-level key, if the file has one there. */
export function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const text = (value as Record<string, unknown>)[key];
  return typeof text === 'string' ? text : undefined;
}

const circular = (base: string): Bilingual => ({
  zh: `扩展关系成环：“${base}”又扩展到自身`,
  en: `"${base}" is extended by what it extends itself`,
});
const mendCircle: Bilingual = {
  zh: '请去掉其中一处 extends；规范不能以自己为基础',
  en: 'take one of the `extends` away; a norm cannot be its own base',
};
const missing = (base: string): Bilingual => ({
  zh: `作为基础的规范“${base}”没有文件`,
  en: `there are no files of the norm "${base}" that this one extends`,
});
const mendMissing = (base: string): Bilingual => ({
  zh: `请检查编号；其文件应在规则库的 norms/${base} 中，或在本规范旁边的同名文件夹中`,
  en: `check the id; its files should be in norms/${base} of the rulebook, or in a folder of that name beside this norm`,
});
