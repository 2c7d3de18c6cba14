/** What a run of scores is: what it was computed from, what came out for each unit, how that stands. */
import type { UnitScore } from '@gep/rulebook';
import type { ScoreRunState } from './score-steps';
import type { ScoreStandIn } from './score-table';

/** Where a value of the table comes from, for those that no delivery gave. */
export interface ScoreSource {
  readonly unit: string;
  readonly column: string;
  readonly period: string;
  readonly accountId?: string;
  readonly disclosureId?: string;
  readonly progressId?: string;
  readonly incidentId?: string;
  /** Run whose final score is the value. */
  readonly scoreRunId?: string;
}

/** What a later version answers. */
export interface ScoreCause {
  readonly appeals: readonly string[];
  readonly incidents: readonly string[];
  readonly reason: string;
}

export interface ScoreRunDraft {
  readonly id: string;
  readonly territoryPath: string;
  readonly scorecard: string;
  readonly ruleEdition: string;
  readonly period: string;
  readonly versionNo: number;
  readonly about: string | null;
  readonly cause: ScoreCause | null;
  readonly snapshotDigest: string;
  readonly resultDigest: string;
  readonly standIns: readonly ScoreStandIn[];
  readonly sources: readonly ScoreSource[];
}

export interface ScoreRunRow extends ScoreRunDraft {
  readonly computedName: string;
  readonly computedAt: Date;
}

export interface ScoreRun extends ScoreRunRow {
  readonly state: ScoreRunState;
}

/** What a unit sees of the run. */
export interface ScoreGist {
  readonly place: string;
  readonly scorecard: string;
  readonly ruleEdition: string;
  readonly period: string;
  readonly versionNo: number;
  readonly resultDigest: string;
}

export interface StoredUnitScore {
  readonly runId: string;
  readonly unit: string;
  readonly territoryPath: string;
  readonly gist: ScoreGist;
  readonly detail: UnitScore;
}

export type ScoreStanding = 'notified' | 'final' | 'superseded';

export interface StandingScore extends StoredUnitScore {
  readonly standing: ScoreStanding;
  readonly since: string;
}
