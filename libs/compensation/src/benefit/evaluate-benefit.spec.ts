/** Evaluation of programmes: an invented one in full, the printed standard of paddy-to-dry, and sums that hold for any table. */
import * as fc from 'fast-check';
import { Fraction, sumFen } from '@gep/kernel';
import { BenefitInputRefused } from '../errors';
import { evaluateBenefit } from './evaluate-benefit';
import { readBenefitTables } from './read-benefit-tables';

const rowsOf = (text: string) => ({
  rows: text
    .trim()
    .split('\n')
    .map((line, at) => ({ row: at + 1, cells: line.split(',').map((cell) => cell.trim()) })),
});
const tables = (flows: string, costs?: string, payments?: string) =>
  readBenefitTables({
    flows: rowsOf(flows),
    costs: costs ? rowsOf(costs) : undefined,
    payments: payments ? rowsOf(payments) : undefined,
  });

/** Invented: two upstream townships turn paddy to dry land, two cities drink the water, one township goes on as before. */
const flows = `
period, time,   group,      service,      supplier, beneficiary, quantity, unit, price
2006,   before, programme,  waterSupply,  up-a,     city-x,      1000000,  m3,   1.5
2006,   before, programme,  waterSupply,  up-b,     city-x,      500000,   m3,   1.5
2010,   after,  programme,  waterSupply,  up-a,     ,            2000000,  m3,   1.5
2010,   after,  programme,  waterSupply,  up-a,     city-x,      1300000,  m3,   1.5
2010,   after,  programme,  waterSupply,  up-b,     city-x,      700000,   m3,   1.5
2006,   before, comparison, waterSupply,  other,    ,            100000,   m3,   1.5
2010,   after,  comparison, waterSupply,  other,    ,            110000,   m3,   1.5
2006,   before, programme,  purification, up-a,     city-y,      0,        t,    20000
2010,   after,  programme,  purification, up-a,     city-y,      5,        t,    20000
`;
const costs = `
period, provider, kind,        amount, per, size
2010,   up-a,     opportunity, 1000,   hm2, 100
2010,   up-a,     direct,      200,    hm2, 100
2010,   up-b,     opportunity, 1000,   hm2, 50
`;
const payments = `
period, payer,  provider, amount, per, size
2010,   city-x, up-a,     1600,   hm2, 100
2010,   city-x, up-b,     80000,     ,
`;

it('tells who supplies and uses what, what it costs and is worth, and what should be paid', () => {
  const found = evaluateBenefit(tables(flows, costs, payments), { perService: ['waterSupply'] });
  expect(found.services).toMatchObject([
    { period: '2006', service: 'waterSupply', usedFen: 2_250_000_00n, unassignedFen: 0n },
    {
      period: '2010',
      service: 'waterSupply',
      suppliedFen: 4_050_000_00n,
      usedFen: 3_000_000_00n,
      unassignedFen: 1_050_000_00n,
    },
    { period: '2006', service: 'purification', suppliedFen: 0n },
    { period: '2010', service: 'purification', suppliedFen: 100_000_00n, usedFen: 100_000_00n },
  ]);
  // The comparison unit rose by a tenth, so 1,100,000 and 550,000 m3 would have come anyhow.
  expect(found.trends.map(({ service, ratio }) => [service, ratio.toExactText()])).toEqual([['waterSupply', '1.1']]);
  expect(
    found.effects.map(({ supplier, service, effect, effectFen }) => [
      supplier,
      service,
      effect.toExactText(),
      effectFen,
    ]),
  ).toEqual([
    ['up-a', 'waterSupply', '200000', 300_000_00n],
    ['up-b', 'waterSupply', '150000', 225_000_00n],
    ['up-a', 'purification', '5', 100_000_00n],
  ]);
  expect(found.providers).toEqual([
    {
      provider: 'up-a',
      costFen: { opportunity: 100_000_00n, direct: 20_000_00n },
      paidFen: 160_000_00n,
      netFen: 40_000_00n,
      benefitFen: 400_000_00n,
    },
    {
      provider: 'up-b',
      costFen: { opportunity: 50_000_00n, direct: 0n },
      paidFen: 80_000_00n,
      netFen: 30_000_00n,
      benefitFen: 225_000_00n,
    },
  ]);
  expect(found.beneficiaries).toEqual([
    { beneficiary: 'city-x', benefitFen: 525_000_00n, paidFen: 240_000_00n, netFen: 285_000_00n },
    { beneficiary: 'city-y', benefitFen: 100_000_00n, paidFen: 0n, netFen: 100_000_00n },
  ]);
  expect(found.totals.at(-1)).toMatchObject({
    period: '',
    costFen: 170_000_00n,
    benefitFen: 625_000_00n,
    paidFen: 240_000_00n,
    benefitOfCost: '3.6765',
  });
  expect(found.standards).toEqual([
    {
      per: 'hm2',
      size: '150',
      lower: '1133.3333',
      upper: '4166.6667',
      paid: '1600',
      standard: '2650',
      paidOfStandard: '0.6038',
    },
    {
      per: 'm3 waterSupply',
      size: '350000',
      lower: '0.4857',
      upper: '1.7857',
      paid: '0.6857',
      standard: '1.1357',
      paidOfStandard: '0.6038',
    },
  ]);
});

it('names no standard where the cost is above the benefit, and gives all of the surplus where the split says so', () => {
  const one = (price: string) =>
    `period,service,supplier,beneficiary,quantity,unit,price\n2024,water,a,b,10,m3,${price}`;
  const cost = 'period,provider,kind,amount,per,size\n2024,a,opportunity,30,hm2,1';
  expect(evaluateBenefit(tables(one('2'), cost)).standards).toMatchObject([
    { lower: '30', upper: '20', standard: null, paidOfStandard: null },
  ]);
  expect(evaluateBenefit(tables(one('5'), cost), { split: Fraction.one }).standards).toMatchObject([
    { standard: '50', paidOfStandard: '0' },
  ]);
  expect(() => evaluateBenefit(tables(one('5'), cost), { split: Fraction.of(3n, 2n) })).toThrow(BenefitInputRefused);
});

