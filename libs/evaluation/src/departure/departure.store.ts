/** SQL of audits of departing office holders: the commission, plans, declared causes, reports and records. Rows are only added. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { AttributionDraft } from './attribution';
import type {
  Attribution,
  CommissionDraft,
  Departure,
  DeparturePlan,
  DepartureRecord,
  DepartureReport,
  PlanDraft,
  RecordDraft,
} from './departure';
import { DepartureMissing } from './errors';

type Placed = Pick<Departure, 'id' | 'territoryPath'>;

/** Undefined when the territory has one of this code. */
export async function insertDeparture(
  tx: EntityManager,
  actor: Actor,
  territoryPath: string,
  draft: CommissionDraft,
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into evaluation.departure (territory_path, territory_code, code, office, holder, appointed_on, departed_on, norm_id,
       commissioned_by, commission_digest, opened_name)
     values ($1::ltree, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (territory_path, code) do nothing returning id`,
    [
      ...[territoryPath, draft.territory, draft.code, draft.office, draft.holder, draft.appointedOn, draft.departedOn],
      ...[draft.normId, draft.commissionedBy, draft.commissionDigest, actor.name],
    ],
  );
  return row?.id;
}

export interface DepartureFilter {
  readonly id?: string;
  readonly code?: string;
  /** ltree text: audits of this territory and below it. */
  readonly within?: string;
  /** Id of the last one of the page before. */
  readonly after?: string;
  readonly limit?: number;
}

/** Audits that the actor may see, by id. */
export async function listDepartures(tx: EntityManager, filter: DepartureFilter): Promise<Departure[]> {
  return tx.query<Departure[]>(
    `select id, territory_path::text as "territoryPath", territory_code as territory, code, office, holder,
       appointed_on::text as "appointedOn", departed_on::text as "departedOn", norm_id as "normId",
       commissioned_by as "commissionedBy", commission_digest as "commissionDigest", opened_name as "openedName",
       opened_at as "openedAt"
     from evaluation.departure
     where ($1::uuid is null or id = $1) and ($2::text is null or code = $2) and ($3::ltree is null or territory_path <@ $3::ltree)
       and ($4::uuid is null or id > $4) order by id limit $5`,
    [filter.id ?? null, filter.code ?? null, filter.within ?? null, filter.after ?? null, filter.limit ?? null],
  );
}

/** By id, or by a code that only one has. @throws DepartureMissing */
export async function getDeparture(tx: EntityManager, wanted: string): Promise<Departure> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(wanted);
  const found = await listDepartures(tx, isId ? { id: wanted } : { code: wanted, limit: 2 });
  if (found.length !== 1)
    throw new DepartureMissing(
      wanted,
      found.map(({ id }) => id),
    );
  return found[0];
}

export async function insertPlan(
  tx: EntityManager,
  { id, territoryPath }: Placed,
  round: number,
  plan: PlanDraft,
): Promise<void> {
  await tx.query(
    `insert into evaluation.departure_plan (departure_id, round, territory_path, appointment_snapshot, departure_snapshot,
       condition_attributes, weather_attributes, condition_definition)
     values ($1, $2, $3::ltree, $4, $5, $6, $7, $8)`,
    [
      ...[id, round, territoryPath, plan.appointmentSnapshot, plan.departureSnapshot],
      ...[plan.conditionAttributes, plan.weatherAttributes, plan.conditionDefinition],
    ],
  );
}

/** The plan in force: the last one. */
export async function findPlan(tx: EntityManager, departureId: string): Promise<DeparturePlan | undefined> {
  const [row] = await tx.query<DeparturePlan[]>(
    `select round, appointment_snapshot as "appointmentSnapshot", departure_snapshot as "departureSnapshot",
       condition_attributes as "conditionAttributes", weather_attributes as "weatherAttributes",
       condition_definition as "conditionDefinition", planned_at as "plannedAt"
     from evaluation.departure_plan where departure_id = $1 order by round desc limit 1`,
    [departureId],
  );
  return row;
}

export async function insertAttribution(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath }: Placed,
  no: number,
  draft: AttributionDraft,
): Promise<void> {
  await tx.query(
    `insert into evaluation.attribution (departure_id, no, territory_path, effect, ecosystem_type, service, natural_share,
       human_share, method_share, reason, document_title, document_digest, declared_name)
     values ($1, $2, $3::ltree, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[id, no, territoryPath, draft.effect, draft.type, draft.service, draft.natural, draft.human, draft.method],
      ...[draft.reason, draft.documentTitle, draft.documentDigest, actor.name],
    ],
  );
}

/** In the order in which they were declared. */
export async function listAttributions(tx: EntityManager, departureId: string): Promise<Attribution[]> {
  return tx.query<Attribution[]>(
    `select no, effect, ecosystem_type as type, service, natural_share as natural, human_share as human, method_share as method,
       reason, document_title as "documentTitle", document_digest as "documentDigest", declared_name as "declaredName",
       declared_at as "declaredAt"
     from evaluation.attribution where departure_id = $1 order by no`,
    [departureId],
  );
}

export async function insertReport(
  tx: EntityManager,
  { id, territoryPath }: Placed,
  { round, content, digest, sentOn }: Omit<DepartureReport, 'writtenAt'>,
): Promise<void> {
  await tx.query(
    `insert into evaluation.departure_report (departure_id, round, territory_path, content, digest, sent_on)
     values ($1, $2, $3::ltree, $4, $5, $6)`,
    [id, round, territoryPath, content, digest, sentOn],
  );
}

/** The last report; undefined before the first. */
export async function findReport(tx: EntityManager, departureId: string): Promise<DepartureReport | undefined> {
  const [row] = await tx.query<DepartureReport[]>(
    `select round, content, digest, sent_on::text as "sentOn", written_at as "writtenAt" from evaluation.departure_report
     where departure_id = $1 order by round desc limit 1`,
    [departureId],
  );
  return row;
}

export async function insertRecord(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath }: Placed,
  no: number,
  draft: RecordDraft,
): Promise<void> {
  await tx.query(
    `insert into evaluation.departure_record (departure_id, no, territory_path, kind, finding, noted_on, statement,
       document_digest, recorded_name)
     values ($1, $2, $3::ltree, $4, $5, $6, $7, $8, $9)`,
    [
      ...[id, no, territoryPath, draft.kind, draft.finding, draft.notedOn, draft.statement, draft.documentDigest],
      actor.name,
    ],
  );
}

export async function listRecords(tx: EntityManager, departureId: string): Promise<DepartureRecord[]> {
  return tx.query<DepartureRecord[]>(
    `select no, kind, finding, noted_on::text as "notedOn", statement, document_digest as "documentDigest",
       recorded_name as "recordedName", recorded_at as "recordedAt"
     from evaluation.departure_record where departure_id = $1 order by no`,
    [departureId],
  );
}
