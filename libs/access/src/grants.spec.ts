/** What grants give, together and one by one. */
import fc from 'fast-check';
import { mayManage } from './administration';
import { Forbidden } from './errors';
import { Grant, lieWithin, operator, outermost, permittedActor, PermittedActor, requirePermission } from './grants';
import { Permission, permissions, Role, rolePermissions, roles } from './roles';

const grant = (role: Role, territoryPath: string): Grant => ({
  role,
  territoryPath,
  territoryCode: territoryPath.split('.').at(-1)!.replaceAll('_', '-'),
});
/** True when the person may do the deed for the territory at `path`. */
const mayDo = (actor: PermittedActor, permission: Permission, path: string) =>
  lieWithin(path, actor.permissions.get(permission) ?? []);
const jinsha = 'CN.520000.520500.520523';
const dafang = 'CN.520000.520500.520521';

it('a role in one county gives nothing in another', () => {
  const actor = permittedActor('1', 'A', [grant('accountant', jinsha), grant('viewer', dafang)]);
  expect(actor.scope).toEqual([dafang, jinsha]);
  expect(requirePermission(actor, 'account.read').scope).toEqual([dafang, jinsha]);
  expect(requirePermission(actor, 'observation.import').scope).toEqual([jinsha]);
  expect(mayDo(actor, 'observation.import', dafang)).toBe(false);
  expect(mayDo(actor, 'observation.import', `${jinsha}.520523_jinsha_mine`)).toBe(true);
  expect(() => requirePermission(actor, 'user.manage')).toThrow(Forbidden);
});

it('the public reads what was published, and everything only where another role says so', () => {
  const province = 'CN.520000';
  const actor = permittedActor('1', 'A', [grant('public-reader', province), grant('viewer', jinsha)]);
  expect(actor.scope).toEqual([jinsha]);
  expect(requirePermission(actor, 'disclosure.read')).toMatchObject({ scope: [jinsha], publishedScope: [province] });
  expect(requirePermission(actor, 'account.read')).not.toHaveProperty('publishedScope');
  const reader = permittedActor('2', 'B', [grant('public-reader', province)]);
  expect(requirePermission(reader, 'disclosure.read')).toMatchObject({ scope: [], publishedScope: [province] });
  expect(() => requirePermission(reader, 'account.read')).toThrow(Forbidden);
});

it('a role for data sheets sends those, and has no other deed', () => {
  const water = { ...grant('accountant', jinsha), dataSheets: ['soilAndWater'] };
  const actor = permittedActor('1', 'A', [water, grant('accountant', dafang)]);
  expect(requirePermission(actor, 'observation.import')).toMatchObject({
    scope: [dafang, jinsha],
    rights: [
      { path: jinsha, dataSheets: ['soilAndWater'] },
      { path: dafang, dataSheets: null },
    ],
  });
  expect(requirePermission(actor, 'account.compute').scope).toEqual([dafang]);
  expect(permittedActor('2', 'B', [grant('accountant', jinsha)])).not.toHaveProperty('rights');
  expect(() => requirePermission(permittedActor('3', 'C', [water]), 'account.compute')).toThrow(Forbidden);
});

it('what is national takes a grant for the nation', () => {
  const county = permittedActor('1', 'A', [grant('admin', jinsha)]);
  expect(() => requirePermission(county, 'norm.publish')).toThrow(Forbidden);
  expect(() => requirePermission(county, 'territory.import')).toThrow(Forbidden);
  const national = permittedActor('2', 'B', [grant('admin', 'CN')]);
  expect(requirePermission(national, 'norm.publish').scope).toEqual(['CN']);
});

it('a step of a review holds for the subtree of its grant and nowhere else', () => {
  const prefecture = 'CN.520000.520500';
  const actor = permittedActor('1', 'A', [grant('checker', jinsha), grant('approver', prefecture)]);
  expect(requirePermission(actor, 'account.check').scope).toEqual([jinsha]);
  expect(requirePermission(actor, 'account.approve').scope).toEqual([prefecture]);
  expect(mayDo(actor, 'account.approve', dafang)).toBe(true);
  expect(mayDo(actor, 'account.check', dafang)).toBe(false);
  expect(mayDo(actor, 'account.check', prefecture)).toBe(false);
  expect(() => requirePermission(actor, 'account.publish')).toThrow(Forbidden);
});

it('nobody without a grant may do or see anything; the operator may do all', () => {
  const nobody = permittedActor('1', 'A', []);
  expect(nobody.scope).toEqual([]);
  for (const permission of permissions) {
    expect(() => requirePermission(nobody, permission)).toThrow(Forbidden);
    expect(requirePermission(operator, permission).scope).toEqual(['CN']);
  }
});

