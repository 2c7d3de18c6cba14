/** Builds a reason from its code, its sentence and its mend, in both languages. */
import { Reason } from './cell-problem';

export const error = (code: string, zh: string, en: string, mendZh: string, mendEn: string): Reason => ({
  severity: 'error',
  code: `observation.${code}`,
  text: { zh, en },
  mend: { zh: mendZh, en: mendEn },
});
export const warning = (...parts: Parameters<typeof error>): Reason => ({ ...error(...parts), severity: 'warning' });

export const meantZh = (guess?: string): string => (guess === undefined ? '' : `是否为“${guess}”？`);
export const meantEn = (guess?: string): string => (guess === undefined ? '' : `Did you mean "${guess}"? `);
export const listed = (known: readonly string[]): string => {
  const shown = known.slice(0, 12).join(', ');
  return known.length > 12 ? `${shown}, …` : shown;
};
