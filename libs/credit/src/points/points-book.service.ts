/** Points in the book: every movement is a voucher of its own unit, in the transaction of the deed that causes it. */
import type { Actor } from '@gep/platform';
import { insertAccount, listAccounts, noBasis, postVoucher, sumOfParty } from '@gep/ledger';
import { todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import type { CreditEditions } from '../catalogue/credit-editions.service';
import type { CreditEvent } from '../event/event.store';
import { addMonths, dayNumber, dayText } from '../score/calendar-day';
import { duePoints, earnedPoints, payDebt, takeBack } from './count-points';
import { pointsAccount, pointsParty, pointsPrefix, type PointsRole, pointsRoles } from './points-accounts';
import { countExpiries, insertExpiry, insertLot, insertReturn, listLots, lockPoints } from './points.store';

/** What a subject has; none of it is below zero, and what is held while something is owed is zero. */
export interface PointsBalance {
  readonly held: bigint;
  readonly owed: bigint;
  readonly ordered: bigint;
  readonly spent: bigint;
  readonly expired: bigint;
}

/** Whose points: a subject of a place. */
export interface PointsHolder {
  readonly id: string;
  readonly territoryPath: string;
}

type Accounts = Readonly<Record<PointsRole, string>>;

async function openAccounts(tx: EntityManager, territoryPath: string): Promise<Partial<Accounts>> {
  const there = await listAccounts(tx, { code: pointsPrefix, within: territoryPath });
  const own = there.filter(({ account }) => account.territoryPath === territoryPath);
  const found = pointsRoles.flatMap((role) =>
    own.filter(({ account: { code } }) => code === `${pointsPrefix}${role}`).map(({ account: { id } }) => [role, id]),
  );
  return Object.fromEntries(found) as Partial<Accounts>;
}

/** Opens those that are not there yet. */
async function accountsOf(tx: EntityManager, territoryPath: string): Promise<Accounts> {
  const ids: Partial<Record<PointsRole, string>> = await openAccounts(tx, territoryPath);
  for (const role of pointsRoles) ids[role] ??= await insertAccount(tx, pointsAccount(role, territoryPath));
  return ids as Accounts;
}

async function sumsIn(tx: EntityManager, accounts: Partial<Accounts>, subjectId: string) {
  const ids = pointsRoles.flatMap((role) => accounts[role] ?? []);
  const sums = ids.length === 0 ? new Map<string, bigint>() : await sumOfParty(tx, ids, pointsParty(subjectId));
  const of = (role: PointsRole): bigint => sums.get(accounts[role] ?? '') ?? 0n;
  const [held, owed, ordered] = [-of('held'), of('owed'), -of('ordered')];
  return { held, owed, ordered, spent: -of('spent'), expired: -of('expired') };
}

/** As of now; nothing is opened by looking. */
export async function readBalance(tx: EntityManager, { id, territoryPath }: PointsHolder): Promise<PointsBalance> {
  return sumsIn(tx, await openAccounts(tx, territoryPath), id);
}

interface Move {
  readonly key: string;
  readonly kind: 'receipt' | 'transfer' | 'payment';
  readonly memo: string;
  readonly day: string;
  readonly edition?: string;
  /** Debits above zero, credits below; those of nothing are left out. */
  readonly amounts: Partial<Readonly<Record<PointsRole, bigint>>>;
}

async function post(tx: EntityManager, actor: Actor, holder: PointsHolder, accounts: Accounts, move: Move) {
  const { amounts, day, edition: ruleEdition = null, key, kind, memo } = move;
  const basis = { ...noBasis, ruleEdition, period: day.slice(0, 7) };
  const { territoryPath } = holder;
  const party = pointsParty(holder.id);
  const postings = pointsRoles.flatMap((role) => {
    const amountFen = amounts[role] ?? 0n;
    return amountFen === 0n ? [] : [{ accountId: accounts[role], party, amountFen, territoryPath, basis }];
  });
  const { id } = await postVoucher(tx, actor, {
    ...{ businessKey: `points:${key}`, kind, effectiveDate: day, territoryPath, memo, postings },
  });
  return id;
}

/** An entry that comes into effect earns its points, once, where the rule of its day lets points buy goods. */
export async function earnPoints(
  tx: EntityManager,
  actor: Actor,
  editions: CreditEditions,
  event: Pick<CreditEvent, 'id' | 'subjectId' | 'territoryPath' | 'behaviour' | 'edition' | 'day' | 'times'>,
): Promise<void> {
  const { catalogue } = await editions.of(tx, event.edition);
  const item = catalogue.behaviours.find(({ code }) => code === event.behaviour);
  if (!catalogue.points || !item) return;
  const holder = { id: event.subjectId, territoryPath: event.territoryPath };
  await lockPoints(tx, holder.id);
  const year = Number(event.day.slice(0, 4));
  const lots = (await listLots(tx, { subjectId: holder.id })).filter(({ returned }) => !returned);
  const before = lots
    .filter((lot) => lot.behaviour === event.behaviour && lot.year === year)
    .reduce((sum, lot) => sum + lot.points, 0n);
  const points = earnedPoints(item, event.times, before);
  if (points === 0n) return;
  const day = await todayOf(tx);
  const accounts = await accountsOf(tx, holder.territoryPath);
  const { paid, held } = payDebt(points, (await sumsIn(tx, accounts, holder.id)).owed);
  const voucherId = await post(tx, actor, holder, accounts, {
    ...{ key: `earn:${event.id}`, kind: 'receipt', memo: `entry ${event.id}`, day, edition: event.edition },
    amounts: { issued: points, owed: -paid, held: -held },
  });
  const { months } = catalogue.points;
  const { behaviour, territoryPath } = event;
  await insertLot(tx, {
    ...{ eventId: event.id, subjectId: holder.id, territoryPath, behaviour, year, points, earnedOn: day, voucherId },
    expiresOn: months === undefined ? null : dayText(addMonths(dayNumber(day), months)),
  });
}

/** A corrected entry gives its points back, once; what of them was spent is owed. */
export async function takeBackPoints(tx: EntityManager, actor: Actor, eventId: string): Promise<void> {
  const [seen] = await listLots(tx, { eventId });
  if (!seen) return;
  await lockPoints(tx, seen.subjectId);
  const [lot] = await listLots(tx, { eventId });
  if (lot.returned) return;
  const day = await todayOf(tx);
  const holder = { id: lot.subjectId, territoryPath: lot.territoryPath };
  await expireDue(tx, actor, holder);
  const accounts = await accountsOf(tx, holder.territoryPath);
  const before = await sumsIn(tx, accounts, holder.id);
  const isOver = lot.expiresOn !== null && lot.expiresOn <= day;
  const { held, owed, expired } = takeBack(lot.points, before.held, isOver ? before.expired : 0n);
  const voucherId = await post(tx, actor, holder, accounts, {
    ...{ key: `return:${eventId}`, kind: 'transfer', memo: `correction of entry ${eventId}`, day },
    amounts: { held, owed, expired, issued: -lot.points },
  });
  const { territoryPath } = holder;
  await insertReturn(tx, { eventId, subjectId: holder.id, territoryPath, held, owed, expired, voucherId });
}

/** Lets what has had its time go; the oldest points are spent first. @returns how many expired */
export async function expireDue(tx: EntityManager, actor: Actor, holder: PointsHolder): Promise<bigint> {
  await lockPoints(tx, holder.id);
  const lots = (await listLots(tx, { subjectId: holder.id })).filter(({ returned }) => !returned);
  const day = await todayOf(tx);
  if (!lots.some(({ expiresOn }) => expiresOn !== null && expiresOn <= day)) return 0n;
  const accounts = await accountsOf(tx, holder.territoryPath);
  const { ordered, spent, expired } = await sumsIn(tx, accounts, holder.id);
  const points = duePoints(lots, ordered + spent + expired, day);
  if (points === 0n) return 0n;
  const key = `expire:${holder.id}:${await countExpiries(tx, holder.id)}`;
  const move = { key, kind: 'transfer', memo: 'the time of the points is over', day } as const;
  const voucherId = await post(tx, actor, holder, accounts, { ...move, amounts: { held: points, expired: -points } });
  const { id: subjectId, territoryPath } = holder;
  await insertExpiry(tx, { subjectId, territoryPath, points, voucherId, expiredOn: day });
  return points;
}

/** Takes points for an order. @throws BalanceInsufficient of the book when there are fewer */
export async function reservePoints(
  tx: EntityManager,
  actor: Actor,
  holder: PointsHolder,
  { orderId, points }: OrderedPoints,
): Promise<string> {
  const accounts = await accountsOf(tx, holder.territoryPath);
  const move = { key: `order:${orderId}`, kind: 'transfer', memo: `order ${orderId}`, day: await todayOf(tx) } as const;
  return post(tx, actor, holder, accounts, { ...move, amounts: { held: points, ordered: -points } });
}

interface OrderedPoints {
  readonly orderId: string;
  readonly points: bigint;
}

/** The goods were handed over. */
export async function spendPoints(
  tx: EntityManager,
  actor: Actor,
  holder: PointsHolder,
  { orderId, points }: OrderedPoints,
): Promise<void> {
  await lockPoints(tx, holder.id);
  const accounts = await accountsOf(tx, holder.territoryPath);
  const move = { key: `spend:${orderId}`, kind: 'payment', memo: `order ${orderId}`, day: await todayOf(tx) } as const;
  await post(tx, actor, holder, accounts, { ...move, amounts: { ordered: points, spent: -points } });
}

/** The order fell: its points pay what is owed first, and expire at once when their time is over. */
export async function releasePoints(
  tx: EntityManager,
  actor: Actor,
  holder: PointsHolder,
  { orderId, points }: OrderedPoints,
): Promise<void> {
  await lockPoints(tx, holder.id);
  const accounts = await accountsOf(tx, holder.territoryPath);
  const { paid, held } = payDebt(points, (await sumsIn(tx, accounts, holder.id)).owed);
  const move = { key: `void:${orderId}`, kind: 'transfer', memo: `order ${orderId} void`, day: await todayOf(tx) };
  await post(tx, actor, holder, accounts, {
    ...{ ...move, kind: 'transfer' as const },
    amounts: { ordered: points, owed: -paid, held: -held },
  });
  await expireDue(tx, actor, holder);
}
