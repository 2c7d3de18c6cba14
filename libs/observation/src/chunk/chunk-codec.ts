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
  tableFromIPC,
  Uint16,
  Utf8,
  Vector,
} from 'apache-arrow';
import { assert } from '@gep/kernel';
import { PatchChunk } from './patch-chunk';

/** Names that no attribute can bear: attribute codes are letters and digits. */
const typeField = '#type';
const sourceField = '#row';
const patchField = '#patch';
const version = '1';

/**
 * One record batch: `#type` (uint16, index into the schema's `types`), `#row` (int32), `#patch` (utf8, only when patches
 * have names), and a float64 field per attribute in the order of their codes; NaN is absent. The same chunk always gives
 * the same bytes.
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
  ]);
  const schema = new Schema(fields, facts);
  const data = makeData({ type: new Struct(fields), length: chunk.rows, nullCount: 0, children });
  const writer = RecordBatchStreamWriter.writeAll([new RecordBatch(schema, data)]);
  return writer.toUint8Array(true);
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
 */
export function decodeChunk(bytes: Uint8Array): PatchChunk {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const table = tableFromIPC(aligned);
  const facts = table.schema.metadata;
  assert(facts.get('version') === version, `chunk of an unknown version ${facts.get('version')}`);
  const column = (name: string): Vector => {
    const vector = table.getChild(name);
    assert(vector !== null && vector.data.length === 1, `chunk without a single batch of ${name}`);
    return vector;
  };
  // The buffers are padded to multiples of eight bytes, so the views are cut to the rows.
  const numbers = <T extends Float64Array | Int32Array | Uint16Array>(name: string): T =>
    (column(name).data[0].values as T).subarray(0, table.numRows) as T;
  const columns: Record<string, Float64Array> = {};
  for (const { name } of table.schema.fields) if (!name.startsWith('#')) columns[name] = numbers(name);
  const patches = table.schema.fields.some(({ name }) => name === patchField) ? column(patchField) : null;
  let patchIds: string[] | undefined;
  return {
    rows: table.numRows,
    types: JSON.parse(facts.get('types') ?? '[]') as string[],
    typeIndex: numbers(typeField),
    sourceRow: numbers(sourceField),
    sourceSheet: facts.get('sheet') ?? '',
    columns,
    get patchIds() {
      return patches && (patchIds ??= patches.toArray() as string[]);
    },
  };
}
