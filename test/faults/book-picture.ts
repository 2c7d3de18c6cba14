/** All that the database says of one place, table by table, without ids, times and what follows from them. */
import { Client } from 'pg';

/** Tables whose rows are numbered across places. */
const acrossPlaces = new Set(['seq', 'run_no', 'prev_hash', 'hash', 'step_id']);

/** How often work was begun is what a kill changes. */
const attempts = new Set(['begun']);

interface Column {
  readonly table: string;
  readonly columns: string[];
  /** The column by which a row belongs to a place. */
  readonly path: string;
}

/** Reads as the superuser, past row security. @param place ltree text */
export async function pictureOfPlace(superuserUrl: string, place: string): Promise<Record<string, string[]>> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const picture: Record<string, string[]> = {};
    const names = await namesOf(client, place);
    const plain = (row: string): string => plainRow(row, place, names);
    for (const { table, columns, path } of await tablesOf(client)) {
      const { rows } = await client.query<{ row: string }>(
        `select row_to_json(t)::text as row from (select ${columns.join(', ')} from ${table} where ${path} <@ $1) as t`,
        [place],
      );
      if (rows.length > 0) picture[table] = rows.map(({ row }) => plain(row)).sort();
    }
    const { rows } = await client.query<{ row: string }>(
      `select actor_id || ' ' || action || ' ' || response as row from platform.idempotency where starts_with(key, $1)`,
      [`${place}:`],
    );
    const { rows: events } = await client.query<{ row: string }>(
      `select event || ' ' || payload::text as row from platform.outbox where payload->>'territoryPath' = $1`,
      [place],
    );
    picture['events'] = events.map(({ row }) => plain(row)).sort();
    picture['answers'] = rows.map(({ row }) => plain(row)).sort();
    return picture;
  } finally {
    await client.end();
  }
}

/** Tables with a territory, and what of them can be compared; partitions are read by their whole. */
async function tablesOf(client: Client): Promise<Column[]> {
  const { rows } = await client.query<{ table: string; column: string; type: string }>(
    `select n.nspname || '.' || c.relname as "table", a.attname as "column", t.typname as type
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       join pg_type t on t.oid = a.atttypid
       left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
       -- Numbers that a sequence gives run on across places.
       and a.attidentity = '' and coalesce(pg_get_expr(d.adbin, d.adrelid), '') not like 'nextval%'
     order by 1, a.attnum`,
  );
  const tables = new Map<string, { columns: string[]; path?: string }>();
  for (const { table, column, type } of rows) {
    const found = tables.get(table) ?? { columns: [] };
    tables.set(table, found);
    if (type === 'ltree' && ['territory_path', 'within', 'place_path'].includes(column)) found.path = column;
    if (['timestamptz', 'xid8', 'bytea'].includes(type) || acrossPlaces.has(column) || attempts.has(column)) continue;
    found.columns.push(`"${column}"`);
  }
  return [...tables].flatMap(([table, { columns, path }]) => (path === undefined ? [] : [{ table, columns, path }]));
}

/** What ids of accounts and vouchers stand for. */
async function namesOf(client: Client, place: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; name: string }>(
    `select id, code as name from ledger.book_account where territory_path <@ $1
     union all select id, business_key from ledger.voucher where territory_path <@ $1
     union all select id, business_key from ledger.reservation where territory_path <@ $1`,
    [place],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The row without digests, moments and the name of its place; ids by what they stand for. */
function plainRow(row: string, place: string, names: ReadonlyMap<string, string>): string {
  return row
    .replace(
      /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
      (id) => `<${names.get(id)?.replaceAll(/<?[0-9a-f]{8}-[0-9a-f-]{27}>?/g, 'id') ?? 'id'}>`,
    )
    .replace(/"no":\d+/g, '"no":<no>')
    .replace(/[0-9a-f]{64}/g, '<digest>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, '<moment>')
    .replaceAll(place, '<place>')
    .replaceAll(place.slice(place.lastIndexOf('.') + 1), '<code>');
}
