/** Use cases of shadow settlements: a year on trial on a fork of the data, looked at, and made real as the same plan. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Fen } from '@gep/kernel';
import { getFund, listSources } from '@gep/ledger';
import { answerOnce, appendAudit, Database, type Actor } from '@gep/platform';
import type { Officer } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { computeSettlement } from '../compute/compute-settlement.service';
import { inState, live } from '../compute/standing.service';
import { isCorrection, type SettlementDraft } from '../draft/settlement-draft';
import type { Settlement } from '../settlement';
import { SettlementTools } from '../settlement-tools.service';
import { listHeads, listParts } from '../settlement.store';
import { ShadowChanged, ShadowRefused } from './errors';
import { aYearBefore, changesBetween, digestOfPlan, type ShadowEntry, type ShadowPart } from './shadow';
import { getShadow, insertPromotion, insertShadow, listShadows, onFork, type ShadowHead } from './shadow.store';
import { digestOfFund, takeDown, type VirtualFund } from './virtual-fund';

/** Drafts of a year, in the order in which they are to be paid. */
export interface ShadowWish {
  readonly name: string;
  readonly drafts: readonly SettlementDraft[];
}

/** A shadow beside the year before. */
export interface ShownShadow extends ShadowHead {
  readonly entries: readonly (ShadowEntry & { readonly beforeFen: Readonly<Record<string, Fen>> })[];
}

@Injectable()
export class ShadowService {
  constructor(
    private readonly database: Database,
    private readonly tools: SettlementTools,
  ) {}

  /**
   * Settles the drafts in their order on a fork of the data: what is computed there is undone before the transaction ends. Of
   * money nothing is posted and nothing held: the sources of the funds are taken down beside the book.
   * @throws ShadowRefused, and what computing throws
   */
  async run(actor: Officer, wish: ShadowWish, key: string): Promise<{ readonly id: string }> {
    const { name, drafts } = wish;
    refuseMixed(name, drafts);
    return this.once(actor, 'settlement.shadow.run', wish, key, async (tx) => {
      const { entries } = await onFork(tx, () => this.settle(tx, actor, wish));
      const [id, territoryPath] = [randomUUID(), commonPath(drafts.map((draft) => draft.territoryPath))];
      const planDigest = digestOfPlan(entries);
      await insertShadow(tx, actor, { id, territoryPath, name, planDigest, entries });
      const after = { name, planDigest, codes: drafts.map(({ code }) => code) };
      await appendAudit(tx, { actor, action: 'settlement.shadow.run', subject: id, territoryPath, after });
      return { id };
    });
  }

  /** With what each party was entitled to the year before, as far as the actor sees it. @throws ShadowMissing */
  show(actor: Actor, id: string): Promise<ShownShadow> {
    return this.database.snapshot(actor, async (tx) => {
      const { entries, ...head } = await getShadow(tx, id);
      const ids = entries.flatMap(({ yearBefore }) => yearBefore ?? []);
      const before = ids.length === 0 ? [] : await listParts(tx, { settlementIds: ids });
      return {
        ...head,
        entries: entries.map((entry) => {
          const own = before.filter(({ settlementId }) => settlementId === entry.yearBefore);
          return { ...entry, beforeFen: Object.fromEntries(own.map(({ party, entitledFen }) => [party, entitledFen])) };
        }),
      };
    });
  }

  list(actor: Actor, filter: Parameters<typeof listShadows>[1]): Promise<ShadowHead[]> {
    return this.database.snapshot(actor, (tx) => listShadows(tx, filter));
  }

  /**
   * Makes the settlements of a shadow real, all or none. They are computed anew and are the same to the fen, or it is refused
   * with what has changed. They stand as computed: confirmation, money and approval follow as always.
   * @throws ShadowMissing, ShadowChanged, ShadowRefused
   */
  promote(actor: Officer, id: string, key: string): Promise<{ readonly settlements: readonly string[] }> {
    return this.once(actor, 'settlement.shadow.promote', { id }, key, async (tx) => {
      const shadow = await getShadow(tx, id);
      if (shadow.settlements !== null) throw promotedBefore(shadow);
      const drafts = shadow.entries.map(({ draft }) => draft);
      const { entries, settlements } = await this.settle(tx, actor, { name: shadow.name, drafts });
      const changes = changesBetween(shadow.entries, entries);
      if (changes.length > 0) throw new ShadowChanged(shadow.name, changes);
      const ids = settlements.map((settlement) => settlement.id);
      if (!(await insertPromotion(tx, actor, shadow, ids))) throw promotedBefore(shadow);
      const { territoryPath, planDigest } = shadow;
      const after = { planDigest, settlements: ids };
      await appendAudit(tx, { actor, action: 'settlement.shadow.promote', subject: id, territoryPath, after });
      return { settlements: ids };
    });
  }

