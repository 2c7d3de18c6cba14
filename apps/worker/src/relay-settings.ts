/** What a process decides about its relay: pace, schedules, and what it does when the database is gone. */
import { type Pace, usualPace } from './pace';
import { type Schedule, schedules } from './schedules';

/** A class, because it is also the token of the injection. */
export class RelaySettings {
  readonly pace: Pace = usualPace;
  readonly schedules: readonly Schedule[] = schedules;
  /** `giveUp` is called once the database was away for so long. */
  readonly databaseLossSeconds: number = Number.POSITIVE_INFINITY;
  readonly giveUp: (seconds: number) => void = () => undefined;

  constructor(given: Partial<RelaySettings> = {}) {
    Object.assign(this, given);
  }
}
