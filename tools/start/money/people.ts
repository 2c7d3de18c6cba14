/** The invented people of the demonstration: each has one role, as real ones would. */
import { createHash } from 'node:crypto';
import { type PermittedActor, permittedActor, type Role } from '@gep/access';

/** Somebody with a role for a territory and all below it. */
const person = (role: Role, nameZh: string, territoryPath: string): PermittedActor =>
  permittedActor(`demonstration:${role}`, `演示${nameZh} · demonstration ${role}`, [
    { role, territoryCode: territoryPath.split('.').at(-1)!, territoryPath },
  ]);

export interface People {
  readonly administrator: PermittedActor;
  readonly checker: PermittedActor;
  readonly approver: PermittedActor;
  readonly cashier: PermittedActor;
  readonly clerk: PermittedActor;
}

/** @param path ltree text of the territory that they work for */
export const peopleOf = (path: string): People => ({
  administrator: person('fund-administrator', '资金管理员', path),
  checker: person('fund-checker', '资金核对员', path),
  approver: person('fund-approver', '资金批准人', path),
  cashier: person('cashier', '出纳', path),
  clerk: person('settlement-clerk', '公司结算员', path),
});

/** Every deed of the demonstration has a key of its own, so that a start that was cut short goes on where it ended. */
export const keyOf = (deed: string): string => `demonstration-${deed}`;

/** Stands for a paper that nobody wrote. */
export const paperDigest = (title: string): string =>
  createHash('sha256').update(`demonstration, invented: ${title}`).digest('hex');
