/** Exports: a pure file takes from other subjects only what is pure there, and nothing is exported that nobody takes. */
import { posix } from 'node:path';
import ts from 'typescript';
import { house, isPure } from './house';
import { at, describeRule, isProgram, isTypeScript, nodesOf, syntaxOf, type Rule, type SourceFile } from './rule';

/** name → the file that defines it, for each subject's front door. */
function doorsOf(files: readonly SourceFile[]): Map<string, Map<string, string>> {
  const doors = files.filter(({ path }) => /^libs\/[^/]+\/src\/index\.ts$/.test(path));
  return new Map(
    doors.map((door) => [
      door.path.split('/')[1],
      new Map(
        syntaxOf(door)
          .statements.filter(ts.isExportDeclaration)
          .flatMap(({ exportClause, moduleSpecifier, isTypeOnly }) =>
            exportClause &&
            ts.isNamedExports(exportClause) &&
            moduleSpecifier &&
            ts.isStringLiteral(moduleSpecifier) &&
            !isTypeOnly
              ? exportClause.elements
                  .filter((element) => !element.isTypeOnly)
                  .map(
                    (element) =>
                      [element.name.text, `${posix.join(posix.dirname(door.path), moduleSpecifier.text)}.ts`] as const,
                  )
              : [],
          ),
      ),
    ]),
  );
}

/** Names of functions, classes and constants that the file exports; types are free. */
function valuesOf(file: SourceFile): { name: string; position: number; decorated: boolean }[] {
  return syntaxOf(file).statements.flatMap((node) => {
    const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    const position = node.getStart();
    if (ts.isVariableStatement(node))
      return node.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [{ name: name.text, position, decorated: false }] : [],
      );
    if (!ts.isFunctionDeclaration(node) && !ts.isClassDeclaration(node)) return [];
    return [
      {
        name: node.name?.text ?? 'default',
        position,
        decorated: (ts.getDecorators(node as ts.ClassDeclaration) ?? []).length > 0,
      },
    ];
  });
}

const pureFromPure: Rule = (files) => {
  const doors = doorsOf(files);
  const texts = new Map(files.map((file) => [file.path, file]));
  const isValue = (path: string, name: string): boolean => {
    const file = texts.get(path);
    return file !== undefined && valuesOf(file).some((value) => value.name === name);
  };
  return files
    .filter(({ path }) => isPure(path))
    .flatMap((file) =>
      syntaxOf(file)
        .statements.filter(ts.isImportDeclaration)
        .flatMap((node) => {
          const subject = /^@gep\/([a-z]+)$/.exec((node.moduleSpecifier as ts.StringLiteral).text)?.[1];
          const clause = node.importClause;
          if (!subject || !clause || clause.isTypeOnly || house.pureSubjects.includes(subject)) return [];
          const bindings = clause.namedBindings;
          if (clause.name || !bindings || ts.isNamespaceImport(bindings))
            return [at(file, node.getStart(), `imports all of ${subject}; name what it takes`)];
          return bindings.elements
            .filter((element) => !element.isTypeOnly)
            .flatMap((element) => {
              const name = (element.propertyName ?? element.name).text;
              const source = doors.get(subject)?.get(name);
              return source && !isPure(source) && isValue(source, name)
                ? [at(file, element.getStart(), `is pure, but takes ${name} from ${source}`)]
                : [];
            });
        }),
    );
};
const door = {
  'libs/rulebook/src/index.ts': `export { lookUp } from './look-up';\nexport { Rules, type Row } from './rulebook.service';\n`,
  'libs/rulebook/src/look-up.ts': 'export function lookUp() {}',
  'libs/rulebook/src/rulebook.service.ts': 'export class Rules {}\nexport interface Row {}',
};

