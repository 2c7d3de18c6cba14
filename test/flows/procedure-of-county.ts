/** A procedure of the county with an appeal about it, a published result and a duty to publish, for flows that ask about them. */
import { randomUUID } from 'node:crypto';
import {
  AppealService,
  ClockBooks,
  listDuties,
  type Officer,
  openSubject,
  owePublication,
  PublicationService,
} from '@gep/procedure';
import { testActor } from '../fixtures/test-database';
import type { Things } from './api-matrix';
import { pathOf, type ApiUnderTest } from './api-under-test';

type Procedure = Pick<Things, 'procedure' | 'appeal' | 'publication' | 'duty'>;

export async function makeProcedure({ app, database }: ApiUnderTest): Promise<Procedure> {
  const territoryPath = pathOf('520523');
  const held = ['appeal.file', 'publication.publish'].map((permission) => [permission, ['CN']] as const);
  const actor: Officer = { ...testActor(), permissions: new Map(held) };
  const subject = { kind: 'sample', id: randomUUID() };
  const book = await app.get(ClockBooks, { strict: false }).read();
  await database.db.transaction(actor, async (tx) => {
    await openSubject(tx, actor, { kind: 'sample', first: 'open' }, { id: subject.id, territoryPath });
    for (const rule of ['result', 'contract'] as const)
      await owePublication(tx, actor, book, { subject, territoryPath, rule, document: { amountFen: '100' } });
  });
  const duties = await database.db.snapshot(actor, (tx) => listDuties(tx, { subject }));
  const [publication, duty] = (['result', 'contract'] as const).map(
    (rule) => duties.find((each) => each.rule === rule)!.id,
  );
  const knownOn = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const draft = { subject, figure: '520523', party: '520523', partyPath: territoryPath, knownOn, grounds: 'made up' };
  const { id: appeal } = await app.get(AppealService, { strict: false }).file(actor, draft, randomUUID());
  await app.get(PublicationService, { strict: false }).publish(actor, publication, randomUUID());
  return { procedure: subject.id, appeal, publication, duty };
}
