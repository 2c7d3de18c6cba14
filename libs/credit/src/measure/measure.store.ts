/** SQL of measures and the entries that caused them. */
import type { CreditMeasureKind } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import type { EventState } from '../score/explain-score';

export interface MeasureDraft {
  readonly id: string;
  readonly subjectId: string;
  readonly territoryPath: string;
  readonly item: string;
  readonly edition: string;
  readonly kind: CreditMeasureKind;
  readonly lawZh: string;
  readonly lawEn: string;
  readonly severe: boolean;
  readonly untilDay: string | null;
  /** Exact fraction that is taken away, of a cut. */
  readonly share: string | null;
}

export interface MeasureRow extends MeasureDraft {
  readonly proposedBy: string;
  readonly proposedAt: Date;
}

export async function insertMeasure(tx: EntityManager, draft: MeasureDraft, causes: readonly string[]): Promise<void> {
  await tx.query(
    `insert into credit.measure (id, subject_id, territory_path, item, edition, kind, law_zh, law_en, severe, until_day, share)
     values ($1, $2, $3::ltree, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[draft.id, draft.subjectId, draft.territoryPath, draft.item, draft.edition, draft.kind],
      ...[draft.lawZh, draft.lawEn, draft.severe, draft.untilDay, draft.share],
    ],
  );
  await tx.query(
    `insert into credit.measure_cause (measure_id, event_id, territory_path) select $1, unnest($2::uuid[]), $3::ltree`,
    [draft.id, causes, draft.territoryPath],
  );
}

export async function listMeasures(
  tx: EntityManager,
  filter: { readonly id?: string; readonly subjectId?: string; readonly causedBy?: string; readonly within?: string },
): Promise<MeasureRow[]> {
  return tx.query(
    `select m.id, m.subject_id as "subjectId", m.territory_path::text as "territoryPath", m.item, m.edition, m.kind, m.law_zh as "lawZh",
       m.law_en as "lawEn", m.severe, m.until_day as "untilDay", m.share, m.proposed_by as "proposedBy", m.proposed_at as "proposedAt"
     from credit.measure m where ($1::uuid is null or m.id = $1) and ($2::uuid is null or m.subject_id = $2)
       and ($3::uuid is null or exists (select from credit.measure_cause c where c.measure_id = m.id and c.event_id = $3))
       and ($4::ltree is null or m.territory_path <@ $4::ltree)
     order by m.proposed_at, m.id limit 1000`,
    [filter.id ?? null, filter.subjectId ?? null, filter.causedBy ?? null, filter.within ?? null],
  );
}

export interface MeasureCause {
  readonly eventId: string;
  readonly state: EventState;
  readonly objections: number;
}

/** Entries that a measure rests on, with where they stand. */
export async function listCausesOf(tx: EntityManager, measureId: string): Promise<MeasureCause[]> {
  return tx.query(
    `select c.event_id as "eventId", s.state, s.objections from credit.measure_cause c
     join credit.standing s on s.event_id = c.event_id where c.measure_id = $1 order by c.event_id`,
    [measureId],
  );
}

/** Objections to a measure itself that are open. */
export async function countOpenObjections(tx: EntityManager, measureId: string): Promise<number> {
  const [{ count }] = await tx.query<[{ count: number }]>(
    `select count(*)::int as count from credit.objection o
     where o.measure_id = $1 and not exists (select from credit.objection_end e where e.objection_id = o.id)`,
    [measureId],
  );
  return count;
}
