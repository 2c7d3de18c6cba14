/** The invented people of credit in the demonstration: each has one role, as real ones would. */
import { type PermittedActor, permittedActor, type Role } from '@gep/access';

function person(role: Role, nameZh: string, territoryPath: string): PermittedActor {
  const territoryCode = territoryPath.split('.').at(-1)!;
  return permittedActor(`demonstration:${role}:${territoryCode}`, `演示${nameZh} · demonstration ${role}`, [
    { role, territoryCode, territoryPath },
  ]);
}

/** @param path ltree text of the territory that they work for */
export const creditPeopleOf = (path: string) => ({
  team: person('credit-reporter', '村巡查小组', path),
  checker: person('credit-checker', '信用核对员', path),
  officer: person('credit-officer', '信用管理员', path),
  approver: person('credit-approver', '信用批准人', path),
  bank: person('credit-user', '银行', path),
});

/** Somebody who reads the own record and orders for the own points. */
export const holderAt = (path: string, nameZh: string): PermittedActor => {
  const territoryCode = path.split('.').at(-1)!;
  return permittedActor(`demonstration:credit-subject:${nameZh}`, `演示${nameZh} · demonstration subject`, [
    { role: 'credit-subject', territoryCode, territoryPath: path },
  ]);
};
