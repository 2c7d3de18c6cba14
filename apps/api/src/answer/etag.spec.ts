import { stillGood, tagOf } from './etag';

describe('entity tags', () => {
  it('differ with the content and take a digest as it is', () => {
    expect(tagOf('a')).not.toBe(tagOf('b'));
    expect(tagOf('abc', { digest: true })).toBe('"abc"');
  });

  it.each([
    [undefined, false],
    ['"abc"', true],
    ['W/"abc"', true],
    ['"x", "abc"', true],
    ['*', true],
    ['"x"', false],
    ['abc', false],
  ])('compares %p', (header, good) => {
    expect(stillGood(header, '"abc"')).toBe(good);
  });
});
