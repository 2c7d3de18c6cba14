/** Use cases of money used: record a spending with its evidence, state a year, take or lift a measure. */
import { Injectable } from '@nestjs/common';
import { type Bilingual, formatYuan } from '@gep/kernel';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { type Contract, type ContractDeed, lastDeed } from '../contract/contract';
import { getContract, listDeeds } from '../contract/contract.store';
import { summaryOf } from '../contract/contract-view.service';
import { lockRegister } from '../company/company.store';
import { deedDay } from '../deed-day.service';
import { SpendingRefused } from './errors';
import { isAllSpent, type MeasureKind, nextEdition, type Spending, spentFen, standingMeasures } from './spending';
import {
  insertMeasure,
  insertSpending,
  insertStatement,
  listMeasures,
  listSpendings,
  listStatements,
} from './spending.store';

export interface SpendingDraft extends Omit<Spending, 'id' | 'cancels' | 'spentOn'> {
  /** Code or id. */
  readonly contract: string;
  readonly on?: string;
}

export interface MeasureDraft {
  readonly contract: string;
  readonly kind: MeasureKind;
  readonly lifts?: string;
  readonly amountFen?: bigint;
  readonly on?: string;
  readonly reason: string;
}

interface Paid {
  readonly tx: EntityManager;
  readonly contract: Contract;
  readonly deeds: readonly ContractDeed[];
  readonly paidOn: string;
  readonly refuse: (zh: string, en: string) => SpendingRefused;
}

@Injectable()
export class SpendingService {
  constructor(private readonly database: Database) {}

  /** @throws SpendingRefused, ContractMissing, DeedDayRefused */
  spend(actor: Actor, draft: SpendingDraft, key: string): Promise<{ readonly id: string }> {
    return this.once(actor, 'spend', draft, key, async ({ tx, contract, deeds, paidOn, refuse }) => {
      const { use, purpose, amountFen, evidence, documentDigest } = draft;
      const { allowedPurposes } = contract.terms;
      const spentOn = await deedDay(tx, draft.on, paidOn);
      if (amountFen <= 0n) throw refuse('金额应大于零', 'the amount is above zero');
      if (use === 'allowed' && !allowedPurposes.includes(purpose))
        throw refuse(
          `“${purpose}”不是合同允许的用途（${allowedPurposes.join('、') || '无'}）；用于保护请写 conservation`,
          `"${purpose}" is no purpose that the contract allows (${allowedPurposes.join(', ') || 'none'}); what is for conservation says so`,
        );
      const { unspentFen } = await summaryOf(tx, contract, deeds, spentOn);
      if (amountFen > unspentFen)
        throw refuse(
          `尚未使用的为 ${formatYuan(unspentFen)} 元，不足 ${formatYuan(amountFen)} 元`,
          `${formatYuan(unspentFen)} yuan are unspent, less than ${formatYuan(amountFen)}`,
        );
      const row = { use, purpose, amountFen, spentOn, evidence, documentDigest, cancels: null };
      const id = await insertSpending(tx, actor, contract, row);
      if (id === undefined)
        throw refuse(
          `凭证 ${evidence} 已用于另一笔支出（平台内唯一）`,
          `the evidence ${evidence} proves another spending already (it is unique on the platform)`,
        );
      return { id };
    });
  }

  /** Takes a spending back by one of the opposite amount, once. @throws SpendingRefused */
  takeBack(
    actor: Actor,
    draft: { readonly contract: string; readonly id: string; readonly documentDigest: string },
    key: string,
  ): Promise<{ readonly id: string }> {
    return this.once(actor, 'take-back', draft, key, async ({ tx, contract, refuse }) => {
      const found = (await listSpendings(tx, contract.id)).find(({ id }) => id === draft.id);
      const opposite = found &&
        found.cancels === null && {
          ...found,
          ...{ amountFen: -found.amountFen, cancels: found.id, evidence: `cancels ${found.id}` },
          documentDigest: draft.documentDigest,
        };
      const id = opposite ? await insertSpending(tx, actor, contract, opposite) : undefined;
      if (id === undefined)
        throw refuse('没有这一笔支出，或已被冲回', 'there is no such spending, or it was taken back before');
      return { id };
    });
  }

