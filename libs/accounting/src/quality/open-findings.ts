/** Which findings are still open: A that stand, B and C that nobody has explained. */
import type { Bilingual } from '@gep/kernel';
import type { Finding } from './finding';

/** A finding in the words that a review tells people. */
export interface StandingFinding {
  readonly rule: string;
  readonly grade: 'A' | 'B' | 'C';
  readonly text: Bilingual;
}

/** @param explained keys of findings that have an explanation */
export function openFindings(findings: readonly Finding[], explained: ReadonlySet<string>): StandingFinding[] {
  return findings.flatMap(({ rule, grade, key, name, cells, expected, found, unit }): StandingFinding[] => {
    if (grade === 'D' || (grade !== 'A' && explained.has(key))) return [];
    const figures = (should: string, stands: string): string =>
      `${expected === null ? '' : `${should} ${expected}, `}${stands} ${found} ${unit}`.trim();
    return [
      {
        rule,
        grade,
        text: {
          zh: `${name.zh}（${cells[0]}：${figures('应为', '现为')}）`,
          en: `${name.en} (${cells[0]}: ${figures('expected', 'found')})`,
        },
      },
    ];
  });
}
