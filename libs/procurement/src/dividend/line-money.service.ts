/** Use cases of money that did not reach an owner: it came back, is set aside under the owner's name, and is claimed at any time later. */
import { Injectable } from '@nestjs/common';
import { allocate, type Fen, sumFen } from '@gep/kernel';
import { noBasis, type PostingBasis, postVoucher } from '@gep/ledger';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { getSubject, lockSubject } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { getCompany } from '../company/company.store';
import { deedDay } from '../deed-day.service';
import { claimants } from '../owner/claim-share';
import { listOwnerSuccessions } from '../owner/succession.store';
import type { BookRole } from '../income/company-book';
import { openBook } from '../income/company-book.store';
import { codeOfDividend, type Dividend, keyOfDividend, type LineAct, type LineState, partyOfOwner } from './dividend';
import { insertLineDeeds, listLines } from './dividend-line.store';
import { subjectOf } from './dividend.service';
import { getDividend } from './dividend.store';
import { DividendMissing, DividendRefused } from './errors';

/** Lines of one deed; more are done by several. */
const mostAtOnce = 1_000;

export interface LineMoney {
  readonly lines: number;
  readonly amountFen: string;
  readonly voucherId: string | null;
}

/** `replayed`: it had been done before by the same key. */
export type LineMoneyAnswer = LineMoney & { readonly replayed: boolean };

type FoundLine = Awaited<ReturnType<typeof listLines>>[number];

@Injectable()
export class LineMoneyService {
  constructor(private readonly database: Database) {}

  /** The bank sent payments back: the company owes them again. @throws DividendMissing, DividendRefused */
  takeBack(
    actor: Actor,
    wish: { readonly id: string; readonly owners: readonly string[]; readonly reason: string; readonly on?: string },
    key: string,
  ): Promise<LineMoneyAnswer> {
    return this.once(actor, 'return', wish, key, async (tx, dividend) => {
      if (wish.owners.length > mostAtOnce) throw tooMany(codeOfDividend(dividend));
      const lines = await this.linesOf(tx, dividend, wish.owners, ['paid']);
      return { lines, act: 'return', from: 'payable', to: 'cash', kind: 'adjustment', reason: wish.reason };
    });
  }

  /** What came back long enough ago goes to the named liability. At most 1,000 lines at a time. */
  setAside(actor: Actor, wish: { readonly id: string; readonly on?: string }, key: string): Promise<LineMoneyAnswer> {
    return this.once(actor, 'set-aside', wish, key, async (tx, dividend, on) => {
      const until = daysBefore(on, dividend.plan!.unclaimedAfter);
      const filter = { places: ['return'] as const, until, limit: mostAtOnce };
      const lines = (await listLines(tx, dividend.id, 'paid', filter)).filter(({ state }) => state === 'returned');
      return { lines, act: 'set-aside', from: 'unclaimed', to: 'payable', kind: 'transfer', reason: 'unclaimed' };
    });
  }

  /**
   * Pays what came back or was set aside to the owner, or to a successor the share of its succession.
   * @throws DividendMissing, DividendRefused
   */
  claim(
    actor: Actor,
    wish: {
      readonly id: string;
      readonly owner: string;
      readonly claimant: string;
      readonly reason: string;
      readonly on?: string;
    },
    key: string,
  ): Promise<LineMoneyAnswer> {
    return this.once(actor, 'claim', wish, key, async (tx, dividend, on) => {
      const [line] = await this.linesOf(tx, dividend, [wish.owner], ['returned', 'set-aside']);
      const entitled = claimants(wish.owner, await listOwnerSuccessions(tx, dividend.companyId), on);
      const parts = allocate(
        line.amountFen,
        entitled.map(({ owner, share }) => ({ code: owner, weight: share })),
      );
      const part = parts.get(wish.claimant);
      if (!part || part > line.amountFen - line.claimedFen)
        throw new DividendRefused(codeOfDividend(dividend), {
          zh: `“${wish.claimant}”不能领取“${wish.owner}”的分红；${on} 可领取者：${[...parts.keys()].join('、')}`,
          en: `"${wish.claimant}" cannot claim what "${wish.owner}" is owed; on ${on} these can: ${[...parts.keys()].join(', ')}`,
        });
      const to = line.state === 'returned' ? 'payable' : 'unclaimed';
      const { reason, claimant } = wish;
      return { lines: [line], act: 'claim', from: 'cash', to, kind: 'payment', reason, claimant, partFen: part };
    });
  }

