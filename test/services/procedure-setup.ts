/** A procedure with persons of several territories, ready for the specs of steps, clocks and appeals. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Client } from 'pg';
import {
  AppealService,
  ClockBooks,
  DisputedFigures,
  type Officer,
  openSubject,
  OverdueService,
  PublicationService,
  type StepTable,
} from '@gep/procedure';
import { RulebookFolder } from '@gep/rulebook';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

export const city = 'CN.990000.990100';
export const county = `${city}.990101`;
export const neighbour = `${city}.990102`;
export const otherProvince = 'CN.980000.980100';

export type State = 'prepared' | 'approved' | 'paid' | 'stopped';
export type Act = 'approve' | 'pay' | 'stop' | 'mend';
export const table: StepTable<State, Act> = {
  kind: 'sample',
  name: { zh: '样本', en: 'sample' },
  first: 'prepared',
  rows: [
    { act: 'mend', from: ['prepared'], to: 'prepared' },
    { act: 'approve', from: ['prepared'], to: 'approved', permission: 'settlement.approve', apartFrom: ['open'] },
    { act: 'pay', from: ['approved'], to: 'paid', apartFrom: ['open', 'approve'] },
    { act: 'stop', from: ['prepared', 'approved'], to: 'stopped', reasonNeeded: true },
  ],
  nameOfState: {
    prepared: { zh: '已编制', en: 'prepared' },
    approved: { zh: '已批准', en: 'approved' },
    paid: { zh: '已支付', en: 'paid' },
    stopped: { zh: '已终止', en: 'stopped' },
  },
  nameOfAct: {
    approve: { zh: '批准', en: 'approve' },
    pay: { zh: '支付', en: 'pay' },
    stop: { zh: '终止', en: 'stop' },
    mend: { zh: '补正', en: 'mend' },
  },
};

export const officer = (id: string, path: string, ...permissions: string[]): Officer => ({
  ...testActor([path], id),
  permissions: new Map(permissions.map((permission) => [permission, [path]])),
});

export const books = new ClockBooks(new RulebookFolder(resolve(__dirname, '../../rulebook')));

export class ProcedureTest {
  readonly figures = new DisputedFigures();
  readonly appeals: AppealService;
  readonly publications: PublicationService;
  readonly overdue: OverdueService;

  private constructor(readonly test: TestDatabase) {
    this.appeals = new AppealService(test.db, books, this.figures);
    this.publications = new PublicationService(test.db);
    this.overdue = new OverdueService(test.db, this.appeals);
  }

  static async start(): Promise<ProcedureTest> {
    return new ProcedureTest(await createTestDatabase({ poolSize: 20 }));
  }

  close(): Promise<void> {
    return this.test.drop();
  }

  /** Opens a subject of the sample table and gives its id. */
  async open(actor: Officer, territoryPath: string): Promise<string> {
    const id = randomUUID();
    await this.test.db.transaction(actor, (tx) => openSubject(tx, actor, table, { id, territoryPath }));
    return id;
  }

  /** Lets the days of a subject's clocks pass, as nobody but the superuser could. */
  async letPass(subjectId: string, days: number): Promise<void> {
    const superuser = new Client({ connectionString: this.test.superuserUrl });
    await superuser.connect();
    try {
      await superuser.query(`set session_replication_role = replica`);
      await superuser.query(
        `update procedure.clock set started_on = started_on - $2::int, due_on = due_on - $2::int where subject_id = $1`,
        [subjectId, days],
      );
    } finally {
      await superuser.end();
    }
  }
}
