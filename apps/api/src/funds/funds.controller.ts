/** Special funds over HTTP: open one, add sources, take money in, and see what it holds and what it has left. */
import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  ageOf,
  type Fund,
  FundService,
  getFund,
  heldFen,
  type LedgerAnswer,
  listCarriedOver,
  listFunds,
  listGrants,
  listInTransit,
  listReservations,
  listSources,
  stateOf,
} from '@gep/ledger';
import type { Actor } from '@gep/platform';
import { codesOfPath, getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { getOwnPath } from '../access/own-territory.service';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import {
  CarriedOverListBody,
  FundBody,
  FundDetailBody,
  FundListQuery,
  FundPageBody,
  FundPath,
  HeldListBody,
  InTransitListBody,
  MadeBody,
  NewFundBody,
  NewSourceBody,
  FundReceiptBody,
  SurplusQuery,
} from './funds.dto';

const mostHeld = 1000;

@ApiTags('funds')
@Controller('api/v1/funds')
export class FundsController {
  constructor(
    private readonly funds: FundService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listFunds', summary: '您的地域内的专项资金 · special funds in your territories' })
  @ApiOkResponse({ type: FundPageBody })
  @Problems(404, 422)
  async list(@Query() query: FundListQuery, @Acting() actor: Actor): Promise<FundPageBody> {
    const { limit = defaultPageSize } = query;
    const after = readCursor(query.cursor, 2) as [string, string] | undefined;
    if (after && !/^[A-Za-z0-9_.]{1,2000}$/.test(after[0])) throw cursorRefused();
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, this.today.date())).path;
      return listFunds(tx, { within, after, limit: limit + 1 });
    });
    return pageOf(rows, limit, ({ territoryPath, code }) => [territoryPath, code], fundBody);
  }

  @Get('surplus')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listSurplus',
    summary:
      '结转与结余：何时成为结余、应上缴多少 · money carried over, when it becomes surplus, and what has to go back',
  })
  @ApiOkResponse({ type: CarriedOverListBody })
  @Problems(404, 422)
  async surplus(@Query() query: SurplusQuery, @Acting() actor: Actor): Promise<CarriedOverListBody> {
    const { year = this.year() } = query;
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, this.today.date())).path;
      return listCarriedOver(tx, year, { within });
    });
    return {
      items: rows.map(({ territoryPath, ...row }) => ({
        ...wire(row),
        territory: codesOfPath(territoryPath).at(-1)!,
        age: ageOf(row.budgetYear, year),
        surplusFrom: `${row.budgetYear + 2}-01-01`,
      })),
    };
  }

  @Get('in-transit')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listInTransit',
    summary:
      '已付给下级资金而对方尚未登记到账的款项（您的地域内两端可见者） · money paid to a fund and not received there, where you see both ends',
  })
  @ApiOkResponse({ type: InTransitListBody })
  async inTransit(@Acting() actor: Actor): Promise<InTransitListBody> {
    return { items: wire(await this.snapshots.read(actor, (tx) => listInTransit(tx))) };
  }

  @Post()
  @Permit('fund.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'openFund', summary: '设立专项资金 · open a special fund with its accounts' })
  @ApiCreatedResponse({ type: MadeBody })
  @Problems(404, 409, 413, 422)
  async open(
    @Body() { territory, ...draft }: NewFundBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MadeBody> {
    const path = await this.snapshots.read(actor, (tx) => getOwnPath(tx, actor, territory, this.today.date()));
    return made(await this.funds.openFund(actor, { ...draft, territoryPath: path }, key), response);
  }

  @Get(':id')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getFund',
    summary:
      '一项资金：各来源的已收、预留、已付、可用，与未足额的申请 · a fund, what its sources hold, and who went short',
  })
  @ApiOkResponse({ type: FundDetailBody })
  @Problems(404, 422)
  async get(@Param() { id }: FundPath, @Acting() actor: Actor): Promise<FundDetailBody> {
    return this.snapshots.read(actor, async (tx) => {
      const fund = await getFund(tx, id);
      const sources = await listSources(tx, id);
      const short = (await listGrants(tx, id)).filter(({ shortfallFen }) => shortfallFen > 0n);
      return {
        ...fundBody(fund),
        sources: sources.map(({ accountId: _, ...row }) => ({ ...wire(row), age: ageOf(row.budgetYear, this.year()) })),
        shortfalls: short.map(({ code, decisionKey, period, claimedFen, shortfallFen, queued }) =>
          wire({ code, decisionKey, period, claimedFen, shortfallFen, queued }),
        ),
      };
    });
  }

  @Get(':id/reservations')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listFundReservations',
    summary: '资金上未了结的预留 · what is held of a fund, for whom',
  })
  @ApiOkResponse({ type: HeldListBody })
  @Problems(404, 422)
  async held(@Param() { id }: FundPath, @Acting() actor: Actor): Promise<HeldListBody> {
    const rows = await this.snapshots.read(actor, async (tx) => {
      await getFund(tx, id);
      const accountIds = (await listSources(tx, id)).map(({ accountId }) => accountId);
      return listReservations(tx, { accountIds, open: true, limit: mostHeld });
    });
    return {
      items: rows.map((row) => ({
        ...wire({ id: row.id, businessKey: row.businessKey, party: row.party, amountFen: row.amountFen }),
        ...{ state: stateOf(row), heldFen: heldFen(row).toString(), expiresAt: row.expiresAt.toISOString() },
      })),
    };
  }

  @Post(':id/sources')
  @Permit('fund.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'addFundSource',
    summary: '增加资金来源（部门、用途、年度） · add a source with department, purposes and year',
  })
  @ApiCreatedResponse({ type: MadeBody })
  @Problems(404, 409, 413, 422)
  async addSource(
    @Param() { id: fundId }: FundPath,
    @Body() draft: NewSourceBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MadeBody> {
    return made(await this.funds.addSource(actor, { ...draft, fundId }, key), response);
  }

  @Post(':id/receipts')
  @Permit('fund.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'receiveMoney',
    summary: '资金到账；回答凭证编号 · money comes in; answers its voucher',
  })
  @ApiCreatedResponse({ type: MadeBody })
  @Problems(404, 409, 413, 422)
  async receive(
    @Param() { id: fundId }: FundPath,
    @Body() { amountFen, ...receipt }: FundReceiptBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MadeBody> {
    return made(await this.funds.receive(actor, { ...receipt, amountFen: BigInt(amountFen), fundId }, key), response);
  }

  private year(): number {
    return Number(this.today.date().slice(0, 4));
  }
}

function fundBody({ territoryPath, ...fund }: Fund): FundBody {
  return { ...fund, territory: codesOfPath(territoryPath).at(-1)! };
}

function made({ id, replayed }: LedgerAnswer, response: Response): MadeBody {
  if (replayed) response.setHeader(replayedHeader, 'true');
  return { id };
}
