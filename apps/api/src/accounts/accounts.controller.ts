/** Accounts: lists, the current one, one vintage, comparisons. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  evidenceOf,
  type Account,
  AccountingService,
  AccountMissing,
  type AccountRecord,
  compareAccounts,
  findAccountById,
  findBoundaryBreak,
  getAccount,
  listAccounts,
  listChildren,
  listLines,
  listPartition,
  listRefusedParts,
  listVintages,
  refusalOf,
} from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { Acting, Permit } from '../access/access.decorator';
import { readCursor } from '../request/cursor';
import { pageOf } from '../answer/page';
import { defaultPageSize } from '../request/page.dto';
import { Problems } from '../problem/problems.decorator';
import { meantAccount, momentOf } from '../request/meant-account';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { AccountBody, AccountPageBody, ComparisonBody, ExplainNodeBody, VintageListBody } from './account-body.dto';
import { accountSummary } from './account-summary';
import {
  AccountIdPath,
  AccountListQuery,
  ComparisonQuery,
  CurrentAccountQuery,
  CurrentComparisonQuery,
  CurrentExplanationQuery,
  ExplanationQuery,
  VintagesQuery,
} from './accounts.dto';

@ApiTags('accounts')
@Controller('api/v1/accounts')
export class AccountsController {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly today: Today,
    private readonly accounting: AccountingService,
  ) {}

  @Get()
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listAccounts',
    summary: '账户列表（各取当前版，同一核算期的地域互不重叠） · current accounts; those of a period are one partition',
  })
  @ApiOkResponse({ type: AccountPageBody })
  @Problems(404, 422)
  async list(@Query() query: AccountListQuery, @Acting() actor: Actor): Promise<AccountPageBody> {
    const { limit = defaultPageSize } = query;
    const after = readCursor(query.cursor, 3);
    const rows = await this.snapshots.read(actor, async (tx) =>
      (query.superseded ? listAccounts : listPartition)(
        tx,
        {
          territories: query.territory,
          within: query.within && (await getTerritory(tx, query.within, this.today.date())).path,
          level: query.level,
          period: query.period,
          normId: query.norm,
          normEdition: query.edition,
          origin: query.origin,
          asOf: momentOf(query.asOf),
          published: query.published,
        },
        { limit: limit + 1, after: after && { territory: after[0], period: after[1], normId: after[2] } },
      ),
    );
    return pageOf(rows, limit, (row) => [row.territory, row.period, row.norm.id], accountSummary);
  }

  @Get('current')
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getCurrentAccount',
    summary: '现在或某一时刻的账户 · the account as of now or a moment',
  })
  @ApiOkResponse({ type: AccountBody })
  @Problems(404, 422)
  async current(@Query() query: CurrentAccountQuery, @Acting() actor: Actor): Promise<AccountBody> {
    return this.snapshots.read(actor, async (tx) => wholeAccount(tx, await recordAsOf(tx, query)));
  }

  @Get('current/explain')
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'explainCurrentAccount',
    summary: '现在、某一时刻或已发布的账户的由来 · how the account as of now, of a moment or as published comes about',
  })
  @ApiOkResponse({ type: ExplainNodeBody })
  @Problems(404, 422)
  async explainCurrent(@Query() query: CurrentExplanationQuery, @Acting() actor: Actor): Promise<ExplainNodeBody> {
    const { service, type, item, patch, offset, limit } = query;
    const { id } = await this.snapshots.read(actor, (tx) => recordAsOf(tx, query));
    const selection = { service, type, item, patch, offset, limit };
    return wire(await this.accounting.explain(actor, { accountId: id, ...selection }));
  }

  @Get('current/compare')
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'compareCurrentAccounts',
    summary: '两个时期，现在、某一时刻或已发布的 · two periods, as of now, of a moment or as published',
  })
  @ApiOkResponse({ type: ComparisonBody })
  @Problems(404, 422)
  async compareCurrent(@Query() query: CurrentComparisonQuery, @Acting() actor: Actor): Promise<ComparisonBody> {
    return this.snapshots.read(actor, async (tx) => {
      const sides = [query.before, query.after].map((period) => recordAsOf(tx, { ...query, period }));
      const [left, right] = await Promise.all(sides);
      return comparisonOf(tx, [await accountOf(tx, left.id), await accountOf(tx, right.id)]);
    });
  }

  @Get('vintages')
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listVintages', summary: '一个账户的各版 · all vintages of an account' })
  @ApiOkResponse({ type: VintageListBody })
  @Problems(422)
  async vintages(
    @Query() { territory, period, norm }: VintagesQuery,
    @Acting() actor: Actor,
  ): Promise<VintageListBody> {
    const rows = await this.snapshots.read(actor, (tx) => listVintages(tx, { territory, period, normId: norm }));
    return { items: rows.map(accountSummary) };
  }

  @Get('compare')
  @Permit('disclosure.read')
  @Revalidated('immutable')
  @ApiOperation({ operationId: 'compareAccounts', summary: '两个账户逐行比较 · two accounts line by line' })
  @ApiOkResponse({ type: ComparisonBody })
  @Problems(404, 422)
  async compare(@Query() query: ComparisonQuery, @Acting() actor: Actor): Promise<ComparisonBody> {
    return this.snapshots.read(actor, async (tx) =>
      comparisonOf(tx, [await accountOf(tx, query.before), await accountOf(tx, query.after)]),
    );
  }

  @Get(':id')
  @Permit('disclosure.read')
  @Revalidated('immutable')
  @ApiOperation({ operationId: 'getAccount', summary: '账户的一版 · one vintage of an account' })
  @ApiOkResponse({ type: AccountBody })
  @Problems(404, 422)
  async get(@Param() { id }: AccountIdPath, @Acting() actor: Actor): Promise<AccountBody> {
    return this.snapshots.read(actor, async (tx) => wholeAccount(tx, await recordOf(tx, id)));
  }

  @Get(':id/explain')
  @Permit('disclosure.read')
  @Revalidated('immutable')
  @ApiOperation({
    operationId: 'explainAccount',
    summary:
      '任一数字的由来：公式、参数及出处、图斑 · how any figure comes about: formulas, parameters with source, patches',
  })
  @ApiOkResponse({ type: ExplainNodeBody })
  @Problems(404, 422)
  async explain(
    @Param() { id }: AccountIdPath,
    @Query() selection: ExplanationQuery,
    @Acting() actor: Actor,
  ): Promise<ExplainNodeBody> {
    return wire(await this.accounting.explain(actor, { accountId: id, ...selection }));
  }
}

/** With a remark where the two are of different boundaries. */
async function comparisonOf(tx: EntityManager, [before, after]: readonly [Account, Account]): Promise<ComparisonBody> {
  const periods = [before.period, after.period] as const;
  const isOne = before.territory === after.territory;
  const broken = isOne ? await findBoundaryBreak(tx, before.territory, periods) : undefined;
  return wire({ ...compareAccounts(before, after), ...(broken && { refusal: refusalOf(broken) }) });
}

/** The account of a territory and period at a known time. @throws AccountMissing */
async function recordAsOf(
  tx: EntityManager,
  query: Pick<CurrentAccountQuery, 'territory' | 'period' | 'norm' | 'edition' | 'asOf' | 'published'>,
): Promise<AccountRecord> {
  return getAccount(tx, meantAccount(query));
}

async function recordOf(tx: EntityManager, id: string): Promise<AccountRecord> {
  const found = await findAccountById(tx, id);
  // Row security has hidden what is not the reader's: not there and not yours are one answer.
  if (!found) throw new AccountMissing({ account: id });
  return found;
}

async function wholeAccount(tx: EntityManager, record: AccountRecord): Promise<AccountBody> {
  const lines = (await listLines(tx, [record.id])).get(record.id)!;
  const children = await listChildren(tx, record.id);
  const refused = await listRefusedParts(tx, record);
  return { ...accountSummary(record), ...wire({ evidence: evidenceOf(lines), lines, children, refused }) };
}

async function accountOf(tx: EntityManager, id: string): Promise<Account> {
  const record = await recordOf(tx, id);
  const lines = (await listLines(tx, [id])).get(id)!;
  return { ...record, lines, children: [], baseSums: null };
}
