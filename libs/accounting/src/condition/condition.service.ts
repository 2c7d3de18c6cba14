/** The condition account of a territory from what is recorded: attributes of patches, by definitions that are given. */
import { Injectable } from '@nestjs/common';
import { Actor, Database } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { AccountQuery } from '../account/account.store';
import { getAccount, observedBelow, observedOf } from '../account/recorded-account.store';
import type { InputNode } from '../input/input-node';
import { computeCondition, ConditionAccount, ConditionInput } from './condition-account';
import { conditionOfObserved, ObservedCondition } from './condition-of-observed';
import { ConditionTooWide } from './errors';
import { readConditionDefinition } from './read-condition';

export interface ConditionQuestion extends Omit<AccountQuery, 'period'> {
  /** In the order of time. */
  readonly periods: readonly string[];
  /** Variables and weights of classes, as in docs/seea-accounts.md. */
  readonly definition: InputNode;
}

export interface RecordedCondition {
  readonly condition: ConditionAccount;
  readonly input: ConditionInput;
  /** Vintages by period. */
  readonly accounts: Readonly<Record<string, string>>;
}

/** Observed accounts of one answer, and their patches: their areas are added exactly. */
const mostParts = 400;
const mostPatches = 100_000;

@Injectable()
export class ConditionService {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
  ) {}

  /**
   * @throws AccountMissing, InputUnreadable, ConditionVariableUnknown, ConditionUnitDiffers, ReferenceConditionsDiffer,
   *   ConditionTooWide
   */
  async condition(actor: Actor, { periods, definition, ...account }: ConditionQuestion): Promise<RecordedCondition> {
    const { territory } = account;
    const read = await this.database.snapshot(actor, async (tx) => {
      const observed: (ObservedCondition & { accountId: string })[] = [];
      let room = mostPatches;
      for (const period of periods) {
        const found = await this.readPeriod(tx, { ...account, period }, room);
        room -= found.patches;
        observed.push(found);
      }
      return observed;
    });
    const { types } = read[read.length - 1].parts[0].norm;
    const defined = readConditionDefinition(
      definition,
      types.map(({ code }) => code),
    );
    const input = conditionOfObserved(territory, defined, read);
    const accounts = Object.fromEntries(read.map(({ period, accountId }) => [period, accountId]));
    return { condition: computeCondition(input), input, accounts };
  }

  private async readPeriod(
    tx: EntityManager,
    account: AccountQuery,
    room: number,
  ): Promise<ObservedCondition & { accountId: string; patches: number }> {
    const { territory, period } = account;
    const record = await getAccount(tx, account);
    const refuse = (): Error => new ConditionTooWide(territory, { parts: mostParts });
    const parts: ObservedCondition['parts'][number][] = [];
    let patches = 0;
    for (const part of await observedBelow(tx, record, mostParts, refuse)) {
      const observed = await observedOf(tx, part);
      patches += observed.chunks.reduce((sum, { rows }) => sum + rows, 0);
      if (patches > room) throw new ConditionTooWide(territory, { patches: mostPatches });
      parts.push({ norm: await this.rulebook.getNorm(tx, part.norm.id, part.norm.edition), observed });
    }
    return { period, parts, accountId: record.id, patches };
  }
}
