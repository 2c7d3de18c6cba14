/** The seal: any change of any field, and any move of bytes between fields, gives another one. */
import * as fc from 'fast-check';
import { emptyHead, followChain, sealOf, type AuditRow } from './audit-chain';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const maybe = fc.option(text, { nil: null });
const content = fc.record({
  actorId: text,
  actorName: text,
  action: text,
  subject: text,
  beforeJson: maybe,
  afterJson: maybe,
});
const sealed = (
  seq: string,
  prevHash: string,
  fields: typeof content extends fc.Arbitrary<infer T> ? T : never,
): AuditRow => {
  const row = { seq, prevHash, at: '2024-01-01T00:00:00.000001Z', ...fields };
  return { ...row, hash: sealOf(row) };
};

describe('the audit chain', () => {
  it('accepts rows that follow each other', () => {
    const first = sealed('1', emptyHead.hash, {
      actorId: 'a',
      actorName: '甲',
      action: 'x',
      subject: 's',
      beforeJson: null,
      afterJson: '1',
    });
    const head = followChain(emptyHead, first);
    expect(head).toEqual({ rows: 1, hash: first.hash });
    expect(followChain(emptyHead, { ...first, seq: '2' })).toEqual({ seq: 1, reason: 'row-missing' });
    expect(followChain({ rows: 0, hash: 'f'.repeat(64) }, first)).toEqual({ seq: 1, reason: 'wrong-link' });
    expect(followChain(emptyHead, { ...first, afterJson: '2' })).toEqual({ seq: 1, reason: 'altered' });
  });

  it('gives two different rows two different seals', () => {
    const property = fc.property(content, content, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b);
      expect(sealed('1', emptyHead.hash, a).hash === sealed('1', emptyHead.hash, b).hash).toBe(same);
    });
    fc.assert(property, { seed, numRuns: 500, verbose: 1 });
  });
});
