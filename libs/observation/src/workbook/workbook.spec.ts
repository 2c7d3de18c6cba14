/** Workbooks as spreadsheet programs write them, and workbooks made to do harm. */
import { crc32, deflateRawSync } from 'node:zlib';
import { Workbook } from 'exceljs';
import { formatOf, readTables } from '../file/read-file.loader';
import { importLimits } from '../file/limits';
import { ProblemList } from '../table/cell-problem';
import { RawCell } from '../table/raw-table';
import { dateFormOf, showDate } from './cell-formats';
import { XmlRefused, xmlTokens } from './xml-tokens';

interface Part {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the directory claims instead of the true size. */
  readonly claimed?: number;
  readonly flags?: number;
}

/** A ZIP archive, also a dishonest one. */
function archive(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimed, flags = 0 } of parts) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain, { level: 9 });
    const fields = (start: number[]): Buffer => {
      const header = Buffer.alloc(26);
      header.writeUInt16LE(20, 0);
      header.writeUInt16LE(flags, 2);
      header.writeUInt16LE(8, 4);
      header.writeUInt32LE(crc32(plain), 10);
      header.writeUInt32LE(packed.length, 14);
      header.writeUInt32LE(claimed ?? plain.length, 18);
      header.writeUInt16LE(Buffer.byteLength(name), 22);
      return Buffer.concat([Buffer.from(start), header]);
    };
    const local = Buffer.concat([fields([0x50, 0x4b, 3, 4]), Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([fields([0x50, 0x4b, 1, 2, 20, 0]), rest, Buffer.from(name)]));
    bodies.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`;
/** The parts of a workbook with one sheet. */
const workbookWith = (sheet: string, more: Part[] = []): Part[] => [
  { name: '[Content_Types].xml', content: '<Types/>' },
  {
    name: '_rels/.rels',
    content: `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
  },
  {
    name: 'xl/workbook.xml',
    content: '<x:workbook xmlns:x="y"><x:sheets><x:sheet name="范围" sheetId="1" r:id="r1"/></x:sheets></x:workbook>',
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    content: `<Relationships>${relation('r1', 'worksheet', '/xl/worksheets/sheet1.xml')}</Relationships>`,
  },
  { name: 'xl/worksheets/sheet1.xml', content: sheet },
  ...more,
];
const read = (bytes: Uint8Array, problems = new ProblemList()): ReturnType<typeof readTables> =>
  readTables({ bytes, fileName: 'a.xlsx' }, problems);
const cellsOf = async (bytes: Uint8Array): Promise<[number, ...RawCell[]][]> => {
  const [table] = await read(bytes);
  return [...table.rows].map(({ row, cells }) => [row, ...cells]);
};

describe('a workbook of a spreadsheet program', () => {
  it('gives texts, numbers, dates, results of formulas and merged cells with their rows', async () => {
    const book = new Workbook();
    const sheet = book.addWorksheet('生态系统范围');
    sheet.getCell('A1').value = '标题';
    sheet.mergeCells('A1:D1');
    sheet.getRow(3).values = ['地域', '核算期', '类型', '面积'];
    sheet.getRow(5).values = [
      520523,
      new Date(Date.UTC(2024, 6, 1)),
      { richText: [{ text: '林' }, { text: '地' }] },
      { formula: 'D9*2', result: 2.5 },
    ];
    sheet.getCell('B5').numFmt = 'yyyy"年"m"月"';
    sheet.getRow(6).values = [null, new Date(Date.UTC(2024, 6, 1)), true, { formula: 'D9*3' }];
    sheet.getCell('B6').numFmt = 'yyyy-mm-dd';
    sheet.getCell('D7').value = { error: '#DIV/0!' };
    sheet.mergeCells('A5:A7');
    book.addWorksheet('隐藏', { state: 'hidden' });
    const bytes = new Uint8Array(await book.xlsx.writeBuffer());
    const problems = new ProblemList();
    const tables = await read(bytes, problems);
    expect(tables.map((table) => table.sheet)).toEqual(['生态系统范围']);
    const rows = [...tables[0].rows];
    expect(rows.map(({ row, cells }) => [row, ...Array.from(cells)])).toEqual([
      [1, '标题', undefined, undefined, undefined],
      [3, '地域', '核算期', '类型', '面积'],
      [5, 520523, '2024-07', '林地', 2.5],
      [6, 520523, '2024-07-01', true, '=D9*3'],
      [7, 520523, undefined, undefined, '#DIV/0!'],
    ]);
    expect(rows.map(({ merged }) => [...(merged ?? [])])).toEqual([[], [], [0], [0], [0]]);
    expect(problems.kept).toMatchObject([{ sheet: '隐藏', code: 'observation.sheet-hidden' }]);
  });

  it('reads inline texts, prefixed tags, cells without references, escapes and CDATA', async () => {
    const sheet =
      '<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a&amp;b_x000D_&#26519;</x:t></x:is></x:c><x:c><x:v>1.50</x:v></x:c>' +
      '<x:c t="str"><x:f>"&gt;"</x:f><x:v><![CDATA[<b>]]></x:v></x:c></x:row><x:row r="4"><x:c r="C4"/><x:c r="AB4" t="b"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const rows = await cellsOf(archive(workbookWith(sheet)));
    expect(rows[0]).toEqual([1, 'a&b\r林', 1.5, '<b>']);
    expect([rows[1][0], rows[1].length, rows[1][28]]).toEqual([4, 29, false]);
  });
});

