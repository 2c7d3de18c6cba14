/** Computes a settlement in the transaction of the deed: what was decided is written once and never changed. */
import { randomUUID } from 'node:crypto';
import { digestOfValue } from '@gep/kernel';
import { announce } from '@gep/platform';
import { type Officer, openSubject } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { insertTakings, type Taking } from '../before.store';
import { headOfDecision } from '../decision/settlement-line';
import type { SettlementDraft } from '../draft/settlement-draft';
import { SettlementConflict } from '../errors';
import { settlementComputed } from '../events';
import { noteReliances } from '../reliance/reliance.store';
import type { Reliance } from '../reliance/reliance';
import type { PlacedPart, Settlement, SettlementHead } from '../settlement';
import { settlementTable } from '../settlement-steps';
import { gistOf } from '../settlement-gist';
import type { SettlementTools } from '../settlement-tools.service';
import {
  getHead,
  type HeadDraft,
  insertFigures,
  insertHead,
  insertLines,
  insertParts,
  insertSnapshot,
  listFigures,
  listHeads,
  listLines,
  listParts,
  lockFor,
} from '../settlement.store';
import { type DecidedSettlement, decideSettlement } from './decide-settlement.service';
import { inState, listWaiting, live } from './standing.service';

/**
 * Takes figures by a rule to what each party is due. The same draft again gives the settlement that is there. The audit row is
 * the caller's.
 * @throws SettlementRefused, SettlementConflict, FiguresRefused, and what deciding throws
 */
export async function computeSettlement(
  tx: EntityManager,
  actor: Officer,
  tools: SettlementTools,
  draft: SettlementDraft,
): Promise<Settlement> {
  const bodyDigest = digestOfValue(draft);
  await lockFor(tx, 'agreement', `${draft.territoryPath} ${draft.agreement}`);
  const before = await findSame(tx, draft, bodyDigest);
  if (before) return before;
  const decided = await decideSettlement(tx, tools, draft);
  await refuseTwice(tx, decided);
  const head = headOf(decided, bodyDigest);
  await insertSnapshot(tx, head.territoryPath, decided.frozen);
  // The code may have been taken in a territory path that this actor does not see in full; then the unique key says so.
  if (!(await insertHead(tx, actor, head, decided.draft))) throw codeTaken(draft);
  await insertFigures(tx, head.id, decided.figures);
  await insertLines(tx, head.id, decided.lines);
  const { id, code, agreement, period } = head;
  await insertParts(tx, gistOf(head), decided.parts);
  if (draft.kind === 'settlement') await insertTakings(tx, await takingsOf(tx, head, decided.parts));
  await noteReliances(tx, reliancesOf(head, decided));
  await openSubject(tx, actor, settlementTable, { id, territoryPath: head.territoryPath });
  await announce(tx, {
    event: settlementComputed,
    key: id,
    payload: { settlementId: id, code, agreement, period, territoryPath: head.territoryPath },
  });
  return {
    ...(await getHead(tx, id)),
    lines: decided.lines,
    parts: decided.parts,
    figures: decided.figures,
    replayed: false,
  };
}

