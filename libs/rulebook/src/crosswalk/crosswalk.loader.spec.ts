/** The mapping tables that ship: each can be read, and they fit together. */
import path from 'node:path';
import { sharesOfClass } from './crosswalk';
import { listCrosswalks, loadCrosswalk } from './crosswalk.loader';
import { CrosswalkNotFound } from './errors';

const rulebook = path.resolve(__dirname, '../../../../rulebook');

it('reads every table, by the name of its file', async () => {
  const ids = await listCrosswalks(rulebook);
  expect(ids).toEqual(['gbt21010-hj1166', 'hj1166-iucn-get', 'land-use-7-hj1166']);
  for (const id of ids) expect((await loadCrosswalk(id, rulebook)).id).toBe(id);
});

it('leads from a land survey through HJ 1166 to the global typology, with the same names on the way', async () => {
  const [survey, typology] = [
    await loadCrosswalk('gbt21010-hj1166', rulebook),
    await loadCrosswalk('hj1166-iucn-get', rulebook),
  ];
  const names = (all: readonly { code: string; name: object }[]) => all.map(({ code, name }) => ({ code, name }));
  expect(names(survey.targets)).toEqual(names(typology.classes));
  expect([...sharesOfClass(survey, '0103')].map(([code, share]) => `${code} ${share.toString()}`)).toEqual(['51 1']);
  for (const { to } of [...survey.classes, ...typology.classes]) expect(to.length).toBeGreaterThan(0);
});

it('says what there is when a table is not there', async () => {
  const refusal = await loadCrosswalk('hj1166-iucn', rulebook).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(CrosswalkNotFound);
  expect((refusal as CrosswalkNotFound).text.en).toMatch('hj1166-iucn-get');
});
