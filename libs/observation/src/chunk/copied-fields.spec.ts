/** A binary copy is understood however its stream is cut. */
import fc from 'fast-check';
import { CopiedFields, ownRoom } from './copied-fields';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());

/** A binary copy as PostgreSQL writes it. */
function copyOf(fields: readonly Uint8Array[]): Buffer {
  const rows = fields.flatMap((field) => {
    const start = Buffer.alloc(6);
    start.writeInt16BE(1, 0);
    start.writeInt32BE(field.length, 2);
    return [start, field];
  });
  return Buffer.concat([
    Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'),
    Buffer.alloc(8),
    ...rows,
    Buffer.from([0xff, 0xff]),
  ]);
}

it(`any cut (seed ${seed})`, () => {
  const fields = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });
  fc.assert(
    fc.property(fields, fc.array(fc.integer({ min: 1, max: 30 })), (given, cuts) => {
      const bytes = copyOf(given);
      const reader = new CopiedFields(ownRoom);
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        reader.push(bytes.subarray(at, at + cut));
        at += cut;
      }
      const read = reader.finish();
      expect(read.map((field) => [...field])).toEqual(given.map((field) => [...field]));
      expect(read.every((field) => field.buffer instanceof SharedArrayBuffer && field.byteOffset === 0)).toBe(true);
    }),
    { seed, verbose: 1 },
  );
});

it('notices a copy that broke off', () => {
  const reader = new CopiedFields(ownRoom);
  reader.push(copyOf([new Uint8Array(9)]).subarray(0, 30));
  expect(() => reader.finish()).toThrow('broke off');
});
