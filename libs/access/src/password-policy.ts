/** Which passwords are taken: long and not guessable from the outside; no rules of composition (NIST SP 800-63B, ASVS 6.2). */
import { Bilingual } from '@gep/kernel';
import { PasswordWeak } from './errors';

export const passwordLength = { least: 12, most: 128 } as const;

/** Beginnings of lists of leaked passwords that reach the least length, and what is often put together to reach it. */
const common =
  `password passw0rd qwertyuiop asdfghjkl zxcvbnm qwerty letmein welcome administrator admin iloveyou woaini 5201314
  1314520 123456789 12345678 1234567 123456 987654321 1qaz2wsx3edc 1q2w3e4r5t6y 1q2w3e4r 1qaz2wsx qazwsxedc abc123
  abcd1234 a123456 monkey dragon sunshine princess football changeme secret test root gep twomountains lucidwaters
  lvshuiqingshan`.split(/\s+/);

/** The form that is hashed: compatibility-folded, so that one password typed on two keyboards is one password. */
export function foldPassword(password: string): string {
  return password.normalize('NFKC');
}

/** What is left when every common piece and every year-like or repeated tail is taken away. */
function uncommonRest(folded: string): string {
  let rest = folded.toLowerCase();
  for (const piece of common) rest = rest.replaceAll(piece, '');
  return rest
    .replace(/(?:19|20)\d\d/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/(.)\1+/gu, '$1');
}

/** True for a short piece written again and again, and for runs such as `abcdefghijkl` or `210987654321`. */
function isPattern(folded: string): boolean {
  if (/^(.{1,6}?)\1+.{0,3}$/u.test(folded)) return true;
  const points = [...folded].map((character) => character.codePointAt(0)!);
  const steps = points.slice(1).filter((point, index) => Math.abs(point - points[index]) === 1).length;
  return steps >= (points.length - 1) * 0.75;
}

/**
 * All reasons why the password may not be used; empty when it may.
 * @param personal what an attacker knows of the person: login and name
 */
export function passwordFaults(password: string, personal: readonly string[]): Bilingual[] {
  const folded = foldPassword(password);
  const length = [...folded].length;
  const faults: Bilingual[] = [];
  if (length < passwordLength.least) {
    faults.push({
      zh: `至少 ${passwordLength.least} 个字符`,
      en: `it needs at least ${passwordLength.least} characters`,
    });
  }
  if (length > passwordLength.most) {
    faults.push({
      zh: `至多 ${passwordLength.most} 个字符`,
      en: `it may have at most ${passwordLength.most} characters`,
    });
    return faults;
  }
  const lower = folded.toLowerCase();
  const known = personal.map((word) => foldPassword(word).toLowerCase()).filter((word) => [...word].length >= 3);
  if (known.some((word) => lower.includes(word))) {
    faults.push({ zh: '不能包含登录名或姓名', en: 'it must not contain your login or name' });
  }
  if (isPattern(lower) || new Set(lower).size < 5) {
    faults.push({ zh: '不能是重复或连续的字符', en: 'it must not be a repetition or a run of characters' });
  } else if (length >= passwordLength.least && [...uncommonRest(folded)].length < 4) {
    faults.push({ zh: '属于常见密码的组合', en: 'it is put together from common passwords' });
  }
  return faults;
}

/** @throws PasswordWeak with all reasons at once */
export function checkPassword(password: string, personal: readonly string[]): void {
  const faults = passwordFaults(password, personal);
  if (faults.length > 0) throw new PasswordWeak(faults);
}
