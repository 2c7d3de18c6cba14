/** The dated tree of territories: children, one, below, by name. Names are public to whoever is signed in. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@gep/platform';
import {
  ancestorsOf,
  getTerritory,
  listChildren,
  listSubtree,
  searchTerritories,
  type Territory,
} from '@gep/territory';
import { Acting, SignedIn } from '../access/access.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { type Page, pageOf } from '../answer/page';
import { defaultPageSize } from '../request/page.dto';
import { Problems } from '../problem/problems.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import {
  ChildrenQuery,
  SearchQuery,
  SubtreeQuery,
  TerritoryCodePath,
  TerritoryDateQuery,
  TerritoryDetailBody,
  TerritoryPageBody,
} from './territories.dto';

@ApiTags('territories')
@Controller('api/v1/territories')
export class TerritoriesController {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listTerritories', summary: '下级地域 · children of a territory' })
  @ApiOkResponse({ type: TerritoryPageBody })
  @Problems(404, 422)
  async list(@Query() query: ChildrenQuery, @Acting() actor: Actor): Promise<Page<Territory>> {
    const { parent = 'CN', date = this.today.date() } = query;
    const rows = await this.snapshots.read(actor, async (tx) => {
      await getTerritory(tx, parent, date);
      return listChildren(tx, parent, date);
    });
    return slice(rows, query);
  }

  @Get('search')
  @SignedIn()
  @ApiOperation({ operationId: 'searchTerritories', summary: '按名称或代码查找 · find by name or code' })
  @ApiOkResponse({ type: TerritoryPageBody })
  @Problems(422)
  async search(@Query() query: SearchQuery, @Acting() actor: Actor): Promise<Page<Territory>> {
    const { text, date = this.today.date(), limit = 20 } = query;
    const items = await this.snapshots.read(actor, (tx) => searchTerritories(tx, text, date, limit));
    return { items, next: null };
  }

  @Get(':code')
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getTerritory', summary: '一个地域及其上级 · a territory and those above it' })
  @ApiOkResponse({ type: TerritoryDetailBody })
  @Problems(404, 422)
  async get(
    @Param() { code }: TerritoryCodePath,
    @Query() { date = this.today.date() }: TerritoryDateQuery,
    @Acting() actor: Actor,
  ): Promise<Territory & { ancestors: Territory[] }> {
    return this.snapshots.read(actor, async (tx) => ({
      ...(await getTerritory(tx, code, date)),
      ancestors: await ancestorsOf(tx, code, date),
    }));
  }

  @Get(':code/subtree')
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listSubtree', summary: '一个地域及其所有下级 · a territory and all below it' })
  @ApiOkResponse({ type: TerritoryPageBody })
  @Problems(404, 422)
  async subtree(
    @Param() { code }: TerritoryCodePath,
    @Query() query: SubtreeQuery,
    @Acting() actor: Actor,
  ): Promise<Page<Territory>> {
    const { date = this.today.date(), level, limit = defaultPageSize } = query;
    const after = placeOf(query.cursor);
    const rows = await this.snapshots.read(actor, (tx) =>
      listSubtree(tx, code, date, level && [level], { after, limit: limit + 1 }),
    );
    return pageOf(
      rows,
      limit,
      (row) => [String(depthOf(row)), row.code],
      (row) => row,
    );
  }
}

const depthOf = ({ path }: Territory): number => path.split('.').length;

function placeOf(cursor: string | undefined): { depth: number; code: string } | undefined {
  const [depth, code] = readCursor(cursor, 2) ?? [];
  if (depth === undefined) return undefined;
  if (!/^\d{1,3}$/.test(depth)) throw cursorRefused();
  return { depth: Number(depth), code };
}

/** Children are few enough to be read whole; the page is cut here, after the child whose code the cursor names. */
function slice(rows: readonly Territory[], query: { limit?: number; cursor?: string }): Page<Territory> {
  const { limit = defaultPageSize } = query;
  const after = readCursor(query.cursor, 1)?.[0];
  const from = after === undefined ? 0 : rows.findIndex((row) => row.code === after) + 1;
  if (after !== undefined && from === 0) throw cursorRefused();
  return pageOf(
    rows.slice(from, from + limit + 1),
    limit,
    (row) => [row.code],
    (row) => row,
  );
}
