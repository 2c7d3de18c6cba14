/** Reads identifiers of persons, firms and villages as they are written on papers, in the one form in which they are looked for. */
import type { CreditSubjectKind } from '@gep/rulebook';
import { IdentifierRefused } from '../errors';

export const identifierFields = ['name', 'number', 'phone'] as const;
export type IdentifierField = (typeof identifierFields)[number];

/**
 * A name without blanks at its ends and doubled ones, a number in capitals, a telephone number in digits.
 * @throws IdentifierRefused without repeating what was written
 */
export function readIdentifier(kind: CreditSubjectKind, field: IdentifierField, written: string): string {
  const text = written.normalize('NFKC').trim();
  if (field === 'name') {
    const name = text.replace(/\s+/g, ' ');
    if (name.length < 1 || name.length > 200)
      throw new IdentifierRefused('name', { zh: '1 至 200 字', en: 'has 1 to 200 characters' });
    return name;
  }
  if (field === 'phone') {
    const digits = text.replace(/[\s-]/g, '');
    if (!/^\+?\d{5,15}$/.test(digits))
      throw new IdentifierRefused('phone', { zh: '5 至 15 位数字', en: 'has 5 to 15 digits' });
    return digits;
  }
  const number = text.toUpperCase().replace(/\s/g, '');
  if (kind === 'person' && !isCitizenNumber(number))
    throw new IdentifierRefused('number', {
      zh: '不是有效的公民身份号码（GB 11643，18 位，末位为校验码）',
      en: 'is no citizen identification number (GB 11643, 18 characters, the last one checks the others)',
    });
  if (kind === 'firm' && !isSocialCreditCode(number))
    throw new IdentifierRefused('number', {
      zh: '不是有效的统一社会信用代码（GB 32100，18 位，末位为校验码）',
      en: 'is no unified social credit code (GB 32100, 18 characters, the last one checks the others)',
    });
  if (kind === 'village' && !/^\d{12}$/.test(number))
    throw new IdentifierRefused('number', { zh: '村的代码为 12 位数字', en: 'the code of a village has 12 digits' });
  return number;
}

/** GB 11643: weights 2^(18-i) mod 11. */
function isCitizenNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = [...text.slice(0, 17)].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0);
  return '10X98765432'[sum % 11] === text[17];
}

/** GB 32100: base 31 without I, O, S, V, Z; weights 3^(i-1) mod 31. */
function isSocialCreditCode(text: string): boolean {
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  if (text.length !== 18 || [...text].some((sign) => !signs.includes(sign))) return false;
  const sum = [...text.slice(0, 17)].reduce((total, sign, at) => total + signs.indexOf(sign) * (3 ** at % 31), 0);
  return signs[(31 - (sum % 31)) % 31] === text[17];
}
