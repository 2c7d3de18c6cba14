/** Parallel trees, which are public: taking one in, and the accounts of their nodes as far as the reader may see what they come from. */
import { Body, Controller, Get, Param, Post, Query, Res, UploadedFiles } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { TreeAccountsService } from '@gep/accounting';
import { readTreeFiles } from '@gep/observation';
import type { Actor } from '@gep/platform';
import { getTree, listTreeMembership, listTreeNodes, listTrees, TreeService } from '@gep/territory';
import { Acting, Permit, SignedIn } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { momentOf } from '../request/meant-account';
import { IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { filesOf, TakesFiles, type ReceivedFile } from '../uploads/files.decorator';
import {
  ImportedTreeBody,
  TreeAccountBody,
  TreeAccountQuery,
  TreeCodePath,
  TreeDetailBody,
  TreeForm,
  TreeImportBody,
  TreeListBody,
  TreesQuery,
} from './trees.dto';

/** Rows of membership in one answer. */
const mostMembership = 10_000;

@ApiTags('trees')
@Controller('api/v1/trees')
export class TreesController {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly accounts: TreeAccountsService,
    private readonly trees: TreeService,
  ) {}

  @Post()
  @Permit('territory.import')
  @TakesFiles(TreeForm)
  @ApiOperation({
    operationId: 'importTree',
    summary:
      '导入一棵树：tree、nodes、membership 三表，整棵或全不 · take in one tree: tables tree, nodes and membership, whole or not at all',
  })
  @ApiCreatedResponse({ type: ImportedTreeBody, description: '已登记为下一版 · recorded as the next edition' })
  @ApiOkResponse({ type: ImportedTreeBody, description: '只检查，或内容未变 · only checked, or nothing new' })
  @Problems(404, 409, 413, 415, 422)
  async import(
    @Body() { dryRun }: TreeImportBody,
    @UploadedFiles() received: ReceivedFile[] | undefined,
    @IdempotencyKey() idempotencyKey: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportedTreeBody> {
    const { tables, problems } = await readTreeFiles(filesOf(received));
    const wish = { dryRun, idempotencyKey };
    const { replayed, ...done } = await this.trees.importTree(actor, tables, problems, wish);
    if (replayed) response.setHeader(replayedHeader, 'true');
    response.status(done.changed && !done.dryRun ? 201 : 200);
    if (!done.dryRun) response.setHeader('Location', `/api/v1/trees/${done.tree}`);
    return done;
  }

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
  @Permit('disclosure.read')
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
    return wire(await this.accounts.accounts(actor, { ...query, tree: code, asOf: momentOf(asOf) }));
  }
}
