/** Says under a table which of its totals rest on values that nobody could verify, and how much of the money. */
import { formatYuan, type Bilingual } from '@gep/kernel';
import { unassignedType, type Account } from '../account/account';
import { evidenceOf } from '../account/evidence';
import { shareOf } from './report-table';

/** Columns of a table that are totals themselves. */
interface TotalColumns {
  readonly axis: 'byType' | 'byService' | 'byCategory';
  readonly name: (code: string) => Bilingual;
}

/** Empty where nothing rests on an unverified value. */
export function evidenceNotes(
  { territory, period, lines, totals }: Pick<Account, 'territory' | 'period' | 'lines' | 'totals'>,
  columns?: TotalColumns,
): Bilingual[] {
  const evidence = evidenceOf(lines);
  if (evidence.total !== 'unverified') return [];
  const { unverifiedFen } = evidence;
  const share = shareOf(unverifiedFen, totals.totalFen) ?? '0';
  const count = lines.filter(({ grade }) => grade === 'unverified').length;
  const resting = columns
    ? Object.entries(evidence[columns.axis]).flatMap(([code, grade]) => (grade === 'unverified' ? [code] : []))
    : [];
  const named = (language: keyof Bilingual): string[] =>
    resting.map((code) => (code === unassignedType ? wholeTerritory[language] : columns!.name(code)[language]));
  return [
    {
      zh: `未核实：${territory} ${period} 的合计有 ${count} 行、${formatYuan(unverifiedFen)} 元（${share}%）以未核实的取值为据${resting.length > 0 ? `；涉及的列：${named('zh').join('、')}` : ''}`,
      en: `Unverified: ${count} lines and ${formatYuan(unverifiedFen)} yuan (${share}%) of the total of ${territory} ${period} rest on unverified values${resting.length > 0 ? `; columns that hold such values: ${named('en').join(', ')}` : ''}`,
    },
  ];
}

const wholeTerritory: Bilingual = { zh: '全域', en: 'whole territory' };
