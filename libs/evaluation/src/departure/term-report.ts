/** The report of a departing audit as a document: every figure as text, so that its digest is that of what people read. */
import type { Bilingual, EvidenceGrade } from '@gep/kernel';
import type { Incident } from '../incident/incident';
import type { Attribution, Departure, DeparturePlan, DepartureRecord, TermSnapshot } from './departure';
import type { DepartureState } from './departure-steps';
import type { FundUse } from './fund-use';
import { type FlowChange, stockParts, type StockChange, type StockPart, type TermFlows } from './term-change';
import type { DayShare } from './term-days';
import { termParts, type TermPart } from './term-parts';
import type { QuantityChange } from './term-quantities';
import { verdictGrade, verdictNote, type VerdictLevel } from './verdict';

/** Something that was found, to be put right or not. */
export interface ReportFinding {
  readonly code: string;
  readonly text: string;
}

/** What the auditors decide; all else follows from what is recorded. */
export interface VerdictDraft {
  readonly level: VerdictLevel;
  readonly reason: string;
  readonly findings: readonly ReportFinding[];
}

/** Fen as decimal text. */
export interface ReportedFlow {
  readonly startFen: string;
  readonly endFen: string;
  readonly changeFen: string;
  /** Without the price part. */
  readonly constantFen: string;
  readonly parts: Readonly<Record<TermPart, string>>;
}

/** Exact decimal or fraction text. */
export interface ReportedStock {
  readonly opening: string;
  readonly closing: string;
  readonly change: string;
  readonly parts: Readonly<Record<StockPart, string>>;
}

interface Named {
  readonly code: string;
  readonly name: Bilingual;
}

/** What a term was set to reach, as far as plans of the higher government cover it. */
export interface TermTarget {
  readonly year: string;
  readonly plan: string;
  readonly edition: number;
  readonly indicator: string;
  readonly unit: string;
  readonly state: string;
  readonly milestoneFen: string;
  /** Null where nothing comparable is published. */
  readonly actualFen: string | null;
  /** Exact share of the milestone that was reached, and in percent with two decimals. */
  readonly attainment: string | null;
  readonly attainmentShown: string | null;
  readonly normEdition: string | null;
  readonly boundaryDay: string;
  readonly pricesOf: string | null;
}

/** A major incident or a proven falsification during the term. */
export type TermIncident = Pick<
  Incident,
  'happenedOn' | 'foundOn' | 'kind' | 'authority' | 'finding' | 'documentName' | 'documentDigest'
>;

export interface TermReport {
  readonly format: number;
  readonly departure: Pick<
    Departure,
    | 'id'
    | 'code'
    | 'territory'
    | 'office'
    | 'holder'
    | 'appointedOn'
    | 'departedOn'
    | 'normId'
    | 'commissionedBy'
    | 'commissionDigest'
  > & { readonly territoryName: Bilingual };
  readonly norm: { readonly id: string; readonly edition: string; readonly title: Bilingual };
  readonly ends: Readonly<Record<'appointment' | 'departure', ReportedEnd>>;
  readonly attributes: Pick<DeparturePlan, 'conditionAttributes' | 'weatherAttributes'>;
  readonly segments: readonly {
    readonly before: string;
    readonly after: string;
    readonly share: DayShare;
    readonly changeFen: string;
    readonly countedFen: string;
  }[];
  readonly total: ReportedFlow;
  readonly services: readonly (Named & ReportedFlow)[];
  readonly types: readonly (Named & ReportedFlow)[];
  /** Services in their own units, or items of a service; absent from a report of format 1. */
  readonly quantities?: readonly (Named & ReportedStock & { readonly item: string | null; readonly unit: string })[];
  readonly areas: {
    readonly unit: string;
    /** False where the surveys differ in the whole area, so that no account of extent balances. */
    readonly isFollowed: boolean;
    readonly rows: readonly (Named & ReportedStock)[];
  };
  /** Condition indices of types, 0 to 1; null where the plan defines none. */
  readonly condition: readonly (Named & ReportedStock)[] | null;
  readonly attributions: readonly Omit<Attribution, 'declaredAt'>[];
  readonly targets: readonly TermTarget[];
  readonly incidents: readonly TermIncident[];
  readonly funds: FundUse;
  readonly findings: readonly ReportFinding[];
  readonly verdict: ReportedVerdict | null;
}

interface ReportedEnd {
  readonly snapshot: string;
  readonly digest: string;
  readonly day: string;
  readonly frozenAt: string;
  readonly stock: { readonly period: string; readonly accountId: string; readonly digest: string };
  readonly divided: { readonly period: string; readonly accountId: string; readonly digest: string } | null;
}

/** The verdict with what it rests on: the human part, and nothing else. */
export interface ReportedVerdict {
  readonly level: VerdictLevel;
  readonly grade: EvidenceGrade;
  readonly note: Bilingual;
  readonly reason: string;
  readonly humanFen: string;
  /** Not counted for or against anybody. */
  readonly undeclaredFen: string;
}

/** A report with what was noted of it since: what a term pack is made of. */
export interface TermPack {
  readonly report: TermReport;
  /** Null of a draft that was not sent. */
  readonly reportDigest: string | null;
  readonly round: number | null;
  readonly state: DepartureState;
  readonly steps: readonly { readonly act: string; readonly to: string; readonly at: string }[];
  readonly records: readonly Omit<DepartureRecord, 'recordedAt'>[];
}

