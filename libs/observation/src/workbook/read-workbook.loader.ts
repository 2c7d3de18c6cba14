/** Turns the parts of a workbook into tables, one per visible sheet, unpacking one part after the other. */
import { ProblemList } from '../table/cell-problem';
import { FileTooLarge } from '../errors';
import { RawTable } from '../table/raw-table';
import { reasons } from '../table/reasons';
import { readCellFormats } from './cell-formats';
import { PartReader } from './open-workbook.loader';
import { readSheet } from './read-sheet';
import { readSharedStrings, relationsOf, sheetsOf } from './workbook-parts';
import { XmlRefused } from './xml-tokens';

/** @throws XmlRefused, FileTooLarge, and what the reader throws */
export async function readWorkbook(
  read: PartReader,
  limits: { rows: number; columns: number; sheets: number },
  problems: ProblemList,
): Promise<RawTable[]> {
  const root = relationsOf((await read('_rels/.rels')) ?? '', '');
  const path = root.find(({ kind }) => kind === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const workbook = await read(path);
  if (workbook === undefined) throw new XmlRefused('no workbook');
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const parts = relationsOf((await read(`${folder}_rels/${path.slice(folder.length)}.rels`)) ?? '', folder);
  const partOf = async (kind: string): Promise<string> => {
    const relation = parts.find((each) => each.kind === kind);
    return (relation && (await read(relation.target))) ?? '';
  };
  const { sheets, from1904 } = sheetsOf(workbook);
  if (sheets.length > limits.sheets) {
    const actual = sheets.length;
    throw new FileTooLarge({ zh: '工作表数', en: 'sheets of the workbook' }, { limit: limits.sheets, actual });
  }
  const context = {
    sharedStrings: readSharedStrings(await partOf('sharedStrings')),
    formats: readCellFormats(await partOf('styles')),
    from1904,
    limits,
  };
  const tables: RawTable[] = [];
  for (const { name, id, hidden } of sheets) {
    const relation = parts.find((part) => part.id === id);
    if (relation?.kind !== 'worksheet') continue;
    if (hidden) problems.addNamed(name, 1, 'A', '', reasons.sheetHidden());
    else
      tables.push({ sheet: name, address: 'letters', rows: readSheet((await read(relation.target)) ?? '', context) });
  }
  return tables;
}
