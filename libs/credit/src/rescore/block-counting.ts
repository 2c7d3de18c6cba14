/** Counts entries as they arrive, subject after subject, in blocks, so that only the block at hand is held. */
import { assert } from '@gep/kernel';
import { countEvents } from '../score/count-events';
import type { Scorer } from '../score/scorer';
import type { CopiedRows } from './copied-rows';

/** An entry is packed in eight bytes: the number of its day, then its place among the rows and its times, which need so many bits. */
export const timesBits = 14;
const entryBytes = 8;

/** Subjects from `begin` to before `end`, for whom one edition is in force. */
export interface Stretch {
  readonly begin: number;
  readonly end: number;
  readonly scorer: Scorer;
}

/** An item of an edition, as entries name it by its place. */
export interface PackedRow {
  readonly edition: string;
  readonly code: string;
}

export class BlockCounting {
  /** Scaled, one for each subject. */
  readonly scores: Float64Array;
  /** An entry names an edition that is not among the rows: the scores are worth nothing. */
  isUnknown = false;
  private readonly starts: Int32Array;
  private stretch = 0;
  private begin = 0;
  private subject = 0;
  private count = 0;
  private rows = new Int32Array(1 << 16);
  private days = new Int32Array(1 << 16);
  private times = new Int32Array(1 << 16);

  /** @param stretches cover all subjects in order */
  constructor(
    private readonly stretches: readonly Stretch[],
    private readonly packed: readonly PackedRow[],
    private readonly asOf: number,
    subjectsOfBlock = 20_000,
  ) {
    assert(packed.length < 1 << (32 - timesBits), 'a place fits its bits');
    this.scores = new Float64Array(stretches.at(-1)?.end ?? 0);
    this.starts = new Int32Array(subjectsOfBlock + 1);
  }

  /** @param arrived of `copyEntries`, in the order of the subjects */
  addAll(arrived: CopiedRows): void {
    while (arrived.next()) {
      const subject = arrived.int(0);
      while (subject >= this.blockEnd()) this.countBlock();
      const { bytes } = arrived;
      const [from, till] = [arrived.at[1], arrived.at[1] + arrived.size[1]];
      this.reach(subject);
      for (let at = from; at < till; at += entryBytes) this.add(bytes.readInt32BE(at), bytes.readUInt32BE(at + 4));
    }
  }

  /** After the last entry. */
  finish(): void {
    while (this.begin < this.scores.length) this.countBlock();
  }

  private add(day: number, placeAndTimes: number): void {
    if (this.count === this.rows.length) this.grow();
    const place = placeAndTimes >>> timesBits;
    if (place >= this.packed.length) this.isUnknown = true;
    this.rows[this.count] = place;
    this.days[this.count] = day;
    this.times[this.count++] = placeAndTimes & ((1 << timesBits) - 1);
  }

  private blockEnd(): number {
    return Math.min(this.begin + this.starts.length - 1, this.stretches[this.stretch].end);
  }

  /** Entries from here on are of that subject. */
  private reach(subject: number): void {
    while (this.subject < subject) this.starts[++this.subject - this.begin] = this.count;
  }

  private countBlock(): void {
    const end = this.blockEnd();
    this.reach(end);
    const { scorer, end: stretchEnd } = this.stretches[this.stretch];
    if (!this.isUnknown) {
      const places = this.packed.map(({ edition, code }) => scorer.rowOf(edition, code)!);
      const rows = this.rows.subarray(0, this.count);
      rows.forEach((place, at) => (rows[at] = places[place]));
      const [days, times] = [this.days.subarray(0, this.count), this.times.subarray(0, this.count)];
      const starts = this.starts.subarray(0, end - this.begin + 1);
      this.scores.set(countEvents(scorer, { starts, rows, days, times }, this.asOf), this.begin);
    }
    if (end === stretchEnd) this.stretch++;
    this.begin = end;
    this.count = 0;
  }

  private grow(): void {
    const double = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const more = new Int32Array(column.length * 2);
      more.set(column);
      return more;
    };
    [this.rows, this.days, this.times] = [double(this.rows), double(this.days), double(this.times)];
  }
}
