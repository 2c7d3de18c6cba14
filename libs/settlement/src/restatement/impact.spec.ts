/** What a restatement touches, and the drafts that follow from it. */
import type { SettlementPart } from '../decision/settlement-part';
import type { SettlementDraft } from '../draft/settlement-draft';
import { correctionOf, kindOfCorrection, nextVersionOf } from './correction-draft';
import { impactParts } from './impact';
import { isFalsified } from './restatement-reason';

const part = (party: string, entitledFen: bigint, more: Partial<SettlementPart> = {}): SettlementPart => ({
  ...{ party, name: { zh: party, en: party }, entitledFen, settledFen: 0n, advancedFen: 0n, takenFen: 0n },
  ...{ claimFen: 0n, billFen: 0n, clawbackFen: 0n, advanceSpentFen: 0n, waitingFen: 0n, waitingCause: null },
  ...more,
});
const draft = {
  code: 'water-2025',
  gatedBy: 'compensation',
  policy: { id: 'p', edition: '' },
} as unknown as SettlementDraft;
const corrected = { id: 'id', draft, ruleEdition: 'e1' };

it('sets what was paid beside what would be paid, those who come and go included', () => {
  const before = [part('a', 100n), part('gone', 50n)];
  const after = [
    part('a', 70n, { clawbackFen: 20n, waitingFen: -10n, waitingCause: 'paid' }),
    part('new', 30n, { claimFen: 30n }),
  ];
  const rows = impactParts(before, after, new Map([['a', { settledFen: 100n, paidFen: 90n }]]));
  expect(
    rows.map(({ party, beforeFen, afterFen, differenceFen, paidFen, dueFen, waitingFen }) =>
      [party, beforeFen, afterFen, differenceFen, paidFen, dueFen, waitingFen].join(' '),
    ),
  ).toEqual(['a 100 70 -30 90 -20 -10', 'gone 50 0 -50 0 0 0', 'new 0 30 30 0 30 0']);
});

it('drafts a correction by the same rule, on the general way, under the next free code', () => {
  expect(correctionOf(corrected, 'true-up', ['water-2025', 'water-2025.c1'])).toEqual({
    ...{ code: 'water-2025.c2', kind: 'true-up', about: 'id', policy: { id: 'p', edition: 'e1' } },
  });
  const long = { ...corrected, draft: { ...draft, code: 'x'.repeat(80) } };
  expect(correctionOf(long, 'true-up', []).code).toBe(`${'x'.repeat(77)}.c1`);
});

it('numbers versions from two on, and keeps who has them in hand', () => {
  expect(nextVersionOf(corrected, ['water-2025'])).toMatchObject({ code: 'water-2025.v2', gatedBy: 'compensation' });
  const second = { ...corrected, draft: { ...draft, code: 'water-2025.v2' } };
  expect(nextVersionOf(second, ['water-2025', 'water-2025.v2']).code).toBe('water-2025.v3');
});

it('is called by what it does', () => {
  const [up, down] = [part('a', 0n, { claimFen: 1n }), part('b', 0n, { clawbackFen: 1n })];
  expect(kindOfCorrection([up], 'supplement')).toBe('supplement');
  expect(kindOfCorrection([up], 'clawback')).toBe('true-up');
  expect(kindOfCorrection([down], 'supplement')).toBe('clawback');
  expect(kindOfCorrection([up, down], 'supplement')).toBe('true-up');
});

it.each([
  ['造假：监测站数据被证实篡改', true],
  [' Falsified: sensor readings were written by hand', true],
  ['the data were not falsified', false],
  ['造假者已处理', false],
  [null, false],
])('reads the reason %s', (reason, proven) => {
  expect(isFalsified(reason)).toBe(proven);
});
