/** Writes a run of scores in the transaction of the deed: snapshot, run, a row for each unit, what it rests on. Never changed afterwards. */
import { randomUUID } from 'node:crypto';
import type { UnitTable } from '@gep/kernel';
import { announce, appendAudit } from '@gep/platform';
import { type Officer, openSubject } from '@gep/procedure';
import type { PolicyRule } from '@gep/rulebook';
import { noteReliances } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { computeScores, freezeTable } from './compute-scores';
import { ScoreConflict } from './errors';
import { scoresComputed } from './events';
import { listScoreRuns } from './run-states.service';
import type { ScoreCause, ScoreRun, ScoreSource } from './score-run';
import { insertScoreRun, insertScoreSnapshot, insertUnitScores, lockScores } from './score-run.store';
import { scoreRunSteps } from './score-steps';
import type { ScoreTable } from './score-table';

export interface ScoresToKeep {
  readonly rule: PolicyRule;
  readonly place: string;
  readonly placePath: string;
  readonly period: string;
  readonly units: ReadonlyMap<string, string>;
  readonly table: ScoreTable;
  readonly sources: readonly ScoreSource[];
  /** The run whose next version it is. */
  readonly about: { readonly run: ScoreRun; readonly cause: ScoreCause } | null;
}

/** @throws ScoreConflict where another run of the year stands in the way, PolicyNotDecided */
export async function keepScores(
  tx: EntityManager,
  actor: Officer,
  unitTable: UnitTable,
  draft: ScoresToKeep,
): Promise<{ readonly id: string; readonly versionNo: number }> {
  const { rule, placePath: territoryPath, period, about, table } = draft;
  const of = { territoryPath, scorecard: rule.id, period };
  await lockScores(tx, of);
  const frozen = freezeTable(table);
  const before = await listScoreRuns(tx, of);
  const same = before.find(
    ({ snapshotDigest, ruleEdition, state }) =>
      snapshotDigest === frozen.digest && ruleEdition === rule.edition && state !== 'withdrawn',
  );
  if (same) return { id: same.id, versionNo: same.versionNo };
  refuseBeside(rule.id, before, about?.run);
  const { scores, digest: resultDigest } = computeScores(rule, unitTable, period, table);
  const [id, versionNo] = [randomUUID(), (before[0]?.versionNo ?? 0) + 1];
  const { standIns } = table;
  await insertScoreSnapshot(tx, territoryPath, frozen);
  await insertScoreRun(tx, actor, {
    ...{ id, ...of, ruleEdition: rule.edition, versionNo, about: about?.run.id ?? null, cause: about?.cause ?? null },
    ...{ snapshotDigest: frozen.digest, resultDigest, standIns, sources: draft.sources },
  });
  const gist = { place: draft.place, scorecard: rule.id, ruleEdition: rule.edition, period, versionNo, resultDigest };
  const placed = scores.map((detail) => ({ territoryPath: draft.units.get(detail.unit)!, detail }));
  await insertUnitScores(tx, id, gist, placed);
  await noteReliances(tx, reliancesOf(id, draft));
  await openSubject(tx, actor, scoreRunSteps, { id, territoryPath, documentDigest: resultDigest });
  const subject = `${rule.id} ${period} v${versionNo}`;
  const after = {
    id,
    ...gist,
    units: scores.length,
    standIns: standIns.length,
    snapshot: frozen.digest,
    cause: about?.cause ?? null,
  };
  await appendAudit(tx, { actor, action: 'evaluation.scores-computed', subject, territoryPath, after });
  const payload = { runId: id, scorecard: rule.id, period, version: versionNo, territoryPath };
  await announce(tx, { event: scoresComputed, key: id, payload });
  return { id, versionNo };
}

/** One run of a year is on its way at a time; what was notified is answered by its next version alone. */
function refuseBeside(scorecard: string, before: readonly ScoreRun[], about: ScoreRun | undefined): void {
  const open = before.find(({ state }) => ['computed', 'verified', 'scored'].includes(state));
  if (open)
    throw new ScoreConflict(
      scorecard,
      {
        zh: `${open.period} 第 ${open.versionNo} 版（${open.id}）还在办理；请办完，或先撤回（gep score act ${open.id} withdraw）`,
        en: `version ${open.versionNo} of ${open.period} (${open.id}) is on its way; finish it, or withdraw it first (gep score act ${open.id} withdraw)`,
      },
      { run: open.id },
    );
  const standing = before.find(({ state }) => ['notified', 'final', 'disclosed'].includes(state));
  if (standing && standing.id !== about?.id)
    throw new ScoreConflict(
      scorecard,
      {
        zh: `${standing.period} 已告知（第 ${standing.versionNo} 版，${standing.id}）；只能由异议或事件引起重评（gep score rescore）`,
        en: `${standing.period} was notified (version ${standing.versionNo}, ${standing.id}); an appeal or an incident alone makes a next version (gep score rescore)`,
      },
      { run: standing.id },
    );
}

/** A restated account finds the scores that rest on it. */
function reliancesOf(id: string, { sources, table, units, placePath }: ScoresToKeep) {
  const { header, rows } = table;
  const rowOf = new Map(rows.map((row) => [`${row[0]} ${row[1]}`, row]));
  const found = sources.flatMap(({ unit, column, period, accountId, disclosureId }) =>
    accountId === undefined || disclosureId === undefined
      ? []
      : [
          {
            ...{
              dependent: { kind: scoreRunSteps.kind, id },
              figure: unit,
              accountId,
              disclosureId,
              upstream: null,
              period,
            },
            amountFen: fenOf(String(rowOf.get(`${unit} ${period}`)?.[header.indexOf(column)] ?? '0')),
            ...{ territoryPath: units.get(unit) ?? placePath, upstreamTerritory: unit },
          },
        ],
  );
  return [...new Map(found.map((row) => [`${row.figure} ${row.accountId}`, row])).values()];
}

/** `12.30 yuan`, as accounts give it. */
const fenOf = (text: string): bigint => {
  const [whole, part = ''] = text.replace(/[^\d.]/g, '').split('.');
  const fen = BigInt(`${whole}${part.padEnd(2, '0').slice(0, 2)}`);
  return text.startsWith('-') ? -fen : fen;
};
