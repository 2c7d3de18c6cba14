/** How large an import may be. The limits stop hostile files; no honest one of the field comes near them. */

const mebibyte = 2 ** 20;

export type FileFormat = 'csv' | 'json' | 'xlsx';

export interface ImportLimits {
  /** Bytes of the file as uploaded, by format. */
  readonly bytes: Readonly<Record<FileFormat, number>>;
  /** Parts of a workbook, their unpacked size in bytes, and how many times larger than packed they may be. */
  readonly workbookParts: number;
  readonly unpackedBytes: number;
  readonly unpackedRatio: number;
  readonly rows: number;
  readonly columns: number;
  readonly sheets: number;
  /** Time that reading and checking may take, and memory of the thread that does it. */
  readonly milliseconds: number;
  readonly heapMegabytes: number;
}

export const importLimits: ImportLimits = {
  bytes: { csv: 128 * mebibyte, json: 64 * mebibyte, xlsx: 32 * mebibyte },
  workbookParts: 2000,
  unpackedBytes: 128 * mebibyte,
  unpackedRatio: 200,
  rows: 2_000_000,
  columns: 500,
  sheets: 200,
  milliseconds: 60_000,
  heapMegabytes: 512,
};
