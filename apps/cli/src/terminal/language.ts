/** Which language the terminal speaks: the one asked for, else that of the environment, else English. */
import type { Bilingual } from '@gep/kernel';

export type Language = keyof Bilingual;
export const languages: readonly Language[] = ['zh', 'en'];

/** @param asked value of `--lang`, already checked */
export function languageOf(asked: Language | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return asked ?? (locale.toLowerCase().startsWith('zh') ? 'zh' : 'en');
}
