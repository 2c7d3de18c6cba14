/** CSV against its odd cases and against csv-parse, and text against the encodings it may have. */
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { ByteRows } from './byte-rows';
import { ProblemList } from '../table/cell-problem';
import { decodeText } from './decode-text';
import { csvRows, detectDelimiter, Delimiter, readCsv } from './read-csv';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const limits = { rows: 1000, columns: 50 };
const read = (text: string, delimiter: Delimiter = ','): [number, ...unknown[]][] =>
  [...csvRows(new ByteRows(Buffer.from(text), delimiter, limits), () => undefined)].map(({ row, cells }) => [
    row,
    ...cells,
  ]);

describe('csvRows', () => {
  it('reads quotes, empty cells, blank rows and any line ending, and counts rows like a spreadsheet', () => {
    expect(read('\ufeffa,"b ""c"", d",\r\n\r\n"two\nlines",x\ry,z\n')).toEqual([
      [1, 'a', 'b "c", d', ''],
      [2, ''],
      [3, 'two\nlines', 'x'],
      [4, 'y', 'z'],
    ]);
  });
  it('takes off the apostrophe of guarded text and the wrapping that saves leading zeros', () => {
    expect(read(`'=1+1,"'@x",="0123","=""0456"""`)).toEqual([[1, '=1+1', '@x', '0123', '0456']]);
  });
  it('drops and reports only the row whose quote is never closed', () => {
    const problems = new ProblemList();
    const table = readCsv(Buffer.from('a,b\n1,2\n3,"4\n5,6\n'), { sheet: 'x.csv' }, problems);
    expect([...table.rows].map(({ row }) => row)).toEqual([1, 2]);
    expect(problems.kept).toMatchObject([{ sheet: 'x.csv', row: 3, code: 'observation.quote-open' }]);
  });
  it('refuses too many rows or columns as soon as they are met', () => {
    expect(() => read('\n'.repeat(1001))).toThrow('too many rows');
    expect(() => read(','.repeat(50))).toThrow('too many columns in row 1');
  });
  it(`agrees with csv-parse (seed ${seed})`, () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '林', '1', '.', ' ', ',', '"', '\n', '\r'), maxLength: 6 });
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    const write = (cells: string[]): string => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), (table, ending) => {
        const text = table.map((cells) => write(cells) + ending).join('');
        const peer = parse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] }) as string[][];
        expect(read(text).map(([, ...cells]) => cells)).toEqual(peer);
      }),
      { seed, verbose: 1 },
    );
  });
});

it.each<[string, Delimiter]>([
  ['a,b,c\n1,2,3', ','],
  ['a;b;c\n1,5;2,5;3', ';'],
  ['a\tb\n1\t2', '\t'],
  ['"x;y;z",b\n1,2', ','],
  ['alone', ','],
])('%j is separated by %j', (text, delimiter) => expect(detectDelimiter(text)).toBe(delimiter));

describe('decodeText', () => {
  const gb = (...bytes: number[]): Uint8Array => new Uint8Array(bytes);
  it('tells UTF-8, its mark, UTF-16 and GB18030 apart', () => {
    expect(decodeText(Buffer.from('面积,1'))).toEqual({ text: '面积,1', encoding: 'utf-8' });
    expect(decodeText(Buffer.from('\ufeff面积'))).toMatchObject({ text: '面积', encoding: 'utf-8' });
    expect(decodeText(Buffer.from('\ufeff面积', 'utf16le'))).toMatchObject({ text: '面积', encoding: 'utf-16le' });
    expect(decodeText(gb(0xc3, 0xe6, 0xbb, 0xfd, 0x2c, 0x31))).toEqual({ text: '面积,1', encoding: 'gb18030' });
    // A character of four bytes, which plain GBK does not have: U+3400.
    expect(decodeText(gb(0x81, 0x39, 0xee, 0x39))).toMatchObject({ text: '㐀', encoding: 'gb18030' });
  });
  it('is not fooled by Chinese whose bytes are well-formed UTF-8 by chance', () => {
    // 谩 谩 in GB18030 are the bytes of two accented letters in UTF-8.
    expect(decodeText(gb(0xd0, 0xa1, 0x2c, 0xc2, 0xb3))).toMatchObject({ text: '小,鲁', encoding: 'gb18030' });
  });
  it('keeps accented text that is UTF-8', () =>
    expect(decodeText(Buffer.from('Área,ñandú'))).toMatchObject({ encoding: 'utf-8' }));
  it('gives up on bytes that are no text', () => {
    expect(decodeText(gb(0xff, 0x00, 0x80, 0xff))).toBeUndefined();
    expect(decodeText(gb(0x61, 0x00, 0x62, 0x00))).toBeUndefined();
  });
});
