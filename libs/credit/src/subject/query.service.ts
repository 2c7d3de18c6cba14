/** What a credit user (a bank) is told: only with the consent of the subject, for the purpose agreed, and each time it is noted. */
import { Injectable } from '@nestjs/common';
import { announce, answerOnce, appendAudit, type Actor, Database } from '@gep/platform';
import { todayOf } from '@gep/procedure';
import { type CreditLoanDecision, type CreditLoanWish, decideLoan } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { CreditEditions } from '../catalogue/credit-editions.service';
import { ConsentNeeded, CreditMissing, CreditRefused } from '../errors';
import type { CreditDone } from '../event/event.service';
import { listEvents } from '../event/event.store';
import { creditLoanDecided } from '../events';
import {
  insertLoanDecision,
  listLoanDecisions,
  type LoanBasis,
  type LoanDecisionRow,
} from '../loan/loan-decision.store';
import { ScoreService } from '../score/score.service';
import {
  insertConsent,
  insertReading,
  insertWithdrawalOfConsent,
  listConsents,
  listScoreNotices,
  type Consent,
  type ScoreNotice,
} from './consent.store';
import { readIdentifier } from './read-identifier';
import { SealedIdentifiers } from './sealed-identifiers.service';
import { findByIndex, getSubjectRow, listOwnSubjects, type SubjectRow } from './subject.store';

export interface ConsentWish {
  readonly subject: string;
  /** Person at a login of the credit user. */
  readonly granteeId: string;
  readonly purpose: string;
  readonly fromDay: string;
  readonly untilDay: string;
  readonly documentDigest: string;
}

export interface CreditQuestion {
  /** Number of the subject, or the number of its identity card. */
  readonly subject?: string;
  readonly number?: string;
  readonly purpose: string;
  /** Whether the record opens this loan. */
  readonly loan?: CreditLoanWish;
}

export interface CreditAnswer {
  readonly subject: string;
  readonly asOf: string;
  readonly score: string;
  readonly grade: string | null;
  /** An objection to some entry is open: that entry does not count meanwhile. */
  readonly objectionOpen: boolean;
  readonly consentId: string;
  /** As it is kept under its id. */
  readonly loan?: CreditLoanDecision & { readonly id: string };
}

@Injectable()
export class CreditQueryService {
  constructor(
    private readonly database: Database,
    private readonly identifiers: SealedIdentifiers,
    private readonly scores: ScoreService,
    private readonly editions: CreditEditions,
  ) {}