const stepsOfReview: readonly Permission[] = [
  'account.compute',
  'account.check',
  'account.review',
  'account.approve',
  'account.publish',
];

it('whoever computes does not review, no role has two steps of a review, and the auditor changes nothing', () => {
  for (const role of roles) {
    const held = rolePermissions[role];
    expect(held.filter((permission) => stepsOfReview.includes(permission)).length).toBeLessThanOrEqual(1);
    const least: Partial<Record<Role, Permission>> = {
      ...{ 'public-reader': 'disclosure.read', owner: 'dividend.own', 'data-department': 'evaluation.supply' },
      // Credit is about persons: its roles see no accounts, and the others no credit.
      ...{ 'credit-reporter': 'credit.report', 'credit-checker': 'credit.check', 'credit-officer': 'credit.manage' },
      ...{ 'credit-approver': 'credit.approve', 'credit-user': 'credit.query', 'credit-subject': 'credit.own' },
    };
    expect(held).toContain(least[role] ?? 'account.read');
    expect(held.some((one) => one.startsWith('credit.'))).toBe(role.startsWith('credit-'));
  }
  for (const step of stepsOfReview) expect(roles.some((role) => rolePermissions[role].includes(step))).toBe(true);
  const judging = stepsOfReview
    .slice(1)
    .flatMap((step) => roles.filter((role) => rolePermissions[role].includes(step)));
  expect(judging).toEqual(['checker', 'reviewer', 'approver', 'publisher']);
  for (const role of judging) expect(rolePermissions[role]).not.toContain('observation.import');
  expect(rolePermissions.auditor.every((permission) => permission.endsWith('.read'))).toBe(true);
  expect(new Set(roles.flatMap((role) => rolePermissions[role]))).toEqual(new Set(permissions));
});

it('no role has two hands in one payment, and an owner sees no territory', () => {
  const hands: Permission[] = ['settlement.prepare', 'settlement.confirm', 'settlement.approve', 'settlement.pay'];
  for (const role of roles)
    expect(rolePermissions[role].filter((permission) => hands.includes(permission)).length).toBeLessThanOrEqual(1);
  for (const hand of hands) expect(roles.some((role) => rolePermissions[role].includes(hand))).toBe(true);
  const owner = permittedActor('1', 'A', [grant('owner', jinsha)]);
  expect(owner.scope).toEqual([]);
  expect(requirePermission(owner, 'dividend.own').scope).toEqual([]);
});

it('an administrator manages people all of whose grants are below', () => {
  const actor = permittedActor('1', 'A', [grant('admin', 'CN.520000.520500'), grant('viewer', 'CN')]);
  expect(mayManage(actor, [grant('viewer', jinsha), grant('admin', dafang)])).toBe(true);
  expect(mayManage(actor, [grant('viewer', jinsha), grant('viewer', 'CN.530000')])).toBe(false);
  expect(mayManage(actor, [grant('viewer', 'CN')])).toBe(false);
  expect(mayManage(actor, [])).toBe(false);
  expect(mayManage(permittedActor('2', 'B', [grant('admin', 'CN')]), [])).toBe(true);
});

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const anyPath = fc
  .array(fc.constantFrom('1', '12', '2'), { maxLength: 4 })
  .map((labels) => ['CN', ...labels].join('.'));

it(`the outermost paths hold exactly what all paths hold (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(anyPath), anyPath, (paths, probe) => {
      const kept = outermost(paths);
      expect(lieWithin(probe, kept)).toBe(lieWithin(probe, paths));
      for (const path of kept)
        expect(
          lieWithin(
            path,
            kept.filter((other) => other !== path),
          ),
        ).toBe(false);
    }),
    { seed, verbose: 1 },
  );
});

it(`grants never give more together than one by one (seed ${seed})`, () => {
  const anyGrant = fc
    .record({ role: fc.constantFrom(...roles), territoryPath: anyPath })
    .map(({ role, territoryPath }) => grant(role, territoryPath));
  fc.assert(
    fc.property(
      fc.array(anyGrant, { maxLength: 6 }),
      anyPath,
      fc.constantFrom(...permissions),
      (grants, path, permission) => {
        const together = mayDo(permittedActor('1', 'A', grants), permission, path);
        const singly = grants.some((one) => mayDo(permittedActor('1', 'A', [one]), permission, path));
        expect(together).toBe(singly);
      },
    ),
    { seed, verbose: 1 },
  );
});
