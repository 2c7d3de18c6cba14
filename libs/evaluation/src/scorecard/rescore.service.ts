/** The next version of a run: what upheld appeals and incidents concern is taken anew, everything else is as it was frozen. */
import { periodEnd } from '@gep/kernel';
import { holdsAt, type Officer, StepNotYours } from '@gep/procedure';
import { getPolicyEdition, type PolicyRule } from '@gep/rulebook';
import type { InputTable, SettlementTools } from '@gep/settlement';
import { codesOfPath, pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { freezeTable, thawTable } from './compute-scores';
import { ScoreConflict } from './errors';
import { gatherScores } from './gather-scores.service';
import { keepScores } from './keep-scores.service';
import { chainOf, disputesOf } from './run-chain.service';
import { getScoreRun } from './run-states.service';
import type { ScoreRun, ScoreSource } from './score-run';
import { getScoreSnapshot, listUnitScores } from './score-run.store';
import { scoreRunSteps } from './score-steps';
import { type ScoreStandIn, withReplaced } from './score-table';

export interface RescoreWish {
  readonly id: string;
  readonly reason: string;
}

const facts = ['falsification', 'majorIncident'];
const rescoring = { zh: '重新评分', en: 'score anew' };

/** @throws ScoreMissing, ScoreConflict, StepNotYours, what gathering and deciding throw */
export async function rescore(
  tx: EntityManager,
  actor: Officer,
  tools: SettlementTools,
  { id, reason }: RescoreWish,
): Promise<{ readonly id: string; readonly versionNo: number }> {
  const run = await getScoreRun(tx, id);
  const { territoryPath: placePath, period, scorecard } = run;
  if (!holdsAt(actor, 'evaluation.prepare', placePath))
    throw new StepNotYours({ kind: scoreRunSteps.kind, name: scoreRunSteps.name, id }, rescoring, 'evaluation.prepare');
  const rule = await getPolicyEdition(tx, run.ruleEdition);
  const content = await getScoreSnapshot(tx, placePath, run.snapshotDigest);
  const frozen = thawTable({ digest: run.snapshotDigest, content });
  const codes = (await listUnitScores(tx, { runId: id })).map(({ unit }) => unit);
  const units = await pathsOf(tx, codes, periodEnd(period));
  const { unanswered } = await disputesOf(tx, await chainOf(tx, run));
  const gathered = await gatherScores(tx, tools, { placePath, period, rule, units });
  const wanted = concerned(
    rule,
    codes,
    unanswered.map(({ figure }) => figure),
  );
  const replaced = replacements(gathered.table, period, wanted);
  const table = withReplaced(frozen, period, replaced);
  if (freezeTable(table).digest === run.snapshotDigest)
    throw new ScoreConflict(scorecard, {
      zh: '没有可据以重评的变化：被支持的异议须先报送并核实更正后的数据（gep score deliver、gep score judge），事件须先核实（gep incident act）',
      en: 'nothing has changed: what an upheld appeal corrects is delivered and verified first (gep score deliver, gep score judge), an incident is confirmed first (gep incident act)',
    });
  const isTaken = ({ unit, column }: { readonly unit: string; readonly column: string }): boolean =>
    wanted.has(`${unit} ${column}`);
  const merged = <T extends ScoreStandIn | ScoreSource>(old: readonly T[], fresh: readonly T[]): T[] => [
    ...old.filter((one) => !isTaken(one)),
    ...fresh.filter(isTaken),
  ];
  const sources = merged(run.sources, gathered.sources);
  return keepScores(tx, actor, await tools.units(), {
    ...{ rule, placePath, place: codesOfPath(placePath).at(-1)!, period, units, sources },
    table: { ...table, standIns: merged(run.standIns, gathered.table.standIns) },
    about: { run, cause: { reason, appeals: unanswered.map((one) => one.id), incidents: incidentsOf(run, sources) } },
  });
}

/** Cells that are taken anew: of a disputed indicator its value, state and target, of a disputed unit all; facts of incidents of all. */
function concerned(
  { scorecard, columns }: PolicyRule,
  units: readonly string[],
  figures: readonly string[],
): Set<string> {
  const all = columns.filter(({ per }) => per === 'unit').map(({ code }) => code);
  const cells = units.flatMap((unit) => facts.map((fact) => `${unit} ${fact}`));
  for (const figure of figures) {
    const [unit, indicator] = figure.split(':');
    const target = scorecard!.indicators.find(({ code }) => code === indicator)?.target;
    const own =
      indicator === undefined
        ? all
        : [indicator, `${indicator}_state`, ...(target && all.includes(target) ? [target] : [])];
    for (const one of unit === '' ? units : [unit]) cells.push(...own.map((column) => `${one} ${column}`));
  }
  return new Set(cells);
}

function replacements({ header, rows }: InputTable, period: string, wanted: ReadonlySet<string>) {
  return rows
    .filter((row) => row[1] === period)
    .flatMap((row) =>
      header.flatMap((column, at): [string, string, string | null][] =>
        wanted.has(`${row[0]} ${column}`) ? [[String(row[0]), column, row[at] === null ? null : String(row[at])]] : [],
      ),
    );
}

/** Incidents that count now and did not before. */
function incidentsOf(run: ScoreRun, sources: readonly ScoreSource[]): string[] {
  const before = new Set(run.sources.flatMap(({ incidentId }) => incidentId ?? []));
  return [...new Set(sources.flatMap(({ incidentId }) => incidentId ?? []))].filter((one) => !before.has(one));
}
