/** Front door of the platform: what every subject needs from the machine, and no word of the domain. */
export { sealOf, type AuditBreak, type AuditHead, type AuditRow } from './audit/audit-chain';
export { listAudit, type AuditFilter, type AuditRecord } from './audit/audit-reading.store';
export { appendAudit, findSealedRow, verifyAuditChain, type AuditEntry, type AuditVerdict } from './audit/audit.store';
export { readConfig, type Config, type ConfigKey, type LogLevel } from './config/config';
export { ConfigRefused, type ConfigProblem } from './config/errors';
export { rootPath, type Actor } from './database/actor';
export { assertSafeDatabase } from './database/database-safety.service';
export { Database, openDatabase, type DatabaseOptions } from './database/database.service';
export {
  DatabaseUnavailable,
  DatabaseUnreachable,
  MigrationRefused,
  OutOfScope,
  UnsafeDatabase,
  type DatabaseDanger,
} from './database/errors';
export { migrate } from './database/migrate.service';
export { pendingMigrations } from './database/migration-status.service';
export { inPublishedView } from './database/published-view.store';
export { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp, showPublished } from './database/row-security';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres/embedded-postgres.service';
export { EmbeddedPostgresRefused } from './embedded-postgres/errors';
export { openLocalDatabase, type LocalDatabase } from './embedded-postgres/local-database.service';
export { IdempotencyConflict, IdempotencyKeyInvalid } from './idempotency/errors';
export { answerOnce, type Answer, type Command } from './idempotency/idempotency.store';
export { relayOutbox, type RelayOptions } from './outbox/outbox-relay.service';
export { announce, outboxBacklog, type Announcement, type OutboxMessage } from './outbox/outbox.store';
export { createLogger, JsonLogger, type LogSink } from './logging/logger.service';
export { ProcessorsMismatch, QueueRefused } from './queue/errors';
export { checkProcessors } from './queue/job-processors';
export { openQueues, Queues, type QueuesOptions, type QueueWorkerOptions } from './queue/queues.service';
export { RefusedInThread, TaskTooLarge, TaskTooLong, ThreadPoolClosed } from './threads/errors';
export { createThreadPool, type ThreadPool, type ThreadPoolOptions } from './threads/thread.pool';
