/** Reads which figure of an account stands in a column: `gep=total`, `gep=regulating`, `gep=services:a+b`, `gain=increment:area+condition`. */
import { serviceCategories } from '@gep/rulebook';
import type { ColumnBinding } from '@gep/settlement';

/** @returns undefined when it cannot be read */
export function readColumnBinding(text: string): Pick<ColumnBinding, 'column' | 'figure'> | undefined {
  const match = /^([^=]+)=(?:(services|increment):)?([A-Za-z][A-Za-z0-9]*(?:\+[A-Za-z][A-Za-z0-9]*)*)$/.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const [, column, kind, list] = match;
  const words = list.split('+');
  if (kind === 'services') return { column, figure: { services: words } };
  if (kind === 'increment') return { column, figure: { payableIncrement: { effects: words } } };
  if (list === 'total') return { column, figure: 'total' };
  const isCategory = (word: string): boolean => serviceCategories.some((category) => category === word);
  return words.every(isCategory) ? { column, figure: { categories: words } } : undefined;
}
