/** A tree is told with every figure, its evidence and the row it came from; long decimals are cut, not rounded. */
import type { ExplainNode } from '@gep/accounting';
import { renderExplanation, shorten } from './render-explanation';

describe('shorten', () => {
  it.each([
    ['3.666666666666666666666666666666666666667', '3.66666666666…'],
    ['-0.000123456789012345678', '-0.000123456789012…'],
    ['123456789012345678.5', '123456789012345678'],
    ['257.242128', '257.242128'],
    ['0', '0'],
    ['1234567890123', '1234567890123'],
  ])('shows %s as %s', (value, shown) => expect(shorten(value)).toBe(shown));
});

describe('renderExplanation', () => {
  const tree: ExplainNode = {
    kind: 'line',
    code: 'forestLand',
    name: { zh: '林地', en: 'Forest land' },
    value: '12.5',
    unit: 't/a',
    text: { zh: '数量 × 单价', en: 'quantity × price' },
    page: { offset: 0, shown: 1, total: 3 },
    children: [
      {
        kind: 'patch',
        code: 'extent:8',
        value: '34.07',
        unit: 'hm2',
        source: { batch: 'b1', sheet: 'extent', row: 8 },
        children: [],
      },
      {
        kind: 'price',
        code: 'carbonPrice',
        value: '386',
        unit: 'yuan/t',
        evidence: { grade: 'solved', source: 'Table 4' },
        from: '2021-01-01',
        children: [],
      },
    ],
  };

  it('indents by depth and says where each figure comes from', () => {
    expect(renderExplanation(tree, 'en').split('\n')).toEqual([
      'line forestLand Forest land = 12.5 t/a',
      '  · quantity × price',
      '  patch extent:8 = 34.07 hm2',
      '    · extent:8 (b1)',
      '  price carbonPrice = 386 yuan/t  [solved; ≥ 2021-01-01; Table 4]',
      '  … 1-1 / 3',
    ]);
    expect(renderExplanation(tree, 'zh')).toContain('  price carbonPrice = 386 yuan/t  [反推; ≥ 2021-01-01; Table 4]');
  });
});
