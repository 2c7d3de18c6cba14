/** An audit of a departing office holder as it is kept: the commission, its plan, declared causes, reports and records. */
import type { AttributionDraft } from './attribution';
import type { TermEnd } from './term-days';

/** What the organisation department hands in. The holder is a reference code; no name is kept here. */
export interface CommissionDraft {
  readonly territory: string;
  readonly code: string;
  /** The post, for example that of a county head. */
  readonly office: string;
  readonly holder: string;
  readonly appointedOn: string;
  readonly departedOn: string;
  readonly normId: string;
  readonly commissionedBy: string;
  readonly commissionDigest: string;
}

export interface Departure extends CommissionDraft {
  readonly id: string;
  readonly territoryPath: string;
  readonly openedName: string;
  readonly openedAt: Date;
}

/** An account as it was published when an end of a term was frozen. Money is fen as decimal text. */
export interface FrozenAccount {
  readonly period: string;
  readonly accountId: string;
  readonly vintage: number;
  readonly digest: string;
  readonly normEdition: string;
  readonly totalFen: string;
  readonly byService: Readonly<Record<string, string>>;
  readonly byType: Readonly<Record<string, string>>;
  /** Decimal text by ecosystem type, in `areaUnit`. */
  readonly areaByType: Readonly<Record<string, string>>;
  readonly areaUnit: string;
}

/** One end of a term, frozen. */
export interface SnapshotContent {
  readonly territory: string;
  readonly norm: string;
  readonly end: TermEnd;
  readonly day: string;
  /** The last year that had ended by then: its closing stock, and the level that flows begin or end with. */
  readonly stock: FrozenAccount;
  /** The year that the day divides, of whose change the term has its share of days; null while it is not published. */
  readonly divided: FrozenAccount | null;
  /** That year; null where the day divides none. */
  readonly dividedYear: string | null;
}

export interface TermSnapshot {
  readonly id: string;
  readonly territoryPath: string;
  readonly round: number;
  readonly content: SnapshotContent;
  readonly digest: string;
  readonly reason: string | null;
  readonly frozenAt: Date;
  readonly frozenName: string;
}

/** How the audit compares the ends of the term. */
export interface PlanDraft {
  readonly appointmentSnapshot: string;
  readonly departureSnapshot: string;
  readonly conditionAttributes: readonly string[];
  readonly weatherAttributes: readonly string[];
  /** Definition of a condition account, as in docs/seea-accounts.md; null leaves condition out. */
  readonly conditionDefinition: string | null;
}

export interface DeparturePlan extends PlanDraft {
  readonly round: number;
  readonly plannedAt: Date;
}

export interface Attribution extends AttributionDraft {
  readonly no: number;
  readonly declaredName: string;
  readonly declaredAt: Date;
}

export interface DepartureReport {
  readonly round: number;
  /** Canonical JSON. */
  readonly content: string;
  readonly digest: string;
  readonly sentOn: string;
  readonly writtenAt: Date;
}

export const recordKinds = ['comment', 'rectification', 'follow-up'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** A comment on the report, something put right, or what came to light later. */
export interface RecordDraft {
  readonly kind: RecordKind;
  /** Code of the finding that it is about; of a rectification. */
  readonly finding: string | null;
  readonly notedOn: string;
  readonly statement: string;
  readonly documentDigest: string | null;
}

export interface DepartureRecord extends RecordDraft {
  readonly no: number;
  readonly recordedName: string;
  readonly recordedAt: Date;
}
