/** What a party pays is taken in up to what it owes; who asks on the wrong account is told of the right one. */
import { SettlementConflict } from '../errors';
import { judgeCollecting } from './judge-collecting';

const owed = { bill: 0n, clawback: 85_450n };
const told = (of: 'bill' | 'clawback', amountFen: bigint, now = owed): string => {
  try {
    judgeCollecting('my-2024', { party: '991105', of, amountFen }, now);
  } catch (error) {
    if (error instanceof SettlementConflict) return `${error.text.zh}\n${error.text.en}`;
    throw error;
  }
  return 'taken in';
};

it('names the clawback where the bill is asked for', () => {
  const text = told('bill', 85_450n);
  expect(text).toMatch(/应追回的款 854\.50 元未收.*--clawback/);
  expect(text).toMatch(/854\.50 yuan of what it owes back is open.*--clawback/);
});

it.each([
  ['clawback', 85_450n, 'taken in'],
  ['clawback', 1n, 'taken in'],
  ['clawback', 85_451n, '尚欠 854.50 元'],
  ['clawback', 0n, '不能收 0.00 元'],
  ['bill', -1n, '--clawback'],
] as const)('%s of %s fen: %s', (of, amountFen, expected) => expect(told(of, amountFen)).toContain(expected));

it('is silent about another account where nothing is open there', () => {
  expect(told('bill', 1n, { bill: 0n, clawback: 0n })).not.toContain('clawback');
  expect(told('clawback', 1n, { bill: 5n, clawback: 0n })).toContain('0.05');
});
