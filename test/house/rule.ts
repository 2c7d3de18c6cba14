/** A rule of the house is a function from files to faults; it must catch its broken examples and find none in the tree. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import ts from 'typescript';
import { root, type Tree } from './temporary-tree';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}
/** What is wrong and where, as `path:line what`. */
export type Rule = (files: readonly SourceFile[]) => string[];

interface Examples {
  /** Each tree is broken in one way; the key says how. */
  readonly catches: Readonly<Record<string, Tree>>;
  readonly passes?: Readonly<Record<string, Tree>>;
}

/** States the rule, proves that it catches what it must and lets pass what it may, and holds it against the tree. */
export function describeRule(title: string, rule: Rule, { catches, passes = {} }: Examples): void {
  describe(title, () => {
    it.each(Object.entries(catches))('catches %s', (_how, tree) => {
      expect(rule(filesOf(tree))).not.toEqual([]);
    });
    if (Object.keys(passes).length > 0)
      it.each(Object.entries(passes))('lets pass %s', (_what, tree) => {
        expect(rule(filesOf(tree))).toEqual([]);
      });
    it('holds on the tree', () => {
      expect(rule(treeFiles())).toEqual([]);
    });
  });
}

const filesOf = (tree: Tree): SourceFile[] => Object.entries(tree).map(([path, text]) => ({ path, text }));

let known: SourceFile[] | undefined;

/** Every text file that belongs to the project: all but what .gitignore names. */
export function treeFiles(): readonly SourceFile[] {
  known ??= paths('').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  return known;
}

const binary = new Set(['.png', '.jpg', '.ico', '.woff2', '.ttf', '.xlsx', '.zip', '.arrow', '.wasm', '.pdf', '.gz']);

function paths(folder: string): string[] {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  const skip = new Set(['.git', ...ignored.map((line) => line.replace(/\/$/, ''))]);
  const within = (inner: string): string[] =>
    readdirSync(join(root, inner)).flatMap((name) => {
      const path = inner === '' ? name : `${inner}/${name}`;
      if (skip.has(name) || name.endsWith('.log') || !existsSync(join(root, path))) return [];
      if (statSync(join(root, path)).isDirectory()) return within(path);
      return binary.has(extname(name)) ? [] : [path];
    });
  return within(folder).sort();
}

export const isCode = ({ path }: SourceFile): boolean =>
  /\.(ts|tsx|js|mjs|cjs)$/.test(path) && !/\/public\//.test(path);
export const isTypeScript = ({ path }: SourceFile): boolean => /\.tsx?$/.test(path);
export const isProgram = ({ path }: SourceFile): boolean =>
  /^(libs|apps)\/[^/]+\/src\/.+\.tsx?$/.test(path) && !/\.spec\.ts$/.test(path);

const trees = new WeakMap<SourceFile, ts.SourceFile>();

/** The syntax tree of a TypeScript file. */
export function syntaxOf(file: SourceFile): ts.SourceFile {
  const tree = trees.get(file) ?? ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
  trees.set(file, tree);
  return tree;
}

/** Every node of the file, parents first. */
export function* nodesOf(file: SourceFile): Generator<ts.Node> {
  const open: ts.Node[] = [syntaxOf(file)];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    const inner: ts.Node[] = [];
    node.forEachChild((child) => {
      inner.push(child);
    });
    open.push(...inner.reverse());
  }
}

export function at(file: SourceFile, position: number, fault: string): string {
  const line = file.text.slice(0, position).split('\n').length;
  return `${file.path}:${line} ${fault}`;
}

/** Text of a string literal or template, holes written as `${}`; undefined for other nodes. */
export function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => '${}' + span.literal.text).join('');
  return undefined;
}

/** Line number and text of each match in each file. */
export function linesMatching(files: readonly SourceFile[], pattern: RegExp, fault: string): string[] {
  return files.flatMap((file) =>
    file.text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file.path}:${index + 1} ${fault}: ${line.trim().slice(0, 80)}`] : [],
      ),
  );
}
