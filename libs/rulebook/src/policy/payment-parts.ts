/** What payments of every kind are built of: amounts of money, weights, the column that groups. */
import type { NormPath } from '../yaml/problem-log';
import type { NamedValue, NumberExpression } from './expression/value';
import type { RawPayment } from './raw-rule';
import type { RuleVocabulary } from './rule-vocabulary';

export interface Building {
  readonly vocabulary: RuleVocabulary;
  readonly raw: RawPayment;
  readonly path: NormPath;
}

export function money(
  vocabulary: RuleVocabulary,
  path: NormPath,
  text: string | undefined,
): NumberExpression | undefined {
  return text === undefined ? undefined : vocabulary.number(path, text, 'yuan');
}

export function missing({ vocabulary, path }: Building, key: string, why: { zh: string; en: string }): undefined {
  vocabulary.log.add(path, 'policy.missing-key', { zh: `缺少“${key}”`, en: `"${key}" is missing` }, why);
  return undefined;
}

export function groupOf(vocabulary: RuleVocabulary, path: NormPath, code: string): NamedValue | undefined {
  const named = vocabulary.find(code, false);
  if (named && typeof named !== 'string' && named.type.kind === 'text' && named.scope === 'unit') return named;
  if (named !== 'faulty')
    vocabulary.log.add(
      path,
      'policy.within',
      { zh: `“${code}”不是按单位的文字列`, en: `"${code}" is no column of words of the units` },
      { zh: '请写 unit: text 的列', en: 'name a column of unit: text' },
    );
  return undefined;
}

/** A weight may have any unit: only ratios count. */
export function weightOf(vocabulary: RuleVocabulary, path: NormPath, text: string): NumberExpression | undefined {
  const compiled = vocabulary.compileAt(path, text);
  if (!compiled) return undefined;
  const { type } = compiled;
  return type.kind === 'number' ? { ...compiled, type, text } : vocabulary.number(path, text, '1');
}
