/** Whom an administrator may manage, and who must stay. */
import { Grant, lieWithin, nation, PermittedActor } from './grants';

/** A user as administrators see them. */
export interface UserAccount {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly status: 'active' | 'disabled';
  /** False until the person has set a password by their link. */
  readonly hasPassword: boolean;
}

/**
 * True when all of a person's grants lie within the paths where the actor manages users. Someone with a role elsewhere
 * too is managed from above; someone with no role at all by the nation.
 */
export function mayManage(actor: PermittedActor, grants: readonly Grant[]): boolean {
  const paths = actor.permissions.get('user.manage') ?? [];
  if (grants.length === 0) return paths.includes(nation);
  return grants.every((grant) => lieWithin(grant.territoryPath, paths));
}

export function isNationalAdministrator(grants: readonly Grant[]): boolean {
  return grants.some((grant) => grant.role === 'admin' && grant.territoryPath === nation);
}
