/** In Chinese sentences a name stands first, its code in brackets; English ones have the codes that are typed. */
import { reasons } from './reasons';

const forest = { code: 'forestLand', name: { zh: '林地', en: 'Forest land' } };
const rain = { code: 'precipitation', name: { zh: '降水量', en: 'Precipitation' } };

it('names columns and what the norm knows', () => {
  expect(reasons.negative('area').text).toEqual({ zh: '面积（area）不能为负', en: 'area cannot be negative' });
  expect(reasons.blank('period').mend).toEqual({ zh: '请填写核算期（period）', en: 'fill in period' });
  expect(reasons.outOfRange(rain, '0', '10', 'm').text.zh).toBe('降水量（precipitation）应在 0 至 10（m）之间');
  expect(reasons.requiredMissing(rain, forest).text).toEqual({
    zh: '缺少必填属性“降水量（precipitation）”（类型：林地（forestLand））',
    en: 'required attribute "precipitation" is missing (type forestLand)',
  });
});

it('lists what would be known, as far as it has names', () => {
  const { mend } = reasons.typeUnknown('forrest', [forest, { code: 'dryland' }], 'forestLand');
  expect(mend.zh).toBe('是否为“forestLand”？可用类型：林地（forestLand）、dryland');
  expect(mend.en).toBe('Did you mean "forestLand"? Known types: forestLand, dryland');
  const many = Array.from({ length: 13 }, (_, at) => ({ code: `type${at}` }));
  expect(reasons.typeUnknown('x', many).mend.zh).toMatch(/、type11等$/);
});
