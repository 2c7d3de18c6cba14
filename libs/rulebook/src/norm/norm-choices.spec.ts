/** What a norm may choose and say of a service beside its formula; every fault at its place. */
import { NormIsSkeleton } from '../errors';
import { base, below, brief, head, over, problemsOf, units } from './base-norm.spec';
import { parseNorm } from './parse-norm';

describe('the choices of a norm', () => {
  const noCrops =
    'switches: [{ code: food, name: { zh: 粮, en: Food }, state: off, services: [crops], reason: { zh: 不计, en: Not counted } }]\n';

  it('leave out the services of a switch that is off, and say why', () => {
    const norm = over(noCrops);
    expect(norm.services.map(({ code }) => code)).toEqual(['dustHeld']);
    expect(norm.excluded).toMatchObject([{ service: 'crops', reason: { en: 'Not counted' }, switch: 'food' }]);
    const on = over(noCrops.replace('state: off', 'state: on'));
    expect(on.services).toHaveLength(2);
    expect(on.excluded).toEqual([]);
    expect(new Set([on.edition, norm.edition, over('').edition]).size).toBe(3);
  });

  it('say of a service how it is used, who benefits and what kind of value it is', () => {
    const norm = over(`services:
  - code: dustHeld
    category: regulating
    group: air
    name: { zh: 滞尘, en: Dust }
    quantity: held
    price: { parameter: cost }
    gamma: 1
    gammaBasis: { zh: 全归自然, en: All of it is nature's }
    negative: zero
    abiotic: true
    valuation: welfare
    use: { cap: dust, users: maize, missing: uncapped }
    imports: dust
    beneficiaries: [{ group: residents, scale: local, share: 1/3 }, { group: farmers, scale: basin, share: 2/3 }]
`);
    expect(norm.services[0]).toMatchObject({
      use: { cap: 'dust', users: 'maize', missing: 'uncapped' },
      imports: 'dust',
      negative: 'zero',
      abiotic: true,
      intermediate: false,
      valuation: 'welfare',
      beneficiaries: [{ group: 'residents' }, { scale: 'basin' }],
    });
    expect(norm.services[1]).toMatchObject({ negative: 'refuse', valuation: 'exchange', beneficiaries: [] });
    expect(below.services[0].valuation).toBe('cost');
  });

  it('keep price class, price year and spread of a parameter', () => {
    const norm = over(`parameters:
  - code: cost
    priceClass: tariff
    values: [{ value: 150, from: 2000-01-01, grade: solved, source: Own, priceYear: 2020, region: Guizhou, index: CPI, low: 100, high: 200, distribution: triangular }]
`);
    const cost = norm.parameters.find(({ code }) => code === 'cost')!;
    expect(cost).toMatchObject({
      priceClass: 'tariff',
      values: [{ priceYear: '2020', region: 'Guizhou', index: 'CPI' }],
    });
    expect(cost.values[0].spread?.high.toString()).toBe('200');
    expect(norm.services[0].valuation).toBe('exchange');
  });

  const service = (more: string): string =>
    `${head}services:\n  - { code: dustHeld, category: regulating, group: air, name: { zh: 尘, en: Dust }, quantity: held, price: { parameter: cost }, gamma: 1,\n      ${more} }\n`;
  const spread = (more: string): string =>
    `${head}parameters:\n  - code: cost\n    values:\n      - { value: 150, from: 2000-01-01, grade: solved, source: Own, ${more} }\n`;
  const pair = (more: string): string =>
    `${head}exclusive:\n  - { code: two, name: { zh: 二, en: Two }, reason: { zh: 重, en: Twice },\n      ${more} }\n`;
  it.each([
    ['a switch of nothing', head + noCrops.replace('[crops]', '[corps]'), ['norm.yaml:6:76 norm.unknown-code']],
    ['a group of one', pair('services: [crops]'), ['norm.yaml:8:17 norm.wrong-size']],
    ['a group of an unknown service', pair('services: [crops, dustHelt]'), ['norm.yaml:8:25 norm.unknown-code']],
    ['a service twice in a group', pair('services: [crops, crops]'), ['norm.yaml:8:25 norm.duplicate-code']],
    [
      'a deduction from products',
      pair('services: [crops, dustHeld], deduct: { from: crops, what: dustHeld }'),
      ['norm.yaml:8:44 norm.deduction'],
    ],
    [
      'a deduction from elsewhere',
      pair('services: [crops, dustHeld], deduct: { from: crops, what: crops }'),
      ['norm.yaml:8:44 norm.deduction'],
    ],
    ['a cap that is unknown', service('use: { cap: dusk }'), ['norm.yaml:8:19 norm.unknown-code']],
    ['a use of nothing', service('use: { missing: zero }'), ['norm.yaml:8:12 norm.use']],
    [
      'shares beyond one',
      service(
        'beneficiaries: [{ group: residents, scale: local, share: 0.7 }, { group: farmers, scale: local, share: 0.7 }]',
      ),
      ['norm.yaml:8:22 norm.beneficiaries'],
    ],
    [
      'a group that benefits twice',
      service(
        'beneficiaries: [{ group: residents, scale: local, share: 0.5 }, { group: residents, scale: local, share: 0.5 }]',
      ),
      ['norm.yaml:8:22 norm.beneficiaries'],
    ],
    ['an unknown valuation', service('valuation: exchang'), ['norm.yaml:8:18 norm.not-allowed']],
    ['a spread without a distribution', spread('low: 100, high: 200'), ['norm.yaml:9:18 norm.spread']],
    [
      'a value outside of its spread',
      spread('low: 160, high: 200, distribution: uniform'),
      ['norm.yaml:9:18 norm.spread'],
    ],
    [
      'a spread the wrong way round',
      spread('low: 200, high: 100, distribution: normal'),
      ['norm.yaml:9:74 norm.spread'],
    ],
    ['a lognormal from zero', spread('low: 0, high: 200, distribution: lognormal'), ['norm.yaml:9:74 norm.spread']],
    ['a price year of two digits', spread('priceYear: 20'), ['norm.yaml:9:80 norm.malformed']],
    [
      'a price class of no price',
      `${head}parameters:\n  - { code: rate, priceClass: cost, values: [{ value: 1, from: 2030-01-01, grade: solved, source: Own }] }`,
      ['norm.yaml:7:31 norm.price-class'],
    ],
    [
      'something missing in a usable norm',
      `${head}incomplete: [{ zh: 缺表, en: Tables }]`,
      ['norm.yaml:3:9 norm.incomplete'],
    ],
  ])('are refused with %s', (_, own, expected) => {
    expect(problemsOf(own).map(brief)).toEqual(expected);
  });

  it('refuse a cap in another unit, and one cap for a class of products', () => {
    const cap = base.replace('quantity: held, price', 'use: { cap: dust }, quantity: held, price');
    const ofVolume = cap.replace(
      'unit: t, priceUnit: yuan/t, class: emission',
      'unit: m3, priceUnit: yuan/m3, class: emission',
    );
    expect(parseNorm([{ path: 'norm.yaml', text: cap }], units).problems).toEqual([]);
    expect(parseNorm([{ path: 'norm.yaml', text: ofVolume }], units).problems.map(({ code }) => code)).toEqual([
      'norm.use-unit',
    ]);
    const ofClass = base.replace('quantity: { products: crop }', 'imports: dust, quantity: { products: crop }');
    expect(parseNorm([{ path: 'norm.yaml', text: ofClass }], units).problems.map(({ code }) => code)).toEqual([
      'norm.use-of-class',
    ]);
  });
});

describe('a skeleton', () => {
  it('may lack values, and says what it lacks', () => {
    const text = base
      .replace('status: usable', 'status: skeleton\nincomplete: [{ zh: 参数表未得, en: Tables not seen }]')
      .replace('values: [{ value: 150, from: 2000-01-01, grade: published, source: Book }]', 'values: []');
    const { norm, problems } = parseNorm([{ path: 'norm.yaml', text }], units);
    expect(problems).toEqual([]);
    expect(norm?.incomplete).toEqual([{ zh: '参数表未得', en: 'Tables not seen' }]);
    expect(new NormIsSkeleton('x', norm?.incomplete).text.en).toContain('\n  - Tables not seen');
  });
});
