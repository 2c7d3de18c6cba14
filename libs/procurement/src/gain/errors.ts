/** What the register of sold gains refuses, and how to mend it. */
import { DomainError, type Bilingual } from '@gep/kernel';

/** The credit was retired already, or the row is not as it has to be. */
export class SoldGainRefused extends DomainError {
  readonly code = 'procurement.sold-gain-refused';
  readonly kind = 'conflict';
  constructor(credit: string, reason: Bilingual) {
    super(
      {
        zh: `已售增益“${credit}”未登记：${reason.zh}。查看：gep company gains · GET /api/v1/companies/gains`,
        en: `the sold gain "${credit}" is not recorded: ${reason.en}. See gep company gains · GET /api/v1/companies/gains`,
      },
      { credit },
    );
  }
}
