/** Worker threads compute over lent room: the same accounts as in place, batch after batch in the same memory. */
import { AccountComputer, computeAccount, type ObservedPeriod } from '@gep/accounting';
import { chunkDigest, encodeChunk, type PatchChunk, type RoomFor } from '@gep/observation';
import { loadUnits, type NormEdition, parseNorm } from '@gep/rulebook';
import { normText } from './accounting-setup';

let norm: NormEdition;
const computers = [new AccountComputer(1), new AccountComputer(2), new AccountComputer(2, 100_000)];
beforeAll(async () => {
  norm = parseNorm([{ path: 'norm.yaml', text: normText() }], await loadUnits('rulebook')).norm!;
});
afterAll(() => Promise.all(computers.map((computer) => computer.onModuleDestroy())));

/** So many patches, every third of them grass. */
function chunkOf(rows: number, salt: number): PatchChunk {
  const column = (value: (row: number) => number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => value(row));
  return {
    rows,
    types: ['forest', 'grass'],
    typeIndex: Uint16Array.from({ length: rows }, (_, row) => Number(row % 3 === 0)),
    patchIds: null,
    sourceRow: Int32Array.from({ length: rows }, (_, row) => row + 2),
    sourceSheet: 'extent',
    columns: { area: column((row) => 1 + salt / (row + 1)), rain: column((row) => 900 + (row % 613) / (7 + salt)) },
  };
}

const observedOf = (territory: string, chunk: PatchChunk): ObservedPeriod => ({
  territory,
  period: '2024',
  places: [territory],
  chunks: [chunk],
  statistics: [],
  digest: territory,
});

/** Where PostgreSQL's bytes would be put, whether all of them or only some fit. */
function placed(roomFor: RoomFor, { chunks, ...rest }: ObservedPeriod, inRoom: boolean) {
  const bytes = chunks.map((chunk) => {
    const encoded = encodeChunk(chunk);
    if (!inRoom) return encoded;
    const room = roomFor(encoded.length);
    room.set(encoded);
    return room;
  });
  const sources = chunks.map((chunk) => ({ batchId: 'batch', digest: chunkDigest(chunk) }));
  return { ...rest, chunks: bytes, sources, kept: null };
}

it('gives the same bits as in place, whole and by blocks, in room that held other batches', async () => {
  const { edition, files, units } = norm;
  for (const salt of [1, 2, 3]) {
    const observed = [40_001, 7, 16_384, 50_003].map((rows, at) => observedOf(`52052${at}`, chunkOf(rows, salt + at)));
    const expected = observed.map((one) => ({ territory: one.territory, account: computeAccount(norm, one) }));
    for (const computer of computers) {
      const outcomes = await computer.lendRoom(async (roomFor) => {
        const list = observed.map((one, at) => placed(roomFor, one, at !== salt));
        return computer.compute({ edition, files, units: units.definitions }, list);
      });
      expect(outcomes).toEqual(expected);
    }
  }
});
