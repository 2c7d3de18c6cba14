/** Use cases of the register: enter a subject, look for one by an identifier, read who it is, link a login, seal anew under a new key. */
import { Injectable } from '@nestjs/common';
import { answerOnce, appendAudit, type Actor, Database } from '@gep/platform';
import { todayOf } from '@gep/procedure';
import type { CreditSubjectKind } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { CreditRefused } from '../errors';
import type { CreditDone } from '../event/event.service';
import { insertReading, listReadings, type Reading } from './consent.store';
import { type IdentifierField, readIdentifier } from './read-identifier';
import { SealedIdentifiers } from './sealed-identifiers.service';
import {
  endLink,
  findByIndex,
  getSubjectRow,
  insertIdentifier,
  insertLink,
  insertSubject,
  listIdentifiers,
  listSubjectRows,
  type SubjectRow,
  updateIdentifier,
} from './subject.store';

export interface NewSubjectWish {
  readonly kind: CreditSubjectKind;
  readonly territoryPath: string;
  readonly name: string;
  /** Of the identity card, the credit code, or the code of the village. */
  readonly number: string;
  readonly phone?: string;
  /** Since when a record is kept; today when absent. */
  readonly since?: string;
  /** Of the written consent to collect; a person needs one. */
  readonly consentDigest?: string;
}

/** Who a subject is, told to somebody who gave a purpose. */
export interface SubjectIdentity extends SubjectRow {
  readonly identifiers: Readonly<Partial<Record<IdentifierField, string>>>;
}

/** Rows that are sealed anew in one transaction. */
const rotated = 1000;

@Injectable()
export class CreditSubjectService {
  constructor(
    private readonly database: Database,
    private readonly identifiers: SealedIdentifiers,
  ) {}

