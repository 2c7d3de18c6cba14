/** The table of steps is sound: every state is reached and left, and duties that are apart stay apart. */
import { tableFaults } from '@gep/procedure';
import { contractTable } from './contract-table';

it('leads from the budget line to the end, and out of every state', () => {
  expect(tableFaults(contractTable)).toEqual([]);
});

it('lets nobody certify, approve or pay what they prepared', () => {
  const apart = Object.fromEntries(contractTable.rows.map(({ act, apartFrom = [] }) => [act, apartFrom]));
  expect(apart['certify']).toContain('open');
  expect(apart['accept']).toContain('sign');
  expect(apart['approve']).toContain('open');
  expect(apart['pay']).toEqual(expect.arrayContaining(['open', 'approve']));
});
