/** Findings of the quality checks as text: how many of each grade, then one block for each. */
import type { Finding, QualityReport } from '@gep/accounting';
import type { Bilingual } from '@gep/kernel';
import type { QualityGrade } from '@gep/rulebook';
import type { Language } from '../../terminal/language';

const gradeWords: Record<QualityGrade, Bilingual> = {
  A: { zh: '须改正', en: 'to be mended' },
  B: { zh: '改正或书面说明', en: 'to be mended or explained in writing' },
  C: { zh: '须说明', en: 'to be explained' },
  D: { zh: '提示', en: 'hint' },
};

const words = {
  nothing: { zh: '没有发现问题', en: 'nothing found' },
  expected: { zh: '应为', en: 'expected' },
  found: { zh: '现为', en: 'found' },
  cause: { zh: '可能原因', en: 'likely cause' },
  mend: { zh: '处理', en: 'mend' },
} satisfies Record<string, Bilingual>;

/** Everything that a person needs to look each finding up and settle it. */
export function renderQuality({ territory, periods, findings, counts }: QualityReport, language: Language): string {
  const grades = (Object.keys(gradeWords) as QualityGrade[]).map(
    (grade) => `${grade} ${counts[grade]} (${gradeWords[grade][language]})`,
  );
  const heading = `${territory} · ${periods.join(', ')} · ${grades.join(' · ')}`;
  if (findings.length === 0) return `${heading}\n${words.nothing[language]}`;
  return [heading, ...findings.map((finding) => renderFinding(finding, language))].join('\n\n');
}

function renderFinding(finding: Finding, language: Language): string {
  const { grade, name, period, cells, labels = [], expected, found, unit, cause, mend, source } = finding;
  const places = cells.map((cell, at) => (labels[at] ? `${cell} (${labels[at]})` : cell));
  const figures = [
    ...(expected === null ? [] : [`${words.expected[language]} ${expected}`]),
    `${words.found[language]} ${found}`,
  ].join(language === 'zh' ? '，' : ', ');
  return [
    `${grade}  ${name[language]}  [${finding.rule} · ${finding.key}]`,
    `   ${period}  ${places.join('  ')}`,
    `   ${figures} ${unit === '1' ? '' : unit}`.trimEnd(),
    `   ${words.cause[language]}: ${cause[language]}`,
    `   ${words.mend[language]}: ${mend[language]}  (${source})`,
  ].join('\n');
}
