/** The book for its readers: balances at any day and moment, the journal, and whether its invariants hold. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type AccountWithBalance,
  availableFen,
  balancesAt,
  LedgerMissing,
  listAccounts,
  listVouchers,
  type VoucherRecord,
} from '@gep/ledger';
import type { Actor } from '@gep/platform';
import { codesOfPath, getTerritory } from '@gep/territory';
import { Acting, Permit, Public } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { Problems } from '../problem/problems.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { defaultPageSize } from '../request/page.dto';
import { BookReports } from './book-reports.service';
import {
  BalanceBody,
  BalancePageBody,
  BalancesQuery,
  InvariantsBody,
  JournalQuery,
  VoucherBody,
  VoucherPageBody,
  VoucherPath,
} from './ledger.dto';

@ApiTags('ledger')
@Controller('api/v1/ledger')
export class LedgerController {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly today: Today,
    private readonly reports: BookReports,
  ) {}

  @Get('balances')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listBalances',
    summary: '您的地域内的科目及余额 · accounts of the book in your territories, with their balances',
  })
  @ApiOkResponse({ type: BalancePageBody })
  @Problems(404, 422)
  async balances(@Query() query: BalancesQuery, @Acting() actor: Actor): Promise<BalancePageBody> {
    const { limit = defaultPageSize, code, on: effectiveThrough, known: knownAt } = query;
    const after = readCursor(query.cursor, 2) as [string, string] | undefined;
    if (after && !/^[A-Za-z0-9_.]{1,2000}$/.test(after[0])) throw cursorRefused();
    return this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, this.today.date())).path;
      const accounts = await listAccounts(tx, { code, within, after, limit: limit + 1 });
      const ids = accounts.map(({ account }) => account.id);
      const past = effectiveThrough !== undefined || knownAt !== undefined;
      const then = past ? await balancesAt(tx, ids, { effectiveThrough, knownAt }) : undefined;
      return pageOf(
        accounts,
        limit,
        ({ account }) => [account.territoryPath, account.code],
        (state) => balanceBody(state, then && (then.get(state.account.id) ?? 0n)),
      );
    });
  }

  @Get('vouchers')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listVouchers', summary: '凭证，日期新的在前 · the journal, the latest day first' })
  @ApiOkResponse({ type: VoucherPageBody })
  @Problems(404, 422)
  async journal(@Query() query: JournalQuery, @Acting() actor: Actor): Promise<VoucherPageBody> {
    const { limit = defaultPageSize, key: businessKey, kind, account: accountId, from, until } = query;
    const before = placeOf(query.cursor);
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, this.today.date())).path;
      return listVouchers(tx, { businessKey, kind, accountId, from, until, within, before, limit: limit + 1 });
    });
    return pageOf(rows, limit, ({ effectiveDate, id }) => [effectiveDate, id], voucherBody);
  }

  @Get('vouchers/:id')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getVoucher', summary: '一张凭证及其分录 · one voucher with its postings' })
  @ApiOkResponse({ type: VoucherBody })
  @Problems(404, 422)
  async voucher(@Param() { id }: VoucherPath, @Acting() actor: Actor): Promise<VoucherBody> {
    const [found] = await this.snapshots.read(actor, (tx) => listVouchers(tx, { ids: [id] }));
    if (!found) throw new LedgerMissing({ zh: '凭证', en: 'voucher' }, id);
    return voucherBody(found);
  }

  @Get('invariants')
  @Public()
  @ApiOperation({
    operationId: 'getInvariants',
    summary: '整本账簿的不变式是否成立，只给数目 · whether the invariants of the whole book hold, in counts alone',
  })
  @ApiOkResponse({ type: InvariantsBody })
  @Problems(429, 503)
  async invariants(): Promise<InvariantsBody> {
    const { at, head, results, followed, followedSince } = await this.reports.latest();
    return {
      ...{ at: at.toISOString(), head, followed, followedSince: followedSince?.toISOString() ?? null },
      items: results.map(({ name, says, holds, found }) => ({ name, says, holds, found: found.length })),
    };
  }
}

function balanceBody({ account, balance }: AccountWithBalance, then: bigint | undefined): BalanceBody {
  const { id, code, nameZh, nameEn, signRule, territoryPath, unit = 'fen' } = account;
  const available = availableFen(signRule, balance);
  return {
    ...{ id, code, nameZh, nameEn, signRule, unit, territory: codesOfPath(territoryPath).at(-1)! },
    postedFen: (then ?? balance.postedFen).toString(),
    reservedFen: then === undefined ? balance.reservedFen.toString() : null,
    availableFen: then === undefined && available !== undefined ? available.toString() : null,
  };
}

function voucherBody({ territoryPath, postings, recordedAt, ...voucher }: VoucherRecord): VoucherBody {
  return {
    ...voucher,
    territory: codesOfPath(territoryPath).at(-1)!,
    recordedAt: recordedAt.toISOString(),
    postings: postings.map(({ amountFen, basis, territoryPath: path, ...posting }) => ({
      ...posting,
      ...basis,
      amountFen: amountFen.toString(),
      territory: codesOfPath(path).at(-1)!,
    })),
  };
}

/** The cursor names day and id of the last voucher of the page before. */
function placeOf(cursor: string | undefined): [string, string] | undefined {
  const place = readCursor(cursor, 2);
  if (place === undefined) return undefined;
  const [day, id] = place;
  if (/^\d{4}-\d\d-\d\d$/.test(day) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return [day, id];
  throw cursorRefused();
}
