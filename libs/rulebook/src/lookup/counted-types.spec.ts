/** What no service counts is known before anything is computed. */
import { base, over } from '../norm/base-norm.spec';
import { countedTypes } from './counted-types';

it('gives the types of the services that count a statistic', () => {
  expect([...countedTypes(over(''))]).toEqual([
    ['maize', ['forest', 'field']],
    ['dust', []],
  ]);
  const crops = base.split('\n').find((line) => line.includes('code: crops'))!;
  const own = `services:\n${crops.replace('quantity:', 'types: [field], quantity:')}\n`;
  expect(countedTypes(over(own)).get('maize')).toEqual(['field']);
});

it('leaves out what is read as a cap', () => {
  const held = base.split('\n').find((line) => line.includes('code: dustHeld'))!;
  const own = `services:\n${held.replace('gamma: 1', 'gamma: 1, use: { cap: dust }')}\n`;
  expect([...countedTypes(over(own)).keys()]).toEqual(['maize']);
});
