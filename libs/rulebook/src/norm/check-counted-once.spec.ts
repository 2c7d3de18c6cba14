/** A statistic that two services count has its value twice; one that no type of its service has is never counted. */
import { base, brief, units } from './base-norm.spec';
import { parseNorm } from './parse-norm';

const crops = base.split('\n').find((line) => line.includes('code: crops'))!;
const found = (more: string, change = (text: string): string => text) =>
  parseNorm([{ path: 'norm.yaml', text: change(base) + more }], units).problems;
const second = (quantity: string, rest = 'price: { product: price }, gamma: 1', category = 'provisioning'): string =>
  `  - { code: more, category: ${category}, group: air, name: { zh: 另, en: More }, quantity: ${quantity}, ${rest} }\n`;

it('refuses two services of one class, and one of the class beside one of a product of it', () => {
  for (const quantity of ['{ products: crop }', '{ measured: maize }']) {
    const problems = found(second(quantity));
    expect(problems.map(brief)).toEqual([expect.stringMatching(/norm\.counted-twice$/)]);
    expect(problems[0].text.en).toBe(
      'services "crops" and "more" both count maize, whose value would be in the total twice',
    );
    expect(problems[0].path).toBe('services[2].quantity');
  }
  expect(found(second('{ measured: maize }', 'price: { parameter: cost }, gamma: 1')).map(({ code }) => code)).toEqual([
    'norm.counted-twice',
  ]);
});

it('lets be what an exclusive group or a switch keeps apart', () => {
  const name = 'name: { zh: 组, en: Group }, services: [crops, more], reason: { zh: 同, en: Same }';
  expect(found(`${second('{ products: crop }')}exclusive: [{ code: food, ${name} }]\n`)).toEqual([]);
  const off = name.replace('[crops, more]', '[more]');
  expect(found(`${second('{ products: crop }')}switches: [{ code: food, state: off, ${off} }]\n`)).toEqual([]);
  expect(found(`${second('{ products: crop }')}switches: [{ code: food, state: on, ${off} }]\n`)).toHaveLength(1);
});

it('lets be parts of one value, other benefits of one count, and types that do not meet', () => {
  expect(found(second('{ products: crop }', 'price: { product: price }, gamma: 0.5', 'cultural'))).toEqual([]);
  expect(found(second('{ products: crop }', 'price: { product: price }, gamma: 0.6', 'cultural'))).toHaveLength(1);
  expect(found(second('{ measured: maize }', 'price: { parameter: cost }, gamma: 1', 'regulating'))).toEqual([]);
  const typed = (text: string): string =>
    text
      .replace('class: crop }', 'class: crop, type: field }')
      .replace(crops, crops.replace('quantity:', 'types: [field], quantity:'));
  const inForest = second('{ products: crop }', 'types: [forest], price: { product: price }, gamma: 1');
  expect(found(inForest, typed).map(({ code }) => code)).toEqual(['norm.never-counted']);
});

it('refuses a service whose statistics are all of types that it leaves out', () => {
  const [problem, ...rest] = found('', (text) =>
    text
      .replace('class: crop }', 'class: crop, type: field }')
      .replace(crops, crops.replace('quantity:', 'types: [forest], quantity:')),
  );
  expect(rest).toEqual([]);
  expect(problem).toMatchObject({ code: 'norm.never-counted', path: 'services[1].types' });
  expect(problem.text.en).toContain('maize (field)');
});
