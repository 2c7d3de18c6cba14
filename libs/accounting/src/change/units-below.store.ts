/** Reads what an account was added up from, with the boundary that each of these accounts is of; what was divided is there once. */
import { Fraction, periodEnd } from '@gep/kernel';
import type { Succession } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { AccountChild } from '../account/account';
import { type AccountRecord, findAccountsById, listChildren } from '../account/account.store';
import { AccountMissing } from '../errors';
import { dayBefore } from '../succession/day-before';
import type { BoundedUnit } from './pair-units';

/** An account that others were added up or divided from. */
export interface AccountUnit extends BoundedUnit {
  readonly record: AccountRecord;
  /** Territories that have its land in the whole, where they are others. */
  readonly heirs: readonly string[];
}

type Source = AccountChild & { readonly accountId: string };

/**
 * Observed accounts, and those of successors of which a part is not in the whole or may not be seen.
 * @param refuse what is thrown when there are more than `most`
 * @throws AccountMissing when the reader may not see one that it was added up from
 */
export async function listUnits(
  tx: EntityManager,
  whole: AccountRecord,
  successions: readonly Succession[],
  { most, refuse }: { readonly most: number; readonly refuse: () => Error },
): Promise<AccountUnit[]> {
  const units: AccountUnit[] = [];
  const divided: { unit: AccountUnit; sources: Source[] }[] = [];
  const waiting: AccountUnit[] = [{ ...stateOf(whole, successions), record: whole, heirs: [] }];
  for (let unit = waiting.pop(); unit; unit = waiting.pop()) {
    const { record } = unit;
    if (record.origin === 'observed') units.push(unit);
    else {
      const sources = await listChildren(tx, record.id);
      if (record.origin === 'divided') divided.push({ unit, sources });
      else {
        const heir = unit;
        const present = await findAccountsById(tx, idsOf(sources));
        const hidden = sources.find(({ accountId }) => present.every(({ id }) => id !== accountId));
        if (hidden)
          throw new AccountMissing({ territory: hidden.territory, period: whole.period, norm: whole.norm.id });
        waiting.push(...present.map((child) => childOf(child, heir, successions)));
      }
    }
    if (units.length + divided.length + waiting.length > most) throw refuse();
  }
  return [...units, ...(await undivided(tx, divided, successions))];
}

const idsOf = (sources: readonly Source[]): string[] => [...new Set(sources.map(({ accountId }) => accountId))];

/** Sources of which the whole has all successors, in the place of these. */
async function undivided(
  tx: EntityManager,
  divided: readonly { readonly unit: AccountUnit; readonly sources: readonly Source[] }[],
  successions: readonly Succession[],
): Promise<AccountUnit[]> {
  if (divided.length === 0) return [];
  const records = await findAccountsById(tx, idsOf(divided.flatMap(({ sources }) => sources)));
  let together = divided;
  // One of which a part is elsewhere keeps all that share an account with it as they are.
  for (let last = -1; last !== together.length;) {
    last = together.length;
    const taken = takenOf(together.flatMap(({ sources }) => sources));
    const isWhole = ({ accountId }: Source): boolean =>
      taken.get(accountId)!.equals(Fraction.one) && records.some(({ id }) => id === accountId);
    together = together.filter(({ sources }) => sources.every(isWhole));
  }
  const kept = divided.filter((one) => !together.includes(one)).map(({ unit }) => unit);
  const ids = new Set(together.flatMap(({ sources }) => idsOf(sources)));
  const whole = records
    .filter(({ id }) => ids.has(id))
    .map((record): AccountUnit => {
      const into = together.filter(({ sources }) => sources.some(({ accountId }) => accountId === record.id));
      const days = into.flatMap(({ unit, sources }) => {
        const steps = sources
          .filter(({ accountId }) => accountId === record.id)
          .flatMap(({ division = [] }) => division);
        const ends = steps.map((way) => dayBefore(way.steps[0].effective));
        return ends.length > 0 ? ends : [childOf(record, unit, successions).day];
      });
      const heirs = into.map(({ unit }) => unit.territory).sort();
      return { territory: record.territory, day: days.sort()[0], record, heirs };
    });
  return [...kept, ...whole];
}

function takenOf(sources: readonly Source[]): Map<string, Fraction> {
  const taken = new Map<string, Fraction>();
  for (const { accountId, division } of sources) {
    const shares = division?.map(({ share }) => Fraction.parse(share)!) ?? [Fraction.one];
    taken.set(
      accountId,
      shares.reduce((sum, share) => sum.plus(share), taken.get(accountId) ?? Fraction.zero),
    );
  }
  return taken;
}

/** A part of an account; where that is of a successor, the part is of the boundary before it. */
function childOf(record: AccountRecord, heir: AccountUnit, successions: readonly Succession[]): AccountUnit {
  const own = stateOf(record, successions);
  const until = lineageDay(record.territory, heir, successions);
  const day = until !== undefined && until < own.day ? until : own.day;
  const inherits = until !== undefined;
  const heirs = heir.heirs.length > 0 ? heir.heirs : [heir.territory];
  return { territory: record.territory, day, record, heirs: inherits ? heirs : [] };
}

/** The last day of the boundary of a predecessor, where one territory followed the other by the day that is meant. */
function lineageDay(territory: string, heir: BoundedUnit, successions: readonly Succession[]): string | undefined {
  const rows = successions.filter(({ effective }) => effective <= heir.day);
  const followers = new Set<string>([heir.territory]);
  for (const code of followers)
    for (const row of rows) if (row.successor === code && row.predecessor !== code) followers.add(row.predecessor);
  const steps = rows.filter((row) => row.predecessor === territory && followers.has(row.successor));
  return steps.length === 0 ? undefined : dayBefore(steps[steps.length - 1].effective);
}

/** An account that stands from before a change was recorded is of the boundary before it. */
function stateOf({ territory, period, recordedAt }: AccountRecord, successions: readonly Succession[]): BoundedUnit {
  const day = periodEnd(period);
  const known = recordedAt.toISOString();
  const rows = successions.filter((row) => row.predecessor === territory && row.effective <= day);
  const overtaken = rows.find((row) => known < (row.recordedAt ?? ''));
  return { territory, day: overtaken ? dayBefore(overtaken.effective) : day };
}
