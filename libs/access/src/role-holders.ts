/** Which roles hold a permission, in the words of a refusal. */
import type { Bilingual, DomainError } from '@gep/kernel';
import { rolePermissions, type Role, roles } from './roles';

/** In the order of the table of roles; none for what nobody may do by a role. */
export const rolesWith = (permission: string): Role[] =>
  roles.filter((role) => (rolePermissions[role] as readonly string[]).includes(permission));

/** A sentence that names them, and how such a role comes to a person. */
export function roleAdvice(permission: string): Bilingual {
  const holders = rolesWith(permission);
  if (holders.length === 0) return { zh: '没有角色具有此权限', en: 'no role has this permission' };
  return {
    zh: `具有此权限的角色：${holders.join('、')}；由管理员（admin）以 POST /api/v1/users/{login}/grants 授予，或以 gep user add 新增有此角色的人`,
    en: `roles with it: ${holders.join(', ')}; an administrator (admin) grants one with POST /api/v1/users/{login}/grants, or adds a person who has it with gep user add`,
  };
}

/**
 * The text of a refusal, with the roles where it is for want of a permission that a library knows by name alone.
 * Libraries below do not know roles, so the applications ask here.
 */
export function withRoles({ text, code, facts }: Pick<DomainError, 'text' | 'code' | 'facts'>): Bilingual {
  const { permission } = facts;
  if (code !== 'procedure.not-yours' || typeof permission !== 'string') return text;
  const { zh, en } = roleAdvice(permission);
  return { zh: `${text.zh}（${zh}）`, en: `${text.en} (${en})` };
}
