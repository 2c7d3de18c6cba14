/** Login names and the names people are shown by. */
import { LoginInvalid, NameInvalid } from './errors';

/** The one form in which a login is stored and looked up: trimmed, compatibility-folded, lower case. */
export function foldLogin(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** @throws LoginInvalid unless the folded login has 3 to 64 of a-z, 0-9, `.`, `_`, `-`, `@` and begins with a letter or digit */
export function parseLogin(text: string): string {
  const login = foldLogin(text);
  if (!/^[a-z0-9][a-z0-9._@-]{2,63}$/.test(login)) throw new LoginInvalid(text.slice(0, 64));
  return login;
}

/** @throws NameInvalid unless the name has 1 to 100 characters, none of them a control or direction character */
export function parseDisplayName(text: string): string {
  const name = text.normalize('NFC').trim();
  const length = [...name].length;
  if (length < 1 || length > 100 || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name)) throw new NameInvalid();
  return name;
}
