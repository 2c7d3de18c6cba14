/** Use cases of proposals: moving, returning, writing off and adjusting money of a fund, each by three persons. */
import { Injectable } from '@nestjs/common';
import { parsePeriod, sumFen, type Fen } from '@gep/kernel';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { enterBook, lockAccounts, readStates } from '../book/book.store';
import { readCalendar } from '../closing/closing.store';
import { FundRefused, LedgerMissing } from '../errors';
import type { FundRole } from '../fund/fund-accounts';
import { type Fund, type FundSource, getFund, getFundAccount, listSources } from '../fund/fund.store';
import { heldFen } from '../reservation/reservation';
import { databaseNow, listReservations } from '../reservation/reservation.store';
import { actOnReservation, reserve } from '../reservation/reserve.store';
import { checkVoucher } from '../voucher/check-voucher';
import { getVoucher, postVoucher } from '../voucher/post-voucher.store';
import { noBasis, type Posting } from '../voucher/voucher';
import {
  type AdjustmentLine,
  checkTransfer,
  type ClaimRole,
  deedOf,
  judgeProposal,
  type Proposal,
  type ProposalAct,
  type ProposalBasis,
  surplusFen,
} from './proposal';
import { insertProposal, insertProposalStep, listProposals, type ProposalDraft } from './proposal.store';

interface OfFund {
  readonly fundId: string;
  readonly reason: string;
}
export interface TransferWish extends OfFund {
  readonly from: string;
  readonly to: string;
  readonly amountFen: Fen;
}
export interface WriteOffWish extends OfFund, ProposalBasis {
  readonly claim: ClaimRole;
  readonly party: string;
  readonly amountFen: Fen;
}
export interface AdjustmentWish extends OfFund, ProposalBasis {
  /** The rule that the correction follows, by its edition or by the document that ordered it. */
  readonly ruleEdition: string;
  readonly aboutVoucher?: string;
  readonly postings: readonly AdjustmentLine<FundRole>[];
}

export interface ProposedAnswer {
  readonly ids: readonly string[];
  readonly replayed: boolean;
}

/** How long money is held for a proposal. */
const heldForMs = 30 * 24 * 3_600_000;

@Injectable()
export class ProposalService {
  constructor(private readonly database: Database) {}

  /** @throws LedgerMissing, FundRefused, BalanceInsufficient */
  transfer(actor: Actor, wish: TransferWish, key: string): Promise<ProposedAnswer> {
    return this.propose(actor, 'ledger.transfer.propose', wish, key, async (tx, fund) => {
      const [from, to] = [await getSource(tx, fund, wish.from), await getSource(tx, fund, wish.to)];
      requireAbove(fund, wish.amountFen);
      checkTransfer(fund.code, from, to);
      return [{ kind: 'transfer', postings: leaving(fund, from, to.accountId, wish.amountFen) }];
    });
  }

  /**
   * Proposes to return what is surplus this year, source by source; nothing where nothing is.
   * @throws LedgerMissing
   */
  sweepSurplus(actor: Actor, wish: OfFund, key: string): Promise<ProposedAnswer> {
    return this.propose(actor, 'ledger.surplus.sweep', wish, key, async (tx, fund) => {
      const sources = await listSources(tx, fund.id);
      await lockAccounts(
        tx,
        sources.map(({ accountId }) => accountId),
      );
      const { today } = await readCalendar(tx, [fund.territoryPath]);
      const returned = await getFundAccount(tx, fund, 'returned');
      return (await listSources(tx, fund.id))
        .map((source) => ({ source, fen: surplusFen(source, Number(today.slice(0, 4))) }))
        .filter(({ fen }) => fen > 0n)
        .map(({ source, fen }) => ({ kind: 'return' as const, postings: leaving(fund, source, returned, fen) }));
    });
  }

  /** @throws LedgerMissing, VoucherRefused, BalanceInsufficient when the party does not owe so much */
  writeOff(actor: Actor, wish: WriteOffWish, key: string): Promise<ProposedAnswer> {
    return this.propose(actor, 'ledger.write-off.propose', wish, key, async (tx, fund) => {
      const { claim, party, amountFen, agreement = null } = wish;
      requireAbove(fund, amountFen);
      const basis = { ...noBasis, period: parsePeriod(wish.period), agreement };
      const line = { territoryPath: fund.territoryPath, basis };
      const postings = [
        { ...line, accountId: await getFundAccount(tx, fund, 'written-off'), party, amountFen },
        { ...line, accountId: await getFundAccount(tx, fund, claim), party, amountFen: -amountFen },
      ];
      return [{ kind: 'write-off', postings }];
    });
  }

  /** @throws LedgerMissing, VoucherRefused, BalanceInsufficient */
  adjust(actor: Actor, wish: AdjustmentWish, key: string): Promise<ProposedAnswer> {
    return this.propose(actor, 'ledger.adjustment.propose', wish, key, async (tx, fund) => {
      const { ruleEdition, agreement = null, aboutVoucher = null } = wish;
      if (aboutVoucher !== null) await getVoucher(tx, aboutVoucher);
      const basis = { ...noBasis, period: parsePeriod(wish.period), agreement, ruleEdition };
      const postings: Posting[] = [];
      for (const { account, party, amountFen } of wish.postings) {
        const accountId = await getFundAccount(tx, fund, account);
        postings.push({ accountId, party, amountFen, territoryPath: fund.territoryPath, basis });
      }
      return [{ kind: 'adjustment', postings, aboutVoucher }];
    });
  }

