/** Why a department's data sheet is refused beside the sheets of others. */
import { error } from './reason-words';

/** What one sheet says. */
interface Side {
  readonly dataSheet: string;
  readonly value: string;
}

export const ofDataSheets = {
  sheetOverlap: (what: string, mine: Side, other: Side) =>
    error(
      'sheet-overlap',
      `“${what}”在数据表“${mine.dataSheet}”中为 ${mine.value}，在现行的数据表“${other.dataSheet}”中为 ${other.value}，无法判断以哪个为准；该地域和核算期的这张数据表未保存`,
      `"${what}" is ${mine.value} in the data sheet "${mine.dataSheet}" and ${other.value} in the data sheet "${other.dataSheet}" that holds, so which one counts cannot be told; this sheet was not kept for the territory and period`,
      `请由两个部门商定，只留在一张数据表中：从“${mine.dataSheet}”删去此行后再上传，或先重新上传删去此项的“${other.dataSheet}”`,
      `let the two departments agree and keep it in one sheet: remove the row from "${mine.dataSheet}" and upload it again, or first upload "${other.dataSheet}" again without it`,
    ),
};