function headOf(
  { draft, rule, fund, frozen, decision, decisionDigest }: DecidedSettlement,
  bodyDigest: string,
): HeadDraft {
  const { code, territoryPath, mechanism, kind, agreement, period, purpose, about = null, gatedBy = null } = draft;
  return {
    ...{
      id: randomUUID(),
      code,
      territoryPath,
      mechanism,
      kind,
      agreement,
      period,
      purpose,
      about,
      gatedBy,
      bodyDigest,
    },
    ...{ moneyPeriod: draft.moneyPeriod ?? period, policyId: rule.id, ruleEdition: rule.edition },
    ...{ fundId: fund.id, fundCode: fund.code, snapshotDigest: frozen.digest, decisionDigest },
    decision: JSON.parse(
      JSON.stringify(headOfDecision(decision), (_key, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      ),
    ) as Record<string, unknown>,
  };
}

async function findSame(
  tx: EntityManager,
  draft: SettlementDraft,
  bodyDigest: string,
): Promise<Settlement | undefined> {
  const [found] = await listHeads(tx, { territoryPath: draft.territoryPath, code: draft.code });
  if (!found) return undefined;
  if (found.bodyDigest !== bodyDigest) throw codeTaken(draft);
  return { ...(await getSettlement(tx, found.id)), replayed: true };
}

const codeTaken = ({ code }: SettlementDraft): SettlementConflict =>
  new SettlementConflict(code, {
    zh: `该地域已有此代码的结算，而内容不同；结算不可更改，请用新的代码，如 ${code}.v2`,
    en: `the territory has a settlement of this code and other contents; settlements are not changed, give another code, such as ${code}.v2`,
  });

/** Everything that was written of a settlement. @throws SettlementMissing */
export async function getSettlement(tx: EntityManager, id: string): Promise<Settlement> {
  const head = await getHead(tx, id);
  const [lines, parts, figures] = [
    await listLines(tx, id),
    await listParts(tx, { settlementIds: [id] }),
    await listFigures(tx, id),
  ];
  return { ...head, lines, parts, figures, replayed: false };
}

/** One result for an agreement and a period, and nothing decided twice from the same figures. @throws SettlementConflict */
async function refuseTwice(tx: EntityManager, { draft, frozen, rule }: DecidedSettlement): Promise<void> {
  const { agreement, period, kind, territoryPath, fundId } = draft;
  const others = await inState(tx, await listHeads(tx, { agreement, period, territoryPath, fundId }), ...live);
  const refuse = (other: SettlementHead, zh: string, en: string): SettlementConflict =>
    new SettlementConflict(draft.code, { zh, en }, { other: other.id, otherCode: other.code });
  const result = others.find((other) => other.kind === 'settlement' && other.policyId === rule.id);
  if (result && kind === 'settlement')
    throw refuse(
      result,
      `协议 ${agreement} 的 ${period} 已由 ${result.code} 结算；请以其为 about 作更正，或先撤回它（gep settlement withdraw 或 POST /api/v1/settlements/{id}/withdraw）`,
      `${period} of agreement ${agreement} is settled by ${result.code}; correct that one (name it in "about"), or withdraw it first (gep settlement withdraw, POST /api/v1/settlements/{id}/withdraw)`,
    );
  if (result && kind === 'advance')
    throw refuse(
      result,
      `协议 ${agreement} 的 ${period} 已由 ${result.code} 结算，不再预付`,
      `${period} of agreement ${agreement} is settled by ${result.code}; nothing more is advanced for it`,
    );
  // A correction compares with what stands, so that it may come again once the one before is done.
  const open = draft.about === undefined ? others : await inState(tx, others, 'computed', 'confirmed', 'reserved');
  const same = open.find(
    (other) =>
      other.kind === kind &&
      other.ruleEdition === rule.edition &&
      other.snapshotDigest === frozen.digest &&
      other.about === (draft.about ?? null),
  );
  if (same)
    throw refuse(
      same,
      `同一规则版本、核算期、协议与快照已由 ${same.code} 核算；请使用它`,
      `the same edition, period, agreement and snapshot were computed as ${same.code}; use that one`,
    );
}

/** Which of what waits these parts take: more in full, less up to what they could set off, the oldest first. */
async function takingsOf(tx: EntityManager, head: HeadDraft, parts: readonly PlacedPart[]): Promise<Taking[]> {
  const entries = await listWaiting(tx, head);
  return parts.flatMap(({ party, takenFen, territoryPath }) => {
    const own = entries.filter((entry) => entry.party === party);
    const more = own.filter(({ leftFen }) => leftFen > 0n);
    let lessFen = takenFen - more.reduce((sum, { leftFen }) => sum + leftFen, 0n);
    const less = own
      .filter(({ leftFen }) => leftFen < 0n)
      .map((entry) => {
        const fen = entry.leftFen < lessFen ? lessFen : entry.leftFen;
        lessFen -= fen;
        return { ...entry, leftFen: fen };
      });
    return [...more, ...less]
      .filter(({ leftFen }) => leftFen !== 0n)
      .map(({ correctionId, about, leftFen }) => ({
        ...{ settlementId: head.id, party, territoryPath, correctionId, about, takenFen: leftFen },
      }));
  });
}

/** Every unit rests on the accounts of its figures; a correction rests on what it corrects. */
function reliancesOf(head: HeadDraft, { figures, lines, parts }: DecidedSettlement): Reliance[] {
  const dependent = { kind: 'settlement', id: head.id };
  const amounts = new Map<string, bigint>();
  for (const { unit, amountFen } of lines) amounts.set(unit, (amounts.get(unit) ?? 0n) + amountFen);
  const onAccounts = figures.map(({ unit, accountId, disclosureId, territoryPath, period }) => ({
    ...{ dependent, figure: unit, accountId, disclosureId, upstream: null, territoryPath, period },
    ...{ amountFen: amounts.get(unit) ?? 0n, upstreamTerritory: unit },
  }));
  const distinct = new Map(onAccounts.map((row) => [`${row.figure} ${row.accountId}`, row]));
  const { about, territoryPath, period } = head;
  if (about === null) return [...distinct.values()];
  const amountFen = parts.reduce(
    (sum, { claimFen, billFen, clawbackFen }) => sum + claimFen - billFen - clawbackFen,
    0n,
  );
  const upstream = { kind: 'settlement', id: about };
  return [
    ...distinct.values(),
    {
      ...{ dependent, figure: '', accountId: null, disclosureId: null, upstream, amountFen, territoryPath, period },
      upstreamTerritory: territoryPath.split('.').at(-1)!.replaceAll('_', '-'),
    },
  ];
}
