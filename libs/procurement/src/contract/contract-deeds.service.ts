/** What each step of a contract does beside being noted: settlement, clocks, publications, invoices. */
import { formatYuan } from '@gep/kernel';
import { getFund, listSources } from '@gep/ledger';
import {
  frozenFigures,
  listClocks,
  meetClock,
  owePublication,
  publishOwed,
  startClock,
  type StartedClock,
  type Subject,
  waiveClocks,
} from '@gep/procedure';
import { actOnSettlement, type SettlementView } from '@gep/settlement';
import { partyOfCompany } from '../company/company';
import { getCompany } from '../company/company.store';
import { mustSell } from '../company/must-sell.service';
import { isUsed, type MeasureKind, standingMeasures } from '../spending/spending';
import { listMeasures } from '../spending/spending.store';
import { type ContractMoney, type DeedFacts, lastDeed, moneyOf } from './contract';
import type { ContractAct } from './contract-table';
import { summaryOf } from './contract-view.service';
import { insertInvoice } from './contract.store';
import { ContractHeld, ContractRefused, InvoiceTaken } from './errors';
import type { DeedWish } from './judge-deed';
import { idleSources } from './idle-sources';
import { type DeedContext, measureIncrement } from './measure-increment.service';

/** @returns further facts of the deed */
export async function doDeed(of: DeedContext, deed: DeedWish, reason = ''): Promise<DeedFacts> {
  const effect = effects[deed.act];
  return effect ? ((await effect(new DeedEffects(of, deed, reason))) ?? {}) : {};
}

type OwedPublication = 'single-source' | 'contract' | 'acceptance' | 'result';

/** What the effects of steps are made of. */
class DeedEffects {
  private readonly subject: Subject;

  constructor(
    readonly of: DeedContext,
    readonly deed: DeedWish,
    private readonly reason: string,
  ) {
    this.subject = { kind: 'contract', id: of.contract.id };
  }

  get money(): ContractMoney {
    return moneyOf(this.of.deeds);
  }

  settle(act: 'confirm' | 'reserve' | 'approve' | 'pay' | 'withdraw'): Promise<SettlementView> {
    const { tx, actor, tools } = this.of;
    const id = this.money.settlementId!;
    if (act === 'withdraw') return actOnSettlement(tx, actor, tools, { id, act, reason: this.reason });
    const named = { id, ...(this.reason !== '' && { reason: this.reason }) };
    if (act === 'approve' || act === 'pay')
      return actOnSettlement(tx, actor, tools, { ...named, act, effectiveDate: this.deed.on });
    return actOnSettlement(tx, actor, tools, { ...named, act });
  }

  start(code: string): Promise<StartedClock> {
    const { tx, actor, book, contract } = this.of;
    const { territoryPath } = contract;
    return startClock(tx, actor, book, { subject: this.subject, territoryPath, code, from: this.deed.on });
  }

  meet(code: string): Promise<void> {
    const { tx, actor, book } = this.of;
    return meetClock(tx, actor, { subject: this.subject, code, on: this.deed.on, book });
  }

  waive(): Promise<void> {
    return waiveClocks(this.of.tx, { subject: this.subject, because: this.reason });
  }

  owe(rule: OwedPublication): Promise<StartedClock> {
    const { tx, actor, book, contract } = this.of;
    const document = documentOf(this.of, this.deed);
    const { territoryPath } = contract;
    return owePublication(tx, actor, book, {
      subject: this.subject,
      territoryPath,
      rule,
      document,
      from: this.deed.on,
    });
  }

  /** What somebody has published by the general way is not published again. */
  async publish(rule: OwedPublication, code: string): Promise<void> {
    const { tx, actor } = this.of;
    const { subject } = this;
    const open = await listClocks(tx, { subject, code, open: true });
    if (open.length > 0) await publishOwed(tx, actor, { subject, rule, on: this.deed.on });
  }
}

