/** Takes a run of scores a step on: verified, scored, notified with its window, final for whoever is not disputed, disclosed. */
import { randomUUID } from 'node:crypto';
import { announce, appendAudit } from '@gep/platform';
import { listClocks, type Officer, owePublication, publishOwed, startClock, takeStep, todayOf } from '@gep/procedure';
import { type ClockBook, getPolicyEdition } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { ScoreConflict } from './errors';
import { scoresFinal, scoresNotified } from './events';
import { chainOf, disputesOf } from './run-chain.service';
import { scoreDocument } from './score-document';
import { getScoreRun } from './run-states.service';
import type { ScoreRun } from './score-run';
import { insertStandings, listStandings, listUnitScores } from './score-run.store';
import { scoreRunSteps, type scoreRunActs } from './score-steps';

export interface ScoreActWish {
  readonly id: string;
  readonly act: (typeof scoreRunActs)[number];
  readonly reason?: string;
  readonly documentDigest?: string;
  /** Of `notify`: the day on which the units were served; before today only with the digest of the proof. */
  readonly on?: string;
}

const windowCode = 'score-query';
/** Publications of units that became final after others of their run. */
const lateScores = 'score-late';

/** @throws ScoreMissing, ScoreConflict, StepRefused, ClockRefused */
export async function actOnScores(
  tx: EntityManager,
  actor: Officer,
  book: ClockBook,
  wish: ScoreActWish,
): Promise<{ readonly id: string; readonly state: string }> {
  const { id, act, reason, documentDigest } = wish;
  const run = await getScoreRun(tx, id);
  const subject = { kind: scoreRunSteps.kind, id };
  const today = await todayOf(tx);
  if (act === 'finalise') await requireWindowOver(tx, run, today);
  const { to } = await takeStep(tx, actor, scoreRunSteps, { id, act, reason, documentDigest });
  const { scorecard, period, versionNo, territoryPath } = run;
  const after: Record<string, unknown> = { id, act, reason: reason ?? null };
  if (act === 'notify') after['on'] = await notify(tx, actor, book, run, { ...wish, today });
  if (act === 'finalise') after['units'] = await finalise(tx, actor, book, run, today);
  if (act === 'disclose') await publishOwed(tx, actor, { subject, rule: 'result' });
  const payload = { runId: id, scorecard, period, version: versionNo, territoryPath };
  if (act === 'notify') await announce(tx, { event: scoresNotified, key: id, payload });
  if (act === 'finalise') await announce(tx, { event: scoresFinal, key: `${id} ${String(after['units'])}`, payload });
  const named = `${scorecard} ${period} v${versionNo}`;
  await appendAudit(tx, { actor, action: `evaluation.scores-${to}`, subject: named, territoryPath, after });
  return { id, state: to };
}

async function notify(
  tx: EntityManager,
  actor: Officer,
  book: ClockBook,
  { id, scorecard, territoryPath, period }: ScoreRun,
  { on, today, documentDigest }: ScoreActWish & { readonly today: string },
): Promise<string> {
  const since = on ?? today;
  if (since > today || (since < today && documentDigest === undefined))
    throw new ScoreConflict(scorecard, {
      zh: `送达日 ${since} 不得晚于今天；早于今天的，须给出送达回证的摘要（documentDigest）`,
      en: `the day of service, ${since}, is not to come; one before today needs the digest of its proof (documentDigest)`,
    });
  if (since.slice(0, 4) <= period)
    throw new ScoreConflict(scorecard, {
      zh: `送达日 ${since} 早于 ${period} 年度结束，当时不可能有该年评分；请给出 ${period} 年之后的实际送达日（gep score act ${id} notify --on，API：on）`,
      en: `the day of service, ${since}, is before the end of ${period}, when there were no scores of that year; give the day after ${period} on which they were served (gep score act ${id} notify --on, API: on)`,
    });
  const units = (await listUnitScores(tx, { runId: id })).map(({ unit }) => unit);
  await insertStandings(tx, actor, { runId: id, units, standing: 'notified', since });
  await startClock(tx, actor, book, {
    subject: { kind: scoreRunSteps.kind, id },
    territoryPath,
    code: windowCode,
    from: since,
  });
  return since;
}

/** Nobody's time to query is cut short. */
async function requireWindowOver(tx: EntityManager, { id, scorecard }: ScoreRun, today: string): Promise<void> {
  const [clock] = await listClocks(tx, { subject: { kind: scoreRunSteps.kind, id }, code: windowCode });
  if (!clock || today > clock.dueOn) return;
  throw new ScoreConflict(
    scorecard,
    {
      zh: `质疑期到 ${clock.dueOn} 为止，期满后才能生效`,
      en: `the time to query runs until ${clock.dueOn}; it becomes final after that`,
    },
    { dueOn: clock.dueOn },
  );
}

/** An open objection holds back the unit that it is about, an upheld one until the next version answers it; the others become final. */
async function finalise(
  tx: EntityManager,
  actor: Officer,
  book: ClockBook,
  run: ScoreRun,
  today: string,
): Promise<number> {
  const { id, scorecard, territoryPath } = run;
  const { held } = await disputesOf(tx, await chainOf(tx, run));
  const scores = await listUnitScores(tx, { runId: id });
  const done = (await listStandings(tx, { runId: id, standing: 'final' })).map(({ unit }) => unit);
  const units = held.has('')
    ? []
    : scores.map(({ unit }) => unit).filter((unit) => !held.has(unit) && !done.includes(unit));
  if (units.length === 0)
    throw new ScoreConflict(scorecard, {
      zh: `没有可以生效的单位：${[...held].join('、') || '均已生效'}；有异议的待其办结，被支持的请重评（gep score rescore ${id}）`,
      en: `no unit is left to become final: ${[...held].join(', ') || 'all are'}; what is disputed waits, what was upheld is scored anew (gep score rescore ${id})`,
    });
  await insertStandings(tx, actor, { runId: id, units, standing: 'final', since: today });
  if (run.about !== null) await supersede(tx, actor, run.about, today);
  const rule = await getPolicyEdition(tx, run.ruleEdition);
  const withheld = scores.map(({ unit }) => unit).filter((unit) => !units.includes(unit) && !done.includes(unit));
  const details = scores.map(({ detail }) => detail);
  const document = scoreDocument(run, rule, details, withheld);
  // What is told was sealed when the first of them became final; who follows is owed to the public anew.
  const subject = done.length === 0 ? { kind: scoreRunSteps.kind, id } : { kind: lateScores, id: randomUUID() };
  await owePublication(tx, actor, book, { subject, territoryPath, rule: 'result', document, from: today });
  return done.length + units.length;
}

/** The version before gives way, for every unit. */
async function supersede(tx: EntityManager, actor: Officer, id: string, today: string): Promise<void> {
  const { state } = await getScoreRun(tx, id);
  if (state === 'superseded') return;
  await takeStep(tx, actor, scoreRunSteps, { id, act: 'supersede' });
  const units = (await listUnitScores(tx, { runId: id })).map(({ unit }) => unit);
  await insertStandings(tx, actor, { runId: id, units, standing: 'superseded', since: today });
}
