/** Passwords, logins and names: what is taken and what is refused. */
import { LoginInvalid, NameInvalid, PasswordWeak } from './errors';
import { foldLogin, parseDisplayName, parseLogin } from './login-name';
import { checkPassword, foldPassword, passwordFaults } from './password-policy';

const personal = ['county.clerk', '金沙核算员'];

it.each([
  'correct horse battery',
  '绿水青山就是金山银山的账',
  'Tr0ub4dor&3xyz',
  'vW9#kq!mZ2rT',
  'ｆｕｌｌ ｗｉｄｔｈ ｗｏｒｄｓ',
])('takes %s', (password) => {
  expect(passwordFaults(password, personal)).toEqual([]);
});

it.each([
  ['short', 'vW9#kq!m', 'at least 12'],
  ['far too long', 'ab1!'.repeat(40), 'at most 128'],
  ['the login inside', 'xx-County.Clerk-99', 'login or name'],
  ['the name inside', '我是金沙核算员一二三四五', 'login or name'],
  ['one character', 'aaaaaaaaaaaaaaa', 'repetition'],
  ['a repeated piece', 'abc1abc1abc1abc1', 'repetition'],
  ['a run', 'abcdefghijklmn', 'run of characters'],
  ['a run backwards', '9876543210987654', 'repetition or a run'],
  ['common words and a year', 'Password-2024!!', 'common passwords'],
  ['common words together', 'admin123456qwerty', 'common passwords'],
  ['common in pinyin', 'woaini1314520!!', 'common passwords'],
])('refuses %s', (_what, password, reason) => {
  expect(
    passwordFaults(password, personal)
      .map(({ en }) => en)
      .join(),
  ).toContain(reason);
});

it('names all reasons at once', () => {
  expect(() => checkPassword('clerk', ['clerk'])).toThrow(PasswordWeak);
  expect(passwordFaults('aaa', ['aaa']).length).toBe(3);
});

it('one password typed on two keyboards is one password', () => {
  expect(foldPassword('ＡＢＣ１２３')).toBe('ABC123');
});

it('logins have one form', () => {
  expect(parseLogin('  County.Clerk@GZ ')).toBe('county.clerk@gz');
  expect(foldLogin('ＡＤＭＩＮ')).toBe('admin');
  for (const bad of ['ab', '.dot', 'with space', '金沙', 'a'.repeat(65), "a'or'1", ''])
    expect(() => parseLogin(bad)).toThrow(LoginInvalid);
});

it('names are shown to others, so nothing hides in them', () => {
  expect(parseDisplayName(' 核算员 ')).toBe('核算员');
  for (const bad of ['', '  ', 'a\u202Eb', 'a\nb', 'x'.repeat(101), 'a\u200Bb'])
    expect(() => parseDisplayName(bad)).toThrow(NameInvalid);
});