/** By act; the others are noted and do nothing more. */
const effects: Readonly<Partial<Record<ContractAct, (work: DeedEffects) => Promise<DeedFacts | void>>>> = {
  measure: ({ of, deed }) => measureIncrement(of, deed.on),
  certify: async (work) => void (await work.settle('confirm')),
  async return(work) {
    await work.settle('withdraw');
    await work.waive();
  },
  conclude: async (work) => void (await work.owe('result')),
  async reserve(work) {
    const { parts } = await work.settle('reserve');
    const part = parts.find(({ party }) => party === partyOfCompany(work.of.contract.companyCode))!;
    if (part.grantedFen === 0n) await refuseEmptyFund(work.of);
    return { grantedFen: part.grantedFen.toString(), shortfallFen: part.shortfallFen.toString() };
  },
  async notice(work) {
    await work.owe('single-source');
    await work.publish('single-source', 'notice-publication');
    return { noticeUntil: (await work.start('single-source-notice')).dueOn };
  },
  async award(work) {
    await refuseObjections(work.of);
    await work.meet('single-source-notice');
    return { signBy: (await work.start('contract-signing')).dueOn };
  },
  async sign(work) {
    const { tx, contract } = work.of;
    await refuseObjections(work.of);
    await refuseMeasures(work.of, 'stop');
    await mustSell(tx, await getCompany(tx, contract.companyId), contract.terms.unit, work.deed.on);
    await work.meet('contract-signing');
    const [published, filed] = [await work.owe('contract'), await work.start('contract-filing')];
    return { amountFen: work.money.amountFen!.toString(), publishBy: published.dueOn, fileBy: filed.dueOn };
  },
  publish: (work) => work.publish('contract', 'contract-publication'),
  file: (work) => work.meet('contract-filing'),
  async accept(work) {
    await refuseObjections(work.of);
    await work.owe('acceptance');
  },
  disclose: (work) => work.publish('acceptance', 'acceptance-publication'),
  invoice: takeInvoice,
  approve: (work) => moveMoney(work, 'approve'),
  pay: (work) => moveMoney(work, 'pay'),
  close: ({ of, deed }) => mustBeSpent(of, deed.on),
  async rescind(work) {
    if (work.money.settlementId !== null) await work.settle('withdraw');
    await work.waive();
  },
};

async function moveMoney(work: DeedEffects, act: 'approve' | 'pay'): Promise<void> {
  await refuseObjections(work.of);
  await refuseMeasures(work.of, 'delay', 'stop');
  await work.settle(act);
}

/** @throws ContractRefused, InvoiceTaken */
async function takeInvoice({ of: { tx, actor, contract }, deed, money }: DeedEffects): Promise<void> {
  const { number, issuedOn } = deed.facts;
  if (!/^[0-9A-Z]{8,40}$/.test(number))
    throw new ContractRefused(contract.code, [
      { zh: '发票号码应为 8 到 40 位数字或大写字母', en: 'an invoice number has 8 to 40 digits or capital letters' },
    ]);
  const { documentDigest } = deed;
  const invoice = { number, contractId: contract.id, amountFen: money.amountFen!, issuedOn, documentDigest };
  if (!(await insertInvoice(tx, actor, contract, invoice))) throw new InvoiceTaken(number);
}

/** @throws ContractHeld while a query or complaint about the contract is open */
async function refuseObjections({ tx, contract }: DeedContext): Promise<void> {
  if ((await frozenFigures(tx, { kind: 'contract', id: contract.id })).size === 0) return;
  throw new ContractHeld(contract.code, {
    zh: '有未了结的质疑或投诉；请先答复或处理（gep appeal list · GET /api/v1/appeals）',
    en: 'a query or complaint about it is open; reply to it or decide it first (gep appeal list · GET /api/v1/appeals)',
  });
}

