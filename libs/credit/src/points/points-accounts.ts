/** Accounts of points in the book: one set for each place, kept by subject, in a unit of their own. */
import type { AccountDraft } from '@gep/ledger';

export const pointsRoles = ['issued', 'held', 'owed', 'ordered', 'spent', 'expired'] as const;
export type PointsRole = (typeof pointsRoles)[number];

const names: Readonly<Record<PointsRole, readonly [zh: string, en: string, side: AccountDraft['signRule']]>> = {
  issued: ['已发放积分', 'Points issued', 'either'],
  held: ['可用积分', 'Points held', 'credit'],
  owed: ['待抵扣积分', 'Points owed', 'debit'],
  ordered: ['已预留积分', 'Points ordered on', 'credit'],
  spent: ['已兑换积分', 'Points spent', 'either'],
  expired: ['已失效积分', 'Points expired', 'either'],
};

export const pointsPrefix = 'points.';

/** Neither what is held nor what is ordered on is ever below zero, nor is a debt paid twice: the book sees to it. */
export function pointsAccount(role: PointsRole, territoryPath: string): AccountDraft {
  const [nameZh, nameEn, signRule] = names[role];
  const isBound = role === 'held' || role === 'owed' || role === 'ordered';
  return {
    ...{ code: `${pointsPrefix}${role}`, nameZh, nameEn, signRule, territoryPath },
    ...{ byParty: isBound, byReservation: false, unit: 'points' },
  };
}

/** A subject as a party of the book: by its number, never by its name. */
export const pointsParty = (subjectId: string): string => `credit:${subjectId}`;