  private async once<T>(
    actor: Officer,
    action: string,
    body: object,
    key: string,
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<T> {
    const answer = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action, body }, () => work(tx)),
    );
    return answer.response;
  }

  /** Computes the settlements one after the other and takes what each would get off its fund. */
  private async settle(
    tx: EntityManager,
    actor: Officer,
    { name, drafts }: ShadowWish,
  ): Promise<{ entries: ShadowEntry[]; settlements: Settlement[] }> {
    const funds = new Map<string, { fund: VirtualFund; digest: string }>();
    const entries: ShadowEntry[] = [];
    const settlements: Settlement[] = [];
    for (const draft of drafts) {
      const [before] = await listHeads(tx, {
        ...{ agreement: draft.agreement, period: aYearBefore(draft.period), kind: draft.kind, fundId: draft.fundId },
      }).then((heads) => inState(tx, heads, ...live));
      const settlement = await computeSettlement(tx, actor, this.tools, draft);
      if (settlement.replayed) throw settledBefore(name, settlement);
      const { fund, digest } = funds.get(draft.fundId) ?? (await readFund(tx, draft.fundId));
      const { after, ...entry } = entryOf(settlement, draft, fund);
      funds.set(draft.fundId, { fund: after, digest });
      entries.push({ ...entry, fundDigest: digest, yearBefore: before?.id ?? null });
      settlements.push(settlement);
    }
    return { entries, settlements };
  }
}

async function readFund(tx: EntityManager, id: string): Promise<{ fund: VirtualFund; digest: string }> {
  const { code, shortfallPolicy: policy } = await getFund(tx, id);
  const fund = { id, code, policy, sources: await listSources(tx, id) };
  return { fund, digest: digestOfFund(fund) };
}

function entryOf(
  { snapshotDigest, ruleEdition, decisionDigest, figures, parts, moneyPeriod, period, purpose, code }: Settlement,
  draft: SettlementDraft,
  fund: VirtualFund,
): Omit<ShadowEntry, 'fundDigest' | 'yearBefore'> & { readonly after: VirtualFund } {
  // Named as the settlement names them when it reserves, so that what rounding leaves goes to the same party.
  const codeOf = (party: string): string => `${code}/${party}`;
  const claims = parts
    .filter(({ claimFen }) => claimFen > 0n)
    .map(({ party, claimFen: amountFen }) => ({ code: codeOf(party), amountFen, since: period }));
  const { granted, draws, after } = takeDown(fund, { purpose, year: Number(moneyPeriod.slice(0, 4)), claims });
  const byCode = new Map(granted.map((claim) => [claim.code, claim]));
  return {
    ...{ draft, snapshotDigest, ruleEdition, decisionDigest, figures, fund, draws, after },
    parts: parts.map((part): ShadowPart => {
      const { party, name, entitledFen, advancedFen, takenFen, claimFen, billFen, clawbackFen, waitingFen } = part;
      const { grantedFen = 0n, shortfallFen = 0n } = byCode.get(codeOf(party)) ?? {};
      const { waitingCause } = part;
      return {
        ...{
          party,
          name,
          entitledFen,
          advancedFen,
          takenFen,
          claimFen,
          billFen,
          clawbackFen,
          waitingFen,
          waitingCause,
        },
        ...{ grantedFen, shortfallFen },
      };
    }),
  };
}

/** @throws ShadowRefused */
function refuseMixed(name: string, drafts: readonly SettlementDraft[]): void {
  if (drafts.length === 0 || name.trim() === '' || name.length > 200)
    throw new ShadowRefused(name, {
      zh: '请给出 1 至 200 个字的名称和至少一份结算草案',
      en: 'give a name of 1 to 200 characters and at least one draft',
    });
  for (const [at, { code, agreement, kind }] of drafts.entries()) {
    if (isCorrection(kind))
      throw new ShadowRefused(name, {
        zh: `${code} 是更正；更正由重述起草（gep settlement impact 或 GET /api/v1/impacts），不作试算`,
        en: `${code} is a correction; those are drafted by a restatement (gep settlement impact or GET /api/v1/impacts) and not tried`,
      });
    const advance = drafts.slice(0, at).find((one) => one.kind === 'advance' && one.agreement === agreement);
    if (advance && kind === 'settlement')
      throw new ShadowRefused(name, {
        zh: `${code} 要扣除 ${advance.code} 的预付款，而预付须先支付；请分两次试算，先预付，付清后再结算`,
        en: `${code} counts what ${advance.code} advances, and that has to be paid first; try the advance and, when it is paid, the result`,
      });
  }
}

const promotedBefore = ({ name }: ShadowHead): ShadowRefused =>
  new ShadowRefused(name, {
    zh: '已转为正式结算，见其 settlements',
    en: 'it has become real before; its settlements are named in it',
  });

const settledBefore = (name: string, { code, id }: Settlement): ShadowRefused =>
  new ShadowRefused(name, {
    zh: `${code} 已是正式结算（${id}）`,
    en: `${code} is a real settlement already (${id})`,
  });

/** The deepest territory that all of them lie in. */
function commonPath(paths: readonly string[]): string {
  return paths.reduce((common, path) => {
    const [a, b] = [common.split('.'), path.split('.')];
    const differing = a.findIndex((label, depth) => b[depth] !== label);
    return differing < 0 ? common : a.slice(0, differing).join('.');
  });
}
