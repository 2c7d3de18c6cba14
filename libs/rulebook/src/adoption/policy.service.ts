/** Use cases of rules in force: propose an edition, confirm what is not attested, adopt it for a territory, withdraw it. */
import { Injectable } from '@nestjs/common';
import { DomainError } from '@gep/kernel';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { confirmationReasons, type PolicyRule } from '../policy/rule';
import type { Adoption, Confirmation, PolicyEditionRecord, Withdrawal } from './adoption';
import {
  insertAdoption,
  insertConfirmation,
  insertPolicyEdition,
  insertWithdrawal,
  listAdoptions,
  listConfirmations,
  listPolicyEditions,
  lockPlace,
  today,
} from './adoption.store';
import { getPolicyEdition } from './policy-edition.store';
import {
  AdoptionNotFound,
  ConfirmationRefused,
  PolicyEditionNotFound,
  PolicyIsSkeleton,
  SamePersonOfPolicy,
  WithdrawalRefused,
} from './errors';
import { judgeAdoption, type AdoptionWish } from './judge-adoption';

/** An answer, and whether the command had been carried out before. */
export interface PolicyAnswer<T> {
  readonly replayed: boolean;
  readonly result: T;
}

export interface Proposal extends PolicyEditionRecord {
  /** False when the edition had been proposed before, by whoever is named. */
  readonly changed: boolean;
}

export interface MadeAdoption {
  readonly adoption: Adoption;
  /** What held on some of its days until now. */
  readonly supersedes: readonly Pick<Adoption, 'id' | 'policyId' | 'edition' | 'from' | 'to'>[];
}

@Injectable()
export class PolicyService {
  constructor(private readonly database: Database) {}

  /** Keeps the text of a checked rule for ever; it binds nobody until it is adopted. The same content again changes nothing. @throws PolicyIsSkeleton */
  propose(actor: Actor, rule: PolicyRule, key: string): Promise<PolicyAnswer<Proposal>> {
    const { edition, id, title } = rule;
    if (rule.status === 'skeleton') throw new PolicyIsSkeleton(id, rule.incomplete);
    return this.once(actor, { key, action: 'policy.propose', body: { edition } }, async (tx) => {
      const changed = await insertPolicyEdition(tx, rule, actor);
      const record = await getRecord(tx, edition);
      if (changed) await appendAudit(tx, { actor, action: 'policy.proposed', subject: id, after: { edition, title } });
      return { ...record, changed };
    });
  }

  /**
   * Somebody other than the proposer answers by name for what is not attested about a rule, at a territory and below it.
   * @throws PolicyEditionNotFound, SamePersonOfPolicy, ConfirmationRefused
   */
  confirm(
    actor: Actor,
    wish: { readonly edition: string; readonly territoryPath: string; readonly statement: string },
    key: string,
  ): Promise<PolicyAnswer<Confirmation>> {
    return this.once(actor, { key, action: 'policy.confirm', body: wish }, async (tx) => {
      const { edition, territoryPath, statement } = wish;
      const { policyId, proposed } = await getRecord(tx, edition);
      if (proposed.by === actor.id) throw new SamePersonOfPolicy(policyId, actor.name, 'confirm');
      const id = await this.confirmed(tx, actor, { edition, placePath: territoryPath, statement });
      await appendAudit(tx, {
        ...{ actor, action: 'policy.confirmed', subject: policyId, territoryPath },
        after: { confirmation: id, edition, statement },
      });
      return (await listConfirmations(tx, edition)).find((one) => one.id === id)!;
    });
  }

  /**
   * Puts an edition in force for a territory from a day; what held there before keeps the days before it.
   * @throws PolicyEditionNotFound, SamePersonOfPolicy, AdoptionRefused, AdoptionUnconfirmed
   */
  adopt(actor: Actor, wish: AdoptionWish, key: string): Promise<PolicyAnswer<MadeAdoption>> {
    return this.once(actor, { key, action: 'policy.adopt', body: wish }, async (tx) => {
      const { edition, territoryPath, confirming = '' } = wish;
      await lockPlace(tx, territoryPath);
      const rule = await getPolicyEdition(tx, edition);
      const { proposed } = await getRecord(tx, edition);
      const confirmations = await listConfirmations(tx, edition, territoryPath);
      const adoptions = await listAdoptions(tx, { above: territoryPath });
      const judged = judgeAdoption(wish, { rule, proposedBy: proposed.by, actor, adoptions, confirmations });
      if (judged instanceof DomainError) throw judged;
      const own = { edition, placePath: territoryPath, statement: confirming };
      const confirmationId = confirming.trim()
        ? await this.confirmed(tx, actor, own)
        : confirmationReasons(rule).length > 0
          ? confirmations[0].id
          : null;
      const { from, reason } = wish;
      const draft = { edition, placePath: territoryPath, slot: judged.slot, from, to: judged.to, reason };
      const id = await insertAdoption(tx, actor, { ...draft, confirmationId });
      const [adoption] = await listAdoptions(tx, { id });
      const supersedes = judged.supersedes.map((one) => ({
        ...{ id: one.id, policyId: one.policyId, edition: one.edition, from: one.from, to: one.to },
      }));
      await appendAudit(tx, {
        ...{ actor, action: 'policy.adopted', subject: rule.id, territoryPath },
        before: supersedes.length > 0 ? { supersedes } : undefined,
        after: { adoption: id, ...draft, confirmer: adoption.confirmation?.name },
      });
      return { adoption, supersedes };
    });
  }

