/** Evidence and refusals: the weakest part decides, and a refusal carries its name, code and both languages. */
import { assert, BrokenInvariant } from './assert';
import { evidenceGrades, weakerGrade } from './evidence';
import { DomainError } from './domain-error';
import { InvalidPeriod } from './period';

it('the weaker grade wins in either order', () => {
  for (const a of evidenceGrades)
    for (const b of evidenceGrades) {
      expect(weakerGrade(a, b)).toBe(weakerGrade(b, a));
      expect([a, b]).toContain(weakerGrade(a, b));
    }
  expect(weakerGrade('published', 'unverified')).toBe('unverified');
  expect(weakerGrade('published', 'solved')).toBe('solved');
  expect(weakerGrade('published', 'reported')).toBe('reported');
  expect(weakerGrade('reported', 'solved')).toBe('solved');
});

it('a refusal knows its own name, code, kind and facts', () => {
  const refusal = new InvalidPeriod('24');
  expect(refusal).toBeInstanceOf(DomainError);
  expect(refusal).toMatchObject({
    name: 'InvalidPeriod',
    code: 'period.invalid',
    kind: 'invalid',
    facts: { period: '24' },
  });
  expect(refusal.message).toBe(refusal.text.en);
  expect(refusal.text.zh).toMatch(/核算期/);
});

it('an assertion stops with a bug, not with a refusal', () => {
  expect(() => assert(0, 'nothing left')).toThrow(BrokenInvariant);
  expect(BrokenInvariant.prototype).not.toBeInstanceOf(DomainError);
  expect(() => assert('x', 'unused')).not.toThrow();
});
