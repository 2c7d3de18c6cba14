/** Whom an administrator may manage, and who must stay. */
import { GrantInvalid, OutsideOwnTerritory, SheetsInvalid } from './errors';
import { Grant, lieWithin, nation, PermittedActor } from './grants';
import { isRole } from './roles';

/** A user as administrators see them. */
export interface UserAccount {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly status: 'active' | 'disabled';
  /** False until the person has set a password by their link. */
  readonly hasPassword: boolean;
}

export interface UserWithGrants extends UserAccount {
  readonly grants: readonly Grant[];
}

/** A role wished for a territory; the caller has looked the path up. */
export interface GrantRequest {
  readonly role: string;
  readonly territory: { readonly code: string; readonly path: string };
  /** Codes of data sheets, where the role is to be for those only. */
  readonly dataSheets?: readonly string[];
}

const mostSheets = 50;

/** The grant that is wished for. @throws GrantInvalid, SheetsInvalid, OutsideOwnTerritory */
export function grantWithin(acting: PermittedActor, { role, territory, dataSheets }: GrantRequest): Grant {
  const fits = territory.path.split('.').at(-1) === territory.code.replaceAll('-', '_');
  if (!isRole(role) || !fits) throw new GrantInvalid(role, territory.code);
  if (!lieWithin(territory.path, acting.scope)) throw new OutsideOwnTerritory(territory.code);
  const grant = { role, territoryCode: territory.code, territoryPath: territory.path };
  if (dataSheets === undefined) return grant;
  const sheets = [...new Set(dataSheets)].sort();
  const sound = sheets.every((code) => /^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(code));
  if (role !== 'accountant' || !sound || sheets.length === 0 || sheets.length > mostSheets)
    throw new SheetsInvalid(role, dataSheets.slice(0, mostSheets));
  return { ...grant, dataSheets: sheets };
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