  /**
   * Ends an adoption from a day to come; what held before it in its slot holds again. Days that have passed are answered by
   * adopting another edition over them, never by taking one away.
   * @throws AdoptionNotFound, WithdrawalRefused
   */
  withdraw(
    actor: Actor,
    wish: { readonly adoptionId: string; readonly from?: string; readonly reason: string },
    key: string,
  ): Promise<PolicyAnswer<Adoption>> {
    return this.once(actor, { key, action: 'policy.withdraw', body: wish }, async (tx) => {
      const { adoptionId, reason } = wish;
      const before = await getAdoption(tx, adoptionId);
      await lockPlace(tx, before.placePath);
      const now = await today(tx);
      const tomorrow = new Date(Date.parse(`${now}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
      const from = wish.from ?? (before.from > tomorrow ? before.from : tomorrow);
      refuseWithdrawal(await getAdoption(tx, adoptionId), { from, reason }, now);
      await insertWithdrawal(tx, actor, before, { from, reason });
      await appendAudit(tx, {
        ...{ actor, action: 'policy.withdrawn', subject: before.policyId, territoryPath: before.placePath },
        after: { adoption: adoptionId, edition: before.edition, from, reason },
      });
      return getAdoption(tx, adoptionId);
    });
  }

  private async confirmed(
    tx: EntityManager,
    actor: Actor,
    draft: Pick<Confirmation, 'edition' | 'placePath' | 'statement'>,
  ): Promise<string> {
    const rule = await getPolicyEdition(tx, draft.edition);
    const reasons = confirmationReasons(rule);
    if (reasons.length === 0 || draft.statement.trim() === '')
      throw new ConfirmationRefused(rule.id, reasons.length > 0);
    return insertConfirmation(tx, actor, { ...draft, reasons });
  }

  private async once<T>(
    actor: Actor,
    command: { readonly key: string; readonly action: string; readonly body: object },
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<PolicyAnswer<T>> {
    const { replayed, response } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, ...command }, () => work(tx)),
    );
    return { replayed, result: withMoments(response) };
  }
}

/** An answer that was kept comes back as text; whoever did it and when is read as a moment again. */
function withMoments<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withMoments) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, one]) => [
    name,
    name === 'at' && typeof one === 'string' ? new Date(one) : withMoments(one),
  ]);
  return Object.fromEntries(entries) as T;
}

async function getRecord(tx: EntityManager, edition: string): Promise<PolicyEditionRecord> {
  const [record] = await listPolicyEditions(tx, { edition });
  if (!record) throw new PolicyEditionNotFound(edition);
  return record;
}

async function getAdoption(tx: EntityManager, id: string): Promise<Adoption> {
  const [adoption] = await listAdoptions(tx, { id });
  if (!adoption) throw new AdoptionNotFound(id);
  return adoption;
}

function refuseWithdrawal(
  adoption: Adoption,
  { from, reason }: Pick<Withdrawal, 'from' | 'reason'>,
  now: string,
): void {
  const { withdrawal, to } = adoption;
  if (reason.trim() === '')
    throw new WithdrawalRefused(
      adoption,
      { zh: '没有写明理由', en: 'the reason is empty' },
      { zh: '请说明理由', en: 'give the reason' },
    );
  if (withdrawal)
    throw new WithdrawalRefused(
      adoption,
      { zh: `已自 ${withdrawal.from} 起撤销`, en: `it has been withdrawn from ${withdrawal.from}` },
      { zh: '如需提前，请另行启用一版取代之', en: 'to end it sooner, adopt another edition over it' },
    );
  if (from <= now)
    throw new WithdrawalRefused(
      adoption,
      {
        zh: `${from} 不在今天之后，其结果可能已依此规则作出`,
        en: `${from} is not after today, and results may rest on it`,
      },
      {
        zh: '请从以后的一天起撤销，或启用另一版取代之',
        en: 'withdraw it from a day to come, or adopt another edition over it',
      },
    );
  if (to !== null && from > to)
    throw new WithdrawalRefused(
      adoption,
      { zh: `它至 ${to} 已止`, en: `it ends on ${to} already` },
      { zh: '无须撤销', en: 'there is nothing to withdraw' },
    );
}
