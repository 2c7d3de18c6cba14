/** A comma that ends a text, and a full-width one that ends nothing, are named as what they are. */
import { base, units } from '../norm/base-norm.spec';
import { parseNorm } from '../norm/parse-norm';

const of = (from: string, to: string) => {
  expect(base).toContain(from);
  return parseNorm([{ path: 'norm.yaml', text: base.replace(from, to) }], units).problems;
};

it('a text with a comma in a flow map is to stand in quotes', () => {
  const [problem] = of('en: Forest }', 'en: Forest, China }');
  expect(problem).toMatchObject({ code: 'norm.unknown-key', line: 7 });
  expect(problem.mend).toMatchObject({
    zh: expect.stringContaining("en: 'Forest, China'"),
    en: expect.stringContaining("put a text with a comma into quotes: en: 'Forest, China'"),
  });
  expect(of('en: Forest }', 'en: Forest, woods, China }').at(-1)?.mend.en).toContain("en: 'Forest, woods, China'");
  expect(of('hj1166: ', 'hj1116: ')[0].mend.en).toBe('did you mean "hj1166"?');
});

it('a full-width comma is no comma', () => {
  const [problem] = of('zh: 林, en', 'zh: 林，en');
  expect(problem).toMatchObject({ code: 'norm.yaml', line: 7 });
  expect(problem.text.en).toContain('the full-width "，" is no comma in YAML, write ", "');
  expect(problem.text.zh).toContain('全角“，”在 YAML 中不是分隔符');
});

it('a full-width comma in quotes is not blamed', () => {
  const [problem] = of("zh: 林, en: Forest }, hj1166: '1' }", "zh: '林，木', en: Forest: x }, hj1166: '1' }");
  expect(problem.text.en).not.toContain('full-width');
});
