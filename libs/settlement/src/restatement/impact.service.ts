/** Gathers what a restatement touches, as it stands at this moment. */
import { DomainError } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { decideSettlement } from '../compute/decide-settlement.service';
import { settlementState, standingsOf } from '../compute/standing.service';
import type { SettlementHead } from '../settlement';
import type { SettlementTools } from '../settlement-tools.service';
import { listHeads, listParts } from '../settlement.store';
import { nextVersionOf } from './correction-draft';
import { correctedOf, planCorrection, wasPaid } from './draft-correction.service';
import { impactParts, impactTotals, type Impact, type ImpactedSettlement } from './impact';
import { isFalsified } from './restatement-reason';
import { getRestatement, listResting, type Restatement } from './restated-vintages.store';
import { listCodesLike, listTrueUps, type TrueUpRecord } from './true-up.store';

/**
 * @param id of a disclosure or of an account
 * @throws RestatementMissing
 */
export async function gatherImpact(tx: EntityManager, tools: SettlementTools, id: string): Promise<Impact> {
  const restatement = await getRestatement(tx, id);
  const { disclosure, vintages } = restatement;
  const dependents = await listResting(tx, vintages);
  const originals = await originalsOf(tx, restatement);
  const records = new Map((await listTrueUps(tx, disclosure.id)).map((record) => [record.about, record]));
  const settlements: ImpactedSettlement[] = [];
  for (const head of originals) settlements.push(await impactOn(tx, tools, head, records.get(head.id)));
  const told = new Set(originals.flatMap(({ id: original }) => [original]));
  const corrections = new Set(
    (await listHeads(tx, { ids: idsOf(dependents) }))
      .filter(({ about }) => about !== null && told.has(about))
      .map((head) => head.id),
  );
  const { territory, period, since, reason } = disclosure;
  return {
    ...{ disclosureId: disclosure.id, territory, period, since, reason, isFalsified: isFalsified(reason) },
    settlements,
    others: dependents.filter(({ dependent }) => !told.has(dependent.id) && !corrections.has(dependent.id)),
    ...impactTotals(settlements),
  };
}

const idsOf = (dependents: Awaited<ReturnType<typeof listResting>>): string[] => [
  ...new Set(
    dependents.filter(({ dependent }) => dependent.kind === 'settlement').map(({ dependent }) => dependent.id),
  ),
];

/** Settlements that took figures from one of the vintages, each once: of a correction, what it corrects. Withdrawn ones count no more. */
export async function originalsOf(tx: EntityManager, { vintages }: Restatement): Promise<SettlementHead[]> {
  const direct = (await listResting(tx, vintages)).filter(({ steps }) => steps === 1);
  const ids = idsOf(direct);
  if (ids.length === 0) return [];
  const heads = await listHeads(tx, { ids });
  const originals = new Set(heads.map(({ id, about }) => about ?? id));
  const found: SettlementHead[] = [];
  for (const head of await listHeads(tx, { ids: [...originals] }))
    if ((await settlementState(tx, head.id)) !== 'withdrawn') found.push(head);
  return found.sort((a, b) => (`${a.period} ${a.code}` < `${b.period} ${b.code}` ? -1 : 1));
}

async function impactOn(
  tx: EntityManager,
  tools: SettlementTools,
  head: SettlementHead,
  record: TrueUpRecord | undefined,
): Promise<ImpactedSettlement> {
  const { id, code, agreement, kind, period, territoryPath } = head;
  const state = (await settlementState(tx, id)) ?? '';
  const [correction] = record?.correction ? await listHeads(tx, { ids: [record.correction] }) : [];
  const paid = await wasPaid(tx, id);
  const after = paid && kind !== 'advance' ? await planCorrection(tx, tools, head) : await planAnew(tx, tools, head);
  const standings = paid ? (await standingsOf(tx, id)).standings : new Map<string, never>();
  const before = await listParts(tx, { settlementIds: [id] });
  const isRefused = after instanceof DomainError;
  return {
    ...{ id, code, agreement, kind, period, territoryPath, state, outcome: record?.outcome ?? 'open' },
    correction: correction
      ? { id: correction.id, code: correction.code, state: (await settlementState(tx, correction.id)) ?? '' }
      : null,
    refusal: isRefused ? after.text : null,
    parts: isRefused ? [] : impactParts(before, after.parts, standings),
  };
}

/** What it would come to if it were computed now. */
async function planAnew(tx: EntityManager, tools: SettlementTools, head: SettlementHead) {
  const taken = await listCodesLike(tx, head.territoryPath, head.code);
  try {
    return await decideSettlement(tx, tools, nextVersionOf(await correctedOf(tx, head), taken));
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
