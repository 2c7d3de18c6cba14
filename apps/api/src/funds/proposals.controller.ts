/** Deeds in money by hand over HTTP: one person proposes, another approves, a third one posts. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  listProposals,
  type Proposal,
  type ProposalAct,
  ProposalService,
  type ProposedAnswer,
  stateOfProposal,
} from '@gep/ledger';
import type { Actor } from '@gep/platform';
import { codesOfPath } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import { AdjustmentBody, FundPath, ProposedBody, SweepBody, FundTransferBody, WriteOffBody } from './funds.dto';
import {
  ProposalActedBody,
  ProposalActBody,
  FundProposalBody,
  ProposalListQuery,
  FundProposalPageBody,
  ProposalPath,
} from './proposals.dto';

@ApiTags('funds')
@Controller('api/v1')
export class ProposalsController {
  constructor(
    private readonly proposals: ProposalService,
    private readonly snapshots: Snapshots,
  ) {}

  @Post('funds/:id/transfers')
  @Permit('fund.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'proposeTransfer',
    summary:
      '提议在来源之间调剂：用途只能收窄，年度不能变新 · propose to move money between sources, within purposes and years',
  })
  @ApiCreatedResponse({ type: ProposedBody })
  @Problems(404, 409, 413, 422)
  async transfer(
    @Param() { id: fundId }: FundPath,
    @Body() { amountFen, ...wish }: FundTransferBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposedBody> {
    const answer = await this.proposals.transfer(actor, { ...wish, amountFen: BigInt(amountFen), fundId }, key);
    return proposed(answer, response);
  }

  @Post('funds/:id/surplus')
  @Permit('fund.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'proposeSurplusReturn',
    summary: '提议上缴两年未用的结余（预算法第四十二条） · propose to return what two years have not spent',
  })
  @ApiCreatedResponse({ type: ProposedBody })
  @Problems(404, 409, 413, 422)
  async sweep(
    @Param() { id: fundId }: FundPath,
    @Body() { reason }: SweepBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposedBody> {
    return proposed(await this.proposals.sweepSurplus(actor, { fundId, reason }, key), response);
  }

  @Post('funds/:id/write-offs')
  @Permit('fund.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'proposeWriteOff',
    summary: '提议核销无法收回的债权 · propose to write off a claim nobody will meet',
  })
  @ApiCreatedResponse({ type: ProposedBody })
  @Problems(404, 409, 413, 422)
  async writeOff(
    @Param() { id: fundId }: FundPath,
    @Body() { amountFen, ...wish }: WriteOffBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposedBody> {
    const answer = await this.proposals.writeOff(actor, { ...wish, amountFen: BigInt(amountFen), fundId }, key);
    return proposed(answer, response);
  }

  @Post('funds/:id/adjustments')
  @Permit('fund.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'proposeAdjustment',
    summary:
      '提议手工调整：不动来源的资金，须写明依据 · propose a correction by hand, with its grounds; it moves no money of a source',
  })
  @ApiCreatedResponse({ type: ProposedBody })
  @Problems(404, 409, 413, 422)
  async adjust(
    @Param() { id: fundId }: FundPath,
    @Body() { postings, ...wish }: AdjustmentBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposedBody> {
    const lines = postings.map(({ account, party = null, amountFen }) => ({
      ...{ account, party, amountFen: BigInt(amountFen) },
    }));
    return proposed(await this.proposals.adjust(actor, { ...wish, fundId, postings: lines }, key), response);
  }

  @Get('ledger/proposals')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listProposals', summary: '提议，新的在前 · proposals, the latest first' })
  @ApiOkResponse({ type: FundProposalPageBody })
  @Problems(422)
  async list(@Query() query: ProposalListQuery, @Acting() actor: Actor): Promise<FundProposalPageBody> {
    const { limit = defaultPageSize, fund: fundId, open } = query;
    const before = placeOf(query.cursor);
    const rows = await this.snapshots.read(actor, (tx) =>
      listProposals(tx, { fundId, open, before, limit: limit + 1 }),
    );
    return pageOf(rows, limit, ({ proposedAt, id }) => [proposedAt.toISOString(), id], proposalBody);
  }

  @Post('ledger/proposals/:id/approval')
  @Permit('settlement.approve')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'approveProposal', summary: "批准提议（非提出人） · approve, not one's own" })
  @ApiOkResponse({ type: ProposalActedBody })
  @Problems(404, 409, 413, 422)
  approve(
    @Param() path: ProposalPath,
    @Body() body: ProposalActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposalActedBody> {
    return this.act('approve', path, body, key, actor, response);
  }

  @Post('ledger/proposals/:id/refusal')
  @Permit('settlement.approve')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'refuseProposal',
    summary: '驳回提议；所预留的资金释放 · refuse; what was held is free again',
  })
  @ApiOkResponse({ type: ProposalActedBody })
  @Problems(404, 409, 413, 422)
  refuse(
    @Param() path: ProposalPath,
    @Body() body: ProposalActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposalActedBody> {
    return this.act('refuse', path, body, key, actor, response);
  }

  @Post('ledger/proposals/:id/posting')
  @Permit('settlement.pay')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'postProposal',
    summary: '过账：已批准的提议，由第三人办理 · post an approved proposal, by a third person',
  })
  @ApiOkResponse({ type: ProposalActedBody })
  @Problems(404, 409, 413, 422)
  post(
    @Param() path: ProposalPath,
    @Body() body: ProposalActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposalActedBody> {
    return this.act('post', path, body, key, actor, response);
  }

  @Post('ledger/proposals/:id/withdrawal')
  @Permit('fund.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'withdrawProposal', summary: "撤回自己的提议 · withdraw one's own proposal" })
  @ApiOkResponse({ type: ProposalActedBody })
  @Problems(404, 409, 413, 422)
  withdraw(
    @Param() path: ProposalPath,
    @Body() body: ProposalActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposalActedBody> {
    return this.act('withdraw', path, body, key, actor, response);
  }

  private async act(
    act: ProposalAct,
    { id: proposalId }: ProposalPath,
    { reason }: ProposalActBody,
    key: string,
    actor: Actor,
    response: Response,
  ): Promise<ProposalActedBody> {
    const { voucherId, replayed } = await this.proposals.act(actor, { proposalId, act, reason }, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    return { id: proposalId, voucherId };
  }
}

function proposalBody({ territoryPath, postings, ...proposal }: Proposal): FundProposalBody {
  return {
    ...wire(proposal),
    state: stateOfProposal(proposal),
    territory: codesOfPath(territoryPath).at(-1)!,
    postings: postings.map(({ amountFen, basis, territoryPath: path, ...posting }) => ({
      ...posting,
      ...basis,
      amountFen: amountFen.toString(),
      territory: codesOfPath(path).at(-1)!,
    })),
  };
}

/** The cursor names moment and id of the last proposal of the page before. */
function placeOf(cursor: string | undefined): [string, string] | undefined {
  const place = readCursor(cursor, 2);
  if (place === undefined) return undefined;
  const [at, id] = place;
  if (/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/.test(at) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    return [at, id];
  throw cursorRefused();
}

function proposed({ ids, replayed }: ProposedAnswer, response: Response): ProposedBody {
  if (replayed) response.setHeader(replayedHeader, 'true');
  return { ids: [...ids] };
}
