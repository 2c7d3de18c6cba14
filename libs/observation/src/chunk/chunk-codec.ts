/** Writes a chunk as an Apache Arrow IPC stream and reads it back without copying its numbers. */
import {
  Data,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Uint16,
  Utf8,
} from 'apache-arrow';
import { assert } from '@gep/kernel';
import { DaySeries, PatchChunk } from './patch-chunk';
import { ColumnKind, readStream, StreamColumn } from './read-stream';

/** Names that no attribute can bear: attribute codes are letters and digits. */
const typeField = '#type';
const sourceField = '#row';
const patchField = '#patch';
const version = '1';

/**
 * One record batch: `#type` (uint16, index into the schema's `types`), `#row` (int32), `#patch` (utf8, only when patches
 * have names), and a float64 field per attribute in the order of their codes; NaN is absent. Daily series have other rows and
 * stand in the schema's metadata as little-endian doubles in base64. The same chunk always gives the same bytes.
 */
export function encodeChunk(chunk: PatchChunk): Uint8Array {
  const fields: Field[] = [new Field(typeField, new Uint16(), false), new Field(sourceField, new Int32(), false)];
  const children: Data[] = [
    makeData({ type: new Uint16(), length: chunk.rows, data: chunk.typeIndex }),
    makeData({ type: new Int32(), length: chunk.rows, data: chunk.sourceRow }),
  ];
  if (chunk.patchIds) {
    fields.push(new Field(patchField, new Utf8(), false));
    children.push(textData(chunk.patchIds));
  }
  for (const name of Object.keys(chunk.columns).sort()) {
    assert(chunk.columns[name].length === chunk.rows, `column ${name} has not ${chunk.rows} rows`);
    fields.push(new Field(name, new Float64(), false));
    children.push(makeData({ type: new Float64(), length: chunk.rows, data: chunk.columns[name] }));
  }
  const facts = new Map([
    ['version', version],
    ['types', JSON.stringify(chunk.types)],
    ['sheet', chunk.sourceSheet],
    ...(chunk.series ? [['series', writeSeries(chunk.series)] as const] : []),
  ]);
  const schema = new Schema(fields, facts);
  const data = makeData({ type: new Struct(fields), length: chunk.rows, nullCount: 0, children });
  const writer = RecordBatchStreamWriter.writeAll([new RecordBatch(schema, data)]);
  return writer.toUint8Array(true);
}

function writeSeries(series: readonly DaySeries[]): string {
  return JSON.stringify(
    series.map(({ code, from, values }) => {
      const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
      return { code, from, values: bytes.toString('base64') };
    }),
  );
}

function readSeries(text: string): DaySeries[] {
  const series = JSON.parse(text) as { code: string; from: string; values: string }[];
  return series.map(({ code, from, values }) => {
    const bytes = Uint8Array.from(Buffer.from(values, 'base64'));
    assert(bytes.length % 8 === 0, `series ${code} is cut off`);
    return { code, from, values: new Float64Array(bytes.buffer) };
  });
}

function textData(texts: readonly string[]): Data<Utf8> {
  const offsets = new Int32Array(texts.length + 1);
  texts.forEach((text, i) => (offsets[i + 1] = offsets[i] + Buffer.byteLength(text, 'utf8')));
  const bytes = Buffer.alloc(offsets[texts.length]);
  texts.forEach((text, i) => bytes.write(text, offsets[i], 'utf8'));
  return makeData({ type: new Utf8(), length: texts.length, valueOffsets: offsets, data: bytes });
}

/**
 * Reads a chunk. The number columns are views into `bytes` (an ArrayBuffer or a SharedArrayBuffer) when these start at a
 * multiple of eight; otherwise the bytes are copied once. Patch names are read when they are first asked for.
 * @throws BrokenInvariant for bytes that are no chunk; nothing outside of them is ever read
 */
export function decodeChunk(bytes: Uint8Array): PatchChunk {
  const { chunk, names } = openChunk(bytes);
  let patchIds: string[] | undefined;
  return {
    ...chunk,
    get patchIds() {
      return names && (patchIds ??= readTexts(chunk.rows, names));
    },
  };
}

/** The names of patches as they are stored: all bytes in a row, and where each begins and the last ends. */
export interface StoredNames {
  readonly ends: Int32Array;
  readonly bytes: Uint8Array;
}

/** As `decodeChunk`, with the names as they are stored. */
export function openChunk(given: Uint8Array): { chunk: Omit<PatchChunk, 'patchIds'>; names: StoredNames | null } {
  const bytes = given.byteOffset % 8 === 0 ? given : new Uint8Array(given);
  const { buffer, byteOffset } = bytes;
  const { rows, columns, facts } = readStream(bytes);
  assert(facts.get('version') === version, `chunk of an unknown version ${facts.get('version')}`);
  const find = (name: string, kind: ColumnKind): StreamColumn => {
    const column = columns.find((each) => each.name === name);
    assert(column?.kind === kind, `chunk without ${name} as ${kind}`);
    return column;
  };
  const attributes = columns.filter(({ name }) => !name.startsWith('#'));
  const named = columns.some(({ name }) => name === patchField);
  const series = facts.get('series');
  return {
    chunk: {
      rows,
      types: readTypes(facts.get('types')),
      typeIndex: new Uint16Array(buffer, byteOffset + find(typeField, 'uint16').values.from, rows),
      sourceRow: new Int32Array(buffer, byteOffset + find(sourceField, 'int32').values.from, rows),
      sourceSheet: facts.get('sheet') ?? '',
      columns: Object.fromEntries(
        attributes.map(({ name }) => {
          return [name, new Float64Array(buffer, byteOffset + find(name, 'float64').values.from, rows)];
        }),
      ),
      ...(series !== undefined && { series: readSeries(series) }),
    },
    names: named ? openNames(bytes, rows, find(patchField, 'text')) : null,
  };
}

function readTypes(text = ''): string[] {
  const types: unknown = JSON.parse(text);
  assert(Array.isArray(types) && types.every((type) => typeof type === 'string'), 'chunk without a list of types');
  return types as string[];
}

function openNames({ buffer, byteOffset }: Uint8Array, rows: number, { values, offsets }: StreamColumn): StoredNames {
  const bytes = new Uint8Array(buffer, byteOffset + values.from, values.to - values.from);
  if (rows === 0) return { ends: new Int32Array(1), bytes };
  const ends = new Int32Array(buffer, byteOffset + offsets!.from, rows + 1);
  let before = 0;
  let inOrder = true;
  for (let at = 0; at <= rows; at++) {
    inOrder &&= ends[at] >= before;
    before = ends[at];
  }
  assert(inOrder && before <= bytes.length, 'names of a chunk that reach beyond it');
  return { ends, bytes };
}

function readTexts(rows: number, { ends, bytes }: StoredNames): string[] {
  const texts = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: rows }, (_, row) => texts.toString('utf8', ends[row], ends[row + 1]));
}
