/** Brings the tables of a real server up to date, as the owner of them: the step before api and worker in production. */
import { migrate, readConfig } from '@gep/platform';

async function run(): Promise<void> {
  const { databaseOwnerUrl, redisUrl } = readConfig(process.env, ['DATABASE_OWNER_URL']);
  await migrate(databaseOwnerUrl!, { redis: redisUrl !== undefined });
  process.stdout.write('tables are up to date · 数据表已是最新\n');
}

run().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
