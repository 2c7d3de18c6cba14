/** Use cases of incidents: one person records what an authority found, another confirms it; only then it counts. */
import { Injectable } from '@nestjs/common';
import { announce, answerOnce, appendAudit, Database } from '@gep/platform';
import {
  getSubject,
  holdsAt,
  type Officer,
  openSubject,
  StepNotYours,
  takeStep,
  type TakenStep,
  todayOf,
} from '@gep/procedure';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { Done } from '../done';
import { IncidentRefused } from './errors';
import { incidentJudged } from './events';
import { type IncidentAct, incidentSteps, type IncidentState } from './incident-steps';
import type { Incident, IncidentDraft } from './incident';
import { findIncidents, getIncident } from './incident-states.service';
import { type IncidentFilter, insertIncident } from './incident.store';

export interface IncidentView extends Incident {
  readonly steps: readonly TakenStep[];
}

const recording = { zh: '登记事件', en: 'record an incident' };

@Injectable()
export class IncidentService {
  constructor(private readonly database: Database) {}

  /** @throws IncidentRefused, TerritoryMissing, StepNotYours */
  record(actor: Officer, draft: IncidentDraft, key: string): Promise<Done<{ readonly id: string }>> {
    return this.once(actor, { key, action: 'evaluation.incident.record', body: draft }, async (tx) => {
      const { path: territoryPath } = await getTerritory(tx, draft.territory, draft.foundOn);
      if (draft.happenedOn > draft.foundOn || draft.foundOn > (await todayOf(tx)))
        throw new IncidentRefused(draft.territory, {
          zh: '发生之日不得晚于认定之日，认定之日不得晚于今天',
          en: 'it happened on or before the day of the finding, and the finding is not of a day to come',
        });
      const id = await insertIncident(tx, actor, territoryPath, draft);
      const subject = { kind: incidentSteps.kind, id: draft.territory };
      if (!holdsAt(actor, 'evaluation.prepare', territoryPath))
        throw new StepNotYours(subject, recording, 'evaluation.prepare');
      if (id === undefined)
        throw new IncidentRefused(draft.territory, {
          zh: '同一文书的同类事件已登记（gep incident list）',
          en: 'the same finding is recorded already (gep incident list)',
        });
      const { documentDigest, finding } = draft;
      await openSubject(tx, actor, incidentSteps, { id, territoryPath, documentDigest, reason: finding });
      await this.noted(tx, actor, { ...draft, id, territoryPath }, 'recorded', draft);
      return { id };
    });
  }

  /** @throws IncidentMissing, StepRefused */
  act(
    actor: Officer,
    wish: {
      readonly id: string;
      readonly act: IncidentAct;
      readonly reason?: string;
      readonly documentDigest?: string;
    },
    key: string,
  ): Promise<Done<{ readonly id: string; readonly state: IncidentState }>> {
    return this.once(actor, { key, action: `evaluation.incident.${wish.act}`, body: wish }, async (tx) => {
      const incident = await getIncident(tx, wish.id);
      const { to } = await takeStep(tx, actor, incidentSteps, wish);
      await this.noted(tx, actor, incident, to, { reason: wish.reason ?? null });
      const { id, territory, kind, period } = incident;
      await announce(tx, {
        event: incidentJudged,
        key: `${id} ${to}`,
        payload: { incidentId: id, territory, kind, period, state: to },
      });
      return { id, state: to as IncidentState };
    });
  }

  list(actor: Officer, filter: IncidentFilter): Promise<Incident[]> {
    return this.database.snapshot(actor, (tx) => findIncidents(tx, filter));
  }

  /** @throws IncidentMissing */
  show(actor: Officer, id: string): Promise<IncidentView> {
    return this.database.snapshot(actor, async (tx) => {
      const incident = await getIncident(tx, id);
      return { ...incident, steps: (await getSubject(tx, { kind: incidentSteps.kind, id })).steps };
    });
  }

  private noted(
    tx: EntityManager,
    actor: Officer,
    { id, territory, period, territoryPath }: Pick<Incident, 'id' | 'territory' | 'period' | 'territoryPath'>,
    state: string,
    after: object,
  ): Promise<void> {
    const subject = `${territory} ${period} ${id}`;
    return appendAudit(tx, { actor, action: `evaluation.incident-${state}`, subject, territoryPath, after });
  }

  private async once<T>(
    actor: Officer,
    command: { readonly key: string; readonly action: string; readonly body: unknown },
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<Done<T>> {
    return this.database.transaction(actor, async (tx) => {
      const { response: result, replayed } = await answerOnce(tx, { actor, ...command }, () => work(tx));
      return { result, replayed };
    });
  }
}
