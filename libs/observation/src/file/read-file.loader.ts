/** Reads the bytes of an observation file into raw tables: decides the format, and for a workbook opens the archive. */
import { ProblemList } from '../table/cell-problem';
import { decodeText, utf8Of } from './decode-text';
import { FileTooLarge, FileUnreadable } from '../errors';
import { type FileFormat, ImportLimits, importLimits } from './limits';
import { RawTable } from '../table/raw-table';
import { readCsv } from './read-csv';
import { readJson } from './read-json';
import { judgeWorkbook, openWorkbook } from '../workbook/open-workbook.loader';
import { readWorkbook } from '../workbook/read-workbook.loader';
import { XmlRefused } from '../workbook/xml-tokens';

export interface ObservationFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** What the sender says it is; otherwise its first bytes and its name tell. */
  readonly format?: FileFormat;
}

const startsWith = (bytes: Uint8Array, ...signature: number[]): boolean =>
  signature.every((byte, i) => bytes[i] === byte);

/**
 * Format of a file by its first bytes, which overrule its name.
 * @throws FileUnreadable when the two contradict, or for a workbook of the old binary or an encrypted kind
 */
export function formatOf({ bytes, fileName, format }: ObservationFile): FileFormat {
  const ending = /\.([a-z]+)$/i.exec(fileName)?.[1].toLowerCase();
  const said = format ?? (ending === 'csv' || ending === 'json' || ending === 'xlsx' ? ending : undefined);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new FileUnreadable(fileName, {
      zh: '这是旧版 .xls 或加密的工作簿，请另存为不加密的 .xlsx',
      en: 'it is an old .xls or an encrypted workbook; save it as .xlsx without a password',
    });
  }
  const isZip = startsWith(bytes, 0x50, 0x4b);
  if (isZip !== (said === 'xlsx') && said !== undefined) {
    throw new FileUnreadable(fileName, {
      zh: isZip ? `内容是压缩包，不是 ${said}` : '内容不是工作簿',
      en: isZip ? `its content is an archive, not ${said}` : 'its content is no workbook',
    });
  }
  if (isZip) return 'xlsx';
  const first = Buffer.from(bytes.subarray(0, 64))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()[0];
  return said ?? (first === '{' || first === '[' ? 'json' : 'csv');
}

/**
 * Refuses a file by its size, and a workbook by its directory, before anything of it is read.
 * Cheap enough for the event loop. @throws FileTooLarge, FileUnreadable
 */
export async function judgeFile(file: ObservationFile, limits: ImportLimits = importLimits): Promise<FileFormat> {
  const format = formatOf(file);
  const size = file.bytes.byteLength;
  if (size > limits.bytes[format]) {
    throw new FileTooLarge(
      { zh: '文件字节数', en: 'bytes of the file' },
      { limit: limits.bytes[format], actual: size },
    );
  }
  if (format === 'xlsx') await judgeWorkbook(file.bytes, file.fileName, limits);
  return format;
}

/**
 * Tables of a file, read on the event loop.
 * @param lists names of the lists of a JSON file, where it is about something other than observations
 * @throws FileTooLarge, FileUnreadable
 */
export async function readTables(
  file: ObservationFile,
  problems: ProblemList,
  limits: ImportLimits = importLimits,
  lists?: readonly string[],
): Promise<RawTable[]> {
  const format = await judgeFile(file, limits);
  if (format === 'xlsx') return readSheets(file, problems, limits);
  const utf8 = format === 'csv' ? utf8Of(file.bytes) : undefined;
  if (utf8) return [readCsv(utf8, { sheet: file.fileName, limits }, problems)];
  const decoded = format === 'json' ? decodeText(file.bytes) : undefined;
  if (decoded) return readJson(decoded.text, problems, limits, lists);
  throw new FileUnreadable(file.fileName, {
    zh: '不是 UTF-8、UTF-16 或 GB18030 文本',
    en: 'it is no text in UTF-8, UTF-16 or GB18030',
  });
}

async function readSheets(file: ObservationFile, problems: ProblemList, limits: ImportLimits): Promise<RawTable[]> {
  try {
    const parts = await openWorkbook(file.bytes, file.fileName, limits);
    return await readWorkbook(parts, limits, problems);
  } catch (error) {
    if (!(error instanceof XmlRefused)) throw error;
    throw new FileUnreadable(file.fileName, {
      zh: `工作簿内容有误（${error.message}）`,
      en: `the workbook is malformed (${error.message})`,
    });
  }
}
