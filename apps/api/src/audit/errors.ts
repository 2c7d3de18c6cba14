/** What the audit trail refuses to its readers. */
import { DomainError } from '@gep/kernel';

/** The trail is one chain for the whole nation, so a part of it cannot be shown to a part of the nation. */
export class TrailIsNational extends DomainError {
  readonly code = 'audit.national-only';
  readonly kind = 'forbidden';
  constructor() {
    super({
      zh: '审计记录是全国一条链，不能按地域拆开；需要全国的 auditor 或 admin 角色',
      en: 'the audit trail is one chain for the whole nation and is not shown in parts; it takes the role auditor or admin of the nation',
    });
  }
}
