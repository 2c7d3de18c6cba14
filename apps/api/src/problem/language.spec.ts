import { preferredLanguage } from './language';

describe('preferredLanguage', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['*', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB', 'en'],
    ['en;q=0.4, zh-Hans;q=0.5', 'zh'],
    ['fr, en;q=0.5, zh;q=0.1', 'en'],
    ['fr', 'en'],
    ['zh;q=0, en', 'en'],
    ['zhx, en;q=broken', 'en'],
  ])('reads %p as %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
