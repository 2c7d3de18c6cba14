/** Row expressions read like the formulas they come from. */
import { lookupOf, soundly, types } from '../sample-vocabulary.spec';
import { compileFormulas } from './compile-formulas';
import { describeRow } from './describe-row';

const values = { p: { forest: '0.5', dry: '2', grass: '1/4' } };

it.each([
  ['3 * area * x * p', 'area * x'],
  ['max(0, area * (x - y) * 0.5)', 'max(0, (x - y) * area)'],
  ['min(area * p, 100)', 'min({0.5, 2, 0.25} * area, 100)'],
  ['if(x > 25 and not y = 1, area, 0)', 'if(x > 25 and not y = 1, area, 0)'],
  ['area / (x * y)', 'area / (x * y)'],
  ['x ^ 2 * y ^ 0.5', 'y ^ 0.5 * x * x'],
  ['abs(x - (y - area))', 'abs(area + x - y)'],
  ['exp(-x)', 'exp((-1) * x)'],
])('%s is summed as %s', (expression, text) => {
  const attributes = { area: '1', x: '1', y: '1' };
  const checked = soundly({ attributes, parameters: { p: 'types 1' }, formulas: { f: `patch 1: ${expression}` } });
  const program = compileFormulas(checked, ['f'], lookupOf(checked.vocabulary, values), types);
  expect(program.linearParts('f').map(({ base }) => describeRow(program.plan.bases[base]))).toEqual([text]);
});

it('leaves out what is too long to explain anything', () => {
  const sum = Array.from({ length: 60 }, (_, index) => `x / ${index + 2.5}`).map((part) => `max(${part}, y)`);
  const attributes = { x: '1', y: '1' };
  const checked = soundly({ attributes, formulas: { f: `patch 1: sqrt(${sum.join(' + ')})` } });
  const program = compileFormulas(checked, ['f'], lookupOf(checked.vocabulary, {}), types);
  const [{ base }] = program.linearParts('f');
  expect(describeRow(program.plan.bases[base])).toBe('sqrt(…)');
});

it.each([
  [0, 'min(0.5 * area, 100)'],
  [1, 'min((-2) * area, 100)'],
])('is written with the number of one type', (type, text) => {
  const own = { p: { forest: '0.5', dry: '-2', grass: '1/4' } };
  const checked = soundly({
    attributes: { area: '1' },
    parameters: { p: 'types 1' },
    formulas: { f: 'patch 1: min(area * p, 100)' },
  });
  const { plan } = compileFormulas(checked, ['f'], lookupOf(checked.vocabulary, own), types);
  expect(describeRow(plan.bases[0], type)).toBe(text);
});
