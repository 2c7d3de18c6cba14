/** What names the work on one account, and what narrows a list of such work. */
import { PeriodField, TerritoryField } from './field.decorator';
import { PageQuery } from './page.dto';
import { NormField } from './recorded-account.decorator';

export class AccountKey {
  @TerritoryField({ description: '地域代码 · territory', example: '520523' })
  territory: string;

  @PeriodField({ description: '核算期 · period', example: '2024' })
  period: string;

  @NormField()
  norm: string;
}

export class AccountsWithinQuery extends PageQuery {
  @TerritoryField({ description: '此地域及其下级 · this territory and all below it', optional: true })
  within?: string;

  @PeriodField({ description: '核算期 · period', optional: true })
  period?: string;

  @NormField({ optional: true })
  norm?: string;
}
