/** A value of a rule as people read it: money to the fen, other numbers cut with a sign, yes and no in words. */
import { Fraction, roundToFen, unitValue, type Bilingual } from '@gep/kernel';
import type { PolicyRule, TracedValue } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { showDecimal, showUnit, showYuan } from '../figures';

export type ValueType = PolicyRule['show'][number]['type'];
type PlainValue = Pick<TracedValue, 'value' | 'unit'>;

const words: Readonly<Record<string, Bilingual | undefined>> = {
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
};

/** Without its unit, for a column whose heading says it. @param type of what is named so in the rule */
export function showFigure({ value, unit }: PlainValue, type: ValueType | undefined, language: Language): string {
  if (type?.kind === 'yes-no') return words[value]?.[language] ?? value;
  const exact = unit === undefined ? undefined : Fraction.parse(value);
  if (unit === undefined || exact === undefined) return value;
  return isYuan(unit) ? showYuan(roundToFen(1, unitValue(exact))) : showDecimal(exact.toDecimalText());
}

/** With its unit; where it is traced and was cut or rounded, the exact number too. */
export function showValue(plain: PlainValue, type: ValueType | undefined, traced: boolean, language: Language): string {
  const { value, unit = '1' } = plain;
  const shown = `${showFigure(plain, type, language)} ${showUnit(unit, language)}`.trim();
  return traced && !isWhole(plain) ? `${shown} (${value})` : shown;
}

/** Whether what is shown is the number itself. */
function isWhole({ value, unit }: PlainValue): boolean {
  const exact = unit === undefined ? undefined : Fraction.parse(value);
  if (unit === undefined || exact === undefined) return true;
  const shown = showFigure({ value, unit }, undefined, 'en').replaceAll(',', '');
  return Fraction.parse(shown)?.equals(exact) ?? false;
}

const isYuan = (unit: string): boolean => showUnit(unit, 'zh') === '元';
