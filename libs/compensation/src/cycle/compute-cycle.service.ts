/** Computes what a period of an agreement comes to: an advance, the result, or what was cut for breaches. */
import { type Fen, type Period, sumFen } from '@gep/kernel';
import { listFunds } from '@gep/ledger';
import { getSubject, type Officer, openSubject, takeStep } from '@gep/procedure';
import {
  computeSettlement,
  listHeads,
  noteReliances,
  type Settlement,
  settlementState,
  type SettlementDraft,
  type SettlementTools,
} from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { CompensationMissing, DeedNotAgreed } from '../errors';
import type { StandInUnit } from '../measurement/measured-table';
import type { AssetFigures } from './asset-figures.service';
import { type CycleState, cycleSteps } from './cycle-steps';
import {
  beginCycle,
  type Carry,
  type Cycle,
  insertCarry,
  insertCarryUse,
  insertCycleSettlement,
  listCarries,
} from './cycle.store';
import { partiesOf, settlementCode, withCarried } from './draft-settlement';
import { editionFor, type PeriodEdition } from './edition-for.service';
import { figuresOfPeriod } from './figures-of-period.service';
import { advanceOf, cutOf } from './side-drafts.service';

/** What is computed: `advance:<code>` of the terms, the result of the period, or the cuts for breaches in it. */
export interface CycleWish {
  readonly agreement: string;
  readonly period: Period;
  readonly what: 'result' | 'cut' | `advance:${string}`;
}

export interface ComputedCycle {
  readonly settlement: Settlement;
  readonly cycle: Cycle;
  readonly standIns: readonly StandInUnit[];
  /** What earlier pools could not give and this one holds. */
  readonly carriedInFen: Fen;
}

/** States in which a settlement counts. */
const live = ['computed', 'confirmed', 'reserved', 'approved', 'paid', 'closed', 'returned'];

/** @throws DeedNotAgreed, and what `computeSettlement` throws */
export async function computeCycle(
  tx: EntityManager,
  actor: Officer,
  tools: SettlementTools,
  { treeFigures, ...wish }: CycleWish & { readonly treeFigures: AssetFigures | undefined },
): Promise<ComputedCycle> {
  const edition = await editionFor(tx, wish.agreement, wish.period);
  const { territoryPath, code: agreement } = edition;
  const cycle = await beginCycle(tx, { territoryPath, agreement, period: wish.period });
  await openSubject(tx, actor, cycleSteps, { id: cycle.id, territoryPath });
  if ((await stateOfCycle(tx, cycle)) === 'stopped') throw stopped(edition, wish.period);
  if (wish.what === 'result') return computeResult(tx, actor, tools, { edition, cycle, treeFigures });
  const draft =
    wish.what === 'cut'
      ? await cutOf(tx, edition, cycle)
      : await advanceOf(tx, edition, cycle, wish.what.slice('advance:'.length));
  const settlement = await computeSettlement(tx, actor, tools, {
    ...(await commonDraft(tx, edition, cycle, draft.name)),
    ...draft.rest,
  });
  await link(tx, cycle, edition, settlement, draft.advance);
  return { settlement, cycle, standIns: [], carriedInFen: 0n };
}

async function computeResult(
  tx: EntityManager,
  actor: Officer,
  tools: SettlementTools,
  {
    edition,
    cycle,
    treeFigures,
  }: { readonly edition: PeriodEdition; readonly cycle: Cycle; readonly treeFigures: AssetFigures | undefined },
): Promise<ComputedCycle> {
  const { terms, territoryPath } = edition;
  const carries = terms.carryInto === null ? [] : await unusedCarries(tx, cycle);
  const carriedInFen = sumFen(carries.map(({ amountFen }) => amountFen));
  const figures = await figuresOfPeriod(tx, edition, cycle.period, {
    totals: withCarried(terms, carriedInFen),
    treeFigures,
  });
  const settlement = await computeSettlement(tx, actor, tools, {
    ...(await commonDraft(tx, edition, cycle, 'result')),
    ...{ kind: 'settlement', policy: terms.policy, input: figures.input },
  });
  await link(tx, cycle, edition, settlement, null);
  await noteReliances(
    tx,
    figures.reliances.map((reliance) => ({
      ...{ ...reliance, dependent: { kind: 'settlement', id: settlement.id }, upstream: null, territoryPath },
      amountFen: sumFen(
        settlement.lines.filter(({ unit }) => unit === reliance.figure).map(({ amountFen }) => amountFen),
      ),
    })),
  );
  await noteCarries(tx, cycle, settlement);
  await insertCarryUse(tx, { carryIds: carries.map(({ id }) => id), settlementId: settlement.id, territoryPath });
  const state = await stateOfCycle(tx, cycle);
  const reason =
    figures.standIns.map(({ unit, way, from }) => `${unit}: ${way}${from === null ? '' : ` ${from}`}`).join('; ') ||
    null;
  if (state === 'begun' || state === 'advanced')
    await takeStep(tx, actor, cycleSteps, { id: cycle.id, act: 'measure', reason });
  await takeStep(tx, actor, cycleSteps, { id: cycle.id, act: 'compute', reason });
  return { settlement, cycle, standIns: figures.standIns, carriedInFen };
}

