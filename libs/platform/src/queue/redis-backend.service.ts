/** The queue on Redis: refuses a server that may throw work away, and reconnects without end but not without pause. */
import { Redis, type RedisOptions } from 'ioredis';
import type { BackendWatch } from './backend-watch.service';
import { QueueRefused } from './errors';
import type { QueueBackend } from './queue-backend';

const longestWaitMs = 2000;

/** Options of ioredis for an address such as `redis://user:password@host:6379/0`; `rediss:` means TLS. */
export function redisOptions(redisUrl: string): RedisOptions {
  const url = new URL(redisUrl);
  const database = Number(url.pathname.slice(1) || 0);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 6379),
    db: Number.isInteger(database) ? database : 0,
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
    connectTimeout: 5000,
    retryStrategy: (attempt) => Math.min(longestWaitMs, 50 * 2 ** Math.min(attempt, 8)),
  };
}

/** @throws QueueRefused when the server evicts keys or cannot be reached */
export async function openRedisBackend(redisUrl: string, watch: BackendWatch): Promise<QueueBackend> {
  const options = redisOptions(redisUrl);
  // A producer must not hang while the server is away: it fails at the second try.
  const producer = new Redis({ ...options, maxRetriesPerRequest: 1, lazyConnect: true });
  producer.setMaxListeners(0);
  // What a failed command says hides why: the connection was refused, the name is not known.
  let cause: Error | undefined;
  producer.on('error', (error) => {
    cause = error;
    watch.lost(error);
  });
  producer.on('close', () => watch.lost(new Error('connection closed')));
  producer.on('ready', () => watch.found());
  try {
    await refuseEviction(producer, () => cause);
  } catch (error) {
    producer.disconnect();
    throw error;
  }
  return {
    factory: undefined,
    producerConnection: producer,
    workerConnection: { ...options, maxRetriesPerRequest: null },
    isLoss: (error) =>
      /ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|connection is closed/i.test(
        `${error.message} ${(error as NodeJS.ErrnoException).code}`,
      ),
    // A worker whose own connection drops reconnects by itself; the server is lost only when the producer says so.
    reportLoss: () => undefined,
    makeRoomForWorker: () => undefined,
    close: async () => {
      producer.removeAllListeners('close');
      producer.disconnect();
    },
  };
}

/** Redis under any policy but `noeviction` drops keys when memory is short, and with them jobs that nobody misses. */
async function refuseEviction(producer: Redis, causeOf: () => Error | undefined): Promise<void> {
  let memory: string;
  try {
    await producer.connect();
    memory = await producer.info('memory');
  } catch (error) {
    const { message: reason } = causeOf() ?? (error as Error);
    throw new QueueRefused(
      `无法使用 REDIS_URL 指定的 Redis（${reason}）；请检查地址、端口与密码，或去掉 REDIS_URL 以使用 PostgreSQL 队列`,
      `the Redis server of REDIS_URL cannot be used (${reason}); check address, port and password, or drop REDIS_URL to keep the queue in PostgreSQL`,
    );
  }
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? 'unknown';
  if (policy === 'noeviction') return;
  throw new QueueRefused(
    `Redis 的 maxmemory-policy 为 ${policy}，内存不足时会丢弃任务；请改为 noeviction：redis-cli config set maxmemory-policy noeviction`,
    `Redis has maxmemory-policy ${policy} and would throw jobs away when memory runs short; set it to noeviction: redis-cli config set maxmemory-policy noeviction`,
  );
}
