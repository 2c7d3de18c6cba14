/** What the publication of accounts refuses. */
import { DomainError } from '@gep/kernel';

/** Not there and not the reader's are one answer. */
export class DisclosureMissing extends DomainError {
  readonly code = 'accounting.disclosure-missing';
  readonly kind = 'missing';
  constructor(id: string) {
    super(
      {
        zh: `没有编号为 ${id} 的披露；请在披露列表中核对编号`,
        en: `there is no disclosure ${id}; check the id in the list of disclosures`,
      },
      { disclosure: id },
    );
  }
}
