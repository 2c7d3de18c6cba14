/** What of an account stands in a column is read strictly. */
import { readColumnBinding } from './column-binding';

it('reads the total, categories, services and increments, and nothing else', () => {
  expect(readColumnBinding('gep=total')).toEqual({ column: 'gep', figure: 'total' });
  expect(readColumnBinding('gep=regulating+cultural')).toEqual({
    column: 'gep',
    figure: { categories: ['regulating', 'cultural'] },
  });
  expect(readColumnBinding('water=services:waterSupply')).toEqual({
    column: 'water',
    figure: { services: ['waterSupply'] },
  });
  expect(readColumnBinding('gain=increment:area+condition')).toEqual({
    column: 'gain',
    figure: { payableIncrement: { effects: ['area', 'condition'] } },
  });
  for (const text of ['gep', 'gep=', '=total', 'gep=most', 'gep=total+regulating', 'gep=services:'])
    expect(readColumnBinding(text)).toBeUndefined();
});
