/** Front door of the access subject. */
export { type AccessClaims } from './access-claims';
export { AccessModule } from './access.module';
export { AccessService, type Credentials, type SignedIn, type SignedInActor } from './access.service';
export { type GrantRequest, type UserAccount, type UserWithGrants } from './administration';
export {
  AdministratorExists,
  Forbidden,
  GrantDiffers,
  GrantInvalid,
  GrantMissing,
  LastAdministrator,
  LoginRefused,
  LoginTaken,
  OutsideOwnTerritory,
  OwnGrant,
  PasswordWeak,
  SetupLinkRefused,
  SheetsInvalid,
  TokenRefused,
  TooManyAttempts,
  UserMissing,
} from './errors';
export { operator, permittedActor, requirePermission, type Grant, type PermittedActor } from './grants';
export { namesOfUsers } from './access.store';
export { getHolder } from './managed-user.store';
export { RequestCounts } from './request-counts.service';
export { rolesWith, withRoles } from './role-holders';
export { permissions, rolePermissions, roles, type Permission, type Role } from './roles';
export { SetupLinkService, type LinkAnswer, type LinkPurpose } from './setup-link.service';
export { type IssuedLink } from './password-links.service';
export { UserService, type ManagedUser, type NewUser, type Replayed } from './user.service';
