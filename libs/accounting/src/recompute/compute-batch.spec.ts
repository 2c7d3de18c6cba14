/** Batches as a worker thread computes them: the same accounts as in place, refusals kept apart, blocks that fit together. */
import { blockRows, PartialSums } from '@gep/formula';
import { chunkDigest, encodeChunk } from '@gep/observation';
import { computeAccount } from '../account/compute-account';
import { ObservedPeriod } from '../account/observed-period';
import { chunkOf, maize, normFrom, observedOf, sampleNormText, SampleRow } from '../account/sample-norm.spec';
import { AccountOutcome, computeTask, ObservedBytes } from './compute-batch';

const norm = normFrom(sampleNormText);
const texts = { edition: norm.edition, files: norm.files, units: norm.units.definitions };
const rows: SampleRow[] = [
  { type: 'dry', area: 2, rain: 1000, slope: 3 },
  { type: 'forest', area: 10, rain: 1200 },
];
const bytesOf = (observed: ObservedPeriod): ObservedBytes => ({
  ...observed,
  chunks: observed.chunks.map(encodeChunk),
  sources: observed.chunks.map((chunk) => ({ batchId: 'batch', digest: chunkDigest(chunk) })),
  kept: null,
});

describe('computeTask', () => {
  it('refuses the territory whose chunk is damaged, naming the batch, and computes the others', () => {
    const good = observedOf(rows);
    const bytes = bytesOf(observedOf(rows, [], { territory: '520524' }));
    const changed = new Uint8Array(bytes.chunks[0]);
    changed[Buffer.from(changed).indexOf(Buffer.from(new Float64Array([1200]).buffer))] ^= 1;
    for (const [chunk, reason] of [
      [changed, 'digest differs'],
      [changed.subarray(0, 200), expect.any(String)],
      [Buffer.from('no columns at all'), expect.any(String)],
    ] as const) {
      const bad = { ...bytes, chunks: [chunk] };
      const refusal = {
        code: 'accounting.chunk-corrupt',
        facts: { territory: '520524', period: good.period, batch: 'batch', chunk: bytes.sources[0].digest, reason },
      };
      expect(computeTask({ kind: 'accounts', norm: texts, observed: [bad, bytesOf(good)] })).toEqual([
        { territory: '520524', refusal: expect.objectContaining(refusal) },
        { territory: '520523', account: computeAccount(norm, good) },
      ]);
      expect(computeTask({ kind: 'blocks', norm: texts, observed: bad, blocks: { from: 0, to: 1 } })).toEqual([
        { territory: '520524', refusal: expect.objectContaining(refusal) },
      ]);
    }
  });

  it('computes each territory and keeps a refusal to the one it concerns', () => {
    const good = observedOf(rows, [maize('1', '2')]);
    const bad = observedOf([{ type: 'forest', area: 1 }], [], { territory: '520524' });
    const outcomes = computeTask({ kind: 'accounts', norm: texts, observed: [bytesOf(bad), bytesOf(good)] });
    expect(outcomes).toEqual([
      { territory: '520524', refusal: expect.objectContaining({ code: 'accounting.attribute-missing' }) },
      { territory: '520523', account: computeAccount(norm, good) },
    ]);
  });

  it('takes kept sums where they fit and reads the chunks where they do not', () => {
    const observed = observedOf(rows);
    const account = computeAccount(norm, observed);
    const spoilt = { ...bytesOf(observed), chunks: [new Uint8Array(8)], kept: account.baseSums };
    expect(computeTask({ kind: 'accounts', norm: texts, observed: [spoilt] })).toEqual([
      { territory: '520523', account },
    ]);
    const strange = { ...account.baseSums!, keys: ['other'] };
    const again = { ...bytesOf(observed), kept: strange };
    expect(computeTask({ kind: 'accounts', norm: texts, observed: [again] })).toEqual([
      { territory: '520523', account },
    ]);
  });

  it('gives the same bits from runs of blocks, in whatever order they come back', () => {
    const many = Array.from({ length: 2 * blockRows + 7 }, (_, at): SampleRow => ({
      type: at % 3 === 0 ? 'dry' : 'forest',
      area: 1 + 1 / (at + 1),
      rain: 900 + (at % 613) / 7,
      ...(at % 5 === 0 ? {} : { slope: 1 + (at % 11) / 3 }),
    }));
    const observed = observedOf(many, [], {
      chunks: [chunkOf(many.slice(0, 20000)), chunkOf(many.slice(20000), 20002)],
    });
    const bytes = bytesOf(observed);
    const blocks = [
      { from: 2, to: 3 },
      { from: 0, to: 2 },
    ];
    const partials = blocks.map(
      (range) => computeTask({ kind: 'blocks', norm: texts, observed: bytes, blocks: range }) as PartialSums,
    );
    const [outcome] = computeTask({
      kind: 'finish',
      norm: texts,
      observed: bytes,
      partials,
    }) as readonly AccountOutcome[];
    expect(outcome).toEqual({ territory: '520523', account: computeAccount(norm, observed) });
  });

  it('refuses a large territory by its blocks as well', () => {
    const unknown = bytesOf(observedOf([{ type: 'glacier', area: 1 }]));
    expect(computeTask({ kind: 'blocks', norm: texts, observed: unknown, blocks: { from: 0, to: 1 } })).toEqual([
      { territory: '520523', refusal: expect.objectContaining({ code: 'accounting.unknown-type' }) },
    ]);
  });
});
