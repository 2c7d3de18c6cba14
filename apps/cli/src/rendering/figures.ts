/** Figures and units as people read them: thousands parted, long decimals cut with a sign, units with their exponents. */
import { writtenUnit } from '@gep/accounting';
import { formatWanYuan, formatYuan, type Bilingual, type Fen } from '@gep/kernel';
import type { Language } from '../terminal/language';

/** Decimals of an audit run to forty digits; people see these many. */
const shownDigits = 12;

/** A quantity for people: up to seven significant digits, thousands parted, never an exponent below 10^15. */
export function formatQuantity(value: number): string {
  const rounded = Number(value.toPrecision(7));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 6 });
}

/** The first significant digits, with a sign that more follow. */
export function shorten(value: string): string {
  const match = /^(-?)0*(?:\.0*)?(\d[\d.]*)/.exec(value);
  const digits = match?.[2].replace('.', '').length ?? 0;
  if (digits <= shownDigits || !value.includes('.')) return value;
  const cut = value.slice(0, value.length - (digits - shownDigits));
  return cut.includes('.') ? `${cut.replace(/\.?0*$/, '')}…` : value.split('.')[0];
}

/** Decimal text with its thousands parted; what is no decimal (`1/7`, `true`) stays as it is. */
export function partThousands(text: string): string {
  const match = /^(-?)(\d+)(\.\d+)?(…?)$/.exec(text);
  if (!match) return text;
  const [, sign, whole, decimals = '', more] = match;
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${decimals}${more}`;
}

/** A sentence with the thousands of its amounts parted: of numbers to the fen, so that no year and no code is one. */
export const partAmounts = (text: string): string =>
  text.replace(/(?<![\w./,-])-?\d{4,}\.\d{2}(?![\w.])/g, (amount) => partThousands(amount));

/** A decimal as a table or a tree shows it. */
export const showDecimal = (text: string): string => partThousands(shorten(text));

/** Money in yuan, to the fen. */
export const showYuan = (fen: Fen): string => partThousands(formatYuan(fen));

/** Money in 10⁴ yuan, two decimals. */
export const showWanYuan = (fen: Fen): string => partThousands(formatWanYuan(fen));

/** A number with its sign and so many decimals; nothing that rounds to nought has a sign. */
export function showSigned(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  if (Number(text) === 0) return text.replace('-', '');
  return value > 0 ? `+${text}` : text;
}

export const moneyUnits = {
  yuan: { zh: '元', en: 'yuan' },
  wanYuan: { zh: '万元', en: '10⁴ yuan' },
} satisfies Record<string, Bilingual>;

/** `yuan/(hm2*a)` as `元/(hm²·a)`; a pure number has no unit to show. */
export const showUnit = (unit: string, language: Language): string => (unit === '1' ? '' : writtenUnit(unit)[language]);