/** @throws ContractHeld while payments of the company are delayed or stopped */
async function refuseMeasures({ tx, contract }: DeedContext, ...kinds: readonly MeasureKind[]): Promise<void> {
  const holding = standingMeasures(await listMeasures(tx, contract.companyId)).find(({ kind }) => kinds.includes(kind));
  if (!holding) return;
  throw new ContractHeld(contract.code, {
    zh: `对该公司的拨付已${holding.kind === 'delay' ? '缓拨' : '停拨'}（${holding.on}：${holding.reason}）；改正后请解除该处理（gep contract measure · POST /api/v1/contracts/{code}/measures）`,
    en: `payments to the company are ${holding.kind === 'delay' ? 'delayed' : 'stopped'} (${holding.on}: ${holding.reason}); lift it once it is mended (gep contract measure · POST /api/v1/contracts/{code}/measures)`,
  });
}

/** @throws ContractHeld with every source of the fund and why it does not serve */
async function refuseEmptyFund({ tx, contract: { code, terms, year } }: DeedContext): Promise<never> {
  const { fundId, purpose } = terms;
  const { code: fund } = await getFund(tx, fundId);
  const why = idleSources(await listSources(tx, fundId), purpose, Number(year));
  throw new ContractHeld(code, {
    zh: `资金 ${fund} 没有 ${year} 年可用于 ${purpose} 的钱，未预留任何数额：${why.zh}；请增设来源并登记收入（gep fund source、gep fund receive · POST /api/v1/funds/{id}/sources、/receipts），或解除后换一个资金另立合同`,
    en: `the fund ${fund} has no money of ${year} for ${purpose}, so nothing can be reserved: ${why.en}; add a source and receive money (gep fund source, gep fund receive · POST /api/v1/funds/{id}/sources, /receipts), or rescind and open a contract on another fund`,
  });
}

/** @throws ContractHeld with what is lacking */
async function mustBeSpent({ tx, contract, deeds }: DeedContext, on: string): Promise<void> {
  const spent = await summaryOf(tx, contract, deeds, on);
  if (isUsed(spent)) return;
  const { unspentFen, conservationLackingFen, statementsLacking } = spent;
  const years = statementsLacking.join(', ');
  const { code } = contract;
  const how = `gep contract state ${code} <year> · POST /api/v1/contracts/${code}/statements`;
  throw new ContractHeld(code, {
    zh: `资金尚未用完或未报告：未使用 ${formatYuan(unspentFen)} 元，用于保护尚差 ${formatYuan(conservationLackingFen)} 元（gep contract spend）；缺或已不符的年度报告：${years || '无'}（报告，或重新报告：${how}）`,
    en: `the money is not all used and stated: ${formatYuan(unspentFen)} yuan unspent, ${formatYuan(conservationLackingFen)} lacking for conservation (gep contract spend); statements lacking or no longer right: ${years || 'none'} (state the year, or state it anew: ${how})`,
  });
}

/** What is published of a step: amounts, rule, accounts, where to object; no person. */
function documentOf({ contract, deeds }: DeedContext, { act, on, facts }: DeedWish): object {
  const { code, companyCode, year, terms, termsDigest } = contract;
  const { dueFen, amountFen } = moneyOf(deeds);
  const measured = lastDeed(deeds, 'measure');
  return {
    ...{ contract: code, step: act, on, year, supplier: partyOfCompany(companyCode), buyer: terms.buyer },
    ...{
      territory: terms.unit,
      norm: terms.norm,
      services: terms.services,
      reference: terms.reference,
      rate: terms.rate,
    },
    ...{ rule: terms.policy, ruleEdition: measured?.facts['ruleEdition'] ?? null, termsDigest },
    ...{ dueFen: dueFen?.toString() ?? null, amountFen: amountFen?.toString() ?? null, ...facts },
    ...(act === 'notice' && { singleSourceReason: terms.singleSourceReason }),
    objections: 'POST /api/v1/appeals',
  };
}
