/** The production stack: parsed, because a mistake here shows only on a server; no password has a default. */
import { parse } from 'yaml';
import { describeRule, type Rule, type SourceFile } from './rule';

interface Service {
  readonly image?: string;
  readonly build?: unknown;
  readonly command?: string | readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly healthcheck?: { readonly test?: unknown; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition?: string }>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly container_name?: string;
  readonly privileged?: boolean;
  readonly restart?: string;
  readonly user?: string;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

const composeOf = (files: readonly SourceFile[]): Compose =>
  parse(files.find(({ path }) => path === 'docker-compose.yml')?.text ?? 'services: {}', { merge: true }) as Compose;
const oneShot = 'migrate';
const commandOf = ({ command = '' }: Service): string => (typeof command === 'string' ? command : command.join(' '));

const stands: Rule = (files) => {
  const { services, volumes = {} } = composeOf(files);
  const faults = ['postgres', 'redis', oneShot, 'api', 'worker']
    .filter((name) => !services[name])
    .map((name) => `no service ${name}`);
  for (const [name, service] of Object.entries(services)) {
    const needsCheck = name !== oneShot;
    if (needsCheck && (!service.healthcheck?.test || service.healthcheck.disable))
      faults.push(`${name} has no health check`);
    if (needsCheck && service.restart !== 'unless-stopped') faults.push(`${name} does not come back after a crash`);
    if (name === oneShot && service.restart !== 'no') faults.push(`${name} runs once`);
    if (service.image && (!/:[\w.-]*\d/.test(service.image) || /:latest$/.test(service.image)))
      faults.push(`${name}: the version of ${service.image} is not named`);
    if (service.privileged || service.user === 'root' || service.user === '0')
      faults.push(`${name} has more rights than it needs`);
    if (
      ['api', 'worker'].includes(name) &&
      service.depends_on?.[oneShot]?.condition !== 'service_completed_successfully'
    )
      faults.push(`${name} starts before the tables stand`);
    for (const volume of service.volumes ?? []) {
      const source = volume.split(':')[0];
      if (!/^[./]/.test(source) && !(source in volumes)) faults.push(`${name}: volume ${source} is not declared`);
    }
  }
  return faults;
};

const keeps: Rule = (files) => {
  const { services } = composeOf(files);
  const { postgres, redis, worker, api } = services;
  const faults = [];
  if (!postgres?.volumes?.length) faults.push('postgres keeps nothing');
  if (!redis?.volumes?.length) faults.push('redis keeps nothing');
  if (!/--maxmemory-policy noeviction/.test(commandOf(redis ?? {}))) faults.push('redis may evict jobs');
  if (!/--appendonly yes/.test(commandOf(redis ?? {}))) faults.push('redis forgets jobs when it restarts');
  if (worker?.container_name || worker?.ports) faults.push('worker cannot be scaled: it has a fixed name or port');
  const published = Object.entries(services)
    .filter(([name, { ports }]) => ports && name !== 'api')
    .map(([name]) => name);
  if (published.length > 0) faults.push(`${published.join(', ')} can be reached from outside`);
  if (/synchronous_commit=off|fsync=off/.test(commandOf(postgres ?? {})))
    faults.push('postgres may lose what it confirmed');
  if (!api?.ports) faults.push('api cannot be reached');
  return faults;
};

/** Every secret is demanded from the environment; a value in the file or a default would be everybody's password. */
const demanded: Rule = (files) => {
  const { services } = composeOf(files);
  return Object.entries(services).flatMap(([name, service]) =>
    Object.entries(service.environment ?? {}).flatMap(([key, raw]) => {
      const value = String(raw);
      const secret = /PASSWORD|SECRET|TOKEN|(_|^)KEY$/.test(key);
      const inUrl = /:\/\/[^:@/\s]*:(?<password>(\$\{[^}]*\}|[^@\s])*)@/.exec(value)?.groups?.password;
      const given = secret ? value : inUrl;
      return given === undefined || /^\$\{\w+:\?[^}]+\}$/.test(given)
        ? []
        : [`${name}: ${key} does not demand its secret with \${NAME:?why}`];
    }),
  );
};

const service = (more: string): string =>
  `image: x:1\n    restart: unless-stopped\n    healthcheck: { test: [CMD, x] }\n    ${more}`;
