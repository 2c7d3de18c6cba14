/** Duties to publish of one subject are told apart by kind, year and edition. */
import type { PublicationDuty } from '@gep/procedure';
import { renderDuties } from './render-procedures';

const duty = (document: object): PublicationDuty => ({
  ...{ id: 'd', subject: { kind: 'target-plan', id: 'p' }, territoryPath: 'CN.990000', rule: 'result', digest: 'x' },
  ...{ dueOn: '2025-01-10', isCovered: true, publishedOn: null, exception: null, isLate: false },
  document: JSON.stringify(document),
});

it.each([
  ['en', { editionNo: 2, from: 2025 }, /target-plan .*my-plan +2025 · edition 2 /],
  ['zh', { editionNo: 1, from: null }, /target-plan .*my-plan +第 1 版 /],
  ['en', { period: '2024', versionNo: 3 }, / 2024 · edition 3 /],
  ['en', { amount: '1.00' }, /my-plan +990000/],
] as const)('tells in %s of %j', (language, document, said) => {
  const naming = { codes: new Map([['target-plan p', 'my-plan']]), places: new Map() };
  expect(renderDuties([duty(document)], '2025-01-09', naming, language)).toMatch(said);
});
