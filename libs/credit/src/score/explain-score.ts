/** The score of one subject with a reason for every event: what counts, by how much, and why the rest does not. */
import type { Bilingual } from '@gep/kernel';
import { BehaviourUnknown } from '../errors';
import { dayNumber } from './calendar-day';
import { countEvents, countMarks } from './count-events';
import { gradeOf, scoreText, type Scorer } from './scorer';

/** Where an entry of the record stands. */
export const eventStates = ['reported', 'returned', 'confirmed', 'effective', 'repaired', 'voided'] as const;
export type EventState = (typeof eventStates)[number];

/** An entry of the record as it is scored. */
export interface ScoredEvent {
  readonly id: string;
  readonly behaviour: string;
  /** Edition of the rule on the day of the event. */
  readonly edition: string;
  readonly day: string;
  readonly times: number;
  readonly state: EventState;
  /** First day on which it counts: of bad behaviour the day after the notice ran out. */
  readonly effectiveFrom: string | null;
  /** An objection to it is open. */
  readonly paused: boolean;
}

export const scoreReasons = [
  ...(['counted', 'capped', 'cap-reached', 'decayed', 'expired'] as const),
  ...(['paused', 'not-yet', 'repaired', 'voided', 'returned', 'unconfirmed'] as const),
] as const;
export type ScoreReason = (typeof scoreReasons)[number];

/** What one event does to a score. */
export interface ScoreLine {
  readonly event: string;
  readonly behaviour: string;
  readonly name: Bilingual;
  readonly edition: string;
  readonly day: string;
  readonly times: number;
  /** Points of the list for all its times. */
  readonly points: string;
  /** What counts of them. */
  readonly counted: string;
  /** Decay that was applied; 1 when none. */
  readonly factor: string;
  readonly reasons: readonly ScoreReason[];
}

export interface ExplainedScore {
  readonly asOf: string;
  /** Gives base, bounds and grades. */
  readonly edition: string;
  readonly base: string;
  readonly score: string;
  readonly grade: string | null;
  /** The sum went past a bound. */
  readonly bounded: boolean;
  readonly lines: readonly ScoreLine[];
}

/** Why an entry is not counted at all on a day; undefined when it is. */
export function reasonApart(event: Omit<ScoredEvent, 'id'>, asOf: string): ScoreReason | undefined {
  const { state, paused, effectiveFrom } = event;
  if (state === 'voided' || state === 'repaired' || state === 'returned') return state;
  if (state === 'reported') return 'unconfirmed';
  if (effectiveFrom === null || effectiveFrom > asOf) return 'not-yet';
  return paused ? 'paused' : undefined;
}

/** Base and the counted parts of all lines sum to the score, but for the bounds. @throws BehaviourUnknown */
export function explainScore(scorer: Scorer, events: readonly ScoredEvent[], asOf: string): ExplainedScore {
  const live = events.filter((event) => reasonApart(event, asOf) === undefined);
  const out = {
    counted: new Float64Array(live.length),
    marks: new Uint8Array(live.length),
    ages: new Uint8Array(live.length),
  };
  const columns = {
    starts: Int32Array.of(0, live.length),
    rows: Int32Array.from(live, (event) => rowOf(scorer, event)),
    days: Int32Array.from(live, ({ day }) => dayNumber(day)),
    times: Int32Array.from(live, ({ times }) => times),
  };
  const [score] = countEvents(scorer, columns, dayNumber(asOf), out);
  const places = new Map(live.map(({ id }, at) => [id, at]));
  const lines = events.map((event): ScoreLine => {
    const { behaviour, points, decay } = scorer.rows[rowOf(scorer, event)];
    const at = places.get(event.id);
    const age = at === undefined ? 0 : out.ages[at];
    return {
      ...{ event: event.id, behaviour: event.behaviour, name: behaviour.name, edition: event.edition },
      ...{ day: event.day, times: event.times },
      points: scoreText(scorer, points * event.times * scorer.decayScale),
      counted: scoreText(scorer, at === undefined ? 0 : out.counted[at]),
      factor: scoreText({ scale: scorer.decayScale }, decay[age]),
      reasons:
        at === undefined ? [reasonApart(event, asOf)!] : reasonsOf(out.marks[at], decay[age] < scorer.decayScale),
    };
  });
  const sum = out.counted.reduce((total, counted) => total + counted, scorer.base);
  return {
    ...{ asOf, edition: scorer.edition, base: scoreText(scorer, scorer.base), score: scoreText(scorer, score), lines },
    ...{ grade: gradeOf(scorer, score) ?? null, bounded: sum !== score },
  };
}

function rowOf(scorer: Scorer, { edition, behaviour }: ScoredEvent): number {
  const row = scorer.rowOf(edition, behaviour);
  if (row === undefined) throw new BehaviourUnknown(behaviour, []);
  return row;
}

function reasonsOf(mark: number, decayed: boolean): ScoreReason[] {
  if (mark === countMarks.future) return ['not-yet'];
  if (mark === countMarks.expired) return ['expired'];
  if (mark === countMarks.capReached) return ['cap-reached'];
  const first: ScoreReason = mark === countMarks.capped ? 'capped' : 'counted';
  return decayed ? [first, 'decayed'] : [first];
}