/** Counts up when reports are made another way. */
const reportFormat = 2;

export interface ReportSource {
  readonly departure: Departure;
  readonly territoryName: Bilingual;
  readonly plan: Pick<DeparturePlan, 'conditionAttributes' | 'weatherAttributes'>;
  readonly norm: TermReport['norm'];
  readonly ends: { readonly appointment: TermSnapshot; readonly departure: TermSnapshot };
  readonly flows: TermFlows;
  readonly quantities: readonly QuantityChange[];
  readonly areas: {
    readonly unit: string;
    readonly isFollowed: boolean;
    readonly changes: ReadonlyMap<string, StockChange>;
  };
  readonly condition: ReadonlyMap<string, StockChange> | null;
  readonly attributions: readonly Attribution[];
  readonly nameOf: (what: 'service' | 'type', code: string) => Bilingual;
  readonly targets: readonly TermTarget[];
  readonly incidents: readonly TermIncident[];
  readonly funds: FundUse;
  readonly verdict: VerdictDraft | null;
}

/** The same source gives the same report. */
export function buildTermReport(source: ReportSource): TermReport {
  const { departure, flows, quantities, areas, condition, nameOf, verdict, plan } = source;
  const named = (what: 'service' | 'type', code: string): Named => ({ code, name: nameOf(what, code) });
  const stocks = (changes: ReadonlyMap<string, StockChange>): (Named & ReportedStock)[] =>
    [...changes].map(([code, change]) => ({ ...named('type', code), ...stockText(change) }));
  const { id, code, territory, office, holder, appointedOn, departedOn, normId } = departure;
  const { commissionedBy, commissionDigest } = departure;
  return {
    format: reportFormat,
    departure: {
      ...{ id, code, territory, territoryName: source.territoryName, office, holder, appointedOn, departedOn },
      ...{ normId, commissionedBy, commissionDigest },
    },
    norm: source.norm,
    ends: { appointment: endOf(source.ends.appointment), departure: endOf(source.ends.departure) },
    attributes: { conditionAttributes: plan.conditionAttributes, weatherAttributes: plan.weatherAttributes },
    segments: flows.segments.map(({ before, after, share, changeFen, countedFen }) => ({
      ...{ before, after, share },
      ...{ changeFen: changeFen.toString(), countedFen: countedFen.toString() },
    })),
    total: flowText(flows.total),
    services: [...flows.byService].map(([service, change]) => ({ ...named('service', service), ...flowText(change) })),
    types: [...flows.byType].map(([type, change]) => ({ ...named('type', type), ...flowText(change) })),
    quantities: quantities.map(({ service, item, unit, ...change }) => ({
      ...{ ...named('service', service), item, unit, ...stockText(change) },
    })),
    areas: { unit: areas.unit, isFollowed: areas.isFollowed, rows: stocks(areas.changes) },
    condition: condition && stocks(condition),
    attributions: source.attributions.map(({ declaredAt: _, ...rest }) => rest),
    ...{ targets: source.targets, incidents: source.incidents, funds: source.funds },
    findings: verdict?.findings ?? [],
    verdict: verdict && {
      ...{ level: verdict.level, grade: verdictGrade, note: verdictNote, reason: verdict.reason },
      humanFen: flows.total.parts.human.toString(),
      undeclaredFen: flows.total.parts.undeclared.toString(),
    },
  };
}

function endOf({ id, digest, content, frozenAt }: TermSnapshot): ReportedEnd {
  const { stock, divided, day } = content;
  const named = ({ period, accountId, digest: of }: typeof stock) => ({ period, accountId, digest: of });
  return {
    ...{ snapshot: id, digest, day, frozenAt: frozenAt.toISOString() },
    ...{ stock: named(stock), divided: divided && named(divided) },
  };
}

const flowText = ({ startFen, endFen, changeFen, constantFen, parts }: FlowChange): ReportedFlow => ({
  ...{ startFen: startFen.toString(), endFen: endFen.toString(), changeFen: changeFen.toString() },
  constantFen: constantFen.toString(),
  parts: textOf(termParts, (part) => parts[part].toString()),
});

const stockText = ({ opening, closing, change, parts }: StockChange): ReportedStock => ({
  ...{ opening: opening.toExactText(), closing: closing.toExactText(), change: change.toExactText() },
  parts: textOf(stockParts, (part) => parts[part].toExactText()),
});

const textOf = <K extends string>(keys: readonly K[], of: (key: K) => string): Record<K, string> =>
  Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, string>;

/** What the public reads: the office and the term, not who held it. */
export function publicReport({ departure, total, verdict, findings, segments, norm, ends }: TermReport): object {
  const { territory, territoryName, office, appointedOn, departedOn, code } = departure;
  return {
    ...{ code, territory, territoryName, office, appointedOn, departedOn, norm, segments, total },
    accounts: { appointment: ends.appointment.stock, departure: ends.departure.stock },
    ...{ verdict: verdict && { level: verdict.level, grade: verdict.grade, note: verdict.note }, findings },
  };
}
