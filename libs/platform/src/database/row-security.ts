/** SQL text that every subject's migrations use, so that rights and row security are the same everywhere. */
import { assert } from '@gep/kernel';

/** Group role that the application's login role belongs to. In the embedded server it is the login role itself. */
export const appRole = 'gep_app';

const name = /^[a-z_][a-z0-9_]*$/;
const qualifiedName = /^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/;

function checked(table: string): string {
  assert(qualifiedName.test(table), `write the table as schema.table: ${table}`);
  return table;
}

/** Makes the PostgreSQL schema of a subject and lets the application look into it. */
export function createSubjectSchema(schema: string): string {
  assert(name.test(schema), `not a schema name: ${schema}`);
  return `create schema if not exists ${schema};
grant usage on schema ${schema} to ${appRole};`;
}

/** Gives the application exactly these rights on a table, for example `select, insert`. */
export function grantToApp(table: string, privileges: string): string {
  return `revoke all on ${checked(table)} from ${appRole};
grant ${privileges} on ${table} to ${appRole};`;
}

/**
 * Hides the rows of territories outside the actor's scope, for reading and for writing, from everyone, the owner of the
 * table included. `column` is an ltree. A migration that changes rows of such a table must set `gep.scope` first.
 */
export function enableRowSecurity(table: string, column = 'territory_path'): string {
  assert(name.test(column), `not a column name: ${column}`);
  // The sub-select is evaluated once per statement; the cast keeps `any` from being read as a sub-query.
  const visible = `${column} <@ any ((select platform.scope())::public.ltree[])`;
  return `alter table ${checked(table)} enable row level security;
alter table ${table} force row level security;
create policy territory_scope on ${table} for all using (${visible}) with check (${visible});`;
}

/**
 * Lets readers of what was published see those rows of a table below their territories for which `published`, a query,
 * finds something; all of them without it. For reading only, and beside `enableRowSecurity`.
 */
export function showPublished(table: string, published?: string): string {
  const below = 'territory_path <@ any ((select platform.published_scope())::public.ltree[])';
  const visible = published === undefined ? below : `${below} and exists (${published})`;
  return `create policy territory_scope_published on ${checked(table)} for select using (${visible});`;
}

/** Lets rows be added and read, never changed or removed, by anyone who does not first drop the trigger. */
export function appendOnly(table: string): string {
  return `revoke update, delete, truncate on ${checked(table)} from ${appRole};
create trigger append_only_rows before update or delete on ${table} for each row execute function platform.refuse_change();
create trigger append_only_table before truncate on ${table} for each statement execute function platform.refuse_change();`;
}
