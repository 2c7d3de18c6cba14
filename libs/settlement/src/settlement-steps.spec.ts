/** The step table of settlements has no dead end and no dead act, and keeps its persons apart. */
import { tableFaults } from '@gep/procedure';
import { settlementTable } from './settlement-steps';

it('is whole', () => {
  expect(tableFaults(settlementTable)).toEqual([]);
});

it('keeps preparer, confirmer, approver and payer apart', () => {
  const apart = Object.fromEntries(settlementTable.rows.map(({ act, apartFrom = [] }) => [act, apartFrom]));
  expect(apart['confirm']).toContain('open');
  expect(apart['approve']).toEqual(expect.arrayContaining(['open', 'reserve', 'pay']));
  expect(apart['pay']).toEqual(expect.arrayContaining(['open', 'reserve', 'approve']));
});
