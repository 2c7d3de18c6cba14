/** SQL of proposals and their steps. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { Posting } from '../voucher/voucher';
import type { Proposal, ProposalAct, ProposalKind } from './proposal';

export interface ProposalDraft {
  readonly fundId: string;
  readonly territoryPath: string;
  readonly kind: ProposalKind;
  readonly reason: string;
  readonly aboutVoucher: string | null;
  readonly postings: readonly Posting[];
}

/** @returns the id */
export async function insertProposal(tx: EntityManager, draft: ProposalDraft, actor: Actor): Promise<string> {
  const postings = draft.postings.map((posting) => ({ ...posting, amountFen: posting.amountFen.toString() }));
  const [row] = await tx.query<[{ id: string }]>(
    `insert into ledger.proposal (fund_id, territory_path, kind, reason, about_voucher, postings, proposed_by_name)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [
      ...[draft.fundId, draft.territoryPath, draft.kind, draft.reason, draft.aboutVoucher],
      ...[JSON.stringify(postings), actor.name],
    ],
  );
  return row.id;
}

export interface ProposalStepDraft {
  readonly proposalId: string;
  readonly act: ProposalAct;
  readonly voucherId: string | null;
  readonly reason: string;
}

/** The step gets its number and the actor from the database, which checks it again. */
export async function insertProposalStep(tx: EntityManager, step: ProposalStepDraft, actor: Actor): Promise<void> {
  await tx.query(
    `insert into ledger.proposal_step (proposal_id, act, voucher_id, reason, actor_name) values ($1, $2, $3, $4, $5)`,
    [step.proposalId, step.act, step.voucherId, step.reason, actor.name],
  );
}

export interface ProposalFilter {
  readonly id?: string;
  readonly fundId?: string;
  /** Only those that wait for somebody. */
  readonly open?: boolean;
  /** Moment (ISO 8601) and id of the last one of the page before. */
  readonly before?: readonly [string, string];
  readonly limit?: number;
}

/** Proposals that the actor may see, the latest first. */
export async function listProposals(tx: EntityManager, filter: ProposalFilter = {}): Promise<Proposal[]> {
  const rows = await tx.query<ProposalRow[]>(
    `select p.id, p.fund_id as "fundId", p.territory_path::text as "territoryPath", p.kind, p.reason,
       p.about_voucher as "aboutVoucher", p.postings, p.proposed_by as "proposedBy", p.proposed_by_name as "proposedByName",
       p.proposed_at as "proposedAt", coalesce(s.steps, '[]') as steps
     from ledger.proposal p cross join lateral (
       select json_agg(json_build_object('act', act, 'actorId', actor_id, 'actorName', actor_name, 'reason', reason,
           'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'voucherId', voucher_id) order by step_no) as steps,
         bool_or(act <> 'approve') as ended
       from ledger.proposal_step where proposal_id = p.id) as s
     where ($1::uuid is null or p.id = $1) and ($2::uuid is null or p.fund_id = $2)
       and (not $3::boolean or s.ended is not true)
       and ($4::timestamptz is null or (p.proposed_at, p.id) < ($4, $5::uuid))
     order by p.proposed_at desc, p.id desc limit $6`,
    [
      ...[filter.id ?? null, filter.fundId ?? null, filter.open ?? false],
      ...[filter.before?.[0] ?? null, filter.before?.[1] ?? null, filter.limit ?? null],
    ],
  );
  return rows.map(({ postings, steps, ...row }) => ({
    ...row,
    postings: postings.map((posting) => ({ ...posting, amountFen: BigInt(posting.amountFen) })),
    steps: steps.map((step) => ({ ...step, at: new Date(step.at) })),
  }));
}

type ProposalRow = Omit<Proposal, 'postings' | 'steps'> & {
  postings: (Omit<Posting, 'amountFen'> & { amountFen: string })[];
  steps: (Omit<Proposal['steps'][number], 'at'> & { at: string })[];
};