export async function stateOfCycle(tx: EntityManager, { id }: Pick<Cycle, 'id'>): Promise<CycleState> {
  return (await getSubject(tx, { kind: cycleSteps.kind, id })).state as CycleState;
}

type CommonDraft = Omit<SettlementDraft, 'kind' | 'policy' | 'input'>;

async function commonDraft(
  tx: EntityManager,
  { code, terms, territoryPath }: PeriodEdition,
  { period }: Cycle,
  name: string,
): Promise<CommonDraft> {
  const fund = (await listFunds(tx, { within: territoryPath })).find(
    (one) => one.territoryPath === territoryPath && one.code === terms.fund.code,
  );
  if (!fund) throw new CompensationMissing({ zh: '资金', en: 'fund' }, terms.fund.code);
  const earlier = await listHeads(tx, { territoryPath, agreement: code, period });
  const same = earlier.filter(
    (one) =>
      one.code === settlementCode(code, period, name, 0) ||
      one.code.startsWith(`${settlementCode(code, period, name, 0)}-`),
  );
  const { way, supplementLimit, least } = terms.trueUp;
  return {
    ...{
      code: settlementCode(code, period, name, same.length),
      territoryPath,
      mechanism: 'eco-compensation',
      agreement: code,
      period,
    },
    ...{
      fundId: fund.id,
      purpose: terms.fund.purpose,
      ...partiesOf(terms),
      agreementUntil: terms.term.to,
      gatedBy: 'compensation',
    },
    trueUp: {
      way,
      ...(supplementLimit !== null && { supplementLimit }),
      ...(least !== null && { least: fenOf(least) }),
    },
  };
}

/** Yuan with two decimals at most, as fen. */
const fenOf = (yuan: string): string => {
  const [whole, part = ''] = yuan.split('.');
  return BigInt(`${whole}${part.padEnd(2, '0')}`).toString();
};

async function link(
  tx: EntityManager,
  cycle: Cycle,
  { id, territoryPath }: PeriodEdition,
  settlement: Settlement,
  advance: string | null,
): Promise<void> {
  const { id: settlementId, kind } = settlement;
  await insertCycleSettlement(tx, { settlementId, cycleId: cycle.id, agreementId: id, territoryPath, kind, advance });
}

/** What a pool of an earlier period could not give, and no settlement that counts holds. */
async function unusedCarries(tx: EntityManager, { territoryPath, agreement, period }: Cycle): Promise<Carry[]> {
  const isLive = async (id: string): Promise<boolean> => live.includes((await settlementState(tx, id)) ?? '');
  const unused: Carry[] = [];
  for (const carry of await listCarries(tx, territoryPath, agreement)) {
    if (carry.period >= period || !(await isLive(carry.settlementId))) continue;
    const users = await Promise.all(carry.usedBy.map(isLive));
    if (!users.includes(true)) unused.push(carry);
  }
  return unused;
}

async function noteCarries(
  tx: EntityManager,
  { territoryPath, agreement, period }: Cycle,
  { id, decision }: Settlement,
): Promise<void> {
  const payments = (decision['payments'] ?? []) as readonly { readonly code: string; readonly carryFen?: string }[];
  for (const { code: payment, carryFen = '0' } of payments)
    if (BigInt(carryFen) > 0n)
      await insertCarry(tx, {
        territoryPath,
        agreement,
        period,
        payment,
        settlementId: id,
        amountFen: BigInt(carryFen),
      });
}

const stopped = ({ code }: PeriodEdition, period: Period): DeedNotAgreed =>
  new DeedNotAgreed(code, {
    zh: `${period} 已停止；恢复后才能测算（gep agreement period … resume 或 POST /api/v1/agreements/{id}/periods/{period}/acts）`,
    en: `${period} is stopped; resume it before anything is computed (gep agreement period … resume, POST /api/v1/agreements/{id}/periods/{period}/acts)`,
  });
