/** Front door of the access subject. */
export * from './errors';
export { mayDo, permittedActor, requirePermission, type Grant, type PermittedActor } from './grants';
export { isRole, permissions, rolePermissions, roles, type Permission, type Role } from './roles';
