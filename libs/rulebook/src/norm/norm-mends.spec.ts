/** What an author is told to do names what he can do: the file of units, the unit of a price, the types of a service. */
import { base, units } from './base-norm.spec';
import { parseNorm } from './parse-norm';

function problem(from: string, to: string) {
  expect(base).toContain(from);
  const { problems } = parseNorm([{ path: 'norm.yaml', text: base.replace(from, to) }], units);
  return problems[0];
}

it('an unknown unit names the file of units, and no other multiple of the same', () => {
  expect(problem('unit: yuan/t\n', 'unit: yuan/MWh\n').mend.en).toMatch(/^rulebook\/units\.yaml lists all units/);
  expect(problem('unit: yuan/t\n', 'unit: yuann/t\n').mend.en).toBe('did you mean "yuan"?');
});

it('a price in a wrong unit is told the simple one', () => {
  expect(problem('unit: yuan/t\n', 'unit: yuan/m3\n').mend.en).toBe('the price should be in yuan/t or alike');
  const stock = base
    .replace('unit: t/a, name', 'unit: t, name')
    .replace('expression: area * rate', "expression: 'area * rate * 1 [a]'");
  const { problems } = parseNorm(
    [{ path: 'norm.yaml', text: stock.replace('unit: yuan/t\n', 'unit: yuan/m3\n') }],
    units,
  );
  expect(problems[0].mend).toEqual({
    zh: '价格的单位应为 yuan/(t*a) 或同量纲单位',
    en: 'the price should be in yuan/(t*a) or alike',
  });
});

it('a service of products without types is told to have some', () => {
  const share = `  - code: share
    name: { zh: 占比, en: Share }
    unit: '1'
    values: [{ value: 0.4, type: field, from: 2000-01-01, grade: published, source: Book }]
groups:`;
  const text = base.replace('gamma: 0.5', 'gamma: share').replace('groups:', share);
  const [lacking] = parseNorm([{ path: 'norm.yaml', text }], units).problems;
  expect(lacking).toMatchObject({ code: 'norm.value-missing' });
  expect(lacking.mend.en).toContain('restrict crops by types: [field]');
  const limited = text.replace('quantity: { products: crop }', 'types: [forest], quantity: { products: crop }');
  const [inForest] = parseNorm([{ path: 'norm.yaml', text: limited }], units).problems;
  expect(inForest.mend.en).toBe('add the value, or take the type out of `types` of the service');
});
