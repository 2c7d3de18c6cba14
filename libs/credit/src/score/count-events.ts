/** Counts what events of many subjects do to their scores, in whole numbers over columns: the same function for one and for a million. */
import { lastDayOlderThan, YearTable } from './calendar-day';
import type { Scorer } from './scorer';

/**
 * Events that count: confirmed, in effect, neither paused, repaired nor voided. Those of subject `i` stand from `starts[i]` to
 * before `starts[i + 1]`, in any order.
 */
export interface EventColumns {
  readonly starts: Int32Array;
  /** Place among the rows of the scorer. */
  readonly rows: Int32Array;
  /** Number of the day (`dayNumber`). */
  readonly days: Int32Array;
  readonly times: Int32Array;
}

/** What became of an event on the day of the score. */
export const countMarks = { future: 0, expired: 1, whole: 2, capped: 3, capReached: 4 } as const;

/** Beside the scores, what each event counts for; given by whoever explains. */
export interface EventCounts {
  /** On the scale, after cap and decay. */
  readonly counted: Float64Array;
  /** One of `countMarks`. */
  readonly marks: Uint8Array;
  /** Whole years since the event by which its decay was chosen. */
  readonly ages: Uint8Array;
}

/**
 * Score = base + Σ points × times × decay within the bounds (R9). What has expired is as if it had never been (I28). In a calendar
 * year an item counts up to its cap, earlier days first; order of arrival does not matter.
 * @returns scaled whole scores, one for each subject
 */
export function countEvents(scorer: Scorer, events: EventColumns, asOf: number, out?: EventCounts): Float64Array {
  const counting = new Counting(scorer, events, asOf, out);
  const scores = new Float64Array(events.starts.length - 1);
  for (let subject = 0; subject < scores.length; subject++) scores[subject] = counting.score(subject);
  return scores;
}

class Counting {
  private readonly years: YearTable;
  /** [k]: the last day of which more than k years have passed. */
  private readonly passed: Int32Array;
  private readonly expired: Float64Array;
  private readonly used: Float64Array;
  private readonly usedIn: Int32Array;
  private order = new Int32Array(64);

  constructor(
    private readonly scorer: Scorer,
    private readonly events: EventColumns,
    private readonly asOf: number,
    private readonly out: EventCounts | undefined,
  ) {
    let first = asOf;
    for (const day of events.days) if (day < first) first = day;
    this.years = new YearTable(first, asOf);
    const oldest = Math.max(1, ...scorer.rows.map(({ decay }) => decay.length));
    this.passed = Int32Array.from({ length: oldest }, (_, years) => lastDayOlderThan(asOf, years));
    this.expired = Float64Array.from(scorer.rows, ({ years }) =>
      years === Infinity ? -Infinity : lastDayOlderThan(asOf, years),
    );
    this.used = new Float64Array(scorer.items);
    this.usedIn = new Int32Array(scorer.items);
  }

  score(subject: number): number {
    const { scorer } = this;
    const count = this.sortLive(this.events.starts[subject], this.events.starts[subject + 1]);
    // Years of one subject say nothing about the next.
    this.usedIn.fill(0);
    let sum = scorer.base;
    for (let at = 0; at < count; at++) sum += this.countOne(this.order[at]);
    return Math.min(Math.max(sum, scorer.lowest), scorer.highest);
  }

  /** Live events by day and row: on one day one row is one thing, however it is split. */
  private sortLive(from: number, to: number): number {
    if (to - from > this.order.length) this.order = new Int32Array((to - from) * 2);
    const { days, rows } = this.events;
    const { order, out } = this;
    let count = 0;
    for (let event = from; event < to; event++) {
      const day = days[event];
      if (day > this.asOf || day <= this.expired[rows[event]]) {
        if (out) out.marks[event] = day > this.asOf ? countMarks.future : countMarks.expired;
        continue;
      }
      let place = count++;
      while (place > 0 && isAfter(order[place - 1], event, days, rows)) order[place] = order[--place];
      order[place] = event;
    }
    return count;
  }

  private countOne(event: number): number {
    const { scorer, events, out } = this;
    const row = scorer.rows[events.rows[event]];
    const day = events.days[event];
    const nominal = row.points * events.times[event];
    const left = row.cap === Infinity ? Infinity : Math.max(row.cap - this.usedOf(row.item, this.years.of(day)), 0);
    const size = Math.min(Math.abs(nominal), left);
    this.note(row.item, this.years.of(day), size);
    const age = row.decay.length === 1 ? 0 : this.ageOf(day, row.decay.length - 1);
    const counted = Math.sign(nominal) * size * row.decay[age];
    if (out) {
      out.counted[event] = counted;
      out.ages[event] = age;
      out.marks[event] =
        size === Math.abs(nominal) ? countMarks.whole : size === 0 ? countMarks.capReached : countMarks.capped;
    }
    return counted;
  }

  private usedOf(item: number, year: number): number {
    return this.usedIn[item] === year ? this.used[item] : 0;
  }

  private note(item: number, year: number, size: number): void {
    if (this.usedIn[item] !== year) {
      this.usedIn[item] = year;
      this.used[item] = 0;
    }
    this.used[item] += size;
  }

  private ageOf(day: number, most: number): number {
    let age = 0;
    while (age < most && day <= this.passed[age + 1]) age++;
    return age;
  }
}

/** Whether event `a` comes after event `b`. */
const isAfter = (a: number, b: number, days: Int32Array, rows: Int32Array): boolean =>
  days[a] > days[b] || (days[a] === days[b] && rows[a] > rows[b]);
