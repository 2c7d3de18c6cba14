/** Reads the catalogue of a database for ways past row security; used by the gate, which also breaks each rule once. */
import type { Client } from 'pg';

/** What the gate lets pass, each with its reason beside it. */
export interface AllowedOpenings {
  /** Tables without territories: `schema.table`. */
  readonly openTables: readonly string[];
  /** Tables without a territory_path whose policies go by another column, with that column: `schema.table.column`. */
  readonly guardedOtherwise: readonly string[];
  /** Tables of which readers of what was published may see rows below their territories: `schema.table`. */
  readonly publishedReads: readonly string[];
  /** Tables of which whoever is asked by a row may see it, by its respondent_path: `schema.table`. */
  readonly respondentReads: readonly string[];
  /** Tables of which a person sees the own rows, addressed to it or found through its links to owners: `schema.table`. */
  readonly ownReads: readonly string[];
  /** Append-only tables to which everybody may add rows about any territory: `schema.table`. */
  readonly openInserts: readonly string[];
  /** SECURITY DEFINER functions that the application may call: `schema.function`. */
  readonly definerFunctions: readonly string[];
  /** Unique keys over territories' rows whose violation tells nothing: `schema.index`. */
  readonly uniqueKeys: readonly string[];
}

const pathColumn = 'territory_path';
/** Not ours: the system, and the queue, which keeps nothing worth hiding and whose schema BullMQ makes. */
const ours = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'bullmq')
  and not exists (select 1 from pg_depend d where d.objid = o.oid and d.deptype = 'e')`;

/** Each gap as one line: rule, then the object. */
export async function rowSecurityGaps(superuser: Client, appUser: string, allowed: AllowedOpenings): Promise<string[]> {
  const lines = await uniqueKeyGaps(superuser, allowed);
  for (const role of [appUser, 'gep_app']) {
    lines.push(...(await tableGaps(superuser, role, allowed)));
    lines.push(...(await reachableGaps(superuser, role, allowed)));
    lines.push(...(await roleGaps(superuser, role)));
  }
  return [...new Set(lines)].sort();
}

async function linesOf(superuser: Client, sql: string, values: unknown[]): Promise<string[]> {
  const { rows } = await superuser.query<{ line: string }>(
    `select line from (${sql}) as found (line) where line is not null`,
    values,
  );
  return rows.map(({ line }) => line);
}

interface TableRow {
  readonly name: string;
  readonly hasPath: boolean;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly select: boolean;
  readonly insert: boolean;
  readonly update: boolean;
  readonly delete: boolean;
  readonly other: boolean;
  readonly policies: readonly { command: string; permissive: boolean; using: string | null; check: string | null }[];
}

/** Tables: security on and forced, a policy that looks at the scope for every command granted, nothing that goes past policies. */
async function tableGaps(
  superuser: Client,
  role: string,
  { openTables, guardedOtherwise, publishedReads, respondentReads, ownReads, openInserts }: AllowedOpenings,
): Promise<string[]> {
  const privilege = (command: string) =>
    command === 'delete'
      ? `has_table_privilege($1, o.oid, 'delete')`
      : `has_any_column_privilege($1, o.oid, '${command}')`;
  const { rows } = await superuser.query<TableRow>(
    `select n.nspname || '.' || o.relname as name, o.relrowsecurity as enabled, o.relforcerowsecurity as forced,
       exists (select 1 from pg_attribute a where a.attrelid = o.oid and a.attname = $2 and not a.attisdropped) as "hasPath",
       ${['select', 'insert', 'update', 'delete'].map((command) => `${privilege(command)} as "${command}"`).join(', ')},
       has_table_privilege($1, o.oid, 'truncate, references, trigger') as other,
       (select coalesce(json_agg(json_build_object('command', p.polcmd, 'permissive', p.polpermissive,
          'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))), '[]')
        from pg_policy p where p.polrelid = o.oid) as policies
     from pg_class o join pg_namespace n on n.oid = o.relnamespace where o.relkind in ('r', 'p', 'f') and ${ours}`,
    [role, pathColumn],
  );
  return rows.flatMap((table) => {
    const other = guardedOtherwise.find((column) => column.startsWith(`${table.name}.`));
    const freelyAdded = openInserts.includes(table.name) && !table.update && !table.delete;
    if (table.hasPath) {
      const policies = table.policies.filter(
        (policy) =>
          !(publishedReads.includes(table.name) && showsPublished(policy)) &&
          !(respondentReads.includes(table.name) && showsRespondent(policy)) &&
          !(ownReads.includes(table.name) && showsOwn(policy)),
      );
      return guardedTableGaps({ ...table, policies }, pathColumn, freelyAdded);
    }
    return other ? guardedTableGaps(table, other.split('.')[2]) : openTableGaps(table, openTables);
  });
}

/** For reading only, below the territories of published figures, and of rows that one other guarded table knows as published. */
function showsPublished({ command, using }: TableRow['policies'][number]): boolean {
  const below =
    /^\(*territory_path <@ ANY \(\( SELECT platform\.published_scope\(\) AS published_scope\)::(?:public\.)?ltree\[\]\)\)?/;
  const known = /^ AND \(EXISTS \( SELECT\s+FROM \w+\.\w+ (\w)\s+WHERE \(\1\.\w+ = \w+\.\w+\)\)\)\)$/;
  if (command !== 'r' || using === null || !below.test(using)) return false;
  const rest = using.replace(below, '');
  return rest === '' || known.test(rest);
}

/** For reading only, at and below the territories of whoever is asked. */
const showsRespondent = ({ command, using }: TableRow['policies'][number]): boolean =>
  command === 'r' && looksAtScope(using, 'respondent_path');

/** For reading only, rows addressed to the person who asks, or of owners that it is linked to at this time. */
function showsOwn({ command, using }: TableRow['policies'][number]): boolean {
  const linked =
    /^\(EXISTS \( SELECT\s+FROM procurement\.owner_link l\s+WHERE \(\(\(l\.company_id = \w+\.company_id\) AND \(l\.owner = \w+\.owner\)\) AND \(l\.held_by = \( SELECT platform\.actor\(\) AS actor\)\) AND \(l\.ended_at IS NULL\)\)\)\)$/;
  const addressed = /^\(reader_id = \( SELECT platform\.actor\(\) AS actor\)\)$/;
  return command === 'r' && using !== null && (linked.test(using) || addressed.test(using));
}

function openTableGaps(table: TableRow, openTables: readonly string[]): string[] {
  const reached = table.select || table.insert || table.update || table.delete || table.other;
  return reached && !openTables.includes(table.name) ? [`table without ${pathColumn}: ${table.name}`] : [];
}

/** By the territory of the row, or by who made it, and by nothing else: `true or …` would let all pass. */
function looksAtScope(expression: string | null, column: string): boolean {
  const byTerritory = new RegExp(
    `\\b${column} <@ ANY \\(\\( SELECT platform\\.scope\\(\\) AS scope\\)::(?:public\\.)?ltree\\[\\]\\)`,
    'g',
  );
  const byMaker = /\b\w+_by = \( SELECT platform\.actor\(\) AS actor\)/g;
  const rest = expression?.replace(byTerritory, '').replace(byMaker, '');
  return rest !== undefined && rest !== expression && rest.replace(/[\s()]|\bOR\b|\bAND\b/g, '') === '';
}

function guardedTableGaps(table: TableRow, column: string, freelyAdded = false): string[] {
  const gaps: string[] = [];
  if (!table.enabled) gaps.push(`row security off: ${table.name}`);
  if (!table.forced) gaps.push(`row security not forced: ${table.name}`);
  if (table.other) gaps.push(`truncate, references or trigger granted: ${table.name}`);
  const codes = { select: 'r', insert: 'a', update: 'w', delete: 'd' } as const;
  for (const command of ['select', 'insert', 'update', 'delete'] as const) {
    if (!table[command] || (command === 'insert' && freelyAdded)) continue;
    const policies = table.policies.filter(
      (policy) => policy.permissive && ['*', codes[command]].includes(policy.command),
    );
    if (policies.length === 0) gaps.push(`no policy for ${command}: ${table.name}`);
    const sound = policies.every(({ using, check }) => {
      const reads = command === 'insert' || looksAtScope(using, column);
      const writes = command === 'select' || command === 'delete' || looksAtScope(check ?? using, column);
      return reads && writes;
    });
    if (!sound) gaps.push(`policy for ${command} does not look at the scope: ${table.name}`);
  }
  return gaps;
}

/** Views, materialised views and functions that run with the rights of their owner. */
async function reachableGaps(superuser: Client, role: string, allowed: AllowedOpenings): Promise<string[]> {
  const relations = await linesOf(
    superuser,
    `select case when o.relkind = 'm' then 'materialised view: ' else 'view without security_invoker: ' end || n.nspname || '.' || o.relname
     from pg_class o join pg_namespace n on n.oid = o.relnamespace
     where ${ours} and has_any_column_privilege($1, o.oid, 'select, insert, update')
       and (o.relkind = 'm' or (o.relkind = 'v' and not coalesce(o.reloptions::text[] && '{security_invoker=true,security_invoker=on,security_invoker=1}', false)))`,
    [role],
  );
  const functions = await linesOf(
    superuser,
    `select 'security definer function: ' || n.nspname || '.' || o.proname
     from pg_proc o join pg_namespace n on n.oid = o.pronamespace
     where ${ours} and o.prosecdef and has_function_privilege($1, o.oid, 'execute')
       and (n.nspname || '.' || o.proname) <> all ($2::text[])`,
    [role, allowed.definerFunctions],
  );
  return [...relations, ...functions];
}

/** The application's roles: own nothing, bypass nothing, become nobody who does, and make nothing. */
async function roleGaps(superuser: Client, role: string): Promise<string[]> {
  return linesOf(
    superuser,
    `select 'owned by ' || $1 || ': ' || n.nspname || '.' || o.relname from pg_class o join pg_namespace n on n.oid = o.relnamespace
       where ${ours} and o.relkind <> 'i' and pg_get_userbyid(o.relowner) = $1
     union all select 'owned by ' || $1 || ': ' || n.nspname || '.' || o.proname from pg_proc o join pg_namespace n on n.oid = o.pronamespace
       where ${ours} and pg_get_userbyid(o.proowner) = $1
     union all select 'owned by ' || $1 || ': schema ' || nspname from pg_namespace where pg_get_userbyid(nspowner) = $1
     union all select 'owned by ' || $1 || ': database' from pg_database where datname = current_database() and pg_get_userbyid(datdba) = $1
     union all select 'may create in schema ' || nspname || ': ' || $1 from pg_namespace n
       where nspname !~ '^pg_' and nspname <> 'bullmq' and has_schema_privilege($1, n.oid, 'create')
     union all select 'superuser or bypasses row security: ' || r.rolname from pg_roles r
       where pg_has_role($1, r.oid, 'member') and (r.rolsuper or r.rolbypassrls)
     union all select 'member of an owner of guarded tables: ' || $1 from pg_roles r
       where r.rolname <> $1 and pg_has_role($1, r.oid, 'member')
         and exists (select 1 from pg_class c join pg_attribute a on a.attrelid = c.oid
                     where a.attname = '${pathColumn}' and c.relkind in ('r', 'p') and c.relowner = r.oid)`,
    [role],
  );
}

/** A duplicate-key error tells that a row exists: unique keys hold the territory, or ids that nobody can guess or choose. */
async function uniqueKeyGaps(superuser: Client, { uniqueKeys }: AllowedOpenings): Promise<string[]> {
  return linesOf(
    superuser,
    `select 'unique key without territory or random id: ' || n.nspname || '.' || i.relname
     from pg_index x join pg_class o on o.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
       join pg_namespace n on n.oid = o.relnamespace
     where ${ours} and x.indisunique and (n.nspname || '.' || i.relname) <> all ($2::text[])
       and exists (select 1 from pg_attribute a where a.attrelid = o.oid and a.attname = $1 and not a.attisdropped)
       and not exists (select 1 from pg_attribute a where a.attrelid = o.oid and a.attnum = any (x.indkey::int2[])
                       and (a.attname in ('territory_code', $1) or a.atttypid = 'uuid'::regtype or a.attidentity = 'a'))`,
    [pathColumn, uniqueKeys],
  );
}
