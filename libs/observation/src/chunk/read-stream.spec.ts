/** Chunks are Arrow as everybody reads it; bytes that are not, or were damaged, are refused and lead nowhere else. */
import {
  Dictionary,
  Field,
  Float32,
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
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { BrokenInvariant } from '@gep/kernel';
import { decodeChunk, encodeChunk } from './chunk-codec';
import { PatchChunk } from './patch-chunk';
import { readStream } from './read-stream';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now() % 2 ** 31);

const chunk: PatchChunk = {
  rows: 5,
  types: ['forestLand', 'dryland'],
  typeIndex: new Uint16Array([0, 1, 1, 0, 1]),
  patchIds: ['p1', '图斑二', '', 'p4', 'p5'],
  sourceRow: new Int32Array([4, 5, 9, 10, 11]),
  sourceSheet: '范围',
  columns: { area: new Float64Array([1, 2.5, 0, 7, 1e-300]), slope: new Float64Array([NaN, 3, -0.1, 4, 5]) },
};
const written = encodeChunk(chunk);

it('is read by Apache Arrow too', () => {
  const table = tableFromIPC(written);
  expect(table.schema.fields.map(({ name, type }) => `${name}: ${String(type)}`)).toEqual([
    '#type: Uint16',
    '#row: Int32',
    '#patch: Utf8',
    'area: Float64',
    'slope: Float64',
  ]);
  expect(table.schema.metadata.get('types')).toBe('["forestLand","dryland"]');
  const values = (name: string): unknown[] => [...table.getChild(name)!];
  expect(values('#type')).toEqual([...chunk.typeIndex]);
  expect(values('#row')).toEqual([...chunk.sourceRow]);
  expect(values('#patch')).toEqual(chunk.patchIds);
  expect(values('area')).toEqual([...chunk.columns.area]);
  expect(values('slope')).toEqual([...chunk.columns.slope]);
});

/** Every view of a chunk; the names are read, too. */
function viewsOf(bytes: Uint8Array): ArrayBufferView[] {
  const { typeIndex, sourceRow, columns, patchIds } = decodeChunk(bytes);
  expect(patchIds?.every((name) => typeof name === 'string')).not.toBe(false);
  return [typeIndex, sourceRow, ...Object.values(columns)];
}

it(`damaged bytes are refused, or give views that lie within them (seed ${seed})`, () => {
  const around = 4096;
  const place = fc.nat(written.length - 1);
  const damage = fc.oneof(
    fc.record({ at: place, to: fc.nat(255) }),
    // The metadata is where places are written.
    fc.record({ at: fc.nat(800), to: fc.constantFrom(0, 1, 7, 8, 127, 128, 255) }),
  );
  const property = fc.property(
    fc.array(damage, { minLength: 1, maxLength: 6 }),
    place,
    fc.boolean(),
    (list, end, cut) => {
      const memory = new Uint8Array(written.length + 2 * around).fill(0xaa);
      const bytes = memory.subarray(around, around + (cut ? end : written.length));
      bytes.set(written.subarray(0, bytes.length));
      for (const { at, to } of list) if (at < bytes.length) bytes[at] = to;
      try {
        for (const { byteOffset, byteLength } of viewsOf(bytes)) {
          expect(byteOffset).toBeGreaterThanOrEqual(around);
          expect(byteOffset + byteLength).toBeLessThanOrEqual(around + bytes.length);
        }
      } catch (error) {
        // The list of types is JSON.
        expect(error instanceof BrokenInvariant || error instanceof SyntaxError).toBe(true);
      }
    },
  );
  fc.assert(property, { seed, numRuns: 3000, verbose: 1 });
});

it('every cut is refused, but for the mark of the end', () => {
  const marked = 8;
  for (let end = 0; end < written.length - marked; end++) {
    expect(() => decodeChunk(written.subarray(0, end))).toThrow(BrokenInvariant);
  }
  expect(decodeChunk(written.subarray(0, written.length - marked)).rows).toBe(5);
});

describe('a stream is refused', () => {
  const streamOf = (
    fields: readonly (readonly [Field, ReturnType<typeof makeData>])[],
    batches = 1,
    rows = 2,
  ): Uint8Array => {
    const schema = new Schema(fields.map(([field]) => field));
    const children = fields.map(([, data]) => data);
    const data = makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children });
    const list = Array.from({ length: batches }, () => new RecordBatch(schema, data));
    return RecordBatchStreamWriter.writeAll(list).toUint8Array(true);
  };
  const doubles = makeData({ type: new Float64(), length: 2, data: new Float64Array(2) });
  const area = new Field('area', new Float64(), false);

  it('not when it is plain', () => {
    expect(readStream(streamOf([[area, doubles]]))).toMatchObject({ rows: 2, columns: [{ name: 'area' }] });
  });

  const dictionary = vectorFromArray(['a', 'b'], new Dictionary(new Utf8(), new Int32()));
  const absent = makeData({
    type: new Float64(),
    length: 2,
    nullCount: 1,
    nullBitmap: new Uint8Array([1]),
    data: new Float64Array(2),
  });
  it.each([
    ['of two batches', streamOf([[area, doubles]], 2), 'more than a single batch'],
    ['of nothing', streamOf([[area, doubles]], 0), 'begin with a schema'],
    ['without a batch', written.subarray(0, 8 + written[4] + 256 * written[5]), 'without a batch'],
    [
      'of single precision',
      streamOf([
        [new Field('area', new Float32()), makeData({ type: new Float32(), length: 2, data: new Float32Array(2) })],
      ]),
      'of a kind',
    ],
    ['with a dictionary', streamOf([[new Field('x', dictionary.type), dictionary.data[0]]]), 'chunk'],
    ['with absent values', streamOf([[new Field('area', new Float64(), true), absent]]), 'absent values'],
  ])('%s', (_, bytes, reason) => {
    expect(() => readStream(bytes)).toThrow(reason);
    expect(() => readStream(bytes)).toThrow(BrokenInvariant);
  });

  it('without what a chunk has', () => {
    expect(() => decodeChunk(streamOf([[area, doubles]]))).toThrow('unknown version');
    const type = makeData({ type: new Uint16(), length: 2, data: new Uint16Array(2) });
    expect(readStream(streamOf([[new Field('#type', new Uint16()), type]])).columns[0].kind).toBe('uint16');
  });
});
