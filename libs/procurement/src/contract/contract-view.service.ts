/** A contract as it stands: terms, steps, clocks, money, invoices, supplements and how the money was used. */
import type { Fen } from '@gep/kernel';
import { listClocks, stateOf, type Subject, type TakenStep } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import {
  type Spending,
  type SpendingMeasure,
  type SpendingStatement,
  type SpendingSummary,
  summarizeSpending,
} from '../spending/spending';
import { listMeasures, listSpendings, listStatements } from '../spending/spending.store';
import {
  type Contract,
  type ContractDeed,
  type ContractMoney,
  type Invoice,
  lastDeed,
  moneyOf,
  type Supplement,
} from './contract';
import { conservationDueFen } from './contract-terms';
import { getContract, listDeeds, listInvoices, listSupplements } from './contract.store';

type Clocks = Awaited<ReturnType<typeof listClocks>>;

export interface ContractView {
  readonly contract: Contract;
  readonly state: string;
  readonly steps: readonly TakenStep[];
  readonly deeds: readonly ContractDeed[];
  /** Of the contract and of the settlements that it is paid by; the first one to end at the top. */
  readonly clocks: Clocks;
  readonly money: ContractMoney;
  readonly paidFen: Fen;
  readonly invoices: readonly Invoice[];
  readonly supplements: readonly Supplement[];
  readonly spendings: readonly Spending[];
  readonly statements: readonly SpendingStatement[];
  readonly measures: readonly SpendingMeasure[];
  readonly spent: SpendingSummary;
}

/** @param today by which lateness is told @throws ContractMissing */
export async function viewContract(tx: EntityManager, codeOrId: string, today: string): Promise<ContractView> {
  const contract = await getContract(tx, codeOrId);
  const { id, companyId } = contract;
  const subject = { kind: 'contract', id };
  const deeds = await listDeeds(tx, id);
  const found = await stateOf(tx, subject);
  const [money, supplements] = [moneyOf(deeds), await listSupplements(tx, id)];
  const settled = [money.settlementId, ...supplements.map(({ settlementId }) => settlementId)];
  return {
    ...{ contract, deeds, money, paidFen: paidOf(deeds), supplements },
    ...{ state: found?.state ?? 'planned', steps: found?.steps ?? [] },
    clocks: await clocksOf(tx, [subject, ...settlementsOf(settled)]),
    invoices: await listInvoices(tx, id),
    spendings: await listSpendings(tx, id),
    statements: await listStatements(tx, id),
    measures: (await listMeasures(tx, companyId)).filter(({ contractId }) => contractId === id),
    spent: await summaryOf(tx, contract, deeds, today),
  };
}

const settlementsOf = (ids: readonly (string | null)[]): Subject[] =>
  [...new Set(ids)].flatMap((id) => (id === null ? [] : [{ kind: 'settlement', id }]));

async function clocksOf(tx: EntityManager, subjects: readonly Subject[]): Promise<Clocks> {
  const found: Clocks[number][] = [];
  for (const subject of subjects) found.push(...(await listClocks(tx, { subject })));
  return found.toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
}

/** What was paid by the contract itself. */
export const paidOf = (deeds: readonly ContractDeed[]): Fen =>
  lastDeed(deeds, 'pay') ? moneyOf(deeds).amountFen! : 0n;

export async function summaryOf(
  tx: EntityManager,
  { id, terms }: Contract,
  deeds: readonly ContractDeed[],
  today: string,
): Promise<SpendingSummary> {
  const paidFen = paidOf(deeds);
  const due = { paidFen, conservationDueFen: conservationDueFen(terms, paidFen), spendBy: terms.spendBy };
  return summarizeSpending(due, await listSpendings(tx, id), await listStatements(tx, id), today);
}
