/** Use cases of a company's own book: open it, take income in, spend with evidence, and see what stands on it. */
import { Injectable } from '@nestjs/common';
import type { Fen } from '@gep/kernel';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { getCompany, lockRegister } from '../company/company.store';
import { deedDay } from '../deed-day.service';
import type { BookRole } from './company-book';
import { bookEntry, type CompanyEntryDraft, openBook, readBook } from './company-book.store';
import { requirePaid } from './paid-income.service';

export interface CompanyEntryWish extends CompanyEntryDraft {
  /** Code or id. */
  readonly company: string;
  /** Names the entry for ever, such as the number of the bank's slip. */
  readonly evidence: string;
}

@Injectable()
export class CompanyBookService {
  constructor(private readonly database: Database) {}

  /** Accounts that are there stay as they are. @throws CompanyMissing */
  open(actor: Actor, name: string, key: string): Promise<{ readonly company: string; readonly replayed: boolean }> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: 'procurement.book.open', body: { company: name } };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const company = await getCompany(tx, name);
        const book = await openBook(tx, company);
        const { code, territoryPath } = company;
        await appendAudit(tx, { actor, action: command.action, subject: code, territoryPath, after: book });
        return { company: code };
      });
      return { ...response, replayed };
    });
  }

  /** @throws CompanyMissing, DeedDayRefused, IncomeNotPaid, SettlementMissing, and what the ledger refuses: more cost than cash, a closed period */
  record(
    actor: Actor,
    wish: CompanyEntryWish,
    key: string,
  ): Promise<{ readonly id: string; readonly voucherId: string; readonly replayed: boolean }> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: `procurement.book.${wish.kind}`, body: wish };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const { company: name, evidence, ...draft } = wish;
        const company = await getCompany(tx, name);
        await lockRegister(tx, `book ${company.id}`);
        const on = await deedDay(tx, draft.on);
        const { kind, settlementId, amountFen } = draft;
        if (kind === 'income' && settlementId !== null) await requirePaid(tx, company, { settlementId, amountFen });
        const entry = await bookEntry(
          tx,
          actor,
          company,
          { ...draft, on },
          `${draft.kind}:${company.code}:${evidence}`,
        );
        const { code, territoryPath } = company;
        await appendAudit(tx, {
          actor,
          action: command.action,
          subject: code,
          territoryPath,
          after: { ...entry, ...draft, evidence },
        });
        return entry;
      });
      return { ...response, replayed };
    });
  }

  /** A debit is positive. @throws CompanyMissing */
  show(actor: Actor, name: string): Promise<ReadonlyMap<BookRole, Fen>> {
    return this.database.snapshot(actor, async (tx) => readBook(tx, await getCompany(tx, name)));
  }
}
