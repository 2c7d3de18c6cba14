/** Use cases of duties to publish: publishing what is owed, or noting by which law it stays unpublished. */
import { Injectable } from '@nestjs/common';
import { isUuid } from '@gep/kernel';
import { answerOnce, appendAudit, Database } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { meetClock, todayOf } from '../clock/clock.store';
import { ProcedureMissing, PublicationRefused, StepNotYours } from '../errors';
import { holdsAt, type Officer } from '../officer';
import { lockSubject } from '../step/step.store';
import type { Subject } from '../step/step-table';
import { publicationClocks, type PublicationKind } from './publication-rule';
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
    return this.once(actor, 'publish', { dutyId }, key, async (tx) =>
      publishDuty(tx, actor, await getDuty(tx, dutyId)),
    );
  }

  /** Notes the legal exception by which it is not published. @throws as `publish` */
  except(
    actor: Officer,
    wish: { readonly dutyId: string; readonly law: string; readonly reason: string },
    key: string,
  ): Promise<PublicationAnswer> {
    return this.once(actor, 'except', wish, key, async (tx) => {
      const duty = await holdDuty(tx, actor, await getDuty(tx, wish.dutyId));
      await insertException(tx, actor, duty, wish);
      await meetClock(tx, actor, { subject: duty.subject, code: publicationClocks[duty.rule], on: await todayOf(tx) });
      return duty;
    });
  }

  private async once(
    actor: Officer,
    act: 'publish' | 'except',
    wish: { readonly dutyId: string },
    key: string,
    work: (tx: EntityManager) => Promise<PublicationDuty>,
  ): Promise<PublicationAnswer> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: `procedure.publication.${act}`, body: wish };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const { id, publishedOn, rule, digest, territoryPath, subject } = await work(tx);
        await appendAudit(tx, {
          ...{ actor, action: command.action, subject: `${subject.kind} ${subject.id}`, territoryPath },
          after: { duty: id, rule, digest, publishedOn },
        });
        return { id, publishedOn };
      });
      return { ...response, replayed };
    });
  }
}

/**
 * Publishes what is owed within another deed, whose audit row tells of it; on a day since which it is owed, today when absent.
 * @throws ProcedureMissing, StepRefused, PublicationRefused, ClockRefused
 */
export async function publishOwed(
  tx: EntityManager,
  actor: Officer,
  { subject, rule, on }: { readonly subject: Subject; readonly rule: PublicationKind; readonly on?: string },
): Promise<{ readonly id: string }> {
  const duty = (await listDuties(tx, { subject })).find((each) => each.rule === rule);
  if (!duty) throw missing(`${rule} (${subject.kind} ${subject.id})`);
  return publishDuty(tx, actor, duty, on);
}

/** @throws StepRefused, PublicationRefused, ClockRefused */
async function publishDuty(
  tx: EntityManager,
  actor: Officer,
  found: PublicationDuty,
  on?: string,
): Promise<PublicationDuty> {
  const duty = await holdDuty(tx, actor, found);
  const publishedOn = on ?? (await todayOf(tx));
  await insertPublication(tx, actor, duty, publishedOn);
  await meetClock(tx, actor, { subject: duty.subject, code: publicationClocks[duty.rule], on: publishedOn });
  return { ...duty, publishedOn };
}

const deed = { zh: '公开或记为例外', en: 'publish or except' };

/** The duty as it stands once its subject is held. @throws StepRefused, PublicationRefused when it was dealt with */
async function holdDuty(tx: EntityManager, actor: Officer, { id, subject }: PublicationDuty): Promise<PublicationDuty> {
  await lockSubject(tx, subject);
  const duty = await getDuty(tx, id);
  const { territoryPath, publishedOn, exception } = duty;
  const permission = 'publication.publish';
  if (!holdsAt(actor, permission, territoryPath)) throw new StepNotYours(subject, deed, permission);
  if (publishedOn !== null) throw PublicationRefused.settled(subject, 'published', publishedOn);
  if (exception) throw PublicationRefused.settled(subject, 'excepted', exception.on);
  return duty;
}

/** @throws ProcedureMissing */
async function getDuty(tx: EntityManager, id: string): Promise<PublicationDuty> {
  const [duty] = isUuid(id) ? await listDuties(tx, { id }) : [];
  if (!duty) throw missing(id);
  return duty;
}

const missing = (name: string) => new ProcedureMissing({ zh: '公开任务', en: 'duty to publish' }, name);
