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
  territoryPath: fc.constantFrom('CN', 'CN.520000', 'CN.520000.520500'),
});
const sealed = (
  seq: string,
  prevHash: string,
  fields: typeof content extends fc.Arbitrary<infer T> ? T : never,
  sealFormat: 1 | 2 = 2,
): AuditRow => {
  const row = { seq, prevHash, at: '2024-01-01T00:00:00.000001Z', sealFormat, ...fields };
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
      territoryPath: 'CN.520000',
    });
    const head = followChain(emptyHead, first);
    expect(head).toEqual({ rows: 1, hash: first.hash });
    expect(followChain(emptyHead, { ...first, seq: '2' })).toEqual({ seq: 1, reason: 'row-missing' });
    expect(followChain({ rows: 0, hash: 'f'.repeat(64) }, first)).toEqual({ seq: 1, reason: 'wrong-link' });
    expect(followChain(emptyHead, { ...first, afterJson: '2' })).toEqual({ seq: 1, reason: 'altered' });
    expect(followChain(emptyHead, { ...first, territoryPath: 'CN' })).toEqual({ seq: 1, reason: 'altered' });
    expect(followChain(emptyHead, { ...first, sealFormat: 1 })).toEqual({ seq: 1, reason: 'altered' });
  });

  it('takes rows from before they had a territory, and none of them for another than the nation', () => {
    const fields = { actorId: 'a', actorName: '甲', action: 'x', subject: 's', beforeJson: null, afterJson: '1' };
    const old = sealed('1', emptyHead.hash, { ...fields, territoryPath: 'CN' }, 1);
    // Worked out by another program from the first form of the seal.
    expect(old.hash).toBe('fbaf4d1950d7f794204c8d0a71a5f1a09caa8ab356b90c87f7d1d50dbd8984e6');
    const head = followChain(emptyHead, old);
    expect(head).toEqual({ rows: 1, hash: old.hash });
    const next = sealed('2', old.hash, { ...fields, territoryPath: 'CN.520000' });
    expect(followChain({ rows: 1, hash: old.hash }, next)).toEqual({ rows: 2, hash: next.hash });
    expect(followChain(emptyHead, { ...old, territoryPath: 'CN.520000' })).toEqual({ seq: 1, reason: 'altered' });
    expect(followChain(emptyHead, { ...old, sealFormat: 2 })).toEqual({ seq: 1, reason: 'altered' });
  });

  it('gives two different rows two different seals', () => {
    const property = fc.property(content, content, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b);
      expect(sealed('1', emptyHead.hash, a).hash === sealed('1', emptyHead.hash, b).hash).toBe(same);
    });
    fc.assert(property, { seed, numRuns: 500, verbose: 1 });
  });
});