  /** Records a written consent. @throws CreditMissing, CreditRefused */
  consent(actor: Actor, wish: ConsentWish, key: string): Promise<CreditDone<{ readonly id: string }>> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: 'credit.consent', body: wish };
      const { response: result, replayed } = await answerOnce(tx, command, async () => {
        const { id: subjectId, territoryPath } = await getSubjectRow(tx, wish.subject);
        const { granteeId: grantee, purpose, fromDay, untilDay, documentDigest } = wish;
        if (untilDay < fromDay)
          throw new CreditRefused({ zh: '同意的终止日早于起始日', en: 'the consent ends before it begins' });
        const draft = { subjectId, territoryPath, grantee, purpose, fromDay, untilDay, documentDigest };
        const id = await insertConsent(tx, draft);
        const after = { subject: subjectId, grantee, purpose, fromDay, untilDay };
        await appendAudit(tx, { actor, action: 'credit.consent.recorded', subject: id, territoryPath, after });
        return { id };
      });
      return { result, replayed };
    });
  }

  /** Takes a consent back; by the subject at its own login, or by the officer for it. @throws CreditMissing, CreditRefused */
  withdraw(
    actor: Actor,
    { id, own }: { readonly id: string; readonly own: boolean },
    key: string,
  ): Promise<CreditDone<{ readonly id: string }>> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: 'credit.consent.withdraw', body: { id } };
      const { response: result, replayed } = await answerOnce(tx, command, async () => {
        const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
        const [consent] = uuid.test(id) ? await listConsents(tx, { id }) : [];
        const mine = own ? await listOwnSubjects(tx, actor.id) : [];
        if (!consent || (own && !mine.some((subject) => subject.id === consent.subjectId)))
          throw new CreditMissing({ zh: '同意', en: 'consent' }, id);
        if (consent.withdrawnAt)
          throw new CreditRefused({ zh: '该同意已撤回', en: 'the consent was withdrawn before' }, { consent: id });
        await insertWithdrawalOfConsent(tx, consent);
        const { territoryPath } = consent;
        await appendAudit(tx, { actor, action: 'credit.consent.withdrawn', subject: id, territoryPath });
        return { id };
      });
      return { result, replayed };
    });
  }

  /** @throws CreditMissing */
  consents(actor: Actor, subject: string): Promise<Consent[]> {
    return this.database.snapshot(actor, async (tx) =>
      listConsents(tx, { subjectId: (await getSubjectRow(tx, subject)).id }),
    );
  }

  /**
   * Score and grade of today. Without consent the answer is the same whether or not there is such a subject.
   * @throws ConsentNeeded, CreditRefused, IdentifierRefused, CreditKeysMissing
   */
  async ask(actor: Actor, question: CreditQuestion): Promise<CreditAnswer> {
    const { purpose, loan } = question;
    const indexes = this.indexesOf(question);
    return this.database.transaction(actor, async (tx) => {
      const today = await todayOf(tx);
      const held = await listConsents(tx, { grantee: actor.id, purpose, heldOn: today });
      const subject = await this.subjectOf(tx, question, indexes);
      const consent = held.find(({ subjectId }) => subjectId === subject?.id);
      if (!subject || !consent) throw new ConsentNeeded(purpose);
      await insertReading(tx, subject, { purpose, what: 'score', consentId: consent.id, readerName: actor.name });
      const explained = await this.scores.scoreOf(tx, subject, today);
      const answer = {
        ...{ subject: subject.id, asOf: today, score: explained.score, grade: explained.grade, consentId: consent.id },
        objectionOpen: explained.lines.some(({ reasons }) => reasons.includes('paused')),
      };
      if (!loan) return answer;
      const severeEntries = await this.severeEntriesOf(tx, subject, explained.lines);
      const basis = { ...answer, edition: explained.edition };
      return { ...answer, loan: await this.decide(tx, actor, subject, { basis, severeEntries, wish: loan }) };
    });
  }

  /** What the credit user was told about loans. */
  loanDecisions(actor: Actor, limit: number): Promise<LoanDecisionRow[]> {
    return this.database.snapshot(actor, (tx) => listLoanDecisions(tx, { askedBy: actor.id, limit }));
  }

  /** Decided by the terms in force, and kept. */
  private async decide(
    tx: EntityManager,
    actor: Actor,
    subject: SubjectRow,
    asked: { readonly basis: LoanBasis; readonly severeEntries: number; readonly wish: CreditLoanWish },
  ) {
    const { basis, severeEntries, wish } = asked;
    const { catalogue } = await this.editions.of(tx, basis.edition);
    const decision = decideLoan(catalogue.loan, { grade: basis.grade, severeEntries }, wish);
    const id = await insertLoanDecision(tx, subject, basis, { wish, decision });
    const { territoryPath } = subject;
    const { kind, amountFen, months } = wish;
    const told = { subject: subject.id, kind, amountFen, months, ...decision };
    await appendAudit(tx, { actor, action: 'credit.loan.decided', subject: id, territoryPath, after: told });
    const payload = { decisionId: id, subjectId: subject.id, ...basis, ...wish, ...decision };
    await announce(tx, {
      event: creditLoanDecided,
      key: id,
      payload: { ...payload, amountFen: String(amountFen), mostFen: String(decision.mostFen) },
    });
    return { id, ...decision };
  }

  /** Corrections of scores that the credit user was told before. */
  notices(actor: Actor, limit: number): Promise<ScoreNotice[]> {
    return this.database.snapshot(actor, (tx) => listScoreNotices(tx, actor.id, limit));
  }

  private indexesOf({ subject, number }: CreditQuestion): Buffer[] | undefined {
    if ((subject === undefined) === (number === undefined))
      throw new CreditRefused({
        zh: '请写明 subject（主体编号）或 number（证件号码）之一',
        en: 'name the subject by its id (subject) or by the number of its identity card (number), one of the two',
      });
    if (number === undefined) return undefined;
    // Firms have a letter somewhere or fail the check of citizens' numbers, so one of the two readings fits.
    const kind = /^\d{17}[\dXx]$/.test(number.trim()) ? 'person' : 'firm';
    return this.identifiers.indexesOf('number', readIdentifier(kind, 'number', number));
  }

  private async subjectOf(
    tx: EntityManager,
    { subject }: CreditQuestion,
    indexes: Buffer[] | undefined,
  ): Promise<SubjectRow | undefined> {
    if (indexes) return (await findByIndex(tx, 'number', indexes))[0];
    return getSubjectRow(tx, subject!).catch((error: unknown) => {
      if (error instanceof CreditMissing) return undefined;
      throw error;
    });
  }

  private async severeEntriesOf(
    tx: EntityManager,
    { id }: SubjectRow,
    lines: readonly { readonly event: string; readonly reasons: readonly string[] }[],
  ): Promise<number> {
    const counted = lines.filter(({ reasons: [reason] }) => ['counted', 'capped', 'cap-reached'].includes(reason));
    const ids = counted.map(({ event }) => event);
    const events = ids.length === 0 ? [] : await listEvents(tx, { ids, subjectId: id, page: { limit: ids.length } });
    return events.filter(({ negative, severity }) => negative && severity === 'severe').length;
  }
}
