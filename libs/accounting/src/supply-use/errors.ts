/** What supply-and-use tables refuse, and how to mend it. */
import { DomainError } from '@gep/kernel';

/** A flow across the boundary names a service, item or unit that the account does not have. */
export class TradeUnknown extends DomainError {
  readonly code = 'accounting.trade-unknown';
  readonly kind = 'invalid';
  constructor(service: string, item: string | null, known: readonly string[]) {
    const named = item === null ? service : `${service} / ${item}`;
    super(
      {
        zh: `账户没有服务“${named}”；进出口只能写账户已有的服务：${known.join('、')}`,
        en: `the account has no service "${named}"; imports and exports can be given for ${known.join(', ')}`,
      },
      { service, item },
    );
  }
}

/** More leaves than there is. */
export class ExportsExceedSupply extends DomainError {
  readonly code = 'accounting.exports-exceed';
  readonly kind = 'invalid';
  constructor(service: string, supply: string, exports: string, unit: string) {
    super(
      {
        zh: `服务“${service}”的出口 ${exports} ${unit} 超过供给与进口之和 ${supply} ${unit}；请核对出口量`,
        en: `service "${service}": exports of ${exports} ${unit} are more than supply and imports of ${supply} ${unit}; check the exports`,
      },
      { service, supply, exports, unit },
    );
  }
}

/** Nothing tells what an imported or exported quantity is worth. */
export class TradeValueNeeded extends DomainError {
  readonly code = 'accounting.trade-value';
  readonly kind = 'missing';
  constructor(service: string) {
    super(
      {
        zh: `服务“${service}”在账户中的量为 0，无法按其均价计算进出口的价值；请写明 value`,
        en: `the account has no quantity of "${service}" whose average price could value its imports or exports; state their value`,
      },
      { service },
    );
  }
}
