/** What two databases must agree on to the bit: accounts, lines, children and standings, without when and by which run. */
import { Client } from 'pg';

export interface AccountPicture {
  readonly accounts: number;
  readonly lines: number;
  readonly children: number;
  readonly standings: number;
  /** Digest over all rows of the four tables, in a fixed order. */
  readonly digest: string;
}

const tables = {
  accounts: ['account', "- '{recorded_at,run_id}'::text[]", 'id'],
  lines: ['account_line', '', 'account_id, line_no'],
  children: ['account_child', '', 'account_id, child_territory'],
  standings: ['account_standing', "- '{since,run_id}'::text[]", 'territory_code, period, since'],
} as const;

/** Reads as the superuser, past row security. */
export async function pictureOf(superuserUrl: string): Promise<AccountPicture> {
  const columns = Object.entries(tables).map(([name, [table, without, order]]) => {
    const rows = `select to_jsonb(t) ${without} as r, row_number() over (order by ${order}) as n from accounting.${table} t`;
    return `(select json_build_object('n', count(*), 'd', md5(string_agg(r::text, ',' order by n))) from (${rows}) as s) as ${name}`;
  });
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Record<keyof typeof tables, { n: number; d: string }>>(
      `select ${columns.join(', ')}`,
    );
    const [{ accounts, lines, children, standings }] = rows;
    return {
      ...{ accounts: accounts.n, lines: lines.n, children: children.n, standings: standings.n },
      digest: [accounts, lines, children, standings].map(({ d }) => d).join(' '),
    };
  } finally {
    await client.end();
  }
}
