/** From the grants of a person to what they may do, and where. */
import { Forbidden } from './errors';
import { nationalPermissions, Permission, permissions, Role, rolePermissions } from './roles';

/** A role for the subtree below a territory. */
export interface Grant {
  readonly role: Role;
  readonly territoryCode: string;
  /** ltree text of the territory, root first. */
  readonly territoryPath: string;
  /** Codes of the data sheets that alone may be sent and taken back by it; everything when absent. */
  readonly dataSheets?: readonly string[];
}

/** What a role gives that is limited to the data sheets of a department: to send them, and to read. */
const ofDepartment: readonly Permission[] = [
  'disclosure.read',
  'account.read',
  'observation.read',
  'observation.import',
];

/**
 * A signed-in person, ready to be handed to the database: `scope` is everything they may read, `publishedScope` where
 * they may read what was published, and `permissions` says for each deed the paths below which it is allowed.
 * `rights` say below which path which data sheets may be sent, where somebody may not send all of them.
 */
export interface PermittedActor {
  readonly id: string;
  readonly name: string;
  readonly scope: readonly string[];
  readonly publishedScope?: readonly string[];
  readonly permissions: ReadonlyMap<Permission, readonly string[]>;
  readonly rights?: readonly { readonly path: string; readonly dataSheets: readonly string[] | null }[];
}

/** The root of the tree. */
export const nation = 'CN';

export function lieWithin(path: string, ancestors: readonly string[]): boolean {
  return ancestors.some((ancestor) => path === ancestor || path.startsWith(`${ancestor}.`));
}

/** The deepest path that all grants lie within; the root for none, because nobody below it answers for such a person. */
export function coveringPath(grants: readonly { readonly territoryPath: string }[]): string {
  const [first = [], ...others] = grants.map(({ territoryPath }) => territoryPath.split('.'));
  const differing = first.findIndex((label, depth) => others.some((other) => other[depth] !== label));
  return (differing < 0 ? first : first.slice(0, differing)).join('.') || nation;
}

/** The paths that no other path contains, sorted. */
export function outermost(paths: readonly string[]): string[] {
  const sorted = [...new Set(paths)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const kept: string[] = [];
  for (const path of sorted) if (!lieWithin(path, kept)) kept.push(path);
  return kept.sort();
}

/** Roles that open no rows of a territory: what they may read is given row by row. */
const scopeless: readonly Role[] = ['public-reader', 'owner'];

/** What a person with these grants may do. Grants do not add up across territories: each permission has its own paths. */
export function permittedActor(id: string, name: string, grants: readonly Grant[]): PermittedActor {
  const where = new Map<Permission, string[]>();
  for (const grant of grants) {
    for (const permission of rolePermissions[grant.role]) {
      if (nationalPermissions.includes(permission) && grant.territoryPath !== nation) continue;
      if (grant.dataSheets && !ofDepartment.includes(permission)) continue;
      where.set(permission, [...(where.get(permission) ?? []), grant.territoryPath]);
    }
  }
  return {
    id,
    name,
    scope: outermost(grants.filter(({ role }) => !scopeless.includes(role)).map((grant) => grant.territoryPath)),
    permissions: new Map([...where].map(([permission, paths]) => [permission, outermost(paths)])),
    ...(grants.some(({ dataSheets }) => dataSheets) && { rights: rightsOf(grants) }),
  };
}

const rightsOf = (grants: readonly Grant[]): NonNullable<PermittedActor['rights']> =>
  grants
    .filter(({ role }) => rolePermissions[role].includes('observation.import'))
    .map(({ territoryPath, dataSheets }) => ({ path: territoryPath, dataSheets: dataSheets ?? null }));

/** Whoever holds the terminal and the connection to the database: nothing could be kept from them. */
export const operator: PermittedActor = {
  id: 'operator',
  name: 'Operator at the terminal',
  scope: [nation],
  permissions: new Map(permissions.map((permission) => [permission, [nation]])),
};

/**
 * The same person, narrowed to the territories where they hold the permission. Work done as the returned actor is
 * held to those territories by row security, so that a role in one county gives nothing in another. Whoever reads what
 * was published keeps the sight of everything where another role gives it.
 * @throws Forbidden
 */
export function requirePermission<A extends PermittedActor>(actor: A, permission: Permission): A {
  const paths = actor.permissions.get(permission) ?? [];
  if (paths.length === 0) throw new Forbidden(permission);
  // Rows of the own person are told by the person, not by a territory.
  if (permission === 'dividend.own') return { ...actor, scope: actor.permissions.get('owner.manage') ?? [] };
  if (permission !== 'disclosure.read') return { ...actor, scope: paths };
  return { ...actor, scope: actor.permissions.get('account.read') ?? [], publishedScope: paths };
}
