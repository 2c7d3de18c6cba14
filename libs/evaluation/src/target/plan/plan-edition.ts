/** What a plan is as it is kept: editions, what a unit reads of it, and what it answers. */
import type { PlanTerms } from './plan-terms';
import type { TargetRow } from './target-row';

/** One edition of a plan, by its last version. */
export interface PlanEdition {
  readonly id: string;
  readonly code: string;
  readonly editionNo: number;
  /** ltree text of the territory whose government sets the targets. */
  readonly territoryPath: string;
  readonly versionNo: number;
  readonly terms: PlanTerms;
  readonly targets: readonly TargetRow[];
  /** SHA-256 of terms and targets. */
  readonly digest: string;
  readonly draftedByName: string;
  readonly draftedAt: Date;
}

/** What a unit reads of a plan beside its own targets. */
export interface PlanGist extends Pick<
  PlanTerms,
  'code' | 'title' | 'place' | 'term' | 'from' | 'base' | 'norm' | 'boundaryDay' | 'indicators' | 'dual' | 'units'
> {
  readonly editionNo: number;
}

export interface PlanCopy {
  readonly planId: string;
  readonly versionNo: number;
  readonly unit: string;
  readonly territoryPath: string;
  readonly gist: PlanGist;
  readonly targets: readonly TargetRow[];
}

/** An answer of a unit to a version of a draft. */
export interface PlanReply {
  readonly planId: string;
  readonly versionNo: number;
  readonly unit: string;
  readonly answer: 'accepted' | 'countered';
  /** Indicator → what the unit proposes for the last year, in yuan. */
  readonly counter: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly documentDigest: string | null;
  readonly repliedByName: string;
  readonly repliedAt: Date;
}

/** What was issued to a unit. */
export interface IssuedTargets extends PlanCopy {
  readonly issuedAt: Date;
}