  /**
   * States a year that is over, or in which the money was used up: its sums are those of what was recorded. A statement that is
   * no longer right is followed by the next edition. @throws SpendingRefused
   */
  state(
    actor: Actor,
    draft: { readonly contract: string; readonly year: string; readonly on?: string; readonly documentDigest: string },
    key: string,
  ): Promise<{ readonly edition: number; readonly conservationFen: string; readonly allowedFen: string }> {
    return this.once(actor, 'state', draft, key, async ({ tx, contract, deeds, paidOn, refuse }) => {
      const { year, documentDigest } = draft;
      const on = await deedDay(tx, draft.on, paidOn);
      if (on.slice(0, 4) <= year && !isAllSpent(await summaryOf(tx, contract, deeds, on)))
        throw refuse(
          `${year} 年在 ${on} 尚未结束，资金也未用完；请在年度结束后报告（--on 或请求的 on 为 ${Number(year) + 1}-01-01 或以后）`,
          `on ${on} the year ${year} is not over and the money is not used up; state it once the year has ended (--on, or on of the request: ${Number(year) + 1}-01-01 or later)`,
        );
      const of = (await listSpendings(tx, contract.id)).filter(({ spentOn }) => spentOn.startsWith(year));
      const [conservationFen, allowedFen] = (['conservation', 'allowed'] as const).map((use) => spentFen(of, use));
      const edition = nextEdition(await listStatements(tx, contract.id), { year, conservationFen, allowedFen });
      if (edition === undefined)
        throw refuse(
          `${year} 年已有报告，此后没有新的支出或冲回`,
          `there is a statement of ${year}, and nothing was spent or taken back since`,
        );
      await insertStatement(tx, actor, contract, { year, edition, conservationFen, allowedFen, on, documentDigest });
      return { edition, conservationFen: conservationFen.toString(), allowedFen: allowedFen.toString() };
    });
  }

  /** Delays, cuts, stops, recovers, or lifts one of these (Regulation art. 31). @throws SpendingRefused */
  measure(actor: Actor, draft: MeasureDraft, key: string): Promise<{ readonly id: string }> {
    return this.once(actor, 'measure', draft, key, async ({ tx, contract, paidOn, refuse }) => {
      const { kind, lifts = null, amountFen = null, reason } = draft;
      const on = await deedDay(tx, draft.on, paidOn);
      const takesOff = kind === 'cut' || kind === 'recover';
      if (takesOff !== (amountFen !== null && amountFen > 0n) || (!takesOff && amountFen !== null))
        throw refuse(
          '减拨、追回须写大于零的金额，其他不写',
          'a cut or recovery names an amount above zero, nothing else does',
        );
      if (reason.trim().length < 4) throw refuse('请写明理由', 'say why');
      const standing = standingMeasures(await listMeasures(tx, contract.companyId));
      if ((kind === 'lift') !== (lifts !== null) || (lifts !== null && !standing.some(({ id }) => id === lifts)))
        throw refuse(
          '解除时须写明仍有效的处理，其他不写',
          'lifting names a measure that still holds, nothing else does',
        );
      const id = await insertMeasure(tx, actor, contract, { kind, lifts, amountFen, on, reason });
      if (id === undefined) throw refuse('该处理已解除', 'that measure was lifted before');
      return { id };
    });
  }

  private async once<T>(
    actor: Actor,
    act: string,
    draft: { readonly contract: string },
    key: string,
    work: (paid: Paid) => Promise<T>,
  ): Promise<T> {
    const action = `procurement.spending.${act}`;
    const { response } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action, body: draft }, async () => {
        const { code } = await getContract(tx, draft.contract);
        await lockRegister(tx, `spending ${code}`);
        const contract = await getContract(tx, code);
        const deeds = await listDeeds(tx, contract.id);
        const paid = lastDeed(deeds, 'pay');
        const refuse = (zh: string, en: string): SpendingRefused =>
          new SpendingRefused(code, { zh, en } satisfies Bilingual);
        if (!paid) throw refuse('合同尚未支付，没有可使用的资金', 'nothing has been paid, so there is nothing to use');
        const done = await work({ tx, contract, deeds, paidOn: paid.on, refuse });
        const { territoryPath } = contract;
        await appendAudit(tx, { actor, action, subject: code, territoryPath, after: { ...draft, ...done } });
        return done;
      }),
    );
    return response;
  }
}
