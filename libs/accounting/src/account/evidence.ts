/** On what evidence each total of an account rests: the weakest grade of the lines that are added up in it. */
import { weakerGrade, type EvidenceGrade, type Fen } from '@gep/kernel';
import { unassignedType, type AccountLine } from './account';

/** Grades under the keys of the totals. */
export interface TotalsEvidence {
  readonly total: EvidenceGrade;
  readonly byCategory: Readonly<Record<string, EvidenceGrade>>;
  readonly byGroup: Readonly<Record<string, EvidenceGrade>>;
  readonly byService: Readonly<Record<string, EvidenceGrade>>;
  readonly byType: Readonly<Record<string, EvidenceGrade>>;
  /** How much of the total comes from lines that an unverified value reaches. */
  readonly unverifiedFen: Fen;
}

type Graded = Pick<AccountLine, 'category' | 'group' | 'service' | 'type' | 'grade' | 'valueFen'>;

export function evidenceOf(lines: readonly Graded[]): TotalsEvidence {
  const weakestBy = (keyOf: (line: Graded) => string): Record<string, EvidenceGrade> => {
    const grades: Record<string, EvidenceGrade> = {};
    for (const line of lines) grades[keyOf(line)] = weakerGrade(grades[keyOf(line)] ?? 'published', line.grade);
    return grades;
  };
  return {
    total: lines.map(({ grade }) => grade).reduce(weakerGrade, 'published'),
    byCategory: weakestBy(({ category }) => category),
    byGroup: weakestBy(({ group }) => group),
    byService: weakestBy(({ service }) => service),
    byType: weakestBy(({ type }) => type ?? unassignedType),
    unverifiedFen: lines.reduce<Fen>((sum, line) => (line.grade === 'unverified' ? sum + line.valueFen : sum), 0n),
  };
}

/** The evidence of several accounts added up: under each key the weakest. */
export function joinEvidence(a: TotalsEvidence, b: TotalsEvidence): TotalsEvidence {
  const join = (of: 'byCategory' | 'byGroup' | 'byService' | 'byType'): Record<string, EvidenceGrade> => {
    const grades = { ...a[of] };
    for (const [key, grade] of Object.entries(b[of])) grades[key] = weakerGrade(grades[key] ?? 'published', grade);
    return grades;
  };
  return {
    total: weakerGrade(a.total, b.total),
    byCategory: join('byCategory'),
    byGroup: join('byGroup'),
    byService: join('byService'),
    byType: join('byType'),
    unverifiedFen: a.unverifiedFen + b.unverifiedFen,
  };
}
