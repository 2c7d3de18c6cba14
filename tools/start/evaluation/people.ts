/** The invented people of evaluation in the demonstration: each has one role, as real ones would. */
import { type PermittedActor, permittedActor, type Role } from '@gep/access';

function person(role: Role, nameZh: string, territoryPath: string): PermittedActor {
  const territoryCode = territoryPath.split('.').at(-1)!;
  return permittedActor(`demonstration:${role}:${territoryCode}`, `演示${nameZh} · demonstration ${role}`, [
    { role, territoryCode, territoryPath },
  ]);
}

export interface EvaluationPeople {
  readonly officer: PermittedActor;
  readonly statistics: PermittedActor;
  readonly checker: PermittedActor;
  readonly approver: PermittedActor;
}

/** @param path ltree text of the territory that they work for */
export const evaluationPeopleOf = (path: string): EvaluationPeople => ({
  officer: person('evaluation-officer', '考核办', path),
  statistics: person('data-department', '统计局', path),
  checker: person('evaluation-checker', '核对员', path),
  approver: person('evaluation-approver', '批准人', path),
});

/** Who speaks for an assessed unit. */
export const partyAt = (path: string): PermittedActor => person('party', '被考核单位', path);