/**
 * Liu et al. 2018, Agricultural Water Management 204, 192-197 (abstract): the net income of farmers falls by 41.65% and the standard is
 * 5165.41 yuan per hm2; with wages of migrant work counted, 10.99% and 1362.95. The income before is not printed there: it is
 * solved from the first pair, and the second must follow within what the rounding of its per cent allows.
 */
it('agrees with both printed standards of paddy-to-dry on one income before', () => {
  const income = Fraction.parse('5165.41')!.dividedBy(Fraction.parse('0.4165')!);
  const lowerAt = (share: string): string => {
    const loss = income.times(Fraction.parse(share)!).toExactText();
    const found = evaluateBenefit(
      tables(
        'period,service,supplier,beneficiary,quantity,unit,price\n2016,water,up,down,1,m3,0',
        `period,provider,kind,amount,per,size\n2016,up,opportunity,${loss},hm2,1`,
      ),
    );
    return found.standards[0].lower;
  };
  expect(lowerAt('0.4165')).toBe('5165.41');
  const second = Number(lowerAt('0.1099'));
  expect(Math.abs(second - 1362.95)).toBeLessThan(0.00005 * income.toNumber() * 1.3);
  expect(Math.abs(second - 1362.95)).toBeLessThan(0.05);
});

it('tells every fault at once, with its row', () => {
  const broken = `
period, service, supplier, beneficiary, quantity, unit, price
2024x,  water,   a,        b,           10,       m3,   1
2024,   ,        a,        b,           ten,      m3,   -1
`;
  const fault = (run: () => unknown): readonly object[] => {
    try {
      run();
    } catch (error) {
      if (error instanceof BenefitInputRefused) return error.problems;
      throw error;
    }
    return [];
  };
  expect(fault(() => tables(broken, 'period,provider\n2024,a'))).toMatchObject([
    { table: 'flows', row: 2, column: 'period' },
    { table: 'flows', row: 3, column: 'service' },
    { table: 'flows', row: 3, column: 'quantity', value: 'ten' },
    { table: 'flows', row: 3, column: 'price' },
    { table: 'costs', row: 0, column: 'kind' },
    { table: 'costs', row: 0, column: 'amount' },
  ]);
  const head = 'period,time,group,service,supplier,beneficiary,quantity,unit,price';
  const evaluated = (...rows: string[]) => fault(() => evaluateBenefit(tables([head, ...rows].join('\n'))));
  expect(evaluated('2024,,,water,a,b,10,m3,1', '2024,,,water,a,b,2,m3,1')).toMatchObject([{ row: 3 }]);
  expect(evaluated('2024,,,water,a,b,10,m3,1', '2024,,,water,c,b,2,t,1')).toMatchObject([{ row: 3, column: 'unit' }]);
  expect(evaluated('2024,,,water,a,b,10,m3,1', '2024,,,water,a,,9,m3,1')).toMatchObject([
    { row: 3, column: 'quantity' },
  ]);
  expect(evaluated('2020,before,,water,a,b,1,m3,1', '2024,,,water,a,c,9,m3,1')).toHaveLength(1);
  expect(evaluated('2020,before,comparison,water,z,,0,m3,1', '2024,,,water,a,c,9,m3,1')).toHaveLength(1);
});

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const cases = process.env['GEP_MANY_CASES'] ? 100_000 : 200;

const supplierRows = fc.record({
  supplier: fc.constantFrom('a', 'b', 'c'),
  service: fc.constantFrom('water', 'soil'),
  used: fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }),
  /** More than is used; none: there is no row of all that is supplied. */
  beyond: fc.option(fc.nat(500)),
  price: fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 7 })),
});
const manySuppliers = fc.uniqueArray(supplierRows, {
  ...{ minLength: 1, maxLength: 6, selector: ({ supplier, service }) => `${supplier} ${service}` },
});

it('supplies what is used and what nobody is named for, in quantity and in money, whatever the table', () => {
  fc.assert(
    fc.property(manySuppliers, (suppliers) => {
      const lines = suppliers.flatMap(({ supplier, service, used, beyond, price: [top, bottom] }) => {
        const row = (beneficiary: string, thirds: number) =>
          `2024,${service},${supplier},${beneficiary},${thirds}/3,t,${top}/${bottom}`;
        const whole = used.reduce((sum, one) => sum + one, beyond ?? 0);
        return [...used.map((thirds, to) => row(`to-${to}`, thirds)), ...(beyond === null ? [] : [row('', whole)])];
      });
      const input = tables(['period,service,supplier,beneficiary,quantity,unit,price', ...lines].join('\n'));
      const { services, parts, effects, beneficiaries, totals } = evaluateBenefit(input);
      for (const one of services) {
        expect(one.used.plus(one.unassigned)).toEqual(one.supplied);
        expect(one.usedFen + one.unassignedFen).toBe(one.suppliedFen);
      }
      const used = parts.filter(({ beneficiary }) => beneficiary !== null);
      expect(sumFen(effects.map(({ effectFen }) => effectFen))).toBe(sumFen(used.map(({ valueFen }) => valueFen)));
      expect(sumFen(beneficiaries.map(({ benefitFen }) => benefitFen))).toBe(totals.at(-1)!.benefitFen);
    }),
    { seed, numRuns: cases },
  );
});