  /** @throws IdentifierRefused, CreditRefused, CreditKeysMissing */
  async register(actor: Actor, wish: NewSubjectWish, key: string): Promise<CreditDone<{ readonly id: string }>> {
    const { kind, territoryPath, since, consentDigest = null } = wish;
    const given: [IdentifierField, string][] = [
      ['name', readIdentifier(kind, 'name', wish.name)],
      ['number', readIdentifier(kind, 'number', wish.number)],
    ];
    if (wish.phone !== undefined) given.push(['phone', readIdentifier(kind, 'phone', wish.phone)]);
    // A digest of a name could be guessed at, so the stored body of the command has its blind index.
    const indexes = given.map(([field, text]) => [field, this.identifiers.indexesOf(field, text)[0].toString('hex')]);
    const body = { kind, territoryPath, since: since ?? null, consentDigest, indexes };
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: 'credit.subject.register', body };
      const { response: result, replayed } = await answerOnce(tx, command, async () => {
        await this.requireNew(tx, territoryPath, given);
        if (kind === 'person' && consentDigest === null)
          throw new CreditRefused({
            zh: '采集个人信息须经本人同意（征信业管理条例第十三条）；请给出书面同意的摘要 consentDigest',
            en: 'a record of a person is kept with the own consent (Credit Reporting Regulation art. 13); give the digest of the paper, consentDigest',
          });
        const row = { kind, territoryPath, consentDigest, since: since ?? (await todayOf(tx)) };
        const { id } = await insertSubject(tx, row);
        for (const [field, text] of given)
          await insertIdentifier(tx, {
            subjectId: id,
            field,
            territoryPath,
            ...this.identifiers.seal(id, field, text),
          });
        await appendAudit(tx, {
          actor,
          action: 'credit.subject.registered',
          subject: id,
          territoryPath,
          after: { kind },
        });
        return { id };
      });
      return { result, replayed };
    });
  }

  /** Subjects by number, never by name. */
  list(
    actor: Actor,
    filter: { readonly within?: string; readonly page: { readonly limit: number; readonly after?: string } },
  ): Promise<SubjectRow[]> {
    return this.database.snapshot(actor, (tx) => listSubjectRows(tx, filter));
  }

  /** By a whole identifier, where the actor may look. @throws IdentifierRefused, CreditKeysMissing */
  async search(
    actor: Actor,
    wish: { readonly field: IdentifierField; readonly text: string; readonly kind: CreditSubjectKind },
  ): Promise<SubjectRow[]> {
    const text = readIdentifier(wish.kind, wish.field, wish.text);
    const indexes = this.identifiers.indexesOf(wish.field, text);
    return this.database.snapshot(actor, (tx) => findByIndex(tx, wish.field, indexes));
  }

  /** Opens who a subject is, and notes who looked and why. @throws CreditMissing, CreditKeysMissing */
  identify(actor: Actor, id: string, purpose: string): Promise<SubjectIdentity> {
    return this.database.transaction(actor, async (tx) => {
      const subject = await getSubjectRow(tx, id);
      await insertReading(tx, subject, { purpose, what: 'identity', consentId: null, readerName: actor.name });
      return this.open(tx, subject);
    });
  }

  /** In a transaction that has noted the reading, or for the subject itself. */
  async open(tx: EntityManager, subject: SubjectRow): Promise<SubjectIdentity> {
    const rows = await listIdentifiers(tx, { subjectId: subject.id, limit: 10 });
    const identifiers = Object.fromEntries(rows.map((row) => [row.field, this.identifiers.open(row)]));
    return { ...subject, identifiers };
  }

  /** Which person at a login reads the record as the own one, or no longer. @throws CreditMissing */
  link(
    actor: Actor,
    wish: { readonly subject: string; readonly userId: string; readonly linked: boolean },
    key: string,
  ): Promise<CreditDone<{ readonly subject: string; readonly linked: boolean }>> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: 'credit.subject.link', body: wish };
      const { response: result, replayed } = await answerOnce(tx, command, async () => {
        const subject = await getSubjectRow(tx, wish.subject);
        const { id, territoryPath } = subject;
        if (wish.linked) await insertLink(tx, subject, wish.userId);
        else await endLink(tx, id, wish.userId, actor.id);
        const action = wish.linked ? 'credit.subject.linked' : 'credit.subject.unlinked';
        await appendAudit(tx, { actor, action, subject: id, territoryPath, after: { userId: wish.userId } });
        return { subject: id, linked: wish.linked };
      });
      return { result, replayed };
    });
  }

  /** Who read what of a subject; whoever may see the subject may see that. @throws CreditMissing */
  readings(actor: Actor, id: string, page: { readonly limit: number; readonly after?: string }): Promise<Reading[]> {
    return this.database.snapshot(actor, async (tx) => {
      const { id: subjectId } = await getSubjectRow(tx, id);
      return listReadings(tx, { subjectId, page });
    });
  }

  /** Seals what lies under older keys anew under the one in use, a thousand at a time. @returns how many */
  async rotate(actor: Actor): Promise<{ readonly sealed: number }> {
    for (let sealed = 0; ;) {
      const done = await this.database.transaction(actor, async (tx) => {
        const rows = await listIdentifiers(tx, { notUnder: this.identifiers.current.id, limit: rotated });
        for (const row of rows) {
          const { subjectId, field } = row;
          await updateIdentifier(tx, {
            ...row,
            ...this.identifiers.seal(subjectId, field, this.identifiers.open(row)),
          });
        }
        if (rows.length > 0)
          await appendAudit(tx, {
            actor,
            action: 'credit.keys.rotated',
            subject: this.identifiers.current.id,
            after: { sealed: rows.length },
          });
        return rows.length;
      });
      sealed += done;
      if (done < rotated) return { sealed };
    }
  }

  private async requireNew(
    tx: EntityManager,
    territoryPath: string,
    given: readonly (readonly [IdentifierField, string])[],
  ): Promise<void> {
    const number = given.find(([field]) => field === 'number')![1];
    const found = await findByIndex(tx, 'number', this.identifiers.indexesOf('number', number));
    const here = found.find((subject) => subject.territoryPath === territoryPath);
    if (here)
      throw new CreditRefused(
        { zh: `该号码已在此登记为主体 ${here.id}`, en: `the number is registered here as the subject ${here.id}` },
        { subject: here.id },
      );
  }
}
