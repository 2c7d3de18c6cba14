/** Front door of the access subject. */
export { type AccessClaims } from './access-claims';
export { AccessModule } from './access.module';
export { AccessService, type Credentials, type SignedIn, type SignedInActor } from './access.service';
export { type UserAccount } from './administration';
export {
  AdministratorExists,
  Forbidden,
  GrantInvalid,
  GrantMissing,
  LastAdministrator,
  LoginInvalid,
  LoginRefused,
  LoginTaken,
  NameInvalid,
  OutsideOwnTerritory,
  PasswordWeak,
  SetupLinkRefused,
  TokenRefused,
  TooManyAttempts,
  UserMissing,
} from './errors';
export { mayDo, operator, permittedActor, requirePermission, type Grant, type PermittedActor } from './grants';
export { isRole, permissions, rolePermissions, roles, type Permission, type Role } from './roles';
export { SetupLinkService, type LinkAnswer, type LinkPurpose } from './setup-link.service';
export { UserService, type GrantRequest, type IssuedLink, type NewUser, type UserWithGrants } from './user.service';