describe('a workbook made to do harm', () => {
  const code = (bytes: Uint8Array): Promise<string> =>
    read(bytes).then(
      () => 'accepted',
      (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
    );
  const nothing = '<worksheet/>';

  it.each<[string, Part[], RegExp]>([
    ['a bomb', workbookWith(' '.repeat(2e7)), /file-too-large.*packing ratio/],
    [
      'many parts of a bearable ratio',
      workbookWith(
        nothing,
        Array.from({ length: 2001 }, (_, i) => ({ name: `p${i}`, content: '' })),
      ),
      /too-large.*parts/,
    ],
    [
      'a claim of more than can be unpacked',
      workbookWith(nothing, [{ name: 'xl/x.bin', content: Buffer.alloc(9e5, 'ab'), claimed: 3e8 }]),
      /too-large/,
    ],
    [
      'an archive inside',
      workbookWith(nothing, [{ name: 'xl/embeddings/inner.XLSX', content: 'PK' }]),
      /unreadable.*archive inside/,
    ],
    [
      'an encrypted part',
      workbookWith(nothing, [{ name: 'xl/secret.xml', content: 'x', flags: 1 }]),
      /unreadable.*encrypted/,
    ],
    ['a part twice', workbookWith(nothing, [{ name: 'xl/workbook.xml', content: '' }]), /unreadable.*twice/],
    [
      'a path out of the archive',
      workbookWith(nothing, [{ name: '../../etc/passwd', content: '' }]),
      /unreadable.*invalid relative path/,
    ],
    ['an archive that is no workbook', [{ name: 'readme.txt', content: 'x' }], /unreadable.*no workbook/],
    [
      'a part larger than it claims',
      workbookWith('<worksheet>' + ' '.repeat(5000), []).map((part) =>
        part.name.includes('sheet1') ? { ...part, claimed: 100 } : part,
      ),
      /unreadable.*damaged/,
    ],
    [
      'an entity bomb',
      workbookWith('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'),
      /unreadable.*document type/,
    ],
    [
      'an unknown entity',
      workbookWith('<worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>'),
      /unreadable.*entity/,
    ],
    [
      'rows in disorder',
      workbookWith('<worksheet><sheetData><row r="5"/><row r="4"/></sheetData></worksheet>'),
      /unreadable.*row 4/,
    ],
    [
      'a cell far to the right',
      workbookWith('<worksheet><sheetData><row r="5"><c r="XFD5"><v>1</v></c></row></sheetData></worksheet>'),
      /too-large.*columns/,
    ],
    [
      'merges without end',
      workbookWith(
        `<worksheet><sheetData/><mergeCells>${'<mergeCell ref="A1:B1048576"/>'.repeat(9)}</mergeCells></worksheet>`,
      ),
      /too-large.*merged/,
    ],
    [
      'a shared text that is not there',
      workbookWith('<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>'),
      /unreadable.*shared string/,
    ],
    ['XML that breaks off', workbookWith('<worksheet><sheetData><row r="1'), /unreadable.*malformed/],
    [
      'bytes that are no UTF-8',
      workbookWith('').map((part) =>
        part.name.includes('sheet1') ? { ...part, content: Buffer.from([0x3c, 0xff, 0xfe]) } : part,
      ),
      /unreadable/,
    ],
  ])('%s is refused', async (_, parts, expected) => expect(await code(archive(parts))).toMatch(expected));

  it('refuses what is cut off, is too large or is something else', async () => {
    expect(await code(archive(workbookWith(nothing)).subarray(0, 300))).toMatch(/unreadable.*damaged/);
    expect(await code(Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(importLimits.bytes.xlsx)]))).toMatch(
      /too-large/,
    );
    expect(await code(Buffer.from('territory,period'))).toMatch(/no workbook/);
    expect(await code(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]))).toMatch(/old .xls/);
    expect(() => formatOf({ bytes: Buffer.from('PK\x03\x04'), fileName: 'a.csv' })).toThrow('an archive, not csv');
  });
});

it.each([
  ['General', undefined],
  ['0.00', undefined],
  ['#,##0"日"', undefined],
  ['[$-804]yyyy"年"m"月"d"日";@', 'day'],
  ['yyyy\\-mm', 'month'],
  ['yyyy', 'year'],
  ['m/d/yy h:mm', 'day'],
  ['h:mm:ss', undefined],
  ['[Red]0', undefined],
])('the format %j shows %j', (format, form) => expect(dateFormOf(format)).toBe(form));

it('shows day numbers of both calendars', () => {
  expect(showDate(45474, 'day', false)).toBe('2024-07-01');
  expect(showDate(45474 - 1462, 'day', true)).toBe('2024-07-01');
  expect(showDate(45474.7, 'month', false)).toBe('2024-07');
  expect(showDate(59, 'day', false)).toBeUndefined();
});

it('keeps a bracket inside an attribute, and refuses tags that are none', () => {
  const [token] = [...xmlTokens(`<a b='x>"y"' c = "d"/>`)];
  expect(token).toMatchObject({ value: 'a', empty: true, attributes: ` b='x>"y"' c = "d"` });
  expect(() => [...xmlTokens('<a><')]).toThrow(XmlRefused);
  expect(() => [...xmlTokens('<>')]).toThrow(XmlRefused);
});
