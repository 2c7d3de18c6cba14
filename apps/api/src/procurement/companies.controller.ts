/** Companies that sell increments: the register, their rights to sell, and gains that are sold elsewhere. */
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  CompanyService,
  getCompany,
  listCompanies,
  listSaleRights,
  listSoldGains,
  SoldGainService,
  type Company,
  type SoldGain,
} from '@gep/procurement';
import type { Actor } from '@gep/platform';
import { codesOfPath, getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { Acting, Permit } from '../access/access.decorator';
import { getOwnPath } from '../access/own-territory.service';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import {
  CompanyPageBody,
  CompanyPath,
  CompanyVersionBody,
  CompanyWithRightsBody,
  MadeRowBody,
  NewCompanyBody,
  NewSaleRightBody,
  NewSoldGainBody,
  RightEndBody,
  SaleRightPath,
  SoldGainPageBody,
  SoldGainPath,
  WhyBody,
  WithinQuery,
} from './companies.dto';

@ApiTags('procurement')
@Controller('api/v1')
export class CompaniesController {
  constructor(
    private readonly companies: CompanyService,
    private readonly gains: SoldGainService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get('companies')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listCompanies', summary: '两山公司 · companies that sell increments' })
  @ApiOkResponse({ type: CompanyPageBody })
  @Problems(404, 422)
  async list(@Query() query: WithinQuery, @Acting() actor: Actor): Promise<CompanyPageBody> {
    const { limit = defaultPageSize } = query;
    const after = readCursor(query.cursor, 1)?.[0];
    const rows = await this.snapshots.read(actor, async (tx) =>
      listCompanies(tx, { within: await this.within(tx, query), after, limit: limit + 1 }),
    );
    return pageOf(rows, limit, ({ code }) => [code], companyBody);
  }

  @Post('companies')
  @Permit('procurement.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'recordCompany', summary: '登记公司 · record a company' })
  @ApiCreatedResponse({ type: MadeRowBody })
  @Problems(404, 409, 413, 422)
  async record(
    @Body() body: NewCompanyBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
  ): Promise<MadeRowBody> {
    await this.own(actor, body.territory);
    const { creditCode = null, documentDigest = null } = body;
    return this.companies.record(actor, { ...body, creditCode, documentDigest }, key);
  }

  @Get('companies/:code')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getCompany', summary: '一家公司及其出售权 · a company with its rights to sell' })
  @ApiOkResponse({ type: CompanyWithRightsBody })
  @Problems(404, 422)
  async get(@Param() { code }: CompanyPath, @Acting() actor: Actor): Promise<CompanyWithRightsBody> {
    return this.snapshots.read(actor, async (tx) => {
      const company = await getCompany(tx, code);
      const rights = await listSaleRights(tx, { companyId: company.id });
      return { ...companyBody(company), rights: wire(rights.map(({ placePath: _path, ...right }) => right)) };
    });
  }

  @Post('companies/:code/versions')
  @Permit('procurement.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'amendCompany', summary: '自某日起变更公司信息 · new particulars from a day on' })
  @ApiCreatedResponse({ type: MadeRowBody })
  @Problems(404, 409, 413, 422)
  async amend(
    @Param() { code: company }: CompanyPath,
    @Body() body: CompanyVersionBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
  ): Promise<MadeRowBody> {
    const { creditCode = null, documentDigest = null } = body;
    const { id } = await this.companies.amend(actor, { ...body, company, creditCode, documentDigest }, key);
    return { id };
  }

  @Post('companies/:code/rights')
  @Permit('procurement.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'grantSaleRight', summary: '登记出售权 · grant a right to sell' })
  @ApiCreatedResponse({ type: MadeRowBody })
  @Problems(404, 409, 413, 422)
  grant(
    @Param() { code: company }: CompanyPath,
    @Body() body: NewSaleRightBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
  ): Promise<MadeRowBody> {
    const { parcel = null, validTo = null, documentDigest = null } = body;
    return this.companies.grantRight(actor, { ...body, company, parcel, validTo, documentDigest }, key);
  }

  @Post('companies/:code/rights/:id/end')
  @Permit('procurement.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'endSaleRight', summary: '终止出售权 · end a right to sell' })
  @ApiOkResponse({ type: MadeRowBody })
  @Problems(404, 409, 413, 422)
  endRight(
    @Param() { code: company, id: rightId }: SaleRightPath,
    @Body() body: RightEndBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
  ): Promise<MadeRowBody> {
    return this.companies.endRight(actor, { ...body, company, rightId }, key);
  }

  @Get('sold-gains')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listSoldGains',
    summary: '已在别处出售的增益，采购时扣除 · gains sold elsewhere, which no contract buys again',
  })
  @ApiOkResponse({ type: SoldGainPageBody })
  @Problems(404, 422)
  async soldGains(@Query() query: WithinQuery, @Acting() actor: Actor): Promise<SoldGainPageBody> {
    const { limit = defaultPageSize } = query;
    const after = readCursor(query.cursor, 1)?.[0];
    if (after !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(after)) throw cursorRefused();
    const rows = await this.snapshots.read(actor, async (tx) =>
      listSoldGains(tx, { within: await this.within(tx, query), after, limit: limit + 1 }),
    );
    return pageOf(rows, limit, ({ id }) => [id], gainBody);
  }

  @Post('sold-gains')
  @Permit('procurement.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'recordSoldGain', summary: '登记已售增益（注销凭证） · record a gain as sold' })
  @ApiCreatedResponse({ type: MadeRowBody })
  @Problems(404, 409, 413, 422)
  async sell(
    @Body() body: NewSoldGainBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
  ): Promise<MadeRowBody> {
    await this.own(actor, body.territory);
    const { parcel = null, documentDigest = null } = body;
    return this.gains.record(actor, { ...body, parcel, documentDigest, amountFen: BigInt(body.amountFen) }, key);
  }

  @Post('sold-gains/:id/cancel')
  @Permit('procurement.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'cancelSoldGain', summary: '撤销登记 · take the row back' })
  @ApiOkResponse({ type: MadeRowBody })
  @Problems(404, 409, 413, 422)
  cancel(
    @Param() { id }: SoldGainPath,
    @Body() { reason }: WhyBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
  ): Promise<MadeRowBody> {
    return this.gains.cancel(actor, { id, reason }, key);
  }

  /** @throws OutsideOwnTerritory, TerritoryMissing */
  private async own(actor: Actor, territory: string): Promise<void> {
    await this.snapshots.read(actor, (tx) => getOwnPath(tx, actor, territory, this.today.date()));
  }

  private async within(tx: EntityManager, { within }: WithinQuery): Promise<string | undefined> {
    return within && (await getTerritory(tx, within, this.today.date())).path;
  }
}

function companyBody({ id, code, territoryPath, versions }: Company) {
  return {
    id,
    code,
    territory: codesOfPath(territoryPath).at(-1)!,
    versions: wire([...versions]) as unknown as Record<string, unknown>[],
  };
}

function gainBody({ territoryPath: _path, ...gain }: SoldGain) {
  return wire(gain);
}