describeRule('a pure file takes from another subject only types and what is pure there', pureFromPure, {
  catches: {
    'a service in a pure file': { ...door, 'libs/accounting/src/a.ts': `import { Rules } from '@gep/rulebook';\n` },
    'a whole subject in a pure file': {
      ...door,
      'libs/accounting/src/a.ts': `import * as rulebook from '@gep/rulebook';\n`,
    },
  },
  passes: {
    'pure functions and types': {
      ...door,
      'libs/accounting/src/a.ts': `import { lookUp, type Rules } from '@gep/rulebook';\nimport type { Row } from '@gep/rulebook';\n`,
    },
    'a service in a service': {
      ...door,
      'libs/accounting/src/a.service.ts': `import { Rules } from '@gep/rulebook';\n`,
    },
  },
});

/** Words of a file that could name something; strings and comments count too, which only errs on the mild side. */
const wordsOf = (file: SourceFile): string[] => file.text.match(/[A-Za-z_$][\w$]*/g) ?? [];
const found: RegExp = /(\/main|\.thread|\.controller|\.processor|\.dto|\.entities)\.ts$/;
const isDoor = (path: string): boolean => /^libs\/[^/]+\/src\/index\.ts$/.test(path);

const ownSpec = (path: string): string => path.replace(/\.ts$/, '.spec.ts');

const taken: Rule = (files) => {
  const readers = files
    .filter((file) => isTypeScript(file) || /^(tools|test)\/.*\.(mjs|cjs|js)$/.test(file.path))
    .filter(({ path }) => !path.startsWith('test/house/'))
    .map((file) => ({ path: file.path, names: new Set(wordsOf(file)) }));
  const isTakenBy = (name: string, reads: (path: string) => boolean): boolean =>
    readers.some(({ path, names }) => names.has(name) && reads(path));
  const dead = files
    .filter((file) => isProgram(file) && !isDoor(file.path) && !found.test(file.path))
    .flatMap((file) =>
      valuesOf(file)
        .filter(({ name, decorated }) => !decorated && wordsOf(file).filter((word) => word === name).length === 1)
        .filter(
          ({ name }) => !isTakenBy(name, (path) => path !== file.path && path !== ownSpec(file.path) && !isDoor(path)),
        )
        .map(({ name, position }) => at(file, position, `exports ${name}, which nothing but its spec uses`)),
    );
  // Whoever calls a subject may want to catch its refusals, today or tomorrow.
  const refusals = new Set(
    files.flatMap(({ text }) =>
      [...text.matchAll(/class (\w+) extends \w*(?:Error|Refused|Missing)\b/g)].map((match) => match[1]),
    ),
  );
  const unclaimed = [...doorsOf(files)].flatMap(([subject, names]) =>
    [...names.keys()]
      .filter((name) => !refusals.has(name) && !isTakenBy(name, (path) => !path.startsWith(`libs/${subject}/`)))
      .map((name) => `libs/${subject}/src/index.ts lets out ${name}, which nobody outside takes`),
  );
  return [...dead, ...unclaimed];
};

describeRule('nothing is exported that nobody takes', taken, {
  catches: {
    'a function only its spec calls': {
      'libs/kernel/src/a.ts': 'export function lost() {}',
      'libs/kernel/src/a.spec.ts': 'lost();',
    },
    'a constant behind the door': {
      'libs/kernel/src/a.ts': 'export const lost = 1;',
      'libs/kernel/src/index.ts': `export { lost } from './a';`,
    },
    'a name let out for nobody': {
      'libs/kernel/src/a.ts': 'export const a = 1;',
      'libs/kernel/src/b.ts': 'a;',
      'libs/kernel/src/index.ts': `export { a } from './a';`,
    },
  },
  passes: {
    'what is taken': {
      'libs/kernel/src/a.ts': 'export const a = 1;\nexport type T = 1;',
      'libs/kernel/src/index.ts': `export { a } from './a';`,
      'apps/api/src/main.ts': `import { a } from '@gep/kernel';`,
    },
  },
});

/** Exported tables, services and entities are found by the framework through their decorators, so a spec proves this rule reads them. */
it('reads decorators', () => {
  const file = { path: 'libs/a/src/a.module.ts', text: '@Module({})\nexport class A {}' };
  expect(valuesOf(file)).toMatchObject([{ name: 'A', decorated: true }]);
  expect([...nodesOf(file)].length).toBeGreaterThan(3);
});
