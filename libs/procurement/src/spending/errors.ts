/** What the tracking of money refuses, and how to mend it. */
import { DomainError, type Bilingual } from '@gep/kernel';

/** A spending, statement or measure that does not fit the contract, its money or its evidence. */
export class SpendingRefused extends DomainError {
  readonly code = 'procurement.spending-refused';
  readonly kind = 'conflict';
  constructor(contract: string, reason: Bilingual) {
    super(
      {
        zh: `合同“${contract}”的资金使用未登记：${reason.zh}。查看：gep contract show ${contract} · GET /api/v1/contracts/${contract}`,
        en: `this use of the money of the contract "${contract}" is not recorded: ${reason.en}. See gep contract show ${contract} · GET /api/v1/contracts/${contract}`,
      },
      { contract },
    );
  }
}
