/** Numbers are taken in their one form, or refused without being repeated. */
import { readIdentifier } from './read-identifier';
import { readKeys } from './identifier-keys';

it('reads numbers of persons, firms and villages by their check characters', () => {
  expect(readIdentifier('person', 'number', ' ９９０１０１１９９００１０１００４３ ')).toBe('990101199001010043');
  expect(readIdentifier('person', 'number', '11010519491231002x')).toBe('11010519491231002X');
  expect(readIdentifier('firm', 'number', '91350100m000100y43')).toBe('91350100M000100Y43');
  expect(readIdentifier('village', 'number', '990101001001')).toBe('990101001001');
  expect(readIdentifier('person', 'name', ' 张  三 ')).toBe('张 三');
  expect(readIdentifier('person', 'phone', '138-0000 0000')).toBe('13800000000');
  for (const [kind, number] of [
    ['person', '990101199001010044'],
    ['person', '123'],
    ['firm', '91350100M000100Y44'],
    ['village', '99'],
  ] as const) {
    expect(() => readIdentifier(kind, 'number', number)).toThrow(/^number: /);
    expect(() => readIdentifier(kind, 'number', number)).not.toThrow(number);
  }
});

it('reads pairs of keys, and nothing that is weaker', () => {
  const [seal, index] = ['s'.repeat(43), 'i'.repeat(43)];
  expect(readKeys(`a:${seal}:${index},b:${index}:${seal}`)?.map(({ id }) => id)).toEqual(['a', 'b']);
  for (const text of [
    '',
    `a:${seal}`,
    `a:${seal}:${seal}`,
    `a:${seal}:${index.slice(1)}`,
    `a:${seal}:${index},a:${index}:${seal}`,
  ])
    expect(readKeys(text)).toBeUndefined();
});
