/** The scorecard of a rule file as its author wrote it, once its shape is known to be sound. */
import type { Bilingual } from '@gep/kernel';

export interface RawIndicator {
  readonly code: string;
  readonly name: Bilingual;
  readonly weight?: string;
  readonly unit?: string;
  /** A name of the rule that gives the value; a column of the indicator's own code when absent. */
  readonly value?: string;
  readonly from?: {
    readonly department?: string;
    readonly account?: {
      readonly norm: string;
      readonly services?: readonly string[];
      readonly categories?: readonly string[];
      readonly prices?: string;
      readonly effects?: readonly string[];
    };
    readonly target?: string;
    /** Id of another scorecard, whose final scores are the values. */
    readonly scores?: string;
  };
  readonly score: 'attain' | 'improve' | 'rank' | 'range' | 'bands' | 'points' | 'yes-no';
  readonly target?: string;
  /** Of `attain`: where the way to the target begins. */
  readonly base?: string;
  readonly rate?: string;
  readonly noBase?: string;
  readonly best?: string;
  readonly worst?: string;
  readonly bands?: readonly { readonly when: string | readonly string[]; readonly score: string }[];
  readonly better?: 'more' | 'less';
  readonly cap?: string;
  readonly floor?: string;
  readonly mean?: string;
  /** Bounds of the column. */
  readonly min?: string;
  readonly max?: string;
  readonly whole?: 'yes' | 'no';
  readonly binding?: 'yes' | 'no';
  readonly controllable?: 'yes' | 'no';
  readonly source?: string;
  readonly note?: Bilingual;
}

export interface RawGroup {
  readonly code: string;
  readonly name: Bilingual;
  readonly weight?: string;
  readonly indicators?: readonly RawIndicator[];
}

export interface RawTheme extends RawGroup {
  readonly groups?: readonly RawGroup[];
}

export interface RawAddition {
  readonly code: string;
  readonly name: Bilingual;
  readonly most?: string;
  readonly department?: string;
  readonly source?: string;
}

export interface RawVeto {
  /** One of `vetoFacts`, or a yes-no name of the rule. */
  readonly fact: string;
  readonly grade?: string;
  /** By how many grades it goes down. */
  readonly lower?: string;
  readonly award?: 'no';
  readonly refer?: 'yes';
  readonly source: string;
}

export interface RawMeasure {
  readonly code: string;
  readonly name: Bilingual;
  readonly kind: 'reward' | 'punishment';
  readonly grades: readonly string[];
  readonly source: string;
}

export interface RawScorecard {
  readonly total: string;
  /** Level of the units that are scored; one below the place when absent. */
  readonly level?: string;
  /** How many the source counts, where it does not name them all. */
  readonly published?: Readonly<Partial<Record<'themes' | 'groups' | 'indicators' | 'departments', string>>>;
  readonly departments?: readonly {
    readonly code: string;
    readonly name: Bilingual;
    readonly due: string;
    readonly columns?: readonly string[];
  }[];
  readonly reminders?: readonly string[];
  readonly missing?: 'last-approved' | 'refuse';
  readonly reweight?: 'all' | 'theme' | 'group';
  readonly weather?: { readonly when: string };
  readonly cap?: string;
  readonly most?: string;
  readonly rounding?: { readonly to: string };
  readonly themes?: readonly RawTheme[];
  readonly bonuses?: readonly RawAddition[];
  readonly bonusMost?: string;
  readonly deductions?: readonly RawAddition[];
  readonly vetoes?: readonly RawVeto[];
  readonly grades?: readonly {
    readonly code: string;
    readonly name: Bilingual;
    readonly from?: string;
    readonly award?: 'yes' | 'no';
  }[];
  readonly measures?: readonly RawMeasure[];
  /** It judges so many years at once, of which the last is `last` and every so many years after. */
  readonly term?: { readonly years: string; readonly last: string };
  /** Last day of the year after by which the result is due: of a year, and of a term. */
  readonly due?: { readonly year?: string; readonly plan?: string };
}
