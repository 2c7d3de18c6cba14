/** What the access subject refuses. Messages never tell whether a login exists. */
import { DomainError } from '@gep/kernel';
import { roleAdvice, rolesWith } from './role-holders';
import { roles, type Permission } from './roles';

/** Wrong login or password, an account that may not be used, or no password set yet: one and the same answer. */
export class LoginRefused extends DomainError {
  readonly code = 'access.login-refused';
  readonly kind = 'unauthenticated';
  constructor() {
    super({
      zh: '登录名或密码不正确，或账号不可用；请核对后重试，或联系管理员',
      en: 'the login or the password is wrong, or the account may not be used; check both, or ask an administrator',
    });
  }
}

/** The access or refresh token is not valid (any more). */
export class TokenRefused extends DomainError {
  readonly code = 'access.token-refused';
  readonly kind = 'unauthenticated';
  constructor() {
    super({ zh: '登录已失效，请重新登录', en: 'the sign-in is not valid any more; sign in again' });
  }
}

export class TooManyAttempts extends DomainError {
  readonly code = 'access.too-many-attempts';
  readonly kind = 'too-much';
  /** @param retrySeconds whole seconds until the next attempt is weighed */
  constructor(readonly retrySeconds: number) {
    super(
      {
        zh: `尝试次数过多，请在 ${retrySeconds} 秒后再试；忘记密码的，请管理员给出一次性链接（POST /api/v1/users/{login}/link），设定新密码后即可登录`,
        en: `too many attempts; try again in ${retrySeconds} seconds. Who has forgotten the password asks an administrator for a one-time link (POST /api/v1/users/{login}/link) and signs in with the new one at once`,
      },
      { retrySeconds },
    );
  }
}

export class Forbidden extends DomainError {
  readonly code = 'access.forbidden';
  readonly kind = 'forbidden';
  constructor(permission: Permission) {
    super(
      {
        zh: `您没有此操作所需的权限（${permission}）；${roleAdvice(permission).zh}`,
        en: `this needs the permission ${permission}, which you do not have; ${roleAdvice(permission).en}`,
      },
      { permission, roles: rolesWith(permission) },
    );
  }
}

/** A grant, a user or a link outside the territories that the administrator manages. */
export class OutsideOwnTerritory extends DomainError {
  readonly code = 'access.outside-own-territory';
  readonly kind = 'forbidden';
  constructor(subject: string) {
    super(
      {
        zh: `“${subject}”超出您管理的地域范围；请由上级管理员办理`,
        en: `"${subject}" lies outside the territories that you manage; ask an administrator above you`,
      },
      { subject },
    );
  }
}

export class LoginTaken extends DomainError {
  readonly code = 'access.login-taken';
  readonly kind = 'conflict';
  constructor(login: string) {
    super({ zh: `登录名“${login}”已被使用；请换一个`, en: `the login "${login}" is taken; choose another` }, { login });
  }
}

export class LoginInvalid extends DomainError {
  readonly code = 'access.login-invalid';
  readonly kind = 'invalid';
  constructor(login: string) {
    super(
      {
        zh: `登录名“${login}”不可用；请用 3–64 个小写字母、数字或 . _ - @，以字母或数字开头`,
        en: `the login "${login}" cannot be used; take 3 to 64 letters, digits or . _ - @, beginning with a letter or digit`,
      },
      { login },
    );
  }
}

export class NameInvalid extends DomainError {
  readonly code = 'access.name-invalid';
  readonly kind = 'invalid';
  constructor() {
    super({
      zh: '姓名应为 1–100 字，不含控制字符',
      en: 'the name must have 1 to 100 characters and no control characters',
    });
  }
}

export class PasswordWeak extends DomainError {
  readonly code = 'access.password-weak';
  readonly kind = 'invalid';
  constructor(reasons: readonly { readonly zh: string; readonly en: string }[]) {
    super(
      {
        zh: `密码不可用：${reasons.map((reason) => reason.zh).join('；')}`,
        en: `the password cannot be used: ${reasons.map((reason) => reason.en).join('; ')}`,
      },
      { reasons },
    );
  }
}

export class UserMissing extends DomainError {
  readonly code = 'access.user-missing';
  readonly kind = 'missing';
  constructor(login: string) {
    super(
      {
        zh: `没有登录名为“${login}”的用户；请核对登录名`,
        en: `there is no user with the login "${login}"; check the login`,
      },
      { login },
    );
  }
}

