/** Settlements beside the result of a period: what the agreement advances, and what was cut from a party in breach. */
import { type Fen, formatYuan, type Period } from '@gep/kernel';
import { listPoliciesInForce } from '@gep/rulebook';
import { getSettlement, listHeads, settlementState, type SettlementDraft, type SettlementInput } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { effectOn } from '../breach/standing-measures.service';
import { CompensationMissing, DeedNotAgreed } from '../errors';
import type { Cycle } from './cycle.store';
import { advancePlan, breachCut, dueDayOf, type LastSettled, planAdvance } from './draft-settlement';
import { type PeriodEdition, requireAdvancing } from './edition-for.service';
import { amountsInput } from './figures-of-period.service';

export interface OtherDraft {
  readonly name: string;
  readonly advance: string | null;
  readonly rest: Pick<SettlementDraft, 'kind' | 'policy' | 'input'> & Partial<SettlementDraft>;
}

export async function advanceOf(
  tx: EntityManager,
  edition: PeriodEdition,
  cycle: Cycle,
  wanted: string,
): Promise<OtherDraft> {
  const { terms } = edition;
  const advance = terms.advances.find(({ code }) => code === wanted);
  if (!advance) throw new CompensationMissing({ zh: '预付', en: 'advance' }, wanted);
  await requireAdvancing(tx, edition, dueDayOf(advance, cycle.period));
  const name = `advance-${wanted}`;
  const of = (policy: SettlementDraft['policy'], input: SettlementInput): OtherDraft => ({
    ...{ name, advance: wanted },
    rest: { kind: 'advance', policy, input },
  });
  if (advance.by === 'rule') {
    const units = terms.parties.flatMap((party) => party.units);
    const rows = (units.length > 0 ? units : [terms.place]).map((unit) => [unit, cycle.period]);
    const document = { name: `${terms.code} ${name}`, digest: edition.digest };
    return of(terms.policy, { kind: 'table', header: ['unit', 'period'], rows, document, totals: terms.totals });
  }
  const planned = planAdvance(terms, advance, await lastSettled(tx, edition, cycle.period));
  const policy = await ownRule(tx, edition, cycle.period, advancePlan);
  return of(policy, amountsInput(`${terms.code} ${name}`, 'plan', planned, cycle.period));
}

export async function cutOf(tx: EntityManager, edition: PeriodEdition, cycle: Cycle): Promise<OtherDraft> {
  const { cuts } = await effectOn(tx, edition, cycle.period);
  const fen = new Map<string, Fen>();
  for (const { party, amountFen } of cuts) {
    const [unit] = edition.terms.parties.find(({ code }) => code === party)?.units ?? [];
    if (unit !== undefined && amountFen !== null) fen.set(unit, (fen.get(unit) ?? 0n) + amountFen);
  }
  if (fen.size === 0)
    throw new DeedNotAgreed(edition.code, {
      zh: `${cycle.period} 没有核减或追回的措施`,
      en: `nothing was cut or recovered for ${cycle.period}`,
    });
  const amounts = new Map([...fen].map(([unit, amount]) => [unit, formatYuan(amount)]));
  const input = amountsInput(`${edition.code} ${cycle.period} cut`, 'cut', amounts, cycle.period);
  return {
    name: 'cut',
    advance: null,
    rest: { kind: 'settlement', policy: await ownRule(tx, edition, cycle.period, breachCut), input },
  };
}

/** A rule about agreements as such stands beside the agreement's own, in a slot of its name. @throws DeedNotAgreed */
async function ownRule(
  tx: EntityManager,
  { code, territoryPath }: PeriodEdition,
  period: Period,
  id: string,
): Promise<SettlementDraft['policy']> {
  const found = (await listPoliciesInForce(tx, { territoryPath, period })).find(({ policyId }) => policyId === id);
  if (found) return { id, edition: found.edition };
  throw new DeedNotAgreed(
    code,
    {
      zh: `规则 ${id} 未在 ${period} 启用；请提出并由批准人启用（gep policy propose ${id}，gep policy adopt … --slot ${id}）`,
      en: `the rule ${id} is not in force for ${period}; propose it and have an approver adopt it (gep policy propose ${id}, gep policy adopt … --slot ${id})`,
    },
    { rule: id },
  );
}

/** What the last settlement of an earlier period gave each unit. */
async function lastSettled(
  tx: EntityManager,
  { code, territoryPath, terms }: PeriodEdition,
  period: Period,
): Promise<LastSettled> {
  const heads = (await listHeads(tx, { territoryPath, agreement: code, kind: 'settlement' }))
    .filter((head) => head.period < period && head.policyId === terms.policy.id)
    .sort((a, b) => (a.period < b.period ? 1 : -1));
  for (const { id } of heads) {
    const state = await settlementState(tx, id);
    if (!['approved', 'paid', 'closed'].includes(state ?? '')) continue;
    // By whom a line pays and is paid, since rows may name others than the unit they are about.
    const sums = new Map<string, Fen>();
    const add = ({ kind, code: unit }: { readonly kind: string; readonly code: string }, fen: Fen): unknown =>
      kind === 'unit' && sums.set(unit, (sums.get(unit) ?? 0n) + fen);
    for (const { detail, amountFen } of (await getSettlement(tx, id)).lines) {
      add(detail.to, amountFen);
      add(detail.from, -amountFen);
    }
    return sums;
  }
  return new Map();
}
