/** Data sheets in words: what is missing has a name in the language that was asked for. */
import type { ShownSheet } from '@gep/accounting';
import { renderSheets } from './render-review';

const sheet = {
  definition: { title: { zh: '农业', en: 'Farming' }, department: { zh: '农业农村局', en: 'Agriculture' } },
  ...{ state: 'partial', overdue: false, due: '2025-03-31', dueBasis: 'calendarDays', present: 1, expected: 4 },
  missing: ['extent', 'vegetable', 'precipitation', 'unknown'],
} as unknown as ShownSheet;
const norm = {
  attributes: [{ code: 'precipitation', name: { zh: '降水量', en: 'Precipitation' } }],
  products: [{ code: 'vegetable', name: { zh: '蔬菜', en: 'Vegetables' } }],
} as unknown as Parameters<typeof renderSheets>[1];

it('names what is missing', () => {
  expect(renderSheets([sheet], norm, 'zh')).toMatch(/图斑、蔬菜、降水量、unknown$/);
  expect(renderSheets([sheet], norm, 'en')).toMatch(/patches, Vegetables, Precipitation, unknown$/);
  expect(renderSheets([sheet], undefined, 'zh')).toMatch(/图斑、vegetable、precipitation、unknown$/);
});
