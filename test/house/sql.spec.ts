/** SQL: spoken only by stores, platform and migrations; each store in its own schema, with the transaction handed in. */
import ts from 'typescript';
import { at, describeRule, isProgram, nodesOf, syntaxOf, textOf, type Rule, type SourceFile } from './rule';

const statement =
  /^\s*(select\b[\s\S]*\bfrom\b|insert\s+into\b|update\s+[\w.]+\s+(as\s+\w+\s+)?set\b|delete\s+from\b|with\s+\w+\s+as\s*\(|(create|alter|drop)\s+(table|schema|index|role|policy|view|function)\b|truncate\s+\w|copy\s+\w|lock\s+table\b|set\s+(local|session)\b)/i;
const speaksSql = ({ path }: SourceFile): boolean =>
  /\.(store|entities)\.ts$/.test(path) || path.startsWith('libs/platform/src/');
const queries = new Set(['query', 'createQueryBuilder', 'getRepository', 'queryRunner', 'createQueryRunner']);

const onlyStores: Rule = (files) =>
  files
    .filter((file) => isProgram(file) && !speaksSql(file))
    .flatMap((file) =>
      [...nodesOf(file)].flatMap((node) => {
        if (statement.test(textOf(node) ?? '')) return [at(file, node.getStart(), 'speaks SQL; move it to a store')];
        if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
        const { expression, name } = node.expression;
        const onHandle = /^(tx|em|db|database|manager|entityManager|dataSource|runner|client|pool)$/.test(
          expression.getText().split('.').pop()!,
        );
        return queries.has(name.text) && onHandle
          ? [at(file, node.getStart(), `calls .${name.text}(); move it to a store`)]
          : [];
      }),
    );

describeRule('only stores, platform and migrations speak SQL', onlyStores, {
  catches: {
    'a service that selects': { 'libs/access/src/a.service.ts': 'const q = `SELECT *\n FROM access.users`;' },
    'a controller that updates': { 'apps/api/src/a.controller.ts': `const q = 'update access.users set name = $1';` },
    'a pure file with SQL': { 'libs/access/src/a.ts': 'export const q = `insert into access.users values (1)`;' },
    'a query by any text': { 'apps/worker/src/a.service.ts': 'export const f = (tx: T, q: string) => tx.query(q);' },
    'a query builder': { 'apps/api/src/a.service.ts': 'class A { f() { return this.manager.createQueryBuilder(); } }' },
  },
  passes: {
    'a store, platform, and prose': {
      'libs/access/src/a.store.ts': 'const q = `select 1 from access.users`;',
      'libs/platform/src/audit.service.ts': 'const q = `select 1 from platform.audit`;',
      'libs/access/src/errors.ts': `const en = 'select another role, or update it';`,
    },
  },
});

/** Tables are written schema.table, so that a store cannot reach a neighbour's by accident or by search path. */
const ownSchema: Rule = (files) =>
  files
    .filter((file) => isProgram(file) && (speaksSql(file) || file.path.endsWith('.service.ts')))
    .flatMap((file) => {
      const own = file.path.split('/')[1];
      return [...nodesOf(file)].flatMap((node) => {
        const sql = textOf(node);
        if (sql === undefined || !/\b(select|insert|update|delete|truncate|lock|with)\b/i.test(sql)) return [];
        return foreignTables(sql, own).map((table) =>
          at(file, node.getStart(), `names ${table}, which is not of ${own}`),
        );
      });
    });

const keywords =
  /^(on|or|as|of|set|skip|only|lateral|nowait|distinct|select|values|each|excluded|unnest|pg_\w+|current_\w+)$/i;

/** Tables that the text names and that are not of the schema `own`; names of the statement itself and functions pass. */
function foreignTables(text: string, own: string): string[] {
  const sql = text
    .replace(/\b(extract|substring|trim|overlay|position)\s*\(([^()]*?)\bfrom\b/gi, '$1($2,')
    .replace(/\b(grant|revoke)\b[^;]*/gi, ' ');
  const parts = /(?:\bwith\s+(?:recursive\s+)?|,\s*)(\w+)(?:\s*\([^()]*\))?\s+as\s+(?:not\s+)?(?:materialized\s*)?\(/gi;
  const parted = new Set([...sql.matchAll(parts)].map((match) => match[1]));
  const uses = sql.matchAll(
    /\b(from|join|into|update|truncate)\s+(?:only\s+|table\s+)?([a-z_]\w*)(?:\.([a-z_]\w*))?(\s*\()?/gi,
  );
  return [...uses].flatMap(([, verb, first, second, bracket]) => {
    const isCall = Boolean(bracket) && verb.toLowerCase() !== 'into';
    if (second === undefined) return isCall || keywords.test(first) || parted.has(first) ? [] : [first];
    const open =
      first === own || first === 'pg_catalog' || first === 'information_schema' || (isCall && first === 'platform');
    return open ? [] : [`${first}.${second}`];
  });
}

/** In words of prose such as "update the file" no table is meant; only texts that are statements count. */
const ownSchemaOfStatements: Rule = (files) => ownSchema(files.filter((file) => !/errors\.ts$/.test(file.path)));

describeRule('a store names only tables of its own schema, and names the schema', ownSchemaOfStatements, {
  catches: {
    'a neighbour joined': {
      'libs/accounting/src/a.store.ts':
        'const q = `select 1 from accounting.account a join territory.territory t on true`;',
    },
    'a neighbour written': {
      'libs/accounting/src/a.store.ts': 'const q = `insert into observation.batch (id) values ($1)`;',
    },
    'a neighbour changed': { 'libs/accounting/src/a.store.ts': 'const q = `update access.users set name = $1`;' },
    'a neighbour emptied': { 'libs/accounting/src/a.store.ts': 'const q = `delete from only access.users`;' },
    'a table without its schema': {
      'libs/accounting/src/a.store.ts': 'const q = `select 1 from account where id = $1`;',
    },
    'platform in a domain table': { 'libs/platform/src/a.service.ts': 'const q = `select 1 from accounting.account`;' },
  },
  passes: {
    'own tables, functions, and names of the statement itself': {
      'libs/accounting/src/a.store.ts': [
        'const a = `with latest as (select * from accounting.account), n (x) as (select 1) select * from latest join n on true`;',
        'const b = `select g from unnest($1::text[]) as g where g is distinct from $2`;',
        'const c = `insert into accounting.account (id) values ($1) on conflict (id) do update set id = excluded.id`;',
        'const d = `select extract(epoch from recorded_at - now()) from accounting.account for update skip locked`;',
        'const e = `select 1 from jsonb_to_recordset($1) as r(a text), lateral (select 1) s`;',
      ].join('\n'),
    },
  },
});

const handleFirst: Rule = (files) =>
  files
    .filter(({ path }) => path.endsWith('.store.ts'))
    .flatMap((file) =>
      syntaxOf(file).statements.flatMap((node) => {
        const exported =
          ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
        if (!exported) return [];
        if (ts.isClassDeclaration(node)) return [at(file, node.getStart(), 'a store is free functions, not a class')];
        const functions = ts.isFunctionDeclaration(node)
          ? [node]
          : ts.isVariableStatement(node)
            ? node.declarationList.declarations.flatMap(({ initializer }) =>
                initializer && ts.isArrowFunction(initializer) ? [initializer] : [],
              )
            : [];
        return functions
          .filter(({ parameters }) => parameters[0]?.type?.getText() !== 'EntityManager')
          .map((fn) =>
            at(file, fn.getStart(), 'the first parameter of a store function is the EntityManager of the transaction'),
          );
      }),
    );

describeRule('a store function takes the running transaction first', handleFirst, {
  catches: {
    'no handle': { 'libs/access/src/a.store.ts': 'export async function findUser(id: string) {}' },
    'the handle last': { 'libs/access/src/a.store.ts': 'export function findUser(id: string, tx: EntityManager) {}' },
    'another handle': { 'libs/access/src/a.store.ts': 'export function findUser(db: DataSource) {}' },
    'an arrow without': { 'libs/access/src/a.store.ts': 'export const findUser = (id: string) => id;' },
    'a class': { 'libs/access/src/a.store.ts': 'export class Users {}' },
  },
  passes: {
    'stores and their types': {
      'libs/access/src/a.store.ts':
        'export interface U {}\nexport function f(tx: EntityManager, id: string) {}\nfunction g() {}',
    },
  },
});

/** A setting that outlives its transaction shows one county's rows to the next user of the connection. */
const transactionLocal: Rule = (files) =>
  files.filter(isProgram).flatMap((file) =>
    [...nodesOf(file)].flatMap((node) => {
      const sql = textOf(node) ?? '';
      const session = /\bset_config\s*\([^)]*,\s*false\s*\)|^\s*set\s+(session\s+|gep\.|role\b|search_path)/i.test(sql);
      return session
        ? [at(file, node.getStart(), 'sets something for the whole session; use set_config(…, true)')]
        : [];
    }),
  );

describeRule('settings of a connection are transaction-local', transactionLocal, {
  catches: {
    'set_config for the session': {
      'libs/platform/src/a.service.ts': "const q = `select set_config('gep.scope', $1, false)`;",
    },
    'SET of a scope': { 'libs/platform/src/a.service.ts': 'const q = "SET gep.scope = \'{}\'";' },
    'SET SESSION': { 'libs/platform/src/a.service.ts': 'const q = "set session timezone to utc";' },
  },
  passes: {
    'set_config in the transaction': {
      'libs/platform/src/a.service.ts': "const q = `select set_config('gep.scope', $1, true)`;",
    },
  },
});