const sound = `services:
  postgres:
    ${service('volumes: ["rows:/var/lib/postgresql"]')}
  redis:
    ${service('command: redis-server --appendonly yes --maxmemory-policy noeviction\n    volumes: ["jobs:/data"]')}
  migrate:
    image: x:1
    restart: "no"
    environment: { DATABASE_OWNER_URL: "postgres://o:\${OWNER_PASSWORD:?set it}@postgres/gep" }
  api:
    ${service('ports: ["3000:3000"]\n    depends_on: { migrate: { condition: service_completed_successfully } }\n    environment: { GEP_SECRET: "${GEP_SECRET:?set it}" }')}
  worker:
    ${service('depends_on: { migrate: { condition: service_completed_successfully } }')}
volumes: { rows: {}, jobs: {} }
`;
const compose = (from: string | RegExp, to: string) => {
  const text = sound.replace(from, to);
  if (text === sound) throw new Error(`the example does not change anything: ${from.toString()}`);
  return { 'docker-compose.yml': text };
};
const passes = { 'a sound stack': { 'docker-compose.yml': sound } };

describeRule('the stack stands: all services, checked, restarted, in order, with known versions', stands, {
  catches: {
    'no worker': compose('  worker:', '  labourer:'),
    'no health check': compose(/healthcheck: .*\n/, '\n'),
    'no restart': compose('restart: unless-stopped', 'restart: "no"'),
    'migrations in a loop': compose('restart: "no"', 'restart: always'),
    'an unknown version': compose('image: x:1', 'image: x:latest'),
    'no version': compose('image: x:1', 'image: x'),
    'a start before the tables stand': compose('service_completed_successfully', 'service_started'),
    'all rights': compose('image: x:1', 'image: x:1\n    privileged: true'),
    'a volume of nobody': compose('volumes: { rows: {}, jobs: {} }', 'volumes: { rows: {} }'),
  },
  passes,
});

describeRule('the stack keeps what it was given, can grow, and opens one door', keeps, {
  catches: {
    'a database without volume': compose('volumes: ["rows:/var/lib/postgresql"]', ''),
    'a queue that evicts': compose('noeviction', 'allkeys-lru'),
    'a queue that forgets': compose('--appendonly yes', ''),
    'a worker with a port': compose('  worker:\n', '  worker:\n    ports: ["3001:3001"]\n'),
    'a worker with a name': compose('  worker:\n', '  worker:\n    container_name: w\n'),
    'a database open to the world': compose('  postgres:\n', '  postgres:\n    ports: ["5432:5432"]\n'),
    'a database that may lose rows': compose('  postgres:\n', '  postgres:\n    command: postgres -c fsync=off\n'),
  },
  passes,
});

describeRule('no password has a default', demanded, {
  catches: {
    'a password in the file': compose('${GEP_SECRET:?set it}', 'change-me'),
    'a default password': compose('${GEP_SECRET:?set it}', '${GEP_SECRET:-change-me}'),
    'an empty password that passes': compose('${GEP_SECRET:?set it}', '${GEP_SECRET}'),
    'a password in an address': compose('${OWNER_PASSWORD:?set it}', 'gep'),
    'a default in an address': compose('${OWNER_PASSWORD:?set it}', '${OWNER_PASSWORD:-gep}'),
  },
  passes,
});

/** Settings that the program knows; a misspelt key would stop it at start, which the stack should not need to find out. */
const knownKeys: Rule = (files) => {
  const source = files.find(({ path }) => path === 'libs/platform/src/config/config.ts')?.text ?? '';
  const known = new Set([...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1]));
  const { services } = composeOf(files);
  const used = ['migrate', 'api', 'worker'].flatMap((name) => Object.keys(services[name]?.environment ?? {}));
  const manual = files.find(({ path }) => path === 'docs/operations.md')?.text ?? '';
  return [
    ...used.filter((key) => !known.has(key)).map((key) => `docker-compose.yml sets ${key}, which is no setting`),
    ...[...known]
      .filter((key) => !manual.includes(`\`${key}\``))
      .map((key) => `docs/operations.md does not explain ${key}`),
  ];
};
const config = { 'libs/platform/src/config/config.ts': '  GEP_PORT: x,\n  DATABASE_URL: y,\n' };

describeRule('every setting is known and explained', knownKeys, {
  catches: {
    'a misspelt setting': {
      ...config,
      'docs/operations.md': '`GEP_PORT` `DATABASE_URL`',
      'docker-compose.yml': 'services: { api: { environment: { GEP_PROT: 1 } } }',
    },
    'a setting nobody explains': {
      ...config,
      'docs/operations.md': '`GEP_PORT`',
      'docker-compose.yml': 'services: {}',
    },
  },
  passes: {
    'known ones': {
      ...config,
      'docs/operations.md': '`GEP_PORT` `DATABASE_URL`',
      'docker-compose.yml': 'services: { api: { environment: { GEP_PORT: 1 } } }',
    },
  },
});