  /** @throws DividendMissing, DividendRefused when the money of a line is elsewhere */
  private async linesOf(
    tx: EntityManager,
    dividend: Dividend,
    owners: readonly string[],
    wanted: readonly LineState[],
  ): Promise<FoundLine[]> {
    const lines = await listLines(tx, dividend.id, 'paid', { owners });
    const missing = owners.find((owner) => !lines.some((line) => line.owner === owner));
    if (missing !== undefined) throw new DividendMissing(codeOfDividend(dividend), missing);
    const other = lines.find(({ state, amountFen }) => !wanted.includes(state) || amountFen === 0n);
    if (other)
      throw new DividendRefused(codeOfDividend(dividend), {
        zh: `“${other.owner}”的一行为 ${other.state}，须为 ${wanted.join(' 或 ')}（gep dividend unclaimed）`,
        en: `the line of "${other.owner}" is ${other.state}, and must be ${wanted.join(' or ')} (gep dividend unclaimed)`,
      });
    return lines;
  }

  private async once(
    actor: Actor,
    act: LineAct,
    wish: { readonly id: string; readonly on?: string },
    key: string,
    plan: (tx: EntityManager, dividend: Dividend, on: string) => Promise<LinePlan>,
  ): Promise<LineMoneyAnswer> {
    const { response, replayed } = await this.database.transaction(actor, (tx) =>
      answerOnce(tx, { actor, key, action: `procurement.dividend.${act}`, body: wish }, async () => {
        const dividend = await getDividend(tx, wish.id);
        // Deeds on lines of one dividend come one after the other, and after its payment.
        const { state } = await lockedState(tx, dividend.id);
        if (state !== 'paid' && state !== 'closed')
          throw new DividendRefused(codeOfDividend(dividend), {
            zh: '尚未支付；请先支付（gep dividend pay）',
            en: 'it is not paid yet; pay it first (gep dividend pay)',
          });
        const on = await deedDay(tx, wish.on);
        const done = await move(tx, actor, { dividend, on, plan: await plan(tx, dividend, on) });
        const { territoryPath } = dividend;
        await appendAudit(tx, {
          actor,
          action: `procurement.dividend.${act}`,
          subject: dividend.id,
          territoryPath,
          after: done,
        });
        return done;
      }),
    );
    return { ...response, replayed };
  }
}

/** Which lines move, and between which accounts: credit `from`, debit `to`. */
interface LinePlan {
  readonly lines: readonly FoundLine[];
  readonly act: LineAct;
  readonly from: BookRole;
  readonly to: BookRole;
  readonly kind: 'adjustment' | 'transfer' | 'payment';
  readonly reason: string;
  readonly claimant?: string;
  readonly partFen?: Fen;
}

const byOwner: readonly BookRole[] = ['payable', 'unclaimed'];

async function move(
  tx: EntityManager,
  actor: Actor,
  { dividend, on, plan }: { readonly dividend: Dividend; readonly on: string; readonly plan: LinePlan },
): Promise<LineMoney> {
  const { lines, act, from, to, kind, reason, claimant = null, partFen } = plan;
  if (lines.length === 0) return { lines: 0, amountFen: '0', voucherId: null };
  const book = await openBook(tx, await getCompany(tx, dividend.companyId));
  const basis: PostingBasis = { ...noBasis, ruleEdition: dividend.plan!.ruleEdition, period: dividend.period };
  const amountOf = ({ amountFen, claimedFen }: FoundLine): Fen => partFen ?? amountFen - claimedFen;
  const total = sumFen(lines.map(amountOf));
  const side = (role: BookRole, sign: bigint) =>
    byOwner.includes(role)
      ? lines.map((line) => ({
          ...{ accountId: book[role], party: partyOfOwner(line.owner), amountFen: sign * amountOf(line), basis },
          territoryPath: line.territoryPath,
        }))
      : [{ accountId: book[role], party: null, amountFen: sign * total, territoryPath: dividend.territoryPath, basis }];
  const [{ owner, acts }] = lines;
  const { id: voucherId } = await postVoucher(tx, actor, {
    ...{ businessKey: `${keyOfDividend(dividend)}:${act}:${owner}:${acts + 1}`, kind, effectiveDate: on },
    ...{ territoryPath: dividend.territoryPath, memo: reason, postings: [...side(to, 1n), ...side(from, -1n)] },
  });
  const deeds = lines.map((line) => ({
    ...{ owner: line.owner, no: line.acts + 1, territoryPath: line.territoryPath },
    ...{ act, claimant, amountFen: amountOf(line) },
  }));
  await insertLineDeeds(tx, actor, dividend.id, deeds, { voucherId, reason, on });
  return { lines: lines.length, amountFen: total.toString(), voucherId };
}

async function lockedState(tx: EntityManager, id: string) {
  await lockSubject(tx, subjectOf(id));
  return getSubject(tx, subjectOf(id));
}

const tooMany = (code: string) =>
  new DividendRefused(code, {
    zh: `一次至多 ${mostAtOnce} 行；请分次办理`,
    en: `${mostAtOnce} lines at a time at most; do it in parts`,
  });

const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
