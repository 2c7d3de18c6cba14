/** SQL of the days that the daily series of a recorded account lack. */
import type { EntityManager } from 'typeorm';
import type { DayGap } from './fill-days';

/** Empty when no day lacks, when the norm reads no days, and for an aggregate. */
export async function findDayGaps(tx: EntityManager, accountId: string): Promise<readonly DayGap[]> {
  const [row] = await tx.query<{ gaps: DayGap[] | null }[]>(
    `select base_sums->'dayGaps' as gaps from accounting.account where id = $1`,
    [accountId],
  );
  return row?.gaps ?? [];
}
