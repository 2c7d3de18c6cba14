/** Use cases of the quality checks on recorded accounts: reading findings, explaining them, and what is still open. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { findStatistics, type StatisticRow } from '@gep/observation';
import { answerOnce, appendAudit, Database, type Actor } from '@gep/platform';
import { loadQualityRules, RulebookFolder, RulebookService } from '@gep/rulebook';
import { placesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { findAccountById, type AccountRecord } from '../account/account.store';
import { withLines } from '../account/recorded-account.store';
import { findDayGaps } from '../days/day-gaps.store';
import { AccountMissing } from '../errors';
import { findLinesBelow } from '../flow/lines-below.store';
import { findBefore } from '../report-table/account-before.store';
import { listMissingSheets } from '../sheet/missing-sheets.service';
import { FindingsOfAccount } from '../review/findings.service';
import { checkQuality } from './check-quality';
import { ExplanationTooShort, FindingMissing, FindingMustBeMended } from './errors';
import {
  insertExplanation,
  listExplanations,
  type ExplainedAccount,
  type FindingExplanation,
} from './explanation.store';
import type { Finding } from './finding';
import { openFindings, type StandingFinding } from './open-findings';
import { stateAccounts } from './state-accounts';

export interface ExplainedFinding extends Finding {
  /** The first one first; empty when nobody has explained it. */
  readonly explanations: readonly FindingExplanation[];
  /** Stands in the way of a review. */
  readonly open: boolean;
}

export interface ExplanationRequest {
  readonly accountId: string;
  readonly findingKey: string;
  readonly text: string;
}

const shortest = 10;
const longest = 4000;

@Injectable()
export class QualityService extends FindingsOfAccount {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
    private readonly folder: RulebookFolder,
  ) {
    super();
  }

  /** Findings of a vintage beside the period before, with what was written about them. @throws AccountMissing */
  async findings(actor: Actor, accountId: string): Promise<ExplainedFinding[]> {
    return this.database.snapshot(actor, async (tx) => {
      const record = await recordOf(tx, accountId);
      const findings = await this.check(tx, record);
      const explanations = await listExplanations(tx, keyOf(record));
      return findings.map((finding) => {
        const own = explanations.filter(({ findingKey }) => findingKey === finding.key);
        const isOpen = finding.grade === 'A' || (finding.grade !== 'D' && own.length === 0);
        return { ...finding, explanations: own, open: isOpen };
      });
    });
  }

  /** A that stand, B and C that nobody has explained. @throws AccountMissing */
  async openFindings(tx: EntityManager, accountId: string): Promise<StandingFinding[]> {
    const record = await recordOf(tx, accountId);
    const explanations = await listExplanations(tx, keyOf(record));
    return openFindings(await this.check(tx, record), new Set(explanations.map(({ findingKey }) => findingKey)));
  }

  /**
   * Explains a finding of grade B, C or D in writing; the same key and words once, with an audit row.
   * @throws AccountMissing, FindingMissing, FindingMustBeMended, ExplanationTooShort, IdempotencyConflict
   */
  async explain(
    actor: Actor,
    { accountId, findingKey, text: words }: ExplanationRequest,
    idempotencyKey: string,
  ): Promise<{ readonly replayed: boolean; readonly explanation: FindingExplanation }> {
    const text = words.trim();
    if (text.length < shortest || text.length > longest) throw new ExplanationTooShort(shortest, longest);
    return this.database.transaction(actor, async (tx) => {
      const command = {
        actor,
        key: idempotencyKey,
        action: 'accounting.explain-finding',
        body: { accountId, findingKey, text },
      };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const record = await recordOf(tx, accountId);
        const finding = (await this.check(tx, record)).find(({ key }) => key === findingKey);
        if (!finding) throw new FindingMissing(accountId, findingKey);
        if (finding.grade === 'A') throw new FindingMustBeMended(findingKey, finding.rule);
        const explanation = await insertExplanation(tx, keyOf(record), record.path, {
          id: randomUUID(),
          findingKey,
          rule: finding.rule,
          accountId,
          text,
          by: { id: actor.id, name: actor.name },
        });
        await appendAudit(tx, {
          actor,
          action: 'finding.explained',
          subject: `${record.territory} ${record.period} ${record.norm.id}`,
          territoryPath: record.path,
          after: { findingKey, rule: finding.rule, grade: finding.grade, text },
        });
        return { explanation };
      });
      const { explanation } = response;
      return { replayed, explanation: { ...explanation, at: new Date(explanation.at) } };
    });
  }

  /** Findings of the period itself; those of the period before belong to its own account. */
  private async check(tx: EntityManager, record: AccountRecord): Promise<Finding[]> {
    const norm = await this.rulebook.getNorm(tx, record.norm.id, record.norm.edition);
    const rules = await loadQualityRules(this.folder.path);
    const before = await findBefore(tx, record);
    const accounts = await withLines(tx, before ? [before, record] : [record]);
    const gaps = await findDayGaps(tx, record.id);
    const dayGaps = { [record.period]: gaps };
    const statistics = { [record.period]: await reportedTo(tx, record) };
    const places = placesOfPath(record.path);
    const linesBelow = await findLinesBelow(tx, accounts.at(-1)!, norm);
    const below = linesBelow && { [record.period]: linesBelow };
    const missingSheets = { [record.period]: await listMissingSheets(tx, record, this.folder.path) };
    const beside = { places, dayGaps, statistics, missingSheets, below };
    const stated = stateAccounts(accounts, norm, rules, beside);
    return checkQuality(stated, rules).findings.filter(({ period }) => period === record.period);
  }
}

/** The statistics of an observed account; the parts of an aggregate are asked for theirs. */
async function reportedTo(tx: EntityManager, record: AccountRecord): Promise<readonly StatisticRow[]> {
  const { territory, period, norm, observationDigest: digest, origin } = record;
  return origin === 'observed' ? findStatistics(tx, { territory, period, normId: norm.id, digest }) : [];
}

/** Row security has hidden what is not the reader's: not there and not yours are one answer. @throws AccountMissing */
async function recordOf(tx: EntityManager, id: string): Promise<AccountRecord> {
  const found = await findAccountById(tx, id);
  if (!found) throw new AccountMissing({ account: id });
  return found;
}

const keyOf = ({ territory, period, norm }: AccountRecord): ExplainedAccount => ({
  territory,
  period,
  normId: norm.id,
});
