/** Explanations: every figure leads down to formula, parameters with their source, and the rows observed. */
import type { ExactTrace } from '@gep/formula';
import { Decimal, shareOfYear } from '@gep/kernel';
import { AccountLineMissing } from '../lacking/errors';
import { aggregateAccounts } from '../account/aggregate-account';
import { computeAccount } from '../account/compute-account';
import { explainAccount, explainAggregate } from './explain-account';
import { ExplainNode, ExplainSelection } from './explain-node';
import { chunkOf, maize, normFrom, observedOf, sampleNormText, SampleRow } from '../account/sample-norm.spec';

const norm = normFrom(sampleNormText);
const rows: SampleRow[] = [
  { type: 'dry', area: 2, rain: 1000, slope: 3 },
  { type: 'forest', area: 10, rain: 1200 },
  ...Array.from({ length: 30 }, (_, at) => ({ type: 'dry', area: 0.1 * at, rain: 900 + at, slope: 1 + at / 10 })),
];
const observed = observedOf(rows, [maize('1.5', '2.5')], { batches: ['batch-1'] });
const account = computeAccount(norm, observed);
/** The node of the one line that is selected. */
const explainLine = (...[given, of, made, selection]: Required<Parameters<typeof explainAccount>>): ExplainNode =>
  all(explainAccount(given, of, made, selection)).find(({ kind }) => kind === 'line')!;
const all = (node: ExplainNode): ExplainNode[] => [node, ...node.children.flatMap(all)];
const steps = (trace: ExactTrace): ExactTrace[] => [trace, ...trace.children.flatMap(steps)];
const fen = ({ value }: ExplainNode): bigint => BigInt(value.replace('.', ''));

