/** Takes a year of a contract to a settlement: published accounts, gains sold elsewhere, and what is taken off. */
import { formatYuan, periodEnd } from '@gep/kernel';
import { getFund } from '@gep/ledger';
import type { Officer } from '@gep/procedure';
import type { ClockBook } from '@gep/rulebook';
import { computeSettlement, type SettlementDraft, type SettlementTools } from '@gep/settlement';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { partyOfCompany, versionOn } from '../company/company';
import { getCompany } from '../company/company.store';
import { mustSell } from '../company/must-sell.service';
import { lockGains } from '../gain/gain-facts.service';
import { soldByYear } from '../gain/sold-gain';
import { listSoldGains } from '../gain/sold-gain.store';
import { standingMeasures } from '../spending/spending';
import { listMeasures } from '../spending/spending.store';
import { agreementOf, type Contract, type ContractDeed, type DeedFacts, lastDeed } from './contract';
import { comparedYears, supplementLimit, totalsOf, yuanText } from './contract-terms';
import { listContracts, listDeeds } from './contract.store';
import { ContractHeld } from './errors';

/** A step that is being taken. */
export interface DeedContext {
  readonly tx: EntityManager;
  readonly actor: Officer;
  readonly tools: SettlementTools;
  readonly book: ClockBook;
  readonly contract: Contract;
  readonly deeds: readonly ContractDeed[];
}

/** Computes what the year comes to by the rule in force, less what was sold elsewhere and what is taken off. */
export async function measureIncrement(of: DeedContext, on: string): Promise<DeedFacts> {
  const { tx, actor, tools, contract, deeds } = of;
  const { code, companyCode, companyId, terms, year, territoryPath } = contract;
  const company = await getCompany(tx, companyId);
  await mustSell(tx, company, terms.unit, on);
  const { nameZh, nameEn } = versionOn(company.versions, on)!;
  const fund = await getFund(tx, terms.fundId);
  const years = comparedYears(terms, year);
  const { path: unitPath } = await getTerritory(tx, terms.unit, periodEnd(year));
  for (const each of years) await lockGains(tx, each);
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
    nameOfParty: { [partyOfCompany(companyCode)]: { zh: nameZh, en: nameEn } },
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
