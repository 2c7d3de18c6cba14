/** Use cases of market purchases: sign one at the price of the rule in force, and match what is received to its instalments. */
import { Injectable } from '@nestjs/common';
import { digestOfValue, formatYuan } from '@gep/kernel';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { policyInForce } from '@gep/rulebook';
import { SettlementTools } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { getCompany, lockRegister } from '../company/company.store';
import { mustSell } from '../company/must-sell.service';
import { deedDay } from '../deed-day.service';
import { unsellable } from '../gain/judge-gain';
import { retireGain } from '../gain/sold-gain.service';
import { MarketPurchaseRefused } from './errors';
import {
  checkMarketTerms,
  type InstalmentStanding,
  type MarketReceipt,
  type MarketTerms,
  priceOf,
  scheduleOf,
  standingOf,
} from './market-purchase';
import {
  getPurchase,
  insertPurchase,
  insertReceipt,
  listInstalments,
  listPurchases,
  listReceipts,
  type MarketPurchase,
} from './market-purchase.store';

export interface MarketDraft extends MarketTerms {
  readonly code: string;
  /** Code or id of the company that sells. */
  readonly company: string;
  /** Day of signing; today when absent. */
  readonly on?: string;
}

export interface ReceiptDraft {
  /** Code or id. */
  readonly purchase: string;
  /** The oldest one that is open when absent. */
  readonly instalmentNo?: number;
  readonly amountFen: bigint;
  readonly on?: string;
  readonly bankReference: string;
}

@Injectable()
export class MarketPurchaseService {
  constructor(
    private readonly database: Database,
    private readonly tools: SettlementTools,
  ) {}

  /** @throws MarketPurchaseRefused, CompanyMayNotSell, PolicyNotInForce, SoldGainRefused, DeedDayRefused */
  async sign(
    actor: Actor,
    draft: MarketDraft,
    key: string,
  ): Promise<{ readonly id: string; readonly priceFen: string }> {
    const units = await this.tools.units();
    return this.once(actor, 'sign', draft, key, async (tx) => {
      const { code, company: name, on, ...terms } = draft;
      checkMarketTerms(code, terms);
      const signedOn = await deedDay(tx, on);
      const company = await getCompany(tx, name);
      await mustSell(tx, company, terms.territory, signedOn, terms.parcel);
      const { territoryPath } = company;
      const period = signedOn.slice(0, 4);
      const { rule, edition } = await policyInForce(tx, { territoryPath, id: terms.policy, period });
      const { priceFen, instalmentsFen } = priceOf(code, rule, units, terms, period);
      const head = { code, territoryPath, terms, policyEdition: edition, priceFen, signedOn };
      const row = { ...head, companyId: company.id, termsDigest: digestOfValue(terms) };
      await refuseSoldSite(tx, code, terms);
      const id = await insertPurchase(tx, actor, row, scheduleOf(instalmentsFen, terms));
      if (id === undefined)
        throw new MarketPurchaseRefused(code, [
          {
            zh: '代码已被使用（平台内唯一）；请换一个代码',
            en: 'the code is taken (it is unique on the platform); give another one',
          },
        ]);
      const inOrder = terms.gains.toSorted((one, other) => (one.year < other.year ? -1 : 1));
      for (const { service, year, amountFen } of inOrder) {
        const gain = { territory: terms.territory, parcel: terms.parcel, service, year, amountFen: BigInt(amountFen) };
        const sale = { soldTo: terms.buyer, credit: code, reason: code, documentDigest: null };
        await retireGain(tx, actor, { ...gain, ...sale }, unsellable);
      }
      await audit(tx, actor, 'sign', head, {
        company: company.code,
        priceFen,
        instalments: instalmentsFen.length,
        terms,
      });
      return { id, priceFen: priceFen.toString() };
    });
  }

