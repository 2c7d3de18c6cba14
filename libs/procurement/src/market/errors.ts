/** What market purchases refuse, and how to mend it. */
import { DomainError, type Bilingual } from '@gep/kernel';

/** The purchase, or a receipt for it, is not as it has to be. */
export class MarketPurchaseRefused extends DomainError {
  readonly code = 'procurement.market-purchase-refused';
  readonly kind = 'invalid';
  constructor(purchase: string, problems: readonly Bilingual[]) {
    const said = (language: 'zh' | 'en') => problems.map((problem) => problem[language]).join('; ');
    super(
      { zh: `市场化购买“${purchase}”：${said('zh')}`, en: `market purchase "${purchase}": ${said('en')}` },
      { purchase, problems },
    );
  }
}

/** No such purchase, or none that the actor may see. */
export class MarketPurchaseMissing extends DomainError {
  readonly code = 'procurement.market-purchase-missing';
  readonly kind = 'missing';
  constructor(purchase: string) {
    super(
      {
        zh: `没有市场化购买“${purchase}”，或它不在您的地域内；请核对代码（gep market-purchase list · GET /api/v1/market-purchases）`,
        en: `there is no market purchase "${purchase}", or none in your territories; check the code (gep market-purchase list · GET /api/v1/market-purchases)`,
      },
      { purchase },
    );
  }
}
