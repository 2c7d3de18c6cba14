/** Reads and checks the settings of the program from environment variables, naming every problem at once. */
import { closestWord, type Bilingual } from '@gep/kernel';
import { ConfigRefused, type ConfigProblem } from './errors';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** All settings, checked. URLs carry passwords: never log this object. */
export interface Config {
  /** Connection of the application role; absent means the embedded server. */
  readonly databaseUrl?: string;
  /** Connection of the role that owns the tables; only migrations use it. */
  readonly databaseOwnerUrl?: string;
  /** Moves the queue from PostgreSQL to Redis. */
  readonly redisUrl?: string;
  readonly host: string;
  readonly port: number;
  /** Signs tokens; at least 32 characters. */
  readonly secret?: string;
  /** Keys that identifiers of credit subjects are sealed with and looked for by: `id:seal:index[,…]`, the first pair in use. */
  readonly creditKeys?: string;
  readonly logLevel: LogLevel;
  /** Folder of the embedded server and other local state, relative to the working directory unless absolute. */
  readonly dataDir: string;
  readonly rulebookDir: string;
  /** Jobs that one worker process runs at the same time. */
  readonly workerConcurrency: number;
  /** Address under which people reach the site, without a slash at the end. */
  readonly publicUrl: string;
  /** Prefix that the Open Contracting Partnership gave the publisher; a placeholder until one is set. */
  readonly ocidPrefix: string;
  /** A worker whose queue backend stays away this long ends its process, so that a supervisor starts it afresh. */
  readonly backendLossSeconds: number;
  readonly nodeEnv: 'production' | 'development' | 'test';
}

/** One environment variable: how its text is read. A reader returns the value or says why it cannot. */
type Reader<T> = (text: string) => { value: T } | { problem: Bilingual };

const refuse = (zh: string, en: string): { problem: Bilingual } => ({ problem: { zh, en } });

const anyText: Reader<string> = (text) => ({ value: text });

const url =
  (...protocols: string[]): Reader<string> =>
  (text) => {
    const parsed = URL.canParse(text) ? new URL(text) : undefined;
    if (parsed && protocols.includes(parsed.protocol)) return { value: text.replace(/\/+$/, '') };
    const list = protocols.map((protocol) => `${protocol}//`).join(' ');
    return refuse(`应为以 ${list} 开头的地址`, `must be an address that begins with ${list}`);
  };

const wholeNumber =
  (least: number, most: number): Reader<number> =>
  (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return { value };
    return refuse(`应为 ${least} 到 ${most} 之间的整数`, `must be a whole number from ${least} to ${most}`);
  };

const oneOf =
  <T extends string>(words: readonly T[]): Reader<T> =>
  (text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return { value: found };
    return refuse(`应为以下之一：${words.join('、')}`, `must be one of ${words.join(', ')}`);
  };

const secret: Reader<string> = (text) =>
  text.length >= 32 ? { value: text } : refuse('至少需要 32 个字符', 'must have at least 32 characters');

/** 32 bytes as base64url. */
const key = '[A-Za-z0-9_-]{43}';
const keyPairs: Reader<string> = (text) => {
  const pairs = text.split(',').map((one) => one.trim().split(':'));
  const isPair = ([id, seal, index]: readonly string[]): boolean =>
    new RegExp(`^[a-z0-9-]{1,20}:${key}:${key}$`).test(`${id}:${seal}:${index}`) && seal !== index;
  const isSound = pairs.every((pair) => pair.length === 3 && isPair(pair));
  return isSound && new Set(pairs.map(([id]) => id)).size === pairs.length
    ? { value: text }
    : refuse(
        '应为 编号:密钥:索引密钥，密钥各 32 字节（base64url），彼此不同，多组以逗号分开，第一组为现用',
        'must be id:key:index-key, each key 32 bytes as base64url and none like the other; further pairs after a comma, the first is in use',
      );
};

const ocidPrefix: Reader<string> = (text) =>
  /^ocds-[0-9a-z]{6}$/.test(text)
    ? { value: text }
    : refuse('应为 ocds- 加 6 个小写字母或数字', 'must be ocds- and 6 lower-case letters or digits');

