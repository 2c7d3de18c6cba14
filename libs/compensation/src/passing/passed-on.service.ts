/** What a county got from one agreement and has to pass on by its own: how much came, how much went on, and until when. */
import type { Fen, Period } from '@gep/kernel';
import { type ClockBooks, listClocks, meetClock, type Officer, openSubject, startClock, todayOf } from '@gep/procedure';
import { listHeads, listParts, viewSettlement } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { type AgreementEdition, listAgreements } from '../agreement/agreement.store';
import { cycleSteps } from '../cycle/cycle-steps';
import { beginCycle, listCycles } from '../cycle/cycle.store';

export type ClockBook = Awaited<ReturnType<ClockBooks['read']>>;

/** Money of one period that came to a territory and is to be divided there. */
export interface PassedOn {
  /** Agreement by which it is divided. */
  readonly agreement: string;
  readonly agreementId: string;
  readonly place: string;
  readonly from: string;
  readonly period: Period;
  readonly receivedFen: Fen;
  readonly passedOnFen: Fen;
  readonly restFen: Fen;
  /** Last day on which it has to be passed on. */
  readonly dueOn: string | null;
  readonly isOverdue: boolean;
}

/** More agreements than anybody keeps. */
const mostAgreements = 10_000;

type Passing = AgreementEdition & {
  readonly terms: { readonly passesOn: NonNullable<AgreementEdition['terms']['passesOn']> };
};

async function passingAgreements(
  tx: EntityManager,
  of: { readonly from?: string; readonly code?: string },
): Promise<Passing[]> {
  const all = await listAgreements(tx, { code: of.code, limit: mostAgreements });
  return all.filter(
    (one): one is Passing =>
      one.terms.passesOn !== null && (of.from === undefined || one.terms.passesOn.agreement === of.from),
  );
}

/** Every period for which something came, of the agreements that the actor sees. */
export async function listPassedOn(tx: EntityManager, of: { readonly code?: string } = {}): Promise<PassedOn[]> {
  const found: PassedOn[] = [];
  const today = await todayOf(tx);
  for (const agreement of await passingAgreements(tx, of)) {
    const received = await receivedBy(tx, agreement);
    for (const [period, receivedFen] of [...received].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const passedOnFen = await passedOnBy(tx, agreement, period);
      const restFen = receivedFen - passedOnFen;
      const dueOn = await dueDayOf(tx, agreement, period);
      const { id: agreementId, code, terms } = agreement;
      found.push({
        ...{ agreement: code, agreementId, place: terms.place, from: terms.passesOn.agreement, period },
        ...{ receivedFen, passedOnFen, restFen, dueOn, isOverdue: restFen > 0n && dueOn !== null && dueOn < today },
      });
    }
  }
  return found;
}

/** What the other agreement paid to this territory, by period. */
async function receivedBy(tx: EntityManager, { terms }: Passing): Promise<Map<Period, Fen>> {
  const sums = new Map<Period, Fen>();
  for (const { settlementId, gist, party } of await listParts(tx, { party: terms.place })) {
    if (gist.agreement !== terms.passesOn.agreement) continue;
    const part = (await viewSettlement(tx, settlementId)).parts.find((one) => one.party === party);
    const fen = (part?.paidFen ?? 0n) - (part?.recoveredFen ?? 0n);
    if (fen !== 0n) sums.set(gist.period, (sums.get(gist.period) ?? 0n) + fen);
  }
  return sums;
}

async function passedOnBy(tx: EntityManager, { code, territoryPath }: Passing, period: Period): Promise<Fen> {
  let sum = 0n;
  for (const { id } of await listHeads(tx, { agreement: code, territoryPath, period }))
    for (const { paidFen, recoveredFen } of (await viewSettlement(tx, id)).parts) sum += paidFen - recoveredFen;
  return sum;
}

async function dueDayOf(
  tx: EntityManager,
  { territoryPath, code, terms }: Passing,
  period: Period,
): Promise<string | null> {
  const [cycle] = await listCycles(tx, { territoryPath, agreement: code, period });
  if (!cycle) return null;
  const clocks = await listClocks(tx, { subject: { kind: cycleSteps.kind, id: cycle.id }, code: terms.passesOn.clock });
  return clocks.find(({ metOn }) => metOn === null)?.dueOn ?? clocks.at(-1)?.dueOn ?? null;
}

/** Starts the clock of everyone who was paid by this agreement and divides it further. */
export async function startPassingOn(
  tx: EntityManager,
  actor: Officer,
  book: ClockBook,
  paid: { readonly agreement: string; readonly period: Period; readonly parties: ReadonlySet<string> },
): Promise<void> {
  const from = await todayOf(tx);
  for (const { territoryPath, code, terms } of await passingAgreements(tx, { from: paid.agreement })) {
    if (!paid.parties.has(terms.place)) continue;
    const { id } = await beginCycle(tx, { territoryPath, agreement: code, period: paid.period });
    await openSubject(tx, actor, cycleSteps, { id, territoryPath });
    await startClock(tx, actor, book, {
      subject: { kind: cycleSteps.kind, id },
      territoryPath,
      code: terms.passesOn.clock,
      from,
    });
  }
}

/** Meets the clocks of a period of which nothing is left to pass on. */
export async function meetPassingOn(
  tx: EntityManager,
  actor: Officer,
  { code, period }: { readonly code: string; readonly period: Period },
): Promise<void> {
  const on = await todayOf(tx);
  for (const { territoryPath, terms } of await passingAgreements(tx, { code })) {
    const rest = (await listPassedOn(tx, { code })).find((one) => one.period === period && one.place === terms.place);
    if (!rest || rest.restFen > 0n) continue;
    const [cycle] = await listCycles(tx, { territoryPath, agreement: code, period });
    const subject = { kind: cycleSteps.kind, id: cycle.id };
    for (const clock of await listClocks(tx, { subject, code: terms.passesOn.clock, open: true }))
      await meetClock(tx, actor, { subject, code: clock.code, on });
  }
}
