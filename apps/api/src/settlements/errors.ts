/** What the settlements of the API refuse. */
import { DomainError } from '@gep/kernel';

/** There is no input, or there are two. */
export class SettlementInputNeeded extends DomainError {
  readonly code = 'settlement.input-needed';
  readonly kind = 'invalid';
  constructor(settlement: string) {
    super(
      {
        zh: `结算“${settlement}”须有且只有一种输入：table（表格）或 accounts（已公布的核算）`,
        en: `settlement "${settlement}" needs one input and no more: "table", or "accounts" that were published`,
      },
      { settlement },
    );
  }
}