  /** Approves, posts, refuses or withdraws. @throws LedgerMissing, ProposalRefused, ReservationRefused and what `postVoucher` throws */
  async act(
    actor: Actor,
    wish: { readonly proposalId: string; readonly act: ProposalAct; readonly reason: string },
    key: string,
  ): Promise<{ readonly voucherId: string | null; readonly replayed: boolean }> {
    const { proposalId: id, act, reason } = wish;
    const action = `ledger.proposal.${act}`;
    const { response, replayed } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action, body: wish }, async () => {
        await enterBook(tx);
        const { postings } = await getProposal(tx, id);
        // Acts on one proposal come one after the other, as do all deeds on its accounts.
        await lockAccounts(
          tx,
          postings.map(({ accountId }) => accountId),
        );
        const proposal = await getProposal(tx, id);
        judgeProposal(proposal, act, actor.id);
        const voucherId = await carryOut(tx, actor, proposal, act, reason);
        await insertProposalStep(tx, { proposalId: id, act, voucherId, reason }, actor);
        const { territoryPath } = proposal;
        await appendAudit(tx, { actor, action, subject: id, territoryPath, after: { ...wish, voucherId } });
        return { voucherId };
      }),
    );
    return { ...response, replayed };
  }

  private async propose(
    actor: Actor,
    action: string,
    wish: OfFund,
    key: string,
    plan: (
      tx: EntityManager,
      fund: Fund,
    ) => Promise<(Pick<ProposalDraft, 'kind' | 'postings'> & { aboutVoucher?: string | null })[]>,
  ): Promise<ProposedAnswer> {
    const { response, replayed } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action, body: wish }, async () => {
        await enterBook(tx);
        const fund = await getFund(tx, wish.fundId);
        const { territoryPath } = fund;
        const ids: string[] = [];
        for (const planned of await plan(tx, fund)) {
          const draft = { aboutVoucher: null, ...planned, fundId: fund.id, territoryPath, reason: wish.reason };
          const id = await insertProposal(tx, draft, actor);
          await hold(tx, actor, { ...draft, id }, fund);
          await appendAudit(tx, { actor, action, subject: id, territoryPath, after: wish });
          ids.push(id);
        }
        return { ids };
      }),
    );
    return { ids: response.ids, replayed };
  }
}

/** Money that leaves a source is held from now on; anything else is looked at as if it were posted now. */
async function hold(
  tx: EntityManager,
  actor: Actor,
  { id, kind, reason, territoryPath, postings }: ProposalDraft & { readonly id: string },
  fund: Fund,
): Promise<void> {
  const businessKey = `proposal:${id}`;
  const source = (await listSources(tx, fund.id)).find(({ accountId }) =>
    postings.some((posting) => posting.accountId === accountId && posting.amountFen < 0n),
  );
  if (!source) {
    checkVoucher({ businessKey, kind: deedOf[kind], territoryPath, postings }, await readStates(tx, postings));
    return;
  }
  const amountFen = -sumFen(postings.filter((one) => one.accountId === source.accountId).map((one) => one.amountFen));
  const expiresAt = new Date((await databaseNow(tx)).getTime() + heldForMs);
  const period = String(source.budgetYear);
  await reserve(tx, actor, {
    ...{ businessKey, accountId: source.accountId, amountFen, expiresAt, period, purpose: kind, memo: reason },
  });
}

/** @returns the voucher of a proposal that is posted */
async function carryOut(
  tx: EntityManager,
  actor: Actor,
  { id, kind, territoryPath, postings, aboutVoucher, reason: memo }: Proposal,
  act: ProposalAct,
  reason: string,
): Promise<string | null> {
  const businessKey = `proposal:${id}`;
  const held = (await listReservations(tx, { businessKeys: [businessKey] })).filter(
    (one) => one.territoryPath === territoryPath,
  );
  if (act !== 'post') {
    for (const reservation of held)
      if (act === 'approve' || heldFen(reservation) > 0n)
        await actOnReservation(tx, actor, reservation.id, { act: act === 'approve' ? 'approve' : 'void', reason });
    return null;
  }
  const { today: effectiveDate } = await readCalendar(tx, [territoryPath]);
  const draws = held.map((reservation) => ({ reservationId: reservation.id }));
  const voucher = await postVoucher(tx, actor, {
    ...{ businessKey, kind: deedOf[kind], effectiveDate, territoryPath, memo, aboutVoucher, postings, draws },
  });
  return voucher.id;
}

/** Money of a source on its way to another account, for the year that it came from. */
function leaving({ territoryPath }: Fund, from: FundSource, to: string, amountFen: Fen): Posting[] {
  const line = { party: null, territoryPath, basis: { ...noBasis, period: String(from.budgetYear) } };
  return [
    { ...line, accountId: to, amountFen },
    { ...line, accountId: from.accountId, amountFen: -amountFen },
  ];
}

/** @throws FundRefused */
function requireAbove({ code }: Fund, amountFen: Fen): void {
  if (amountFen <= 0n) throw new FundRefused(code, { zh: '金额应大于零', en: 'the amount has to be above zero' });
}

/** @throws LedgerMissing */
async function getSource(tx: EntityManager, fund: Fund, code: string): Promise<FundSource> {
  const source = (await listSources(tx, fund.id)).find((one) => one.code === code);
  if (!source) throw new LedgerMissing({ zh: '资金来源', en: 'source of the fund' }, code);
  return source;
}

/** @throws LedgerMissing */
async function getProposal(tx: EntityManager, id: string): Promise<Proposal> {
  const [found] = await listProposals(tx, { id });
  if (!found) throw new LedgerMissing({ zh: '提议', en: 'proposal' }, id);
  return found;
}
