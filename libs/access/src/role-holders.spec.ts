/** Roles are found by what they hold. */
import { roleAdvice, rolesWith, withRoles } from './role-holders';
import { permissions } from './roles';

it('names the roles that hold a permission, and says so where none does', () => {
  expect(rolesWith('settlement.approve')).toEqual(['fund-approver']);
  expect(rolesWith('appeal.decide')).toEqual(expect.arrayContaining(['fund-checker', 'credit-approver']));
  expect(roleAdvice('settlement.pay').en).toMatch(/^roles with it: cashier;/);
  expect(roleAdvice('settlement.dream').zh).toContain('没有角色');
});

it('leaves no permission without a role', () => {
  expect(permissions.filter((permission) => rolesWith(permission).length === 0)).toEqual([]);
});

it('adds them to a refusal that names a permission alone', () => {
  const refusal = {
    text: { zh: '需要权限', en: 'needs it' },
    code: 'procedure.not-yours',
    facts: { permission: 'settlement.pay' },
  };
  expect(withRoles(refusal).en).toMatch(/^needs it \(roles with it: cashier;/);
  expect(withRoles({ ...refusal, code: 'procedure.not-now' })).toBe(refusal.text);
});
