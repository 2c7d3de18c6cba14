/** What an incident is: a finding of an authority, with its document and days. */
import type { IncidentState } from './incident-steps';

export const incidentKinds = ['major-incident', 'proven-falsification'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** What an authority found, as somebody records it. */
export interface IncidentDraft {
  readonly territory: string;
  readonly kind: IncidentKind;
  /** Year whose evaluation it counts in. */
  readonly period: string;
  readonly happenedOn: string;
  /** Day of the finding. */
  readonly foundOn: string;
  readonly authority: string;
  readonly finding: string;
  readonly documentName: string;
  readonly documentDigest: string;
}

export interface IncidentRow extends IncidentDraft {
  readonly id: string;
  readonly territoryPath: string;
  readonly recordedName: string;
  readonly recordedAt: Date;
}

export interface Incident extends IncidentRow {
  readonly state: IncidentState;
}
