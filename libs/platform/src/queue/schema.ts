/** Name of the PostgreSQL schema that the queue lives in. */
export const queueSchema = 'bullmq';
