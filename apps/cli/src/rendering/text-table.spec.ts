/** Tables on a terminal line up although Chinese characters are twice as wide. */
import { displayWidth, renderTable } from './text-table';

describe('renderTable', () => {
  it('counts a Chinese character as two columns', () => {
    expect(displayWidth('耕地a')).toBe(5);
  });

  it('aligns numbers right and words left, whatever their script', () => {
    const text = renderTable(
      [{ heading: '类型' }, { heading: 'GEP (万元)', numeric: true }],
      [
        ['forest', '35.67'],
        ['旱地', '1234.50'],
      ],
    );
    const lines = text.split('\n');
    expect(lines[0]).toBe('类型    GEP (万元)');
    expect(new Set(lines.slice(1).map(displayWidth)).size).toBe(1);
    expect(lines[3]).toBe('旱地       1234.50');
  });

  it('puts the points of numbers below each other, and leaves words at the right', () => {
    const rows = [['1,234.5'], ['7'], ['0.125'], ['various']];
    expect(
      renderTable([{ heading: 'Price', numeric: 'point' }], rows)
        .split('\n')
        .slice(2),
    ).toEqual(['1,234.5', '    7', '    0.125', '  various']);
  });

  it('breaks what is too wide at blanks and between Chinese characters, brackets at their words', () => {
    const narrowed = (heading: string, cell: string) =>
      renderTable([{ heading, most: 10 }, { heading: 'n' }], [[cell, '1']]).split('\n');
    expect(narrowed('a', 'one two three')).toEqual(['a        n', '-------  -', 'one two  1', 'three']);
    expect(narrowed('情况说明（北京）', '甲乙丙丁（戊）')).toEqual([
      '情况说明  n',
      '（北京）',
      '--------  -',
      '甲乙丙丁  1',
      '（戊）',
    ]);
    expect(narrowed('a', '0123456789abcdef')[2]).toBe('0123456789abcdef  1');
  });

  it('leaves absent cells blank', () => {
    expect(renderTable([{ heading: 'a' }, { heading: 'b' }], [['1']]).split('\n')[2]).toBe('1');
  });
});