describe('explainAccount', () => {
  it('adds up level by level: lines to services, categories and the total', () => {
    const tree = explainAccount(norm, observed, account);
    expect(fen(tree)).toBe(account.totals.totalFen);
    for (const node of all(tree).filter(({ kind }) => ['total', 'category', 'service'].includes(kind))) {
      expect(node.children.reduce((sum, child) => sum + fen(child), 0n)).toBe(fen(node));
    }
    expect(all(tree).filter(({ kind }) => kind === 'line')).toHaveLength(account.lines.length);
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree);
  });

  it('leads a single patch through its formula to parameters and to its row', () => {
    const line = explainLine(norm, observed, account, { service: 'waterConservation', type: 'forest' });
    const [quantity, price, gamma] = line.children;
    expect(line).toMatchObject({ kind: 'line', code: 'forest', value: '120000.00' });
    expect(quantity).toMatchObject({ kind: 'quantity', code: 'waterKept', value: '40000', unit: 'm3' });
    expect(price).toMatchObject({
      kind: 'price',
      code: 'waterPrice',
      value: '3',
      from: '2024-06-01',
      evidence: { grade: 'published', source: 'book' },
    });
    expect(gamma).toMatchObject({ kind: 'gamma', value: '1' });
    const [patch] = quantity.children;
    expect(patch).toMatchObject({
      kind: 'patch',
      code: 'extent:3',
      source: { batch: 'batch-1', sheet: 'extent', row: 3 },
    });
    expect(Number(patch.value)).toBeCloseTo(40000, 9);
    expect(steps(patch.trace!).find(({ kind }) => kind === 'parameter')).toMatchObject({
      name: 'share',
      evidence: { source: 'book' },
      given: '1/3 1',
    });
    expect(steps(patch.trace!).find(({ kind, name }) => kind === 'attribute' && name === 'rain')).toMatchObject({
      value: '1200',
    });
  });

  it('shows many patches by their base sums and a page of them', () => {
    const selection = { service: 'waterConservation', type: 'dry', offset: 5, limit: 3 };
    const [quantity] = explainLine(norm, observed, account, selection).children;
    const [part, sum] = quantity.children;
    expect(quantity.children).toHaveLength(2);
    expect(part).toMatchObject({ kind: 'part', code: 'area * rain' });
    expect(Number(part.value)).toBeCloseTo(Number(quantity.value), 6);
    expect(sum).toMatchObject({ kind: 'sum', value: quantity.value, page: { total: 31, offset: 5, shown: 3 } });
    expect(sum.children.map(({ code }) => code)).toEqual(['extent:8', 'extent:9', 'extent:10']);
  });

  it.each(['2024-Q4', '2024-12'])(
    'shows the share of the year in %s, and the rate as the walker finds it',
    (period) => {
      const part = observedOf([...rows, { type: 'forest', area: 1 / 3, rain: 977 }], [maize('1.5', '2.5')], { period });
      const made = computeAccount(norm, part);
      const share = shareOfYear(period);
      for (const { service, type, item, quantity, unit } of made.lines) {
        const [found] = explainLine(norm, part, made, {
          service,
          type,
          ...(item === null ? {} : { item }),
          limit: 50,
        }).children;
        expect(found).toMatchObject({ kind: 'quantity', value: String(quantity), unit });
        if (item !== null) {
          expect(found.children.map(({ kind }) => kind)).toEqual(['statistic']);
          continue;
        }
        const [rate, factor] = found.children;
        expect(factor).toMatchObject({ kind: 'share', code: period, value: share.toString(), unit: 'a' });
        expect(rate).toMatchObject({ kind: 'rate', code: found.code, unit: `${unit}/a` });
        // Every patch is shown, each as the exact walker computes it.
        const walked = all(rate).filter(({ kind }) => kind === 'patch');
        const sum = walked.reduce((total, { value }) => total.plus(value), new Decimal(0));
        const exact = sum.times(share.numerator.toString()).dividedBy(share.denominator.toString());
        expect(exact.minus(quantity).abs().lessThanOrEqualTo(exact.times(1e-12))).toBe(true);
        expect(new Decimal(rate.value).minus(sum).abs().lessThanOrEqualTo(sum.times(1e-12))).toBe(true);
      }
      const [forest] = explainLine(norm, part, made, { service: 'waterConservation', type: 'forest' }).children;
      expect(forest.children[0].children.map(({ kind }) => kind)).toEqual(['part', 'sum']);
    },
  );

  it('shows the share at the price where that is the rate', () => {
    const rent = normFrom(
      sampleNormText
        .replace(
          'formulas:\n',
          'formulas:\n  - { code: held, scope: patch, unit: hm2, name: { zh: 地, en: Land }, expression: area }\n',
        )
        .replace('value: 1/7', 'value: 0.5')
        .replace('unit: yuan/t\n    values', 'unit: yuan/(hm2*a)\n    values')
        .replace(/ {2}- \{ code: scarcity.*\n/, '')
        .replace('quantity: soilKept, price: { formula: scarcity }', 'quantity: held, price: { parameter: soilPrice }'),
    );
    const part = observedOf(rows, [maize('1.5', '2.5')], { period: '2024-Q1' });
    const selection = { service: 'soilConservation', type: 'forest' };
    const line = explainLine(rent, part, computeAccount(rent, part), selection);
    const [quantity, price] = line.children;
    // 10 hm² at 0.5 yuan a year, for a quarter.
    expect([line.value, quantity.value, quantity.unit]).toEqual(['1.25', '10', 'hm2']);
    expect(price).toMatchObject({ kind: 'price', code: 'soilPrice', value: '0.125', unit: 'yuan/hm2' });
    expect(price.children).toMatchObject([
      { kind: 'rate', code: 'soilPrice', value: '0.5', unit: 'yuan/(hm2*a)', evidence: { source: 'book' } },
      { kind: 'share', value: '1/4' },
    ]);
  });

  it('shows the one patch that is named, and what stood in where it lacks something', () => {
    const selection = { service: 'soilConservation', type: 'forest', patch: 'extent:3' };
    const [quantity, price] = explainLine(norm, observed, account, selection).children;
    const [patch] = quantity.children;
    expect(patch.children).toEqual([
      expect.objectContaining({
        kind: 'standIn',
        code: 'slope',
        value: '2',
        evidence: expect.objectContaining({ grade: 'unverified' }),
      }),
    ]);
    expect(price).toMatchObject({ kind: 'price', code: 'scarcity' });
    expect(steps(price.trace!).filter(({ kind }) => kind === 'total').length).toBeGreaterThan(0);
    expect(() => explainLine(norm, observed, account, { ...selection, patch: 'nowhere' })).toThrow(AccountLineMissing);
  });

  it('shows a measured product with its row, and the conversion to yuan', () => {
    const { children } = explainLine(norm, observed, account, { service: 'crops', item: 'maize' });
    expect(children.map(({ kind, value }) => [kind, value])).toEqual([
      ['quantity', '1.5'],
      ['price', '2.5'],
      ['gamma', '0.4'],
      ['conversion', '1000'],
    ]);
    expect(children[0].children).toEqual([
      expect.objectContaining({ kind: 'statistic', source: { batch: 'batch-1', sheet: 'statistics', row: 2 } }),
    ]);
    expect(children[1].evidence).toEqual({ grade: 'reported', source: 'batch-1 statistics:2' });
  });

  it('refuses a line that is not there, and names those that are', () => {
    const told = (selection: ExplainSelection): string => {
      try {
        explainAccount(norm, observed, account, selection);
      } catch (error) {
        expect(error).toBeInstanceOf(AccountLineMissing);
        return (error as AccountLineMissing).text.en;
      }
      return 'nothing';
    };
    expect(told({ service: 'waterConservation', type: 'bare' })).toBe(
      'the account of 520523 2024 has no line "waterConservation × bare"; its types are forest, dry',
    );
    expect(told({ service: 'soilConservatoin' })).toContain(
      'did you mean "soilConservation"? its services are crops, waterC',
    );
    expect(told({ service: 'crops', type: 'dry', item: 'maise' })).toContain('its products are maize');
    expect(told({ service: 'waterConservation', type: 'dry', patch: 'nowhere' })).toContain('its patches are ');
  });

  it('explains a price over many patches by their sums, the same as over the patches', () => {
    const big = observedOf([], [], { chunks: [chunkOf(rows), chunkOf(rows, 100)] });
    const [, price] = explainLine(norm, big, computeAccount(norm, big), {
      service: 'soilConservation',
      type: 'forest',
    }).children;
    expect(price.value).toBe(price.trace!.value);
  });
});

describe('explainAggregate', () => {
  it('leads a line to the same line of each child', () => {
    const other = computeAccount(norm, observedOf(rows.slice(0, 1), [], { territory: '520521' }));
    const above = aggregateAccounts({ territory: '520500', period: '2024', norm, expectedChildren: 2 }, [
      account,
      other,
    ]);
    const tree = explainAggregate(norm, above, [account, other], new Map(), {
      service: 'waterConservation',
      type: 'dry',
    });
    const children = all(tree).filter(({ kind }) => kind === 'child');
    expect(children.map(({ code }) => code)).toEqual(['520521', '520523']);
    expect(children.reduce((sum, child) => sum + fen(child), 0n)).toBe(fen(tree));
    expect(children[1].account).toEqual({ territory: '520523', digest: account.digest });
  });
});
