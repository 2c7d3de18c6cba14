/** What the audit trail refuses to its readers. */
import { DomainError } from '@gep/kernel';

/** Rows are shown by territory, but only whoever sees all of them can follow the chain from one to the next. */
export class ChainIsNational extends DomainError {
  readonly code = 'audit.national-only';
  readonly kind = 'forbidden';
  constructor() {
    super({
      zh: '审计记录是全国一条链，核对整条链需要全国的 auditor 或 admin 角色；您的地域内的记录可用 /api/v1/audit 查看',
      en: 'the audit trail is one chain for the whole nation, and checking it takes the role auditor or admin of the nation; /api/v1/audit shows the rows of your territories',
    });
  }
}
