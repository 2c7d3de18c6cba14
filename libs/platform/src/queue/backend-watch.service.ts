/** Watches whether the queue's server is there: says once that it is lost, once that it is back, and gives up in time. */
import type { JsonLogger } from '../logging/logger.service';

/** The same complaint is logged again only after this time. */
const complaintIntervalMs = 60_000;

export class BackendWatch {
  private lostAt: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private armed = false;
  private readonly complaints = new Map<string, number>();

  /** @param giveUp ends the process; called once when the server stayed away for `lossSeconds` and `arm` was called */
  constructor(
    private readonly logger: JsonLogger,
    private readonly lossSeconds: number,
    private readonly giveUp: (seconds: number) => void,
  ) {}

  /** From now on a long loss ends the process. A process without workers has other things to do and stays. */
  arm(): void {
    this.armed = true;
    if (this.lostAt !== undefined) this.startTimer();
  }

  lost(error: Error): void {
    if (this.lostAt !== undefined) return;
    this.lostAt = Date.now();
    this.logger.error(`queue server lost, trying again: ${error.message}`, 'Queue');
    if (this.armed) this.startTimer();
  }

  found(): void {
    if (this.lostAt === undefined) return;
    const seconds = ((Date.now() - this.lostAt) / 1000).toFixed(1);
    this.lostAt = undefined;
    clearTimeout(this.timer);
    this.logger.warn(`queue server is back after ${seconds} s`, 'Queue');
  }

  /** Logs an error of another sort, each text once in a while. */
  complain(error: Error): void {
    const last = this.complaints.get(error.message) ?? 0;
    if (Date.now() - last < complaintIntervalMs) return;
    if (this.complaints.size > 100) this.complaints.clear();
    this.complaints.set(error.message, Date.now());
    this.logger.error(error, 'Queue');
  }

  close(): void {
    clearTimeout(this.timer);
    this.armed = false;
  }

  private startTimer(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.logger.fatal(
        `queue server away for ${this.lossSeconds} s: this process ends, so that it can be started afresh`,
        'Queue',
      );
      this.giveUp(this.lossSeconds);
    }, this.lossSeconds * 1000);
  }
}
