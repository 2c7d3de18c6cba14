/** Use case of succession: a merge, split or change of name enters the dated tree and is recorded as such. */
import { Injectable } from '@nestjs/common';
import { digestOfValue, parseTerritoryCode } from '@gep/kernel';
import { answerOnce, appendAudit, Database, type Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { checkRows } from '../check-rows';
import { TerritoriesRefused, TerritoryMissing } from '../errors';
import { closeTerritories, insertTerritories, lockImports } from '../territory.store';
import { SuccessionRefused } from './errors';
import { planSuccession, type SuccessionChange } from './plan-succession';
import type { Succession, SuccessorShare } from './succession';
import { insertSuccessions, listStanding, listStandingSubtrees, listSuccessions } from './succession.store';

/** What was recorded; `changed` is false when the same had been recorded before. */
export interface RecordedSuccession<Decided = unknown> {
  readonly changed: boolean;
  readonly succession: readonly Succession[];
  /** Rows of the tree that were given an end, and that begin. */
  readonly closed: number;
  readonly added: number;
  /** What the gate answered; absent without one, and when nothing changed. */
  readonly decided?: Decided;
}

/** What another subject decides in the transaction of a change, before anything of it is recorded. */
export interface SuccessionGate<Decided = unknown> {
  /** What of the command it goes by; part of what a repeated command must have alike. */
  readonly asked: unknown;
  /** Refuses the change, or answers in plain JSON what the audit row is to say of it. */
  check(tx: EntityManager): Promise<Decided>;
}

@Injectable()
export class SuccessionService {
  constructor(private readonly database: Database) {}

  /**
   * The same as `recordSuccession` for a command that may be sent twice: the same key and change give the first answer.
   * @throws as recordSuccession, IdempotencyConflict
   */
  async recordOnce<Decided>(
    actor: Actor,
    change: SuccessionChange,
    key: string,
    gate?: SuccessionGate<Decided>,
  ): Promise<RecordedSuccession<Decided> & { readonly replayed: boolean }> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key, action: `territory.${change.kind}`, body: [bodyOf(change), gate?.asked ?? null] };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const { succession: _told, ...answer } = await this.record(tx, actor, change, gate);
        return answer;
      });
      return { ...response, replayed, succession: await listKnown(tx, change) };
    });
  }

  /**
   * Changes the tree and records who followed whom, in one transaction with its audit row. The same change again changes
   * nothing. The caller has checked that the actor may do this at the common parent.
   * @throws InvalidTerritoryCode, TerritoryMissing, TerritoriesRefused, SuccessionRefused
   */
  async recordSuccession<Decided>(
    actor: Actor,
    change: SuccessionChange,
    gate?: SuccessionGate<Decided>,
  ): Promise<RecordedSuccession<Decided>> {
    return this.database.transaction(actor, (tx) => this.record(tx, actor, change, gate));
  }

  private async record<Decided>(
    tx: EntityManager,
    actor: Actor,
    change: SuccessionChange,
    gate?: SuccessionGate<Decided>,
  ): Promise<RecordedSuccession<Decided>> {
    const { predecessors, effective } = change;
    const successors = change.successors.map(({ code }) => parseTerritoryCode(code));
    predecessors.forEach(parseTerritoryCode);
    await lockImports(tx);
    const known = await listKnown(tx, change);
    if (known.length > 0) return answerKnown(change, known);
    const subtrees = await listStandingSubtrees(tx, predecessors, effective);
    const absent = predecessors.find((code) => !subtrees.some((row) => row.code === code));
    if (absent !== undefined) throw new TerritoryMissing(absent, effective);
    const plan = planSuccession(change, subtrees, await listStanding(tx, successors, effective));
    const begins = plan.added.filter(({ code }) => successors.includes(code));
    const faults = checkRows(begins);
    if (faults.length > 0) throw new TerritoriesRefused(faults);
    const decided = await gate?.check(tx);
    await closeTerritories(tx, plan.closed);
    await insertTerritories(tx, plan.added);
    await insertSuccessions(tx, actor.id, plan.succession);
    const root = subtrees.find(({ code }) => code === predecessors[0])!;
    await appendAudit(tx, {
      actor,
      action: `territory.${change.kind}`,
      subject: predecessors.join(', '),
      territoryPath: root.path.includes('.') ? root.path.slice(0, root.path.lastIndexOf('.')) : root.path,
      after: {
        ...{ effective, successors, closed: plan.closed.length, added: plan.added.length },
        succession: plan.succession.map(({ predecessor, successor, share }) => [
          predecessor,
          successor,
          share.toString(),
        ]),
        digest: digestOfValue(textsOfShares(plan.succession)),
        ...(decided === undefined ? {} : { decided }),
      },
    });
    const counts = { closed: plan.closed.length, added: plan.added.length };
    return { changed: true, succession: plan.succession, ...counts, ...(decided !== undefined && { decided }) };
  }
}

/** What is recorded for these predecessors and that day. */
async function listKnown(
  tx: EntityManager,
  { predecessors, effective }: Pick<SuccessionChange, 'predecessors' | 'effective'>,
): Promise<Succession[]> {
  const rows = await listSuccessions(tx, predecessors);
  return rows.filter((row) => row.effective === effective && predecessors.includes(row.predecessor));
}

/** A change as JSON holds it; whether accounts pass on is told by the gate. */
function bodyOf({
  shares = [],
  children = new Map<string, string>(),
  carries: _told,
  ...change
}: SuccessionChange): unknown {
  return { ...change, shares: textsOfShares(shares), children: [...children] };
}

function answerKnown(change: SuccessionChange, known: readonly Succession[]): RecordedSuccession<never> {
  const { effective, predecessors, kind, basis, shares, successors, carries = true } = change;
  const pairs = shares ?? successors.map(({ code }) => ({ successor: code, share: '1' }));
  const asked = predecessors.flatMap((from) =>
    pairs.map((pair) => `${from} ${pair.successor} ${pair.share.toString()}`),
  );
  const recorded = known.map(({ predecessor, successor, share }) => `${predecessor} ${successor} ${share.toString()}`);
  const same = known.every((row) => row.kind === kind && row.basis === basis && row.carries === carries);
  if (same && asked.sort().join() === recorded.sort().join()) {
    return { changed: false, succession: known, closed: 0, added: 0 };
  }
  const left = known.every((row) => row.carries === false);
  const [zhLeft, enLeft] = left ? ['，放弃已有账户', ', accounts left behind'] : ['', ''];
  throw new SuccessionRefused(predecessors.join(', '), effective, {
    zh: `该日已登记另一变更（${recorded.join('；')}${zhLeft}）；已登记的不改写，请另选日期`,
    en: `another change is recorded for that day (${recorded.join('; ')}${enLeft}); what is recorded is not rewritten, take another day`,
  });
}

function textsOfShares(shares: readonly SuccessorShare[]): unknown {
  return shares.map(({ share, shareByType, ...row }) => [
    ...Object.values(row),
    share.toString(),
    Object.entries(shareByType ?? {}).map(([type, part]) => [type, part.toString()]),
  ]);
}