const readers = {
  DATABASE_URL: url('postgres:', 'postgresql:'),
  DATABASE_OWNER_URL: url('postgres:', 'postgresql:'),
  REDIS_URL: url('redis:', 'rediss:'),
  GEP_HOST: anyText,
  GEP_PORT: wholeNumber(0, 65535),
  GEP_SECRET: secret,
  GEP_CREDIT_KEYS: keyPairs,
  GEP_LOG_LEVEL: oneOf(logLevels),
  GEP_DATA_DIR: anyText,
  GEP_RULEBOOK_DIR: anyText,
  GEP_WORKER_CONCURRENCY: wholeNumber(1, 256),
  GEP_PUBLIC_URL: url('http:', 'https:'),
  GEP_OCID_PREFIX: ocidPrefix,
  GEP_BACKEND_LOSS_SECONDS: wholeNumber(1, 86400),
  NODE_ENV: oneOf(['production', 'development', 'test'] as const),
};

export type ConfigKey = keyof typeof readers;
type Values = { [K in ConfigKey]?: (typeof readers)[K] extends Reader<infer T> ? T : never };

const keys = Object.keys(readers) as ConfigKey[];

/** Variables with our prefix that no key claims; those of the tests are not ours to judge. */
function unknownKeys(env: Readonly<Record<string, string | undefined>>): ConfigProblem[] {
  const strange = Object.keys(env).filter(
    (key) => key.startsWith('GEP_') && !key.startsWith('GEP_TEST_') && !keys.includes(key as ConfigKey),
  );
  return strange.sort().map((key) => {
    const meant = closestWord(key, keys);
    return {
      key,
      text: {
        zh: `没有这个设置${meant ? `；是否指 ${meant}？` : ''}`,
        en: `there is no such setting${meant ? `; did you mean ${meant}?` : ''}`,
      },
    };
  });
}

/** Rules that look at two settings together. */
function conflicts(values: Values): ConfigProblem[] {
  const { DATABASE_URL: app, DATABASE_OWNER_URL: owner } = values;
  if (!app || !owner || new URL(app).username !== new URL(owner).username) return [];
  const text = {
    zh: '与 DATABASE_URL 使用了同一个数据库用户；应用用户不得拥有表，否则行级安全不起作用，请为二者建立不同的用户',
    en: 'names the same database user as DATABASE_URL; the application must not own the tables, or row security does not bind it: make two users',
  };
  return [{ key: 'DATABASE_OWNER_URL', text }];
}

/**
 * Reads the settings. An empty value counts as absent.
 * @param needed keys that this program cannot run without
 * @throws ConfigRefused listing every problem at once; values are never repeated in it, because they may be secrets
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  needed: readonly ConfigKey[] = [],
): Config {
  const problems = unknownKeys(env);
  const values: Record<string, unknown> = {};
  for (const key of keys) {
    const text = env[key]?.trim();
    if (!text) {
      if (needed.includes(key)) problems.push({ key, text: { zh: '缺少这个设置', en: 'is missing' } });
      continue;
    }
    const read = readers[key](text);
    if ('problem' in read) problems.push({ key, text: read.problem });
    else values[key] = read.value;
  }
  const known = values as Values;
  problems.push(...conflicts(known));
  if (problems.length > 0) throw new ConfigRefused(problems);
  return withDefaults(known);
}

function withDefaults(values: Values): Config {
  const host = values.GEP_HOST ?? '127.0.0.1';
  const port = values.GEP_PORT ?? 3000;
  return {
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL,
    redisUrl: values.REDIS_URL,
    host,
    port,
    secret: values.GEP_SECRET,
    creditKeys: values.GEP_CREDIT_KEYS,
    logLevel: values.GEP_LOG_LEVEL ?? 'info',
    dataDir: values.GEP_DATA_DIR ?? '.data',
    rulebookDir: values.GEP_RULEBOOK_DIR ?? 'rulebook',
    workerConcurrency: values.GEP_WORKER_CONCURRENCY ?? 2,
    publicUrl: values.GEP_PUBLIC_URL ?? `http://${host}:${port}`,
    // Not registered: whoever publishes asks for a prefix of their own.
    ocidPrefix: values.GEP_OCID_PREFIX ?? 'ocds-000000',
    backendLossSeconds: values.GEP_BACKEND_LOSS_SECONDS ?? 120,
    nodeEnv: values.NODE_ENV ?? 'development',
  };
}
