/** Use cases of duties to publish: publishing what is owed, or noting by which law it stays unpublished. */
import { Injectable } from '@nestjs/common';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { meetClock, todayOf } from '../clock/clock.store';
import { ProcedureMissing, PublicationRefused, StepRefused } from '../errors';
import { holdsAt, type Officer } from '../officer';
import { lockSubject } from '../step/step.store';
import { publicationClocks } from './publication-rule';
import { insertException, insertPublication, listDuties, type PublicationDuty } from './publication.store';

export interface PublicationAnswer {
  readonly id: string;
  readonly publishedOn: string | null;
  readonly replayed: boolean;
}

@Injectable()
export class PublicationService {
  constructor(private readonly database: Database) {}

  /** Publishes the document that is owed, today; late is marked late. @throws ProcedureMissing, StepRefused, PublicationRefused */
  publish(actor: Officer, dutyId: string, key: string): Promise<PublicationAnswer> {
    return this.settle(actor, 'publish', { dutyId }, key, async (tx, duty, today) => {
      await insertPublication(tx, actor, duty, today);
      return { publishedOn: today };
    });
  }

  /** Notes the legal exception by which it is not published. @throws as `publish` */
  except(
    actor: Officer,
    wish: { readonly dutyId: string; readonly law: string; readonly reason: string },
    key: string,
  ): Promise<PublicationAnswer> {
    return this.settle(actor, 'except', wish, key, async (tx, duty) => {
      await insertException(tx, actor, duty, wish);
      return { publishedOn: null };
    });
  }

  private async settle(
    actor: Officer,
    act: 'publish' | 'except',
    wish: { readonly dutyId: string },
    key: string,
    work: (tx: EntityManager, duty: PublicationDuty, today: string) => Promise<{ publishedOn: string | null }>,
  ): Promise<PublicationAnswer> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: `procedure.publication.${act}`, body: wish };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const { subject } = await getDuty(tx, wish.dutyId);
        await lockSubject(tx, subject);
        const duty = await getDuty(tx, wish.dutyId);
        checkOpen(actor, duty);
        const today = await todayOf(tx);
        const done = await work(tx, duty, today);
        await meetClock(tx, actor, { subject, code: publicationClocks[duty.rule], on: today });
        await trail(tx, actor, act, duty);
        return { id: duty.id, ...done };
      });
      return { ...response, replayed };
    });
  }
}

const deed = { zh: '公开或记为例外', en: 'publish or except' };

/** @throws StepRefused, PublicationRefused */
function checkOpen(actor: Officer, { subject, territoryPath, publishedOn, exception }: PublicationDuty): void {
  const permission = 'publication.publish';
  if (!holdsAt(actor, permission, territoryPath)) throw StepRefused.notYours(subject, deed, permission);
  if (publishedOn !== null) throw PublicationRefused.settled(subject, 'published', publishedOn);
  if (exception) throw PublicationRefused.settled(subject, 'excepted', exception.on);
}

/** @throws ProcedureMissing */
async function getDuty(tx: EntityManager, id: string): Promise<PublicationDuty> {
  const [duty] = await listDuties(tx, { id });
  if (!duty) throw new ProcedureMissing({ zh: '公开任务', en: 'duty to publish' }, id);
  return duty;
}

function trail(tx: EntityManager, actor: Actor, act: string, duty: PublicationDuty): Promise<void> {
  const { id, rule, digest, territoryPath, subject } = duty;
  return appendAudit(tx, {
    ...{ actor, action: `procedure.publication.${act}`, subject: `${subject.kind} ${subject.id}`, territoryPath },
    after: { duty: id, rule, digest },
  });
}