  /** Matches money that came in to an instalment. @throws MarketPurchaseRefused, MarketPurchaseMissing */
  receive(
    actor: Actor,
    draft: ReceiptDraft,
    key: string,
  ): Promise<{ readonly id: string; readonly instalmentNo: number; readonly openFen: string }> {
    return this.once(actor, 'receive', draft, key, async (tx) => {
      const { code } = await getPurchase(tx, draft.purchase);
      await lockRegister(tx, `market purchase ${code}`);
      const purchase = await getPurchase(tx, code);
      const receivedOn = await deedDay(tx, draft.on, purchase.signedOn);
      const refuse = (zh: string, en: string): MarketPurchaseRefused => new MarketPurchaseRefused(code, [{ zh, en }]);
      const standing = standingOf(
        await listInstalments(tx, purchase.id),
        await listReceipts(tx, purchase.id),
        receivedOn,
      );
      const { instalmentNo, amountFen, bankReference } = draft;
      const open = standing.find(({ no, openFen }) =>
        instalmentNo === undefined ? openFen > 0n : no === instalmentNo,
      );
      if (!open) throw refuse('没有这一期，或各期均已收讫', 'there is no such instalment, or all are received');
      if (amountFen <= 0n || amountFen > open.openFen)
        throw refuse(
          `第 ${open.no} 期尚应收 ${formatYuan(open.openFen)} 元，不能登记 ${formatYuan(amountFen)} 元；多收的请分期登记`,
          `${formatYuan(open.openFen)} yuan of instalment ${open.no} are open, not ${formatYuan(amountFen)}; record more than that by instalments`,
        );
      const receipt = { instalmentNo: open.no, amountFen, receivedOn, bankReference };
      const id = await insertReceipt(tx, actor, purchase, receipt);
      if (id === undefined)
        throw refuse(
          `回单 ${bankReference} 已登记过（平台内唯一）`,
          `the slip ${bankReference} was matched before (it is unique on the platform)`,
        );
      await audit(tx, actor, 'receive', purchase, receipt);
      return { id, instalmentNo: open.no, openFen: (open.openFen - amountFen).toString() };
    });
  }

  private async once<T>(
    actor: Actor,
    act: string,
    body: object,
    key: string,
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<T> {
    const action = `procurement.market-purchase.${act}`;
    const { response } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action, body }, () => work(tx)),
    );
    return response;
  }
}

export interface MarketView {
  readonly purchase: MarketPurchase;
  readonly instalments: readonly InstalmentStanding[];
  readonly receipts: readonly MarketReceipt[];
}

/** @throws MarketPurchaseMissing */
export async function viewPurchase(tx: EntityManager, codeOrId: string, today: string): Promise<MarketView> {
  const purchase = await getPurchase(tx, codeOrId);
  const receipts = await listReceipts(tx, purchase.id);
  return { purchase, receipts, instalments: standingOf(await listInstalments(tx, purchase.id), receipts, today) };
}

/** @throws MarketPurchaseRefused when the same valuation of the same site was sold by before */
async function refuseSoldSite(tx: EntityManager, code: string, terms: MarketTerms): Promise<void> {
  const { territory, parcel, valuation } = terms;
  await lockRegister(tx, `valuation ${valuation.documentDigest}`);
  const other = (await listPurchases(tx, { valuedBy: valuation.documentDigest })).find(
    (one) => one.terms.territory === territory && one.terms.parcel === parcel && one.code !== code,
  );
  if (!other) return;
  throw new MarketPurchaseRefused(code, [
    {
      zh: `同一地块按同一份估值报告已由 ${other.code} 出售；查看：gep market-purchase show ${other.code} · GET /api/v1/market-purchases/${other.code}`,
      en: `the same site is sold by the same valuation paper in ${other.code}; see gep market-purchase show ${other.code} · GET /api/v1/market-purchases/${other.code}`,
    },
  ]);
}

const audit = (
  tx: EntityManager,
  actor: Actor,
  act: string,
  { code, territoryPath }: Pick<MarketPurchase, 'code' | 'territoryPath'>,
  after: object,
): Promise<void> =>
  appendAudit(tx, { actor, action: `procurement.market-purchase.${act}`, subject: code, territoryPath, after });
