/** The daily look at clocks: duties whose last day has passed are announced once each, and stay on the list until they are done. */
import { Injectable } from '@nestjs/common';
import { type Actor, announce, Database, rootPath } from '@gep/platform';
import { AppealService } from '../appeal/appeal.service';
import { clockOverdue } from '../events';
import { insertNotice, listClocks, todayOf } from './clock.store';

const program: Actor = { id: 'system:clocks', name: 'legal clocks', scope: [rootPath] };
const atOnce = 500;

@Injectable()
export class OverdueService {
  constructor(
    private readonly database: Database,
    private readonly appeals: AppealService,
  ) {}

  /** @returns how many duties were announced as late, and how many appeals lapsed */
  async run(): Promise<{ readonly overdue: number; readonly lapsed: number }> {
    let overdue = 0;
    let after: readonly [string, string] | undefined;
    for (;;) {
      const seen = await this.database.transaction(program, async (tx) => {
        const today = await todayOf(tx);
        const clocks = await listClocks(tx, { overdueOn: today, page: { limit: atOnce, after } });
        for (const clock of clocks) {
          if (!(await insertNotice(tx, clock, today))) continue;
          overdue += 1;
          const { subject, territoryPath, code, dueOn } = clock;
          const payload = { clockId: clock.id, kind: subject.kind, subjectId: subject.id, territoryPath, code, dueOn };
          await announce(tx, { event: clockOverdue, key: clock.id, payload });
        }
        return clocks;
      });
      const last = seen.at(-1);
      if (!last || seen.length < atOnce) break;
      after = [last.dueOn, last.id];
    }
    return { overdue, lapsed: await this.appeals.lapse(program) };
  }
}
