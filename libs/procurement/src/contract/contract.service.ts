/** Use cases of yearly contracts on increments: open one, and do each step with its day, its papers and its money. */
import { Injectable, Optional } from '@nestjs/common';
import { digestOfValue } from '@gep/kernel';
import { getFund } from '@gep/ledger';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { DisputedFigures, lockSubject, type Officer, openSubject, takeStep, type TakenStep } from '@gep/procedure';
import { type NormEdition, RulebookService } from '@gep/rulebook';
import { listHeads, SettlementTools } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { partyOfCompany } from '../company/company';
import { getCompany, lockRegister } from '../company/company.store';
import { mustSell } from '../company/must-sell.service';
import { deedDay } from '../deed-day.service';
import { type Contract, dayBefore, type DeedFacts, lastDeed, moneyOf } from './contract';
import { doDeed } from './contract-deeds.service';
import { contractTable, type ContractAct } from './contract-table';
import { checkTerms, type ContractTerms, mostSupplementFen } from './contract-terms';
import {
  getContract,
  insertContract,
  insertDeed,
  insertSupplement,
  listContracts,
  listDeeds,
  listSupplements,
} from './contract.store';
import { ContractHeld, ContractRefused, ContractTaken, SupplementTooLarge } from './errors';
import { judgeDeed } from './judge-deed';

/** A contract as it is planned; without services all regulating ones of the norm count. */
export interface ContractDraft extends Omit<ContractTerms, 'services' | 'fundId'> {
  readonly code: string;
  /** Id, or territory and code: `990101/eco`. */
  readonly fundId: string;
  /** Code or id. */
  readonly company: string;
  readonly year: string;
  readonly services?: readonly string[];
}

/** A step that somebody wishes to take. */
export interface ContractWish {
  /** Code or id. */
  readonly contract: string;
  readonly act: ContractAct;
  /** Day on which it was done; today when absent, never ahead. */
  readonly on?: string;
  readonly reason?: string;
  readonly facts?: DeedFacts;
  readonly documentDigest?: string;
  /** The step that the person saw last. */
  readonly afterStep?: number;
}

export interface SupplementDraft {
  readonly contract: string;
  /** The correction by which it is paid, where it is computed already. */
  readonly settlementId?: string;
  readonly amountFen: bigint;
  readonly on?: string;
  readonly reason: string;
  readonly documentDigest: string;
}

@Injectable()
export class ContractService {
  constructor(
    private readonly database: Database,
    private readonly tools: SettlementTools,
    private readonly rulebook: RulebookService,
    @Optional() figures?: DisputedFigures,
  ) {
    // What is disputed of a contract is what it comes to for its territory.
    figures?.add(contractTable, async (tx, { id }, figure) => {
      const { terms, companyCode } = await getContract(tx, id);
      const { dueFen } = moneyOf(await listDeeds(tx, id));
      if (figure !== terms.unit || dueFen === null) return undefined;
      return { amountFen: dueFen, parties: [partyOfCompany(companyCode)] };
    });
  }

  /** @throws ContractRefused, ContractTaken, CompanyMissing, CompanyMayNotSell, TerritoryMissing, LedgerMissing */
  open(actor: Officer, draft: ContractDraft, key: string): Promise<{ readonly id: string }> {
    return this.once(actor, 'procurement.contract.open', draft, key, async (tx) => {
      const { code, company: name, year, services, ...rest } = draft;
      const norm = await this.rulebook.getNorm(tx, rest.norm);
      const { id: fundId } = await getFund(tx, rest.fundId);
      const terms: ContractTerms = { ...rest, fundId, services: countedServices(code, norm, services) };
      checkTerms(code, year, terms);
      const company = await getCompany(tx, name);
      await lockRegister(tx, `company ${company.code}`);
      const day = await deedDay(tx, undefined);
      await mustSell(tx, company, terms.unit, day);
      const others = await listContracts(tx, { companyId: company.id, year });
      for (const other of others.filter(({ terms: own }) => own.unit === terms.unit)) {
        const deeds = await listDeeds(tx, other.id);
        if (!deeds.some(({ act }) => act === 'rescind'))
          throw new ContractTaken(code, {
            zh: `公司 ${company.code} 在 ${terms.unit} 的 ${year} 年已有合同 ${other.code}；同一增益只买一次`,
            en: `the company ${company.code} has a contract ${other.code} on ${terms.unit} of ${year}; a gain is bought once`,
          });
      }
      const { territoryPath } = company;
      const termsDigest = digestOfValue(terms);
      const id = await insertContract(tx, actor, {
        code,
        territoryPath,
        companyId: company.id,
        year,
        terms,
        termsDigest,
      });
      if (id === undefined)
        throw new ContractTaken(code, {
          zh: '代码已被使用（平台内唯一）；请换一个代码',
          en: 'the code is taken (it is unique on the platform); give another one',
        });
      await openSubject(tx, actor, contractTable, { id, territoryPath, documentDigest: termsDigest });
      await audit(tx, actor, 'open', { code, territoryPath }, { company: company.code, year, terms });
      return { id };
    });
  }

