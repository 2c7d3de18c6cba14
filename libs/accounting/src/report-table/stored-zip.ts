/** A zip archive whose bytes depend on its files alone: stored, not compressed, with one date for all. */

/** A file of the archive. */
export interface StoredFile {
  readonly path: string;
  readonly text: string;
}

/** 1980-01-01, the first day that the format knows. */
const fixedDate = 0x0021;
const madeBy = 20;
/** Names are UTF-8. */
const flags = 0x0800;

/** Archive of the files, in their order. A compressor would tie the bytes to its version; nothing is compressed. */
export function storedZip(files: readonly StoredFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, text } of files) {
    const name = new TextEncoder().encode(path);
    const bytes = new TextEncoder().encode(text);
    const facts = [flags, 0, 0, fixedDate];
    const sizes = [crcOf(bytes), bytes.length, bytes.length];
    const local = record([
      [0x04034b50, 4],
      [madeBy, 2],
      ...facts.map(two),
      ...sizes.map(four),
      [name.length, 2],
      [0, 2],
    ]);
    parts.push(local, name, bytes);
    directory.push(
      record([
        ...([
          [0x02014b50, 4],
          [madeBy, 2],
          [madeBy, 2],
        ] as const),
        ...facts.map(two),
        ...sizes.map(four),
        ...([
          [name.length, 2],
          [0, 2],
          [0, 2],
          [0, 2],
          [0, 2],
          [0, 4],
          [offset, 4],
        ] as const),
      ]),
      name,
    );
    offset += local.length + name.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = files.length;
  const end = record([
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [size, 4],
    [offset, 4],
    [0, 2],
  ]);
  return joined([...parts, ...directory, end]);
}

type Field = readonly [value: number, bytes: 2 | 4];
const two = (value: number): Field => [value, 2];
const four = (value: number): Field => [value, 4];

/** Numbers, least byte first. */
function record(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [, width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, width] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
}
