/** SQL of settlements as they were computed: snapshot, head, figures, lines and parts. Rows are only added. */
import type { Fen } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { SettlementLine } from './decision/settlement-line';
import type { SettlementDraft, SettlementKind } from './draft/settlement-draft';
import { SettlementAmbiguous, SettlementMissing } from './errors';
import type { FrozenInput } from './input/plain-book';
import type { AccountFigure } from './input/settlement-input';
import type { PlacedPart, SettlementGist, SettlementHead } from './settlement';

const rowsPerStatement = 20_000;

export async function insertSnapshot(tx: EntityManager, territoryPath: string, frozen: FrozenInput): Promise<void> {
  await tx.query(
    'insert into settlement.snapshot (territory_path, digest, content) values ($1, $2, $3) on conflict do nothing',
    [territoryPath, frozen.digest, frozen.content],
  );
}

/** @throws SettlementMissing */
export async function getSnapshot(
  tx: EntityManager,
  { territoryPath, snapshotDigest }: Pick<SettlementHead, 'territoryPath' | 'snapshotDigest'>,
): Promise<FrozenInput> {
  const [found] = await tx.query<FrozenInput[]>(
    'select digest, content from settlement.snapshot where territory_path = $1 and digest = $2',
    [territoryPath, snapshotDigest],
  );
  if (!found) throw new SettlementMissing({ zh: '快照', en: 'snapshot' }, snapshotDigest);
  return found;
}

export type HeadDraft = Omit<SettlementHead, 'computedBy' | 'computedName' | 'computedAt'>;

