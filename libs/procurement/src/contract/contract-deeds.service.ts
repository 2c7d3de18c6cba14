/** What each step of a contract does beside being noted: settlement, clocks, publications, invoices. */
import { formatYuan, periodEnd } from '@gep/kernel';
import {
  frozenFigures,
  listClocks,
  meetClock,
  type Officer,
  owePublication,
  publishOwed,
  startClock,
  waiveClocks,
} from '@gep/procedure';
import type { ClockBook } from '@gep/rulebook';
import { actOnSettlement, computeSettlement, type SettlementDraft, type SettlementTools } from '@gep/settlement';
import { getFund } from '@gep/ledger';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { partyOfCompany } from '../company/company';
import { getCompany } from '../company/company.store';
import { mustSell } from '../company/must-sell.service';
import { soldByYear } from '../gain/sold-gain';
import { listSoldGains } from '../gain/sold-gain.store';
import { standingMeasures } from '../spending/spending';
import { listMeasures } from '../spending/spending.store';
import { agreementOf, type Contract, type ContractDeed, type DeedFacts, lastDeed, moneyOf } from './contract';
import { summaryOf } from './contract-view.service';
import { comparedYears, supplementLimit, totalsOf, yuanText } from './contract-terms';
import { insertInvoice, listContracts, listDeeds } from './contract.store';
import { ContractHeld, ContractRefused, InvoiceTaken } from './errors';
import type { DeedWish } from './judge-deed';

/** A step that is being taken. */
export interface DeedContext {
  readonly tx: EntityManager;
  readonly actor: Officer;
  readonly tools: SettlementTools;
  readonly book: ClockBook;
  readonly contract: Contract;
  readonly deeds: readonly ContractDeed[];
}

/** @returns further facts of the deed */
export async function doDeed(of: DeedContext, deed: DeedWish, reason: string | undefined): Promise<DeedFacts> {
  const { tx, actor, tools, book, contract, deeds } = of;
  const { id, code, territoryPath } = contract;
  const { act, on } = deed;
  const subject = { kind: 'contract', id };
  const { settlementId, amountFen } = moneyOf(deeds);
  const settle = (what: 'confirm' | 'approve' | 'pay' | 'withdraw') => {
    const named = { id: settlementId!, ...(reason !== undefined && { reason }) };
    if (what === 'withdraw') return actOnSettlement(tx, actor, tools, { ...named, act: what, reason: reason! });
    return actOnSettlement(
      ...([tx, actor, tools] as const),
      what === 'confirm' ? { ...named, act: what } : { ...named, act: what, effectiveDate: on },
    );
  };
  const start = (clock: string) => startClock(tx, actor, book, { subject, territoryPath, code: clock, from: on });
  const owe = (rule: 'single-source' | 'contract' | 'acceptance' | 'result') =>
    owePublication(tx, actor, book, { subject, territoryPath, rule, document: documentOf(of, deed), from: on });
  /** What somebody has published by the general way is not published again. */
  const publish = async (rule: 'single-source' | 'contract' | 'acceptance', clock: string): Promise<void> => {
    const open = await listClocks(tx, { subject, code: clock, open: true });
    if (open.length > 0) await publishOwed(tx, actor, { subject, rule, on });
  };
  switch (act) {
    case 'measure':
      return measure(of, on);
    case 'certify':
      await settle('confirm');
      return {};
    case 'return':
      await settle('withdraw');
      await waiveClocks(tx, { subject, because: reason! });
      return {};
    case 'conclude':
      await owe('result');
      return {};
    case 'reserve': {
      const { parts } = await actOnSettlement(tx, actor, tools, { id: settlementId!, act: 'reserve', reason });
      const part = parts.find(({ party }) => party === partyOfCompany(contract.companyCode))!;
      return { grantedFen: part.grantedFen.toString(), shortfallFen: part.shortfallFen.toString() };
    }
    case 'notice': {
      await owe('single-source');
      await publish('single-source', 'notice-publication');
      const { dueOn } = await start('single-source-notice');
      return { noticeUntil: dueOn };
    }
    case 'award': {
      await refuseObjections(of);
      await meetClock(tx, actor, { subject, code: 'single-source-notice', on });
      const { dueOn } = await start('contract-signing');
      return { signBy: dueOn };
    }
    case 'sign': {
      await refuseObjections(of);
      await mustSell(tx, await getCompany(tx, contract.companyId), contract.terms.unit, on);
      await meetClock(tx, actor, { subject, code: 'contract-signing', on });
      const [published, filed] = [await owe('contract'), await start('contract-filing')];
      return { amountFen: amountFen!.toString(), publishBy: published.dueOn, fileBy: filed.dueOn };
    }
    case 'publish':
      await publish('contract', 'contract-publication');
      return {};
    case 'file':
      await meetClock(tx, actor, { subject, code: 'contract-filing', on });
      return {};
    case 'accept':
      await refuseObjections(of);
      await owe('acceptance');
      return {};
    case 'disclose':
      await publish('acceptance', 'acceptance-publication');
      return {};
    case 'invoice': {
      const { number, issuedOn } = deed.facts;
      const invoice = { number, contractId: id, amountFen: amountFen!, issuedOn, documentDigest: deed.documentDigest };
      if (!/^[0-9A-Z]{8,40}$/.test(number))
        throw new ContractRefused(code, [
          {
            zh: '发票号码应为 8 到 40 位数字或大写字母',
            en: 'an invoice number has 8 to 40 digits or capital letters',
          },
        ]);
      if (!(await insertInvoice(tx, actor, contract, invoice))) throw new InvoiceTaken(number);
      return {};
    }
    case 'approve':
    case 'pay':
      await refuseObjections(of);
      await refuseMeasures(of);
      await settle(act);
      return {};
    case 'close':
      await mustBeSpent(of, on);
      return {};
    case 'rescind':
      if (settlementId !== null) await settle('withdraw');
      await waiveClocks(tx, { subject, because: reason! });
      return {};
    default:
      return {};
  }
}

