/** Chunks come back as they were written, without a copy, from any kind of memory. */
import fc from 'fast-check';
import { decodeChunk, encodeChunk } from './chunk-codec';
import { chunkDigest, PatchChunk } from './patch-chunk';
import { storedChunkDigest } from './stored-chunk';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const parameters = { seed, verbose: 1 as const };

const small: PatchChunk = {
  rows: 3,
  types: ['forestLand', 'dryland'],
  typeIndex: new Uint16Array([0, 1, 1]),
  patchIds: ['p1', '图斑二', ''],
  sourceRow: new Int32Array([4, 5, 9]),
  sourceSheet: '范围',
  columns: { area: new Float64Array([1, 2.5, 0]), slope: new Float64Array([NaN, 3, -0.1]) },
};

/** Same content, sheet and rows; `patchIds` may be a getter. */
function expectSame(actual: PatchChunk, wanted: PatchChunk): void {
  expect({ ...actual, patchIds: actual.patchIds }).toEqual(wanted);
  expect(chunkDigest(actual)).toBe(chunkDigest(wanted));
  expect(storedChunkDigest(encodeChunk(wanted))).toBe(chunkDigest(wanted));
}

describe('chunk codec', () => {
  it('reads back what it wrote', () => expectSame(decodeChunk(encodeChunk(small)), small));

  it('gives the same bytes for the same chunk, whatever the order of its columns', () => {
    const { area, slope } = small.columns;
    const again = { ...small, columns: { slope, area } };
    expect(Buffer.compare(encodeChunk(small), encodeChunk(again))).toBe(0);
  });

  it('keeps a chunk without rows and one without patch names', () => {
    const none = {
      ...small,
      rows: 0,
      typeIndex: new Uint16Array(),
      patchIds: null,
      sourceRow: new Int32Array(),
      columns: { area: new Float64Array() },
    };
    expectSame(decodeChunk(encodeChunk(none)), none);
    const unnamed = { ...small, patchIds: null };
    expectSame(decodeChunk(encodeChunk(unnamed)), unnamed);
  });

  it('hands out views, not copies, also of shared memory', () => {
    const bytes = encodeChunk(small);
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    for (const memory of [bytes, shared]) {
      const chunk = decodeChunk(memory);
      expect(chunk.columns.area.buffer).toBe(memory.buffer);
      expect(chunk.columns.area.byteOffset % 8).toBe(0);
      expect(chunk.typeIndex.buffer).toBe(memory.buffer);
      expectSame(chunk, small);
    }
  });

  it('copies once when the bytes are not aligned', () => {
    const bytes = encodeChunk(small);
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expectSame(decodeChunk(shifted), small);
    // A Buffer, as the database driver gives it, does not copy when it is sliced.
    expectSame(decodeChunk(Buffer.from(shifted.buffer, 3)), small);
  });

  it('has another digest when any number, type or name of its bytes is another', () => {
    const bytes = encodeChunk(small);
    const wanted = chunkDigest(small);
    const changed = (from: Uint8Array): string => {
      const copy = new Uint8Array(bytes);
      const place = Buffer.from(bytes).indexOf(from);
      expect(place).toBeGreaterThan(0);
      copy[place] ^= 1;
      return storedChunkDigest(copy);
    };
    const parts = [small.typeIndex, small.columns.area, small.columns.slope].map(
      ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
    );
    for (const part of [...parts, Buffer.from('图斑二'), Buffer.from('dryland')])
      expect(changed(part)).not.toBe(wanted);
  });

  it('refuses bytes that are no chunk', () => {
    expect(() => decodeChunk(new Uint8Array(64))).toThrow();
    expect(() => decodeChunk(encodeChunk(small).subarray(0, 200))).toThrow();
  });

  it(`is an identity on any chunk (seed ${seed})`, () => {
    const chunks = fc.integer({ min: 0, max: 20 }).chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        types: fc.constant<string[]>(['a', 'b', 'c']),
        typeIndex: fc.array(fc.nat(2), { minLength: rows, maxLength: rows }).map((list) => new Uint16Array(list)),
        patchIds: fc.option(fc.array(fc.string({ unit: 'grapheme' }), { minLength: rows, maxLength: rows }), {
          nil: null,
        }),
        sourceRow: fc.array(fc.nat(), { minLength: rows, maxLength: rows }).map((list) => new Int32Array(list)),
        sourceSheet: fc.string(),
        columns: fc.dictionary(
          fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/),
          fc.array(fc.double(), { minLength: rows, maxLength: rows }).map((list) => new Float64Array(list)),
          { noNullPrototype: true },
        ),
      }),
    );
    fc.assert(
      fc.property(chunks, (chunk: PatchChunk) => expectSame(decodeChunk(encodeChunk(chunk)), chunk)),
      parameters,
    );
  });
});
