/** A tree is told with every figure, its evidence and the row it came from; sources stand whole at its end, once each. */
import { join } from 'node:path';
import type { ExplainNode } from '@gep/accounting';
import { loadNorm, type NormEdition } from '@gep/rulebook';
import { renderExplanation } from './render-explanation';

let norm: NormEdition;
beforeAll(async () => {
  norm = await loadNorm('jinsha-mine-2026', join(__dirname, '../../../../rulebook'));
});

const evidence = { grade: 'solved', source: 'A. Author (2026) A paper, Table 4' } as const;
const step = { formula: 'carbonDioxideFixed', expression: '2 * area', value: '12345.5', unit: 'hm2', children: [] };
const tree: ExplainNode = {
  kind: 'line',
  code: 'forestLand',
  value: '12.5',
  unit: 'yuan',
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
      kind: 'quantity',
      code: 'carbonDioxideFixed',
      name: { zh: '固碳量', en: 'Carbon dioxide fixed' },
      value: '12345.5',
      unit: 'hm2',
      trace: {
        ...step,
        kind: 'formula',
        name: 'carbonDioxideFixed',
        children: [
          {
            ...step,
            kind: 'arithmetic',
            children: [
              { ...step, kind: 'number', expression: '2', value: '2', unit: '1' },
              { ...step, kind: 'attribute', name: 'area', expression: 'area' },
              { ...step, kind: 'parameter', name: 'carbonRate', unit: '1', evidence, type: 'forestLand' },
            ],
          },
        ],
      },
      children: [],
    },
    {
      kind: 'price',
      code: 'carbonPrice',
      value: '386',
      unit: 'yuan/t',
      evidence: { ...evidence, note: { zh: '未列', en: 'not printed' } },
      from: '2021-01-01',
      children: [],
    },
  ],
};

it('indents by depth, says where each figure comes from, and gives each source whole', () => {
  expect(renderExplanation(tree, norm, 'en').split('\n')).toEqual([
    'line forestLand Forest land = 12.5 yuan',
    '  · quantity × price',
    '  patch extent:8 = 34.07 hm²',
    '    · observed: extent, row 8 (b1)',
    '  quantity carbonDioxideFixed Carbon dioxide fixed = 12,345.5 hm²',
    '    2 * area',
    '      area Area = 12,345.5 hm²',
    '      carbonRate Carbon fixation rate = 12,345.5  (solved; Forest land; source [1])',
    '  price carbonPrice = 386 yuan/t  (solved; from 2021-01-01; source [2])',
    '  … 1-1 / 3',
    '',
    'Sources',
    '[1] A. Author (2026) A paper, Table 4',
    '[2] A. Author (2026) A paper, Table 4',
    '    Note: not printed',
  ]);
});

it('says the same in Chinese, names first of all', () => {
  const chinese = renderExplanation(tree, norm, 'zh').split('\n');
  expect(chinese).toEqual(
    expect.arrayContaining([
      '账户行 forestLand 林地 = 12.5 元',
      '    · 观测：extent 第 8 行 (b1)',
      '      area 面积 = 12,345.5 hm²',
      '      carbonRate 固碳速率 = 12,345.5  (反推; 林地; 来源 [1])',
      '来源',
      '    注: 未列',
    ]),
  );
});

it('says a figure and a formula once, and money to the fen', () => {
  const units = { formula: 'kept', unit: 'hm2*mm' };
  const expression = 'area * max(rain, 0 [mm/a])';
  const inner = { ...units, kind: 'arithmetic', expression, value: '200', name: '*' } as const;
  const area = {
    ...units,
    kind: 'attribute',
    name: 'area',
    expression: 'area',
    value: '2',
    unit: 'hm2',
    children: [],
  } as const;
  const converted = {
    ...inner,
    kind: 'arithmetic',
    value: '2000',
    unit: 'm3',
    children: [{ ...inner, children: [area] }],
  };
  const trace = { ...converted, kind: 'formula', name: 'kept', expression: 'kept', children: [converted] };
  const patch = { kind: 'patch', code: 'extent:2', value: '2000', unit: 'm3', trace, children: [] };
  const shared = { unit: 'm3', value: '2000.00000000000001', children: [] };
  const quantity = {
    ...shared,
    kind: 'quantity',
    code: 'kept',
    children: [
      {
        ...shared,
        kind: 'part',
        code: 'area * rain',
        text: { zh: '', en: 'coefficient 10 × sum over the patches 200' },
      },
      { ...shared, kind: 'sum', code: 'forestLand', children: [patch] },
    ],
  };
  const total = { kind: 'total', code: 'CN', value: '410435013733.25', unit: 'yuan', children: [quantity] };
  expect(renderExplanation(total as unknown as ExplainNode, norm, 'en').split('\n')).toEqual([
    'total CN = 410,435,013,733.25 yuan',
    '  quantity kept = 2,000… m³',
    '    part area * rain',
    '      · coefficient 10 × sum over the patches 200',
    '    sum forestLand Forest land',
    '      patch extent:2 = 2,000 m³',
    '        kept: area * max(rain, 0 [mm/a])',
    '          = 200 hm²·mm',
    '            area Area = 2 hm²',
  ]);
});