/** False when the territory has one of this code. */
export async function insertHead(
  tx: EntityManager,
  actor: Actor,
  head: HeadDraft,
  draft: SettlementDraft,
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into settlement.settlement (id, territory_path, code, mechanism, kind, agreement, period, money_period, policy_id,
       rule_edition, fund_id, fund_code, purpose, snapshot_digest, decision_digest, body_digest, about, gated_by, draft, decision,
       computed_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
     on conflict (territory_path, code) do nothing returning id`,
    [
      ...[head.id, head.territoryPath, head.code, head.mechanism, head.kind, head.agreement, head.period],
      ...[head.moneyPeriod, head.policyId, head.ruleEdition, head.fundId, head.fundCode, head.purpose],
      ...[head.snapshotDigest, head.decisionDigest, head.bodyDigest, head.about, head.gatedBy],
      ...[JSON.stringify(draft), JSON.stringify(head.decision), actor.name],
    ],
  );
  return rows.length > 0;
}

export async function insertFigures(
  tx: EntityManager,
  settlementId: string,
  figures: readonly AccountFigure[],
): Promise<void> {
  const column = <K extends keyof AccountFigure>(key: K) => figures.map((figure) => figure[key]);
  await tx.query(
    `insert into settlement.figure (settlement_id, figure_no, territory_path, unit, column_code, period, value, account_id,
       disclosure_id, digest, norm_id, norm_edition)
     select $1, no, path, unit, col, period, value, account, disclosure, digest, norm, edition
     from unnest($2::public.ltree[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::text[], $10::text[],
       $11::text[]) with ordinality as f (path, unit, col, period, value, account, disclosure, digest, norm, edition, no)`,
    [
      ...[settlementId, column('territoryPath'), column('unit'), column('column'), column('period'), column('value')],
      ...[column('accountId'), column('disclosureId'), column('digest'), column('normId'), column('normEdition')],
    ],
  );
}

/** A line with the territory whose people see it. */
export type PlacedLine = SettlementLine & { readonly territoryPath: string };

export async function insertLines(
  tx: EntityManager,
  settlementId: string,
  lines: readonly PlacedLine[],
): Promise<void> {
  for (let from = 0; from < lines.length; from += rowsPerStatement) {
    const some = lines.slice(from, from + rowsPerStatement);
    const column = <K extends keyof PlacedLine>(key: K) => some.map((line) => line[key]);
    await tx.query(
      `insert into settlement.line (settlement_id, line_no, territory_path, payment, unit, from_party, to_party, amount_fen, detail)
       select $1, no, path, payment, unit, from_party, to_party, fen, detail::jsonb
       from unnest($2::int[], $3::public.ltree[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[])
         as l (no, path, payment, unit, from_party, to_party, fen, detail)`,
      [
        ...[settlementId, column('no'), column('territoryPath'), column('payment'), column('unit')],
        ...[column('fromParty'), column('toParty'), some.map(({ amountFen }) => amountFen.toString())],
        some.map(({ detail }) =>
          JSON.stringify(detail, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
        ),
      ],
    );
  }
}

const fenColumns = [
  ...(['entitledFen', 'settledFen', 'advancedFen', 'takenFen', 'claimFen', 'billFen', 'clawbackFen'] as const),
  ...(['advanceSpentFen', 'waitingFen'] as const),
];

export async function insertParts(
  tx: EntityManager,
  gist: SettlementGist,
  parts: readonly PlacedPart[],
): Promise<void> {
  for (let from = 0; from < parts.length; from += rowsPerStatement) {
    const some = parts.slice(from, from + rowsPerStatement);
    const column = <K extends keyof PlacedPart>(key: K) => some.map((part) => part[key]);
    await tx.query(
      `insert into settlement.part (settlement_id, gist, party, territory_path, name, entitled_fen, settled_fen, advanced_fen,
         taken_fen, claim_fen, bill_fen, clawback_fen, advance_spent_fen, waiting_fen, waiting_cause, vintage_id)
       select $1, $2, party, path, name::jsonb, entitled, settled, advanced, taken, claim, bill, clawback, advance_spent, waiting,
         cause, vintage
       from unnest($3::text[], $4::public.ltree[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
         $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::text[], $16::uuid[])
         as p (party, path, name, entitled, settled, advanced, taken, claim, bill, clawback, advance_spent, waiting, cause, vintage)`,
      [
        ...[gist.id, JSON.stringify(gist), column('party'), column('territoryPath')],
        some.map(({ name }) => JSON.stringify(name)),
        ...fenColumns.map((key) => some.map((part) => part[key].toString())),
        ...[column('waitingCause'), column('vintageId')],
      ],
    );
  }
}

const headColumns = `s.id, s.territory_path::text as "territoryPath", s.code, s.mechanism, s.kind, s.agreement, s.period,
  s.money_period as "moneyPeriod", s.policy_id as "policyId", s.rule_edition as "ruleEdition", s.fund_id as "fundId",
  s.fund_code as "fundCode", s.purpose, s.snapshot_digest as "snapshotDigest", s.decision_digest as "decisionDigest",
  s.body_digest as "bodyDigest", s.about, s.gated_by as "gatedBy", s.decision, s.computed_by as "computedBy",
  s.computed_name as "computedName", s.computed_at as "computedAt"`;

export interface SettlementFilter {
  readonly ids?: readonly string[];
  readonly code?: string;
  /** The territory itself, not what lies below it. */
  readonly territoryPath?: string;
  /** ltree text: settlements of this territory and below it. */
  readonly within?: string;
  readonly agreement?: string;
  readonly period?: string;
  readonly kind?: SettlementKind;
  readonly mechanism?: string;
  readonly fundId?: string;
  readonly about?: string;
  /** Id of the last one of the page before. */
  readonly after?: string;
  readonly limit?: number;
}

/** Settlements whose territory the actor sees, the newest first. */
export async function listHeads(tx: EntityManager, filter: SettlementFilter = {}): Promise<SettlementHead[]> {
  return tx.query<SettlementHead[]>(
    `select ${headColumns} from settlement.settlement s
     where ($1::uuid[] is null or s.id = any ($1)) and ($2::text is null or s.code = $2)
       and ($3::public.ltree is null or s.territory_path = $3) and ($4::public.ltree is null or s.territory_path <@ $4)
       and ($5::text is null or s.agreement = $5) and ($6::text is null or s.period = $6) and ($7::text is null or s.kind = $7)
       and ($8::text is null or s.mechanism = $8) and ($9::uuid is null or s.fund_id = $9) and ($10::uuid is null or s.about = $10)
       and ($11::uuid is null or (s.computed_at, s.id) < (select l.computed_at, l.id from settlement.settlement l where l.id = $11))
     order by s.computed_at desc, s.id desc limit $12`,
    [
      ...[filter.ids ?? null, filter.code ?? null, filter.territoryPath ?? null, filter.within ?? null],
      ...[filter.agreement ?? null, filter.period ?? null, filter.kind ?? null, filter.mechanism ?? null],
      ...[filter.fundId ?? null, filter.about ?? null, filter.after ?? null, filter.limit ?? null],
    ],
  );
}

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of a settlement that is named by its id or its code, among those of which the actor sees the head or a part.
 * @throws SettlementMissing, SettlementAmbiguous
 */
export async function settlementIdOf(tx: EntityManager, idOrCode: string): Promise<string> {
  if (idPattern.test(idOrCode)) return idOrCode.toLowerCase();
  const found = await tx.query<{ id: string; territory: string }[]>(
    `select id, replace(public.ltree2text(public.subpath(territory_path, -1)), '_', '-') as territory
     from settlement.settlement where code = $1
     union select settlement_id, '' from settlement.part p where gist ->> 'code' = $1
       and not exists (select from settlement.settlement s where s.id = p.settlement_id)
     order by territory, id`,
    [idOrCode],
  );
  if (found.length === 0) throw new SettlementMissing({ zh: '结算', en: 'settlement' }, idOrCode);
  if (found.length > 1) throw new SettlementAmbiguous(idOrCode, found);
  return found[0].id;
}

/** @throws SettlementMissing */
export async function getHead(tx: EntityManager, id: string): Promise<SettlementHead> {
  const [found] = /^[0-9a-f-]{36}$/.test(id) ? await listHeads(tx, { ids: [id] }) : [];
  if (!found) throw new SettlementMissing({ zh: '结算', en: 'settlement' }, id);
  return found;
}

/** The draft as it was handed in, with the rule edition that it was decided by. */
export async function getDraft(tx: EntityManager, id: string): Promise<SettlementDraft> {
  const [row] = await tx.query<{ draft: SettlementDraft }[]>('select draft from settlement.settlement where id = $1', [
    id,
  ]);
  if (!row) throw new SettlementMissing({ zh: '结算', en: 'settlement' }, id);
  return row.draft;
}

export async function listFigures(tx: EntityManager, settlementId: string, unit?: string): Promise<AccountFigure[]> {
  return tx.query<AccountFigure[]>(
    `select unit, column_code as "column", period, value, account_id as "accountId", disclosure_id as "disclosureId", digest,
       norm_id as "normId", norm_edition as "normEdition", territory_path::text as "territoryPath"
     from settlement.figure where settlement_id = $1 and ($2::text is null or unit = $2) order by figure_no`,
    [settlementId, unit ?? null],
  );
}

export interface LineFilter {
  readonly unit?: string;
  readonly party?: string;
  readonly after?: number;
  readonly limit?: number;
}

/** Lines that the actor sees, in their order. */
export async function listLines(
  tx: EntityManager,
  settlementId: string,
  { unit, party, after, limit }: LineFilter = {},
): Promise<PlacedLine[]> {
  const rows = await tx.query<(Omit<PlacedLine, 'amountFen'> & { fen: string })[]>(
    `select line_no as no, payment, unit, from_party as "fromParty", to_party as "toParty", amount_fen as fen, detail,
       territory_path::text as "territoryPath"
     from settlement.line where settlement_id = $1 and ($2::text is null or unit = $2)
       and ($3::text is null or $3 in (from_party, to_party)) and ($4::int is null or line_no > $4)
     order by line_no limit $5`,
    [settlementId, unit ?? null, party ?? null, after ?? null, limit ?? null],
  );
  return rows.map(({ fen, ...line }) => ({ ...line, amountFen: BigInt(fen) }));
}

/** A part with the gist of its settlement. */
export type PartRow = PlacedPart & { readonly settlementId: string; readonly gist: SettlementGist };

export interface PartFilter {
  readonly settlementIds?: readonly string[];
  readonly party?: string;
  /** ltree text: parts of this territory and below it. */
  readonly within?: string;
  /** Settlements of these years, or of parts of them. */
  readonly years?: readonly string[];
}

/** Parts that the actor sees, by settlement and party. */
export async function listParts(
  tx: EntityManager,
  { settlementIds, party, within, years }: PartFilter,
): Promise<PartRow[]> {
  const rows = await tx.query<
    (Omit<PartRow, (typeof fenColumns)[number]> & Record<(typeof fenColumns)[number], string>)[]
  >(
    `select settlement_id as "settlementId", gist, party, territory_path::text as "territoryPath", name,
       entitled_fen as "entitledFen", settled_fen as "settledFen", advanced_fen as "advancedFen", taken_fen as "takenFen",
       claim_fen as "claimFen", bill_fen as "billFen", clawback_fen as "clawbackFen", advance_spent_fen as "advanceSpentFen",
       waiting_fen as "waitingFen", waiting_cause as "waitingCause", vintage_id as "vintageId"
     from settlement.part where ($1::uuid[] is null or settlement_id = any ($1)) and ($2::text is null or party = $2)
       and ($3::public.ltree is null or territory_path <@ $3) and ($4::text[] is null or left(gist ->> 'period', 4) = any ($4))
     order by settlement_id, party`,
    [settlementIds ?? null, party ?? null, within ?? null, years ?? null],
  );
  return rows.map((row) => ({
    ...row,
    ...(Object.fromEntries(fenColumns.map((key) => [key, BigInt(row[key])])) as Record<
      (typeof fenColumns)[number],
      Fen
    >),
  }));
}

/** Computing for an agreement, or deciding over a fund, comes one after the other until the transaction ends. */
export async function lockFor(tx: EntityManager, what: 'agreement' | 'fund', code: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 86))', [`${what} ${code}`]);
}
