/** Publishes the results that the demonstration owes the public, each within its days. */
import { appendAudit, type Database } from '@gep/platform';
import { listDuties, publishOwed, todayOf } from '@gep/procedure';
import type { People } from './people';

/** On the last day of each, or today where that is to come. */
export async function publishResults(database: Database, { administrator: actor }: People): Promise<void> {
  const duties = await database.snapshot(actor, (tx) => listDuties(tx, { open: true }));
  for (const { id, subject, territoryPath, rule, digest, dueOn } of duties)
    await database.transaction(actor, async (tx) => {
      const today = await todayOf(tx);
      const on = dueOn < today ? dueOn : today;
      await publishOwed(tx, actor, { subject, rule, on });
      await appendAudit(tx, {
        ...{ actor, action: 'procedure.publication.publish', subject: `${subject.kind} ${subject.id}`, territoryPath },
        after: { duty: id, rule, digest, publishedOn: on },
      });
    });
}