  /**
   * Takes a step: judged by the table, by its facts and by the money; with it the clocks, the settlement and what is owed to
   * the public.
   * @throws StepRefused, ContractRefused, ContractHeld, InvoiceTaken, DeedDayRefused, ClockRefused
   */
  async act(
    actor: Officer,
    wish: ContractWish,
    key: string,
  ): Promise<{ readonly replayed: boolean; readonly step: TakenStep }> {
    const book = await this.tools.clockBook();
    const answer = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action: 'procurement.contract.act', body: wish }, async () => {
        const { id } = await getContract(tx, wish.contract);
        await lockSubject(tx, { kind: 'contract', id });
        const contract = await getContract(tx, id);
        const deeds = await listDeeds(tx, id);
        const on = await deedDay(tx, wish.on, dayBefore(deeds, wish.act));
        const { act, reason, documentDigest = null, afterStep } = wish;
        const named = { id, code: contract.code };
        const step = await takeStep(tx, actor, contractTable, { ...named, act, reason, documentDigest, afterStep });
        const deed = { act, on, facts: wish.facts ?? {}, documentDigest };
        judgeDeed(contract.code, deeds, deed);
        const facts = await doDeed({ tx, actor, tools: this.tools, book, contract, deeds }, deed, reason);
        await insertDeed(tx, actor, contract, { ...deed, facts: { ...deed.facts, ...facts } });
        await audit(tx, actor, act, contract, { on, reason, documentDigest, ...deed.facts, ...facts });
        return { step };
      }),
    );
    const { step } = answer.response;
    return { replayed: answer.replayed, step: { ...step, at: new Date(step.at) } };
  }

  /** Records a supplementary contract of at most a tenth of the contract, in all. @throws SupplementTooLarge, ContractHeld */
  supplement(actor: Officer, draft: SupplementDraft, key: string): Promise<{ readonly no: number }> {
    return this.once(actor, 'procurement.contract.supplement', draft, key, async (tx) => {
      const { id } = await getContract(tx, draft.contract);
      await lockSubject(tx, { kind: 'contract', id });
      const contract = await getContract(tx, id);
      const deeds = await listDeeds(tx, id);
      const signed = lastDeed(deeds, 'sign');
      if (!signed || deeds.some(({ act }) => act === 'rescind'))
        throw new ContractHeld(contract.code, {
          zh: '只有已签订而未解除的合同可以补充',
          en: 'only a contract that is signed and not rescinded is supplemented',
        });
      const signedOn = await deedDay(tx, draft.on, signed.on);
      const before = await listSupplements(tx, id);
      const alreadyFen = before.reduce((sum, { amountFen }) => sum + amountFen, 0n);
      const leftFen = mostSupplementFen(moneyOf(deeds).amountFen!, alreadyFen);
      if (draft.amountFen <= 0n)
        throw new ContractRefused(contract.code, [{ zh: '补充金额应大于零', en: 'a supplement is above zero' }]);
      if (draft.amountFen > leftFen)
        throw new SupplementTooLarge(contract.code, { wantedFen: draft.amountFen, leftFen });
      const no = before.length + 1;
      const { settlementId = null, amountFen, reason, documentDigest } = draft;
      if (settlementId !== null) await mustCorrect(tx, contract, settlementId, moneyOf(deeds).settlementId);
      await insertSupplement(tx, actor, contract, { no, settlementId, amountFen, signedOn, reason, documentDigest });
      await audit(tx, actor, 'supplement', contract, { no, ...draft, signedOn });
      return { no };
    });
  }

  private async once<T>(
    actor: Officer,
    action: string,
    body: object,
    key: string,
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<T> {
    const { response } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action, body }, () => work(tx)),
    );
    return response;
  }
}

/** @throws ContractRefused when a service is none of the norm */
function countedServices(code: string, norm: NormEdition, wanted: readonly string[] | undefined): string[] {
  if (wanted === undefined)
    return norm.services.filter(({ category }) => category === 'regulating').map((one) => one.code);
  const known = norm.services.map((one) => one.code);
  const unknown = wanted.filter((service) => !known.includes(service));
  if (unknown.length > 0)
    throw new ContractRefused(code, [
      {
        zh: `规范 ${norm.id} 没有服务 ${unknown.join('、')}；可选：${known.join('、')}`,
        en: `the norm ${norm.id} has no service ${unknown.join(', ')}; choose from ${known.join(', ')}`,
      },
    ]);
  return [...new Set(wanted)].sort();
}

/** @throws ContractHeld when the settlement corrects something else */
async function mustCorrect(tx: EntityManager, { code }: Contract, id: string, about: string | null): Promise<void> {
  const [head] = await listHeads(tx, { ids: [id] });
  if (head?.about === about && about !== null) return;
  throw new ContractHeld(code, {
    zh: `结算 ${id} 不是对该合同结算 ${about} 的更正；请核对编号（gep settlement list · GET /api/v1/settlements）`,
    en: `the settlement ${id} does not correct ${about}, that of the contract; check the id (gep settlement list · GET /api/v1/settlements)`,
  });
}

const audit = (
  tx: EntityManager,
  actor: Actor,
  act: string,
  { code, territoryPath }: Pick<Contract, 'code' | 'territoryPath'>,
  after: object,
): Promise<void> =>
  appendAudit(tx, { actor, action: `procurement.contract.${act}`, subject: code, territoryPath, after });
