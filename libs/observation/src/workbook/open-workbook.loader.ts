/** Opens the archive of a workbook: judges its directory before anything is unpacked, then reads single parts. */
import { Entry, fromBuffer, ZipFile } from 'yauzl';
import { FileTooLarge, FileUnreadable } from '../errors';
import { ImportLimits } from '../file/limits';

/** Reads a part by its path inside the workbook; undefined when there is none. */
export type PartReader = (path: string) => Promise<string | undefined>;

type WorkbookLimits = Pick<ImportLimits, 'bytes' | 'workbookParts' | 'unpackedBytes' | 'unpackedRatio'>;

const archive = /\.(zip|xlsx|xlsm|xlsb|docx|pptx|jar|7z|rar|gz|tgz|bz2|xz|zst|tar)$/i;
/** Small parts may compress as well as they like. */
const smallPart = 2 ** 20;

/**
 * Reads only the directory of the archive and refuses what no honest workbook needs. Costs a few milliseconds and
 * unpacks nothing.
 * @throws FileTooLarge, FileUnreadable
 */
export async function judgeWorkbook(bytes: Uint8Array, fileName: string, limits: WorkbookLimits): Promise<void> {
  const { zip } = await openArchive(bytes, fileName, limits);
  zip.close();
}

/** Opens a workbook that `judgeWorkbook` would let pass. A part that unpacks to more than its directory says is refused. */
export async function openWorkbook(bytes: Uint8Array, fileName: string, limits: WorkbookLimits): Promise<PartReader> {
  const { zip, entries } = await openArchive(bytes, fileName, limits);
  return async (path) => {
    const entry = entries.get(path);
    if (!entry) return undefined;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(await unpack(zip, entry));
    } catch (error) {
      throw damaged(fileName, error);
    }
  };
}

async function openArchive(
  bytes: Uint8Array,
  fileName: string,
  limits: WorkbookLimits,
): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  if (bytes.byteLength > limits.bytes.xlsx) {
    throw new FileTooLarge(
      { zh: '工作簿字节数', en: 'bytes of the workbook' },
      { limit: limits.bytes.xlsx, actual: bytes.byteLength },
    );
  }
  const zip = await openZip(bytes).catch((error: unknown) => {
    throw damaged(fileName, error);
  });
  if (zip.entryCount > limits.workbookParts) {
    throw new FileTooLarge(
      { zh: '工作簿部件数', en: 'parts of the workbook' },
      { limit: limits.workbookParts, actual: zip.entryCount },
    );
  }
  const entries = await listEntries(zip).catch((error: unknown) => {
    throw damaged(fileName, error);
  });
  judge(entries, fileName, limits);
  return { zip, entries: new Map(entries.map((entry) => [entry.fileName, entry])) };
}

function judge(entries: readonly Entry[], fileName: string, limits: WorkbookLimits): void {
  const names = new Set<string>();
  let unpacked = 0;
  for (const { fileName: part, compressedSize, uncompressedSize, generalPurposeBitFlag } of entries) {
    unpacked += uncompressedSize;
    const refuse = (zh: string, en: string): never => {
      throw new FileUnreadable(fileName, { zh: `部件“${part}”${zh}`, en: `its part "${part}" ${en}` });
    };
    if (names.has(part)) refuse('出现两次', 'is there twice');
    if (generalPurposeBitFlag & 1) refuse('已加密', 'is encrypted');
    if (archive.test(part)) refuse('是嵌套的压缩包', 'is an archive inside the archive');
    names.add(part);
    const ratio = uncompressedSize / Math.max(1, compressedSize);
    if (uncompressedSize > smallPart && ratio > limits.unpackedRatio) {
      throw new FileTooLarge(
        { zh: `部件“${part}”的压缩比`, en: `packing ratio of the part "${part}"` },
        { limit: limits.unpackedRatio, actual: Math.round(ratio), part },
      );
    }
  }
  if (unpacked > limits.unpackedBytes) {
    throw new FileTooLarge(
      { zh: '解压后的字节数', en: 'bytes when unpacked' },
      { limit: limits.unpackedBytes, actual: unpacked },
    );
  }
  if (!names.has('[Content_Types].xml')) {
    throw new FileUnreadable(fileName, { zh: '压缩包不是工作簿', en: 'the archive is no workbook' });
  }
}

const damaged = (fileName: string, error: unknown): Error => {
  const reason = error instanceof Error ? error.message : String(error);
  return new FileUnreadable(fileName, { zh: `工作簿已损坏（${reason}）`, en: `the workbook is damaged (${reason})` });
};

function openZip(bytes: Uint8Array): Promise<ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Promise((resolve, reject) => {
    fromBuffer(buffer, { lazyEntries: true, validateEntrySizes: true }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('error', reject);
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () => resolve(Buffer.concat(chunks)));
    });
  });
}
