/** Unit texts of steps stay short and true. */
import { units } from '../sample-vocabulary.spec';
import { multiplyUnits, raiseUnit, rootUnit } from './unit-text';

const unit = (text: string) => units.parse(text);

it.each([
  ['hm2', 'MJ*mm/(hm2*h*a)', 1, 'MJ*mm/(h*a)'],
  ['MJ*mm/(hm2*h*a)', 't*hm2*h/(hm2*MJ*mm)', 1, 't/(hm2*a)'],
  ['t/a', 't/a', -1, '1'],
  ['1', 'yuan/t', -1, 't/yuan'],
  ['hm2', 'mm/a', 1, 'hm2*mm/a'],
  ['g/kg', '1', 1, 'g/kg'],
  ['10^4 yuan', 'a', -1, '10^4 yuan/a'],
])('%s by %s to the power %s is %s', (a, b, power, text) => {
  const left = unit(a);
  const product = multiplyUnits(left, unit(b), power);
  expect(product.text).toBe(text);
  expect(product.factor.equals(left.factor.times(unit(b).factor.power(power)))).toBe(true);
});

it('raises and takes roots', () => {
  expect(raiseUnit(unit('m/s'), 2).text).toBe('m^2/s^2');
  expect(raiseUnit(unit('m/s'), 0).text).toBe('1');
  expect(rootUnit(unit('km2'), units).text).toBe('m');
  expect(raiseUnit(rootUnit(unit('hm'), units), 2)).toMatchObject({ text: 'm', dimension: { length: 1 } });
});
