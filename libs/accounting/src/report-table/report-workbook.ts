/** A report as an XLSX workbook, one sheet for each table; the same report gives the same bytes. */
import type { AccountReport, ReportTable } from './report-table';
import { storedZip, type StoredFile } from './stored-zip';
import { cellText, displayWidth, headOf, written, type ReportLanguage } from './written-cells';

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Positions in `cellXfs` below. */
const styles = { plain: 0, title: 1, head: 2, number: 3, totalText: 4, totalNumber: 5, note: 6 } as const;

export function reportWorkbook(report: AccountReport, language: ReportLanguage): Uint8Array {
  const { tables } = report;
  const files: StoredFile[] = [
    { path: '[Content_Types].xml', text: contentTypes(tables.length) },
    { path: '_rels/.rels', text: relationships([['rId1', `${relations}/officeDocument`, 'xl/workbook.xml']]) },
    { path: 'xl/workbook.xml', text: workbook(tables, language) },
    {
      path: 'xl/_rels/workbook.xml.rels',
      text: relationships([
        ...tables.map((_, at) => [`rId${at + 1}`, `${relations}/worksheet`, `worksheets/sheet${at + 1}.xml`] as const),
        [`rId${tables.length + 1}`, `${relations}/styles`, 'styles.xml'],
      ]),
    },
    { path: 'xl/styles.xml', text: styleSheet },
    ...tables.map((table, at) => ({
      path: `xl/worksheets/sheet${at + 1}.xml`,
      text: sheet(table, report, language),
    })),
  ];
  return storedZip(files);
}

const contentTypes = (sheets: number): string =>
  `${xml}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/>${Array.from(
    { length: sheets },
    (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${sheetType}.worksheet+xml"/>`,
  ).join('')}</Types>`;

const relationships = (targets: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `${xml}<Relationships xmlns="${packaged}/relationships">${targets
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const workbook = (tables: readonly ReportTable[], language: ReportLanguage): string =>
  `${xml}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${tables
    .map(
      (table, at) => `<sheet name="${escaped(sheetName(table, language))}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
    )
    .join('')}</sheets></workbook>`;

/** Of a sheet's name at most so many characters are read, and none of those that stand for something in a formula. */
const longestName = 31;

/** `T6 价值量`: where both languages are wanted, the Chinese title alone, for lack of room; long titles end at a word. */
function sheetName({ id, title }: ReportTable, language: ReportLanguage): string {
  const name = `${id} ${written(title, language === 'both' ? 'zh' : language)}`.replace(/[[\]:*?/\\]/g, ' ');
  return name.length <= longestName
    ? name
    : name
        .slice(0, longestName + 1)
        .replace(/\s+\S*$/, '')
        .slice(0, longestName);
}

const bold = '<font><b/><sz val="11"/><name val="Calibri"/></font>';
const alignment = '<alignment vertical="top" wrapText="1"/>';
const styleSheet = `${xml}<styleSheet xmlns="${main}"><fonts count="4"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font>${bold}<font><i/><sz val="10"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE6EFE6"/></patternFill></fill></fills><borders count="2"><border/><border><top style="thin"/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" applyFont="1"/><xf numFmtId="0" fontId="2" fillId="2" borderId="0" applyFont="1" applyFill="1" applyAlignment="1">${alignment}</xf><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/><xf numFmtId="0" fontId="2" fillId="0" borderId="1" applyFont="1" applyBorder="1"/><xf numFmtId="0" fontId="2" fillId="0" borderId="1" applyFont="1" applyBorder="1"/><xf numFmtId="0" fontId="3" fillId="0" borderId="0" applyFont="1"/></cellXfs></styleSheet>`;

interface SheetCell {
  readonly text: string;
  readonly style: number;
  readonly isNumber?: boolean;
}

function sheet(table: ReportTable, report: AccountReport, language: ReportLanguage): string {
  const { id, title, columns, rows, notes } = table;
  const heads = columns.map((column) => headOf(column, language));
  const grid: SheetCell[][] = [
    [{ text: `${id} ${written(title, language)}`, style: styles.title }],
    [
      {
        text: `${written(report.title, language)} · ${report.norm.id} @ ${report.norm.edition.slice(0, 12)}`,
        style: styles.note,
      },
    ],
    heads.map((text) => ({ text, style: styles.head })),
    ...rows.map(({ cells, level }) =>
      cells.map((cell, at) => {
        const text = cellText(cell, language);
        const isNumber = columns[at].kind === 'number' && text !== '';
        const own = isNumber ? styles.number : styles.plain;
        const apart = isNumber ? styles.totalNumber : styles.totalText;
        return { text, isNumber, style: level ? apart : own };
      }),
    ),
    ...notes.map((note) => [{ text: written(note, language), style: styles.note }]),
  ];
  const widths = heads.map((head, at) => {
    const longest = rows.map(({ cells }) => displayWidth(cellText(cells[at] ?? null, language)));
    return Math.min(60, Math.max(8, Math.ceil(displayWidth(head) / 2), ...longest) + 2);
  });
  const cols = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  const body = grid.map(
    (cells, at) => `<row r="${at + 1}">${cells.map((cell, column) => cellXml(cell, column, at)).join('')}</row>`,
  );
  return `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols.join('')}</cols><sheetData>${body.join('')}</sheetData></worksheet>`;
}

function cellXml({ text, style, isNumber }: SheetCell, column: number, row: number): string {
  if (text === '') return style === styles.plain ? '' : `<c r="${columnName(column)}${row + 1}" s="${style}"/>`;
  const at = `r="${columnName(column)}${row + 1}" s="${style}"`;
  if (isNumber) return `<c ${at}><v>${text}</v></c>`;
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** A, B, …, Z, AA, … */
function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** Characters that XML forbids are left out. */
const escaped = (text: string): string =>
  [...text]
    .filter((character) => character >= ' ' || character === '\t' || character === '\n')
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\ufffe\uffff]/g, '');
