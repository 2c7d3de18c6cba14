/** The section `credit` of a rule file as its author wrote it and its shape. */
import { sourceGrades, type Bilingual, type EvidenceGrade } from '@gep/kernel';
import { bilingual, record } from '../../yaml/shapes';
import {
  creditMeasureKinds,
  creditSeverities,
  creditSubjectKinds,
  type CreditCount,
  type CreditMeasureKind,
  type CreditSeverity,
  type CreditSubjectKind,
} from './credit-catalogue';

interface RawSourced {
  readonly source: string;
  readonly grade?: EvidenceGrade;
}

export interface RawBehaviour extends RawSourced {
  readonly code: string;
  readonly name: Bilingual;
  readonly subjects: readonly CreditSubjectKind[];
  readonly points?: string;
  readonly yearlyCap?: string;
  readonly decay?: readonly string[];
  readonly years?: string;
  readonly severity?: CreditSeverity;
  readonly evidence?: readonly Bilingual[];
  readonly repair?: { readonly afterMonths: string; readonly conditions: Bilingual };
}

export interface RawMeasureItem extends RawSourced {
  readonly code: string;
  readonly name: Bilingual;
  readonly kind: CreditMeasureKind;
  readonly subjects: readonly CreditSubjectKind[];
  readonly law?: Bilingual;
  readonly leastSeverity?: CreditSeverity;
  readonly mostMonths?: string;
  readonly mostShare?: string;
}

export interface RawCredit {
  readonly score: RawSourced & { readonly base: string; readonly lowest?: string; readonly highest?: string };
  readonly behaviours?: readonly RawBehaviour[];
  readonly grades?: readonly { readonly code: string; readonly name: Bilingual; readonly from: string }[];
  readonly measures?: readonly RawMeasureItem[];
  readonly loan?: RawSourced & {
    readonly unsecured: string;
    readonly guaranteed: string;
    readonly years: string;
    readonly pledge: 'yes' | 'no';
    readonly grades?: readonly { readonly code: string; readonly unsecured: string; readonly guaranteed: string }[];
  };
  readonly points?: RawSourced & { readonly months?: string };
  readonly counts?: readonly {
    readonly what: CreditCount['what'];
    readonly published: string;
    readonly source: string;
  }[];
}

const choice = (values: readonly string[]) => ({ type: 'string', enum: values });
const code = { type: 'string', maxLength: 64, pattern: '^[\\p{L}_][\\p{L}\\p{N}_]*$' };
const number = { type: 'string', maxLength: 64, pattern: '^[+-]?[\\d.]+%?(/[\\d.]+)?$' };
const whole = { type: 'string', pattern: '^\\d{1,4}$' };
const list = (items: object) => ({ type: 'array', items, minItems: 1, maxItems: 2000 });
const sourced = { source: { type: 'string', maxLength: 64, pattern: '^[A-Za-z0-9-]+$' }, grade: choice(sourceGrades) };
const subjects = list(choice(creditSubjectKinds));

/** Of the section. */
export const creditShape = record(
  {
    score: record({ base: number, lowest: number, highest: number, ...sourced }, ['base', 'source']),
    behaviours: list(
      record(
        {
          ...{ code, name: bilingual, subjects, points: number, yearlyCap: number, decay: list(number), years: whole },
          ...{ severity: choice(creditSeverities), evidence: list(bilingual), ...sourced },
          repair: record({ afterMonths: whole, conditions: bilingual }),
        },
        ['code', 'name', 'subjects', 'source'],
      ),
    ),
    grades: list(record({ code, name: bilingual, from: number })),
    measures: list(
      record(
        {
          ...{ code, name: bilingual, kind: choice(creditMeasureKinds), subjects, law: bilingual, ...sourced },
          ...{ leastSeverity: choice(creditSeverities), mostMonths: whole, mostShare: number },
        },
        ['code', 'name', 'kind', 'subjects', 'source'],
      ),
    ),
    loan: record(
      {
        ...{ unsecured: number, guaranteed: number, years: whole, pledge: choice(['yes', 'no']), ...sourced },
        grades: list(record({ code, unsecured: number, guaranteed: number })),
      },
      ['unsecured', 'guaranteed', 'years', 'pledge', 'source'],
    ),
    points: record({ months: whole, ...sourced }, ['source']),
    counts: list(
      record({
        what: choice(['behaviours', 'positive', 'negative', 'rewards-and-punishments', 'incentives']),
        ...{ published: whole, source: sourced.source },
      }),
    ),
  },
  ['score'],
);