/** Computes what the year comes to by the rule in force, less what was sold elsewhere and what is taken off. */
async function measure(of: DeedContext, on: string): Promise<DeedFacts> {
  const { tx, actor, tools, contract, deeds } = of;
  const { code, companyCode, companyId, terms, year, territoryPath } = contract;
  await mustSell(tx, await getCompany(tx, companyId), terms.unit, on);
  const fund = await getFund(tx, terms.fundId);
  const years = comparedYears(terms, year);
  const { path: unitPath } = await getTerritory(tx, terms.unit, periodEnd(year));
  const sold = soldByYear(await listSoldGains(tx, { within: unitPath, years }), terms.services);
  const deducted = await openDeductions(of);
  const deductionFen = deducted.reduce((sum, { amountFen }) => sum + amountFen!, 0n);
  const attempt = deeds.filter(({ act }) => act === 'measure').length + 1;
  const { effects, services, norm } = terms;
  const figure = effects === null ? { services } : { payableIncrement: { effects, services } };
  const draft: SettlementDraft = {
    ...{ code: attempt === 1 ? code : `${code}.v${attempt}`, territoryPath, mechanism: 'increment-procurement' },
    ...{ kind: 'settlement', agreement: agreementOf(companyCode, terms.unit), period: year },
    ...{ policy: { id: terms.policy, edition: '' }, fundId: fund.id, purpose: terms.purpose },
    parties: { county: `fund:${fund.code}` },
    partyOfUnit: { [terms.unit]: partyOfCompany(companyCode) },
    input: {
      ...{ kind: 'accounts', periods: years, units: [terms.unit] },
      columns: [{ column: effects === null ? 'gep' : 'change', norm, figure, prices: { constant: terms.pricesOf } }],
      beside: {
        header: ['unit', 'period', 'sold'],
        rows: years.map((each) => [terms.unit, each, yuanText(sold.get(each) ?? 0n)]),
      },
      totals: totalsOf(terms, deductionFen),
    },
    trueUp: { way: terms.trueUp, ...(terms.trueUp === 'supplement' && { supplementLimit }) },
    gatedBy: 'procurement',
  };
  const { id, parts, ruleEdition } = await computeSettlement(tx, actor, tools, draft);
  const part = parts.find(({ party }) => party === partyOfCompany(companyCode));
  if (part && part.billFen > 0n)
    throw new ContractHeld(code, {
      zh: `规则使公司应付 ${formatYuan(part.billFen)} 元；采购合同不收款，请另行结算（gep settlement compute · POST /api/v1/settlements）`,
      en: `by the rule the company owes ${formatYuan(part.billFen)} yuan; a purchase takes no money in, so settle it by itself (gep settlement compute · POST /api/v1/settlements)`,
    });
  return {
    ...{
      settlementId: id,
      ruleEdition,
      dueFen: (part?.claimFen ?? 0n).toString(),
      deductionFen: deductionFen.toString(),
    },
    ...(deducted.length > 0 && { deducted: deducted.map((one) => one.id).join(' ') }),
  };
}

/** Amounts to be cut or recovered that no contract has taken off yet. */
async function openDeductions({ tx, contract }: DeedContext) {
  const taken = new Set<string>();
  for (const other of await listContracts(tx, { companyId: contract.companyId })) {
    const deeds = await listDeeds(tx, other.id);
    if (other.id === contract.id || deeds.some(({ act }) => act === 'rescind')) continue;
    for (const id of lastDeed(deeds, 'measure')?.facts['deducted']?.split(' ') ?? []) taken.add(id);
  }
  return standingMeasures(await listMeasures(tx, contract.companyId)).filter(
    ({ id, amountFen, contractId }) => amountFen !== null && contractId !== contract.id && !taken.has(id),
  );
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
async function refuseMeasures({ tx, contract }: DeedContext): Promise<void> {
  const holding = standingMeasures(await listMeasures(tx, contract.companyId)).find(
    ({ kind }) => kind === 'delay' || kind === 'stop',
  );
  if (!holding) return;
  throw new ContractHeld(contract.code, {
    zh: `对该公司的拨付已${holding.kind === 'delay' ? '缓拨' : '停拨'}（${holding.on}：${holding.reason}）；改正后请解除该处理（gep contract measure · POST /api/v1/contracts/{code}/measures）`,
    en: `payments to the company are ${holding.kind === 'delay' ? 'delayed' : 'stopped'} (${holding.on}: ${holding.reason}); lift it once it is mended (gep contract measure · POST /api/v1/contracts/{code}/measures)`,
  });
}

/** @throws ContractHeld with what is lacking */
async function mustBeSpent({ tx, contract, deeds }: DeedContext, on: string): Promise<void> {
  const { unspentFen, conservationLackingFen, statementsLacking } = await summaryOf(tx, contract, deeds, on);
  if (unspentFen === 0n && conservationLackingFen === 0n && statementsLacking.length === 0) return;
  throw new ContractHeld(contract.code, {
    zh: `资金尚未用完或未报告：未使用 ${formatYuan(unspentFen)} 元，用于保护尚差 ${formatYuan(conservationLackingFen)} 元，缺或不符的年度报告：${statementsLacking.join('、') || '无'}`,
    en: `the money is not all used and stated: ${formatYuan(unspentFen)} yuan unspent, ${formatYuan(conservationLackingFen)} lacking for conservation, statements lacking or wrong: ${statementsLacking.join(', ') || 'none'}`,
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