const container: Rule = (files) => {
  const text = files.find(({ path }) => path === 'Dockerfile')?.text ?? '';
  const lines = text.split('\n');
  const from = lines.filter((line) => /^FROM /.test(line));
  const users = lines.filter((line) => /^USER /.test(line));
  const faults = from
    .filter((line) => !/^FROM (node:\d+\.\d+[\w.-]*|[a-z]+)( AS \w+)?$/.test(line))
    .map((line) => `the version is not named: ${line}`);
  if (from.length < 2) faults.push('what builds also runs: use two stages');
  const last = users.at(-1) ?? '';
  if (last === '' || /root|\b0\b/.test(last) || text.lastIndexOf('USER') < text.lastIndexOf('FROM'))
    faults.push('runs as root');
  if (!/npm ci/.test(text) || /npm install/.test(text)) faults.push('installs something else than the lock says');
  if (/^(ARG|ENV) \w*(PASSWORD|SECRET|TOKEN)/m.test(text)) faults.push('a secret would stay in the image');
  const ignored = files.find(({ path }) => path === '.dockerignore')?.text.split('\n') ?? [];
  return [
    ...faults,
    ...['node_modules', '.data', '.git', 'dist', '.env']
      .filter((name) => !ignored.includes(name))
      .map((name) => `.dockerignore lets ${name} into the image`),
  ];
};
const image = 'FROM node:20.20-slim AS build\nRUN npm ci\nFROM node:20.20-slim\nCOPY --from=build a b\nUSER node\n';
const ignore = { '.dockerignore': 'node_modules\n.data\n.git\ndist\n.env\n' };

describeRule('the image is built from the lock, in two stages, and does not run as root', container, {
  catches: {
    root: { ...ignore, Dockerfile: image.replace('USER node\n', '') },
    'root after all': { ...ignore, Dockerfile: image.replace('USER node', 'USER root') },
    'the user of another stage': {
      ...ignore,
      Dockerfile: image.replace('USER node\n', '').replace('RUN', 'USER node\nRUN'),
    },
    'one stage': { ...ignore, Dockerfile: image.replace(/FROM[^\n]*\nCOPY[^\n]*\n/, '') },
    'an open version': { ...ignore, Dockerfile: image.replace('node:20.20-slim', 'node:latest') },
    'an install beside the lock': { ...ignore, Dockerfile: image.replace('npm ci', 'npm install') },
    'a secret in the image': { ...ignore, Dockerfile: `${image}ENV DB_PASSWORD=x\n` },
    'local state in the image': { '.dockerignore': 'node_modules\n', Dockerfile: image },
  },
  passes: { 'a sound image': { ...ignore, Dockerfile: image } },
});

/** Statements of a text of SQL with passwords left out, one per line. */
const statements = (sql: string): string[] =>
  sql
    .split(';')
    .map((statement) =>
      statement
        .replace(/password '[^']*'|password :'[^']*'/, 'password …')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((statement) => /^(create|grant|revoke|alter) /.test(statement));

/** Whoever follows the manual must get the database that the stack makes. */
const sameRoles: Rule = (files) => {
  const stack =
    files.find(({ path }) => path === 'docker-compose.yml')?.text.match(/<<'SQL'\n([\s\S]*?)\n\s*SQL/)?.[1] ?? '';
  const manual =
    files.find(({ path }) => path === 'docs/operations.md')?.text.match(/```sql\n([\s\S]*?)```/)?.[1] ?? '';
  const [inStack, inManual] = [statements(stack), statements(manual)];
  return inStack.length > 0 && inStack.join(';\n') === inManual.join(';\n')
    ? []
    : ['docs/operations.md and docker-compose.yml make different roles'];
};
const roles = { 'docker-compose.yml': "psql <<'SQL'\n  create role a login password :'a';\n  SQL\n" };

describeRule('the manual and the stack make the same roles', sameRoles, {
  catches: {
    'a role of the manual only': {
      ...roles,
      'docs/operations.md': "```sql\ncreate role a login password 'X';\ncreate role b;\n```",
    },
    'no roles at all': { 'docker-compose.yml': '', 'docs/operations.md': '' },
  },
  passes: { 'the same': { ...roles, 'docs/operations.md': "```sql\ncreate role a login password 'X';\n```" } },
});
