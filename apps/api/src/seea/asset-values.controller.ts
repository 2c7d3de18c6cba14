/** What the ecosystems of recorded accounts are worth as assets, and what changed it. */
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  assetAssumptions,
  assetInputOf,
  type ChangeDirection,
  computeAssetAccount,
  type DiscountTiming,
  getAccount,
  plain,
  withLines,
} from '@gep/accounting';
import { Fraction } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Problems } from '../problem/problems.decorator';
import { momentOf } from '../request/meant-account';
import { AssetValueBody, AssetValueQuery } from './asset-values.dto';

/** Lines × years that are valued while others wait; a second at most. */
const mostLinesAndYears = 30_000;

@ApiTags('seea')
@Controller('api/v1/asset-value')
export class AssetValuesController {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly rulebook: RulebookService,
  ) {}

  @Get()
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getAssetValue',
    summary:
      '生态系统货币资产账户：净现值、各项变化与敏感性 · monetary asset account: net present value, entries, sensitivity',
  })
  @ApiOkResponse({ type: AssetValueBody })
  @Problems(404, 409, 422)
  async assetValue(@Query() query: AssetValueQuery, @Acting() actor: Actor): Promise<AssetValueBody> {
    const { territory, before, after, norm: id, asOf, published, rate, timing = 'end', horizon = 100 } = query;
    const { accounts, norm } = await this.snapshots.read(actor, async (tx) => {
      const account = { territory, norm: { id }, asOf: momentOf(asOf), published };
      const records = [await getAccount(tx, { ...account, period: before })];
      if (after !== undefined) records.push(await getAccount(tx, { ...account, period: after }));
      const { edition } = records[records.length - 1].norm;
      return { accounts: await withLines(tx, records), norm: await this.rulebook.getNorm(tx, id, edition) };
    });
    const outlook = {
      ...{ rate: Fraction.parse(rate)!, timing: timing as DiscountTiming, horizon, most: mostLinesAndYears },
      condition: directionsOf<ChangeDirection>(query.condition),
      demand: directionsOf<'up' | 'down'>(query.demand),
    };
    const [opening, closing] = accounts;
    const account = computeAssetAccount(assetInputOf(opening, closing, assetAssumptions(outlook, norm)));
    const ids = { before: opening.id, after: closing?.id ?? null };
    const { title, currency, horizon: years, terms, split, assets, total, sensitivity } = account;
    const shown = {
      ...{ title, currency, horizon: years, discount: { rate: outlook.rate, timing: outlook.timing }, terms, split },
      services: account.services.map(({ effects: _, ...service }) => service),
      ...{ assets, total, sensitivity },
    };
    return { ...plain(shown), accounts: ids };
  }
}

/** `code=direction`, comma-separated. */
function directionsOf<T extends string>(text: string | undefined): ReadonlyMap<string, T> {
  return new Map((text?.split(',') ?? []).map((one) => one.split('=') as [string, T]));
}
