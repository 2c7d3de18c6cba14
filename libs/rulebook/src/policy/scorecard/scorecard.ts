/** What a scorecard is once it is checked: three levels of indicators, additions, vetoes, grades and measures. */
import type { Bilingual, Fraction } from '@gep/kernel';
import type { RawIndicator, RawMeasure, RawVeto } from './raw-scorecard';

/** Where the value of an indicator comes from. */
export type IndicatorSource =
  | { readonly kind: 'department'; readonly department: string }
  | {
      readonly kind: 'account';
      readonly norm: string;
      readonly services: readonly string[];
      readonly categories: readonly string[];
      /** Year whose prices hold; those of the account itself when absent. */
      readonly prices?: string;
      /** The change on the year before by these effects alone (without that of the weather), in the place of a level. */
      readonly effects: readonly string[];
    }
  | { readonly kind: 'target'; readonly indicator: string }
  /** Final scores by another scorecard. */
  | { readonly kind: 'scores'; readonly scorecard: string }
  /** A formula of the rule, or a table that is brought: nobody in particular. */
  | { readonly kind: 'rule' };

export interface ScoreIndicator {
  readonly code: string;
  readonly name: Bilingual;
  readonly theme: string;
  readonly group: string;
  /** Points; undefined where nobody published them. */
  readonly weight?: Fraction;
  readonly unit: string;
  readonly kind: RawIndicator['score'];
  /** Name of the rule whose value is scored. */
  readonly value: string;
  readonly better: 'more' | 'less';
  /** Number or name of the rule. */
  readonly target?: string;
  /** Where the way to the target begins; number or name. */
  readonly base?: string;
  readonly source: IndicatorSource;
  readonly binding: boolean;
  readonly controllable: boolean;
  /** Over how many years the value is a mean. */
  readonly mean: number;
}

/** A first or second level: what it is worth is the sum of its indicators. */
export interface ScoreLevel {
  readonly code: string;
  readonly name: Bilingual;
  readonly theme: string;
  readonly weight: Fraction;
}

export interface ScoreGrade {
  readonly code: string;
  readonly name: Bilingual;
  /** Least score; the lowest grade has none. */
  readonly from?: Fraction;
  readonly award: boolean;
}

export interface ScoreDepartment {
  readonly code: string;
  readonly name: Bilingual;
  /** `MM-DD` of the year after the period. */
  readonly due: string;
  /** Columns of the rule that it supplies. */
  readonly columns: readonly string[];
}

export interface ScoreAddition {
  readonly code: string;
  readonly name: Bilingual;
  readonly most?: Fraction;
}

/** Several years that are judged at once, in the year after the last of them. */
export interface ScoreTerm {
  readonly years: number;
  /** Last year of one of the terms; they follow each other. */
  readonly last: number;
}

export interface Scorecard {
  readonly total: Fraction;
  /** Of the units; one level below the place when absent. */
  readonly level?: string;
  readonly published: Readonly<Partial<Record<'themes' | 'groups' | 'indicators' | 'departments', number>>>;
  readonly departments: readonly ScoreDepartment[];
  /** Days before the due date (below zero: after it) on which a department is reminded. */
  readonly reminders: readonly number[];
  readonly missing: 'last-approved' | 'refuse';
  readonly reweight: 'all' | 'theme' | 'group';
  readonly themes: readonly ScoreLevel[];
  readonly groups: readonly ScoreLevel[];
  readonly indicators: readonly ScoreIndicator[];
  readonly bonuses: readonly ScoreAddition[];
  readonly deductions: readonly ScoreAddition[];
  readonly vetoes: readonly RawVeto[];
  /** The best first. */
  readonly grades: readonly ScoreGrade[];
  readonly measures: readonly RawMeasure[];
  readonly term?: ScoreTerm;
  readonly due: { readonly year?: string; readonly plan?: string };
  /** What is not known of it, so that nothing can be scored; empty when it can be. */
  readonly lacking: readonly Bilingual[];
}

/** Facts that every scorecard knows; others are yes-no names of the rule. */
export const vetoFacts = ['falsification', 'majorIncident', 'bindingMissed'] as const;

/** What a veto looks at beside them. */
export const ownFacts = ({ vetoes }: Scorecard): string[] =>
  [...new Set(vetoes.map(({ fact }) => fact))].filter((fact) => !(vetoFacts as readonly string[]).includes(fact));

/** Words of the column `<indicator>_state`. */
export const indicatorStates = ['given', 'lastApproved', 'ownFault', 'notApplicable'] as const;
export type IndicatorState = (typeof indicatorStates)[number];
