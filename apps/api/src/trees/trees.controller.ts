/** Parallel trees, which are public, and the accounts of their nodes, as far as the reader may see what they come from. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TreeAccountsService } from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { getTree, listTreeMembership, listTreeNodes, listTrees } from '@gep/territory';
import { Acting, Permit, SignedIn } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { TreeAccountBody, TreeAccountQuery, TreeCodePath, TreeDetailBody, TreeListBody, TreesQuery } from './trees.dto';

/** Rows of membership in one answer. */
const mostMembership = 10_000;

@ApiTags('trees')
@Controller('api/v1/trees')
export class TreesController {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly trees: TreeAccountsService,
  ) {}

  @Get()
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listTrees',
    summary: '平行树：流域、保护地、项目单元 · parallel trees: watersheds, reserves, project units',
  })
  @ApiOkResponse({ type: TreeListBody })
  @Problems(422)
  async list(@Query() { asOf }: TreesQuery, @Acting() actor: Actor): Promise<TreeListBody> {
    return { items: wire(await this.snapshots.read(actor, (tx) => listTrees(tx, momentOf(asOf)))) };
  }

  @Get(':code')
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getTree', summary: '一棵树的节点与归属 · one tree with nodes and membership' })
  @ApiOkResponse({ type: TreeDetailBody })
  @Problems(404, 422)
  async get(
    @Param() { code }: TreeCodePath,
    @Query() { asOf }: TreesQuery,
    @Acting() actor: Actor,
  ): Promise<TreeDetailBody> {
    return this.snapshots.read(actor, async (tx) => {
      const tree = await getTree(tx, code, momentOf(asOf));
      const nodes = await listTreeNodes(tx, tree);
      const membership = await listTreeMembership(tx, tree, { limit: mostMembership + 1 });
      const shown = membership.slice(0, mostMembership).map((row) => ({ ...row, share: row.share.toExactText() }));
      return { ...wire(tree), nodes, membership: shown, more: membership.length > mostMembership };
    });
  }

  @Get(':code/account')
  @Permit('account.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getTreeAccount',
    summary: '各节点的账户；根与行政合计分毫不差 · accounts of the nodes; the root is the administrative total',
  })
  @ApiOkResponse({ type: TreeAccountBody })
  @Problems(404, 409, 422)
  async account(
    @Param() { code }: TreeCodePath,
    @Query() { asOf, ...query }: TreeAccountQuery,
    @Acting() actor: Actor,
  ): Promise<TreeAccountBody> {
    return wire(await this.trees.accounts(actor, { ...query, tree: code, asOf: momentOf(asOf) }));
  }
}

const momentOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
