/** Where the specs of the command line run it: in a folder of their own, on a database of their own or with none in reach. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '../fixtures/test-database';
import { gep, root, type Outcome } from './cli-under-test';

/** The observations of the mine study, and the options of verbs that compute them. */
export const mine = path.join(root, 'rulebook/cases/jinsha-mine/observations.json');
export const withMine = ['--norm', 'jinsha-mine-2026', '--observations', mine];

/** A folder that goes with the tests of the file. */
export interface TestFolder {
  /** The path of a file in it, of itself without a name. */
  readonly at: (name?: string) => string;
  /** Gives the name back. */
  readonly write: (name: string, content: string | Uint8Array) => string;
}

export function folderOfTests(): TestFolder {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gep-cli-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  const at = (name = ''): string => path.join(folder, name);
  return {
    at,
    write(name, content) {
      fs.writeFileSync(at(name), content);
      return name;
    },
  };
}

/** Runs a verb that needs no database, with the address of one that leads nowhere. */
export const withoutDatabase = (args: readonly string[], cwd = root): Promise<Outcome> =>
  gep(args, { env: { DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/none' }, cwd });

export interface CliOnDatabase extends TestFolder {
  readonly database: () => TestDatabase;
  readonly environment: () => NodeJS.ProcessEnv;
  /** Runs a verb with `--json`. */
  readonly run: (args: readonly string[], input?: string) => Promise<Outcome>;
  /** The same for a verb that has to end well; gives what it says. */
  readonly done: <T>(args: readonly string[], input?: string) => Promise<T>;
}

export function cliOnDatabase(): CliOnDatabase {
  const folder = folderOfTests();
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  const environment = (): NodeJS.ProcessEnv => {
    const { databaseUrl, secret, creditKeys } = database.config;
    // The throw-away server of the tests does without fsync, which programs refuse otherwise.
    const programs = { NODE_ENV: 'test', DATABASE_URL: databaseUrl, GEP_SECRET: secret };
    return { ...programs, GEP_CREDIT_KEYS: creditKeys, GEP_DATA_DIR: folder.at() };
  };
  const run = (args: readonly string[], input?: string): Promise<Outcome> =>
    gep([...args, '--json'], { env: environment(), cwd: folder.at(), input });
  return {
    ...folder,
    ...{ database: () => database, environment, run },
    async done<T>(args: readonly string[], input?: string): Promise<T> {
      const outcome = await run(args, input);
      if (outcome.code !== 0) throw new Error(`gep ${args.join(' ')} ended with ${outcome.code}: ${outcome.stderr}`);
      return outcome.json<T>();
    },
  };
}
