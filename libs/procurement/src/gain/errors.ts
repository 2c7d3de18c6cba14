/** What the register of sold gains refuses, and how to mend it. */
import { DomainError, type Bilingual } from '@gep/kernel';

/** The credit was retired already, or the row is not as it has to be. */
export class SoldGainRefused extends DomainError {
  readonly code = 'procurement.sold-gain-refused';
  readonly kind = 'conflict';
  constructor(credit: string, reason: Bilingual) {
    super(
      {
        zh: `已售增益“${credit}”未登记：${reason.zh}。查看：gep company gains · GET /api/v1/sold-gains`,
        en: `the sold gain "${credit}" is not recorded: ${reason.en}. See gep company gains · GET /api/v1/sold-gains`,
      },
      { credit },
    );
  }
}

/** There is no such row, or none that the actor may see. */
export class SoldGainMissing extends DomainError {
  readonly code = 'procurement.sold-gain-missing';
  readonly kind = 'missing';
  constructor(id: string) {
    super(
      {
        zh: `没有已售增益 ${id}，或它不在您的地域内；请核对编号（gep company gains · GET /api/v1/sold-gains）`,
        en: `there is no sold gain ${id}, or none in your territories; check the id (gep company gains · GET /api/v1/sold-gains)`,
      },
      { id },
    );
  }
}
