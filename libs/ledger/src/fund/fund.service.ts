/** Use cases of special funds: open one, add a source, receive money, and reserve it for claims without regard to their order. */
import { Injectable } from '@nestjs/common';
import type { Fen } from '@gep/kernel';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { insertAccount } from '../book/book.store';
import { FundRefused, LedgerMissing } from '../errors';
import type { LedgerAnswer } from '../ledger.service';
import { postVoucher } from '../voucher/post-voucher.store';
import { noBasis } from '../voucher/voucher';
import { fundAccounts, sourceAccount } from './fund-accounts';
import {
  getFundAccount,
  type FundDraft,
  getFund,
  insertFund,
  insertSource,
  listSources,
  type SourceDraft,
} from './fund.store';
import { type FundDecision, type FundedClaim, reserveFundClaims } from './reserve-claims.store';

/** Money that comes into a source. */
export interface FundReceipt {
  readonly fundId: string;
  readonly source: string;
  readonly amountFen: Fen;
  readonly effectiveDate: string;
  readonly businessKey: string;
  readonly memo: string;
  readonly agreement?: string;
}

@Injectable()
export class FundService {
  constructor(private readonly database: Database) {}

  /** Opens a fund with the accounts that every fund has. @throws FundRefused when there is one of this code */
  openFund(actor: Actor, draft: FundDraft, key: string): Promise<LedgerAnswer> {
    return this.once(actor, 'ledger.fund.open', draft, key, async (tx) => {
      requireCode(draft.code, draft.code);
      const id = await insertFund(tx, draft);
      if (id === undefined) throw new FundRefused(draft.code, { zh: '该地域已有此资金', en: 'the territory has it' });
      for (const account of fundAccounts(draft)) await insertAccount(tx, account);
      await appendAudit(tx, {
        ...{ actor, action: 'ledger.fund.open', subject: id, territoryPath: draft.territoryPath, after: draft },
      });
      return { id };
    });
  }

  /** @throws LedgerMissing, FundRefused when the fund has one of this code */
  addSource(
    actor: Actor,
    { fundId, ...draft }: SourceDraft & { readonly fundId: string },
    key: string,
  ): Promise<LedgerAnswer> {
    return this.once(actor, 'ledger.source.add', { fundId, ...draft }, key, async (tx) => {
      const fund = await getFund(tx, fundId);
      requireCode(fund.code, draft.code);
      if (!Number.isInteger(draft.budgetYear) || draft.budgetYear < 1949 || draft.budgetYear > 2199)
        throw new FundRefused(fund.code, { zh: '预算年度应为 1949 至 2199', en: 'a budget year is from 1949 to 2199' });
      const accountId = await insertAccount(tx, sourceAccount(fund, draft));
      const id = await insertSource(tx, fund, { ...draft, accountId });
      if (id === undefined)
        throw new FundRefused(fund.code, { zh: `已有来源 ${draft.code}`, en: `it has a source ${draft.code}` });
      const { territoryPath } = fund;
      await appendAudit(tx, { actor, action: 'ledger.source.add', subject: id, territoryPath, after: draft });
      return { id };
    });
  }

  /** Takes money in. @throws LedgerMissing, and what `postVoucher` throws */
  receive(actor: Actor, receipt: FundReceipt, key: string): Promise<LedgerAnswer> {
    return this.once(actor, 'ledger.fund.receive', receipt, key, async (tx) => {
      const { fundId, amountFen, effectiveDate, businessKey, memo, agreement = null } = receipt;
      const fund = await getFund(tx, fundId);
      const { territoryPath } = fund;
      const source = (await listSources(tx, fundId)).find(({ code }) => code === receipt.source);
      if (!source) throw new LedgerMissing({ zh: '资金来源', en: 'source of the fund' }, receipt.source);
      const granted = await getFundAccount(tx, fund, 'granted');
      const basis = { ...noBasis, agreement, period: String(source.budgetYear) };
      const of = { party: null, territoryPath, basis };
      const answer = await postVoucher(tx, actor, {
        ...{ businessKey, kind: 'receipt', effectiveDate, territoryPath, memo },
        postings: [
          { ...of, accountId: source.accountId, amountFen },
          { ...of, accountId: granted, amountFen: -amountFen },
        ],
      });
      const trail = { actor, action: 'ledger.fund.receive', subject: answer.id, territoryPath, after: receipt };
      if (!answer.replayed) await appendAudit(tx, trail);
      return answer;
    });
  }

  /**
   * Decides over claims and holds the money of what they got. Two decisions at once come one after the other; what a claim did
   * not get is recorded, and refuses nothing.
   * @throws LedgerMissing, FundRefused
   */
  async reserveClaims(actor: Actor, decision: FundDecision, key: string): Promise<FundedClaim[]> {
    const { claims } = await this.once(actor, 'ledger.fund.decide', decision, key, async (tx) => {
      const { territoryPath } = await getFund(tx, decision.fundId);
      const funded = await reserveFundClaims(tx, actor, decision);
      const subject = `${decision.fundId}/${decision.decisionKey}`;
      await appendAudit(tx, { actor, action: 'ledger.fund.decide', subject, territoryPath, after: { claims: funded } });
      return { claims: funded };
    });
    return claims.map(readBack);
  }

  private async once<T extends object>(
    actor: Actor,
    action: string,
    body: object,
    key: string,
    work: (tx: EntityManager) => Promise<T & { readonly replayed?: boolean }>,
  ): Promise<T & { readonly replayed: boolean }> {
    const { response, replayed } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action, body }, () => work(tx)),
    );
    return { ...response, replayed: replayed || (response.replayed ?? false) };
  }
}

/** Fen come back from the kept answer as text. */
function readBack(claim: FundedClaim): FundedClaim {
  const { claimedFen, grantedFen, shortfallFen } = claim;
  return {
    ...claim,
    claimedFen: BigInt(claimedFen),
    grantedFen: BigInt(grantedFen),
    shortfallFen: BigInt(shortfallFen),
  };
}

/** @throws FundRefused */
function requireCode(fund: string, code: string): void {
  if (/^[a-z0-9][a-z0-9-]{0,39}$/.test(code)) return;
  throw new FundRefused(fund, {
    zh: `代码“${code}”应为 1 到 40 个小写字母、数字或“-”，以字母或数字开头`,
    en: `the code "${code}" has to be 1 to 40 lower-case letters, digits or "-", a letter or digit first`,
  });
}