export class GrantInvalid extends DomainError {
  readonly code = 'access.grant-invalid';
  readonly kind = 'invalid';
  constructor(role: string, territory: string) {
    super(
      {
        zh: `无法授予“${role}”于“${territory}”；角色应为 ${roles.join('、')} 之一，地域须已登记`,
        en: `"${role}" cannot be granted for "${territory}"; the role is one of ${roles.join(', ')}, and the territory must exist`,
      },
      { role, territory },
    );
  }
}

export class SheetsInvalid extends DomainError {
  readonly code = 'access.sheets-invalid';
  readonly kind = 'invalid';
  constructor(role: string, dataSheets: readonly string[]) {
    super(
      {
        zh: `不能把角色“${role}”限于数据表 ${dataSheets.join('、') || '（空）'}；只有 accountant 可以限于 1 到 50 张数据表，代码见 gep review sheets 或 GET /api/v1/sheets`,
        en: `the role "${role}" cannot be limited to the data sheets ${dataSheets.join(', ') || '(none)'}; only accountant can, to 1 to 50 of them, by the codes of gep review sheets or GET /api/v1/sheets`,
      },
      { role, dataSheets },
    );
  }
}

/** The same role for the same territory is held already, for other data sheets or for all. */
export class GrantDiffers extends DomainError {
  readonly code = 'access.grant-differs';
  readonly kind = 'conflict';
  constructor(login: string, role: string, territory: string, held: readonly string[] | undefined) {
    super(
      {
        zh: `“${login}”已有“${territory}”的“${role}”角色，范围为：${held?.join('、') ?? '全部数据'}；请先收回（gep user revoke，或 DELETE /api/v1/users/${login}/grants/${role}/${territory}）再授予`,
        en: `"${login}" holds the role ${role} for ${territory} already, for ${held?.join(', ') ?? 'all data'}; take it away first (gep user revoke, or DELETE /api/v1/users/${login}/grants/${role}/${territory}), then give it`,
      },
      { login, role, territory, dataSheets: held ?? null },
    );
  }
}

/** Nobody widens what they may do themselves: whoever runs the place must not come to judge figures unseen. */
export class OwnGrant extends DomainError {
  readonly code = 'access.own-grant';
  readonly kind = 'forbidden';
  constructor(login: string, role: string, territoryCode: string) {
    super(
      {
        zh: `不能给自己的账号“${login}”授予角色“${role}”（${territoryCode}）；请由另一位管理员授予（POST /api/v1/users/${login}/grants），或由服务器上的操作员执行 gep user grant，两者都会留痕`,
        en: `nobody gives a role to the own account: "${login}", "${role}" for ${territoryCode}; another administrator does it (POST /api/v1/users/${login}/grants), or the operator at the server by gep user grant, and either leaves its row in the trail`,
      },
      { login, role, territory: territoryCode },
    );
  }
}

export class GrantMissing extends DomainError {
  readonly code = 'access.grant-missing';
  readonly kind = 'missing';
  constructor(login: string, role: string, territory: string) {
    super(
      {
        zh: `“${login}”没有“${territory}”的“${role}”角色；请先查看其授权`,
        en: `"${login}" does not have the role ${role} for ${territory}; look at the grants first`,
      },
      { login, role, territory },
    );
  }
}

/** Somebody must stay who can let others in. */
export class LastAdministrator extends DomainError {
  readonly code = 'access.last-administrator';
  readonly kind = 'conflict';
  constructor() {
    super({
      zh: '这是最后一位全国管理员，不能停用或撤销；请先授予另一人',
      en: 'this is the last administrator of the nation and must stay; grant the role to somebody else first',
    });
  }
}

export class AdministratorExists extends DomainError {
  readonly code = 'access.administrator-exists';
  readonly kind = 'conflict';
  constructor() {
    super({
      zh: '已有管理员，首位管理员链接不再有效；请由管理员添加用户',
      en: 'there is an administrator already, so no first-administrator link is valid; let the administrator add users',
    });
  }
}

/** Unknown, used or expired: not told apart. */
export class SetupLinkRefused extends DomainError {
  readonly code = 'access.setup-link-refused';
  readonly kind = 'unauthenticated';
  constructor() {
    super({
      zh: '链接无效、已使用或已过期；请索取新的链接',
      en: 'the link is not valid, was used or has expired; ask for a new one',
    });
  }
}
