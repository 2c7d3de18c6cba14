/** A household objects to its own line and to no other; of the whole it sees nothing. */
import { randomUUID } from 'node:crypto';
import { AppealRefused, ClockRefused } from '@gep/procedure';
import { DividendMissing } from '@gep/procurement';
import { clerk, type DividendTest, household } from './dividend-setup';

/** Owners `b` and `c` of `pasture` are linked, and `b` objects. @returns id of the appeal */
export async function objectsToOwn(it_: DividendTest, id: string): Promise<string> {
  const [b, c, stranger] = ['user-b', 'user-c', 'user-x'].map(household);
  for (const owner of ['b', 'c'])
    await it_.registers.link(clerk, { company: 'pasture', owner, userId: `user-${owner}`, linked: true }, randomUUID());
  const grounds = '户内份额有误 shares within the household';
  const file = (actor: typeof b, more: object = {}) =>
    it_.ownAppeals.file(actor, { id, grounds, ...more }, randomUUID());
  for (const wish of [file(stranger), file(b, { owner: 'c' }), file(b, { owner: 'a' }), file(b, { id: randomUUID() })])
    await expect(wish).rejects.toThrow(DividendMissing);
  await expect(file(b, { shownFen: 1_999n })).rejects.toThrow(AppealRefused);
  await expect(file(b, { knownOn: '2026-01-05' })).rejects.toThrow(ClockRefused);
  const { id: appeal } = await file(b);
  await expect(file(b)).rejects.toThrow(AppealRefused);
  const figure = {
    figure: 'b',
    shownFen: 2_000n,
    party: 'owner:b',
    state: 'queried',
    subject: { kind: 'dividend', id },
  };
  const shown = await it_.ownAppeals.list(b, id);
  expect(shown).toMatchObject([{ id: appeal, ...figure }]);
  const met = shown[0].clocks.map(({ code, metOn }) => [code, metOn !== null]);
  expect(Object.fromEntries(met)).toEqual({ query: true, 'query-reply': false });
  expect(await it_.ownAppeals.list(c, id)).toEqual([]);
  await expect(it_.ownAppeals.list(stranger, id)).rejects.toThrow(DividendMissing);
  for (const table of ['appeal', 'step', 'clock', 'subject'])
    expect(await it_.test.db.snapshot(b, (tx) => tx.query(`select * from procedure.${table}`))).toEqual([]);
  return appeal;
}
