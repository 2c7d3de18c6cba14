/** Rules of policies: propose an edition, confirm and adopt it, see what is in force, withdraw; decide and back-test sent tables. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor } from '@gep/platform';
import {
  AdoptionNotFound,
  confirmationReasons,
  getPolicyEdition,
  listAdoptions,
  listConfirmations,
  listPoliciesInForce,
  listPolicyEditions,
  PolicyEditionNotFound,
  PolicyService,
  policyView,
} from '@gep/rulebook';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { Acting, Permit, SignedIn } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import { ChosenRules } from './chosen-rules.service';
import {
  AdoptionBody,
  AdoptionListBody,
  AdoptionPath,
  BacktestBody,
  ConfirmationBody,
  DecideBody,
  InForceQuery,
  MadeAdoptionBody,
  NewAdoptionBody,
  NewConfirmationBody,
  PolicyListQuery,
  PolicyPageBody,
  PolicyPath,
  PolicyTextBody,
  PolicyWithdrawalBody,
  ProposalBody,
  ProposedPolicyBody,
} from './policies.dto';
import { adoptionBody, confirmationBody, editionBody } from './policy-body';
import { PolicyDecider } from './policy-decider.pool';

@ApiTags('policies')
@Controller('api/v1/policies')
export class PoliciesController {
  constructor(
    private readonly policies: PolicyService,
    private readonly rules: ChosenRules,
    private readonly decider: PolicyDecider,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listPolicies', summary: '提出的规则版本 · proposed editions of rules' })
  @ApiOkResponse({ type: PolicyPageBody })
  @Problems(422)
  async list(@Query() query: PolicyListQuery, @Acting() actor: Actor): Promise<PolicyPageBody> {
    const { limit = defaultPageSize, id: policyId } = query;
    const after = readCursor(query.cursor, 2) as [string, string] | undefined;
    const rows = await this.snapshots.read(actor, (tx) =>
      listPolicyEditions(tx, { policyId, after, limit: limit + 1 }),
    );
    return pageOf(rows, limit, (row) => [row.policyId, row.edition], editionBody);
  }

  @Get('in-force')
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listPoliciesInForce',
    summary:
      '一地一期启用中的规则，含上级的；可问某时刻所知 · rules in force for a territory and period, those of territories above included, as known at a moment',
  })
  @ApiOkResponse({ type: AdoptionListBody })
  @Problems(404, 422)
  async inForce(@Query() query: InForceQuery, @Acting() actor: Actor): Promise<AdoptionListBody> {
    const { territory, period, asOf } = query;
    return this.snapshots.read(actor, async (tx) => {
      const territoryPath = await this.pathOf(tx, territory);
      const knownAt = asOf === undefined ? undefined : new Date(asOf);
      return { items: (await listPoliciesInForce(tx, { territoryPath, period, knownAt })).map(adoptionBody) };
    });
  }

  @Get(':edition')
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getPolicy',
    summary: '一个版本：全文、内容、确认与启用 · one edition: its text, what it says, who confirmed and adopted it',
  })
  @ApiOkResponse({ type: PolicyTextBody })
  @Problems(404, 422)
  async get(@Param() { edition }: PolicyPath, @Acting() actor: Actor): Promise<PolicyTextBody> {
    return this.snapshots.read(actor, async (tx) => {
      const [record] = await listPolicyEditions(tx, { edition });
      if (!record) throw new PolicyEditionNotFound(edition);
      const rule = await getPolicyEdition(tx, edition);
      return {
        ...editionBody(record),
        text: rule.file.text,
        rule: wire(policyView(rule)),
        confirmations: (await listConfirmations(tx, edition)).map(confirmationBody),
        adoptions: (await listAdoptions(tx, { edition })).map(adoptionBody),
      };
    });
  }

  @Post()
  @Permit('policy.propose')
  @ActsOnce()
  @ApiOperation({
    operationId: 'proposePolicy',
    summary: '提出规则：文件全文，或规则库中的一条 · propose a rule: the text of a file, or one of the rulebook',
  })
  @ApiCreatedResponse({ type: ProposedPolicyBody, headers: { Location: { schema: { type: 'string' } } } })
  @Problems(404, 409, 413, 422)
  async propose(
    @Body() wish: ProposalBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposedPolicyBody> {
    const rule = await this.rules.choose(actor, wish);
    const { replayed, result } = await this.policies.propose(actor, rule, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    response.setHeader('Location', `/api/v1/policies/${rule.edition}`);
    const { changed, ...record } = result;
    return { ...editionBody(record), changed, needsConfirmation: confirmationReasons(rule) };
  }

  @Post(':edition/confirmations')
  @Permit('settlement.confirm')
  @ActsOnce()
  @ApiOperation({
    operationId: 'confirmPolicy',
    summary:
      '对未经证实的规则具名负责（提出人除外） · answer by name for a rule that is not attested; not by its proposer',
  })
  @ApiCreatedResponse({ type: ConfirmationBody })
  @Problems(404, 409, 413, 422)
  async confirm(
    @Param() { edition }: PolicyPath,
    @Body() { territory, statement }: NewConfirmationBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConfirmationBody> {
    const territoryPath = await this.read(actor, territory);
    const { replayed, result } = await this.policies.confirm(actor, { edition, territoryPath, statement }, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    return confirmationBody(result);
  }

  @Get(':edition/adoptions')
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listAdoptions', summary: '一个版本的启用记录 · adoptions of an edition' })
  @ApiOkResponse({ type: AdoptionListBody })
  @Problems(422)
  async adoptions(@Param() { edition }: PolicyPath, @Acting() actor: Actor): Promise<AdoptionListBody> {
    const found = await this.snapshots.read(actor, (tx) => listAdoptions(tx, { edition }));
    return { items: found.map(adoptionBody) };
  }

  @Post(':edition/adoptions')
  @Permit('policy.approve')
  @ActsOnce()
  @ApiOperation({
    operationId: 'adoptPolicy',
    summary: '自某日起在一地启用（提出人除外） · put in force for a territory from a day; not by its proposer',
  })
  @ApiCreatedResponse({ type: MadeAdoptionBody })
  @Problems(404, 409, 413, 422)
  async adopt(
    @Param() { edition }: PolicyPath,
    @Body() { territory, ...wish }: NewAdoptionBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MadeAdoptionBody> {
    const territoryPath = await this.read(actor, territory);
    const { replayed, result } = await this.policies.adopt(actor, { ...wish, edition, territoryPath }, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    return { adoption: adoptionBody(result.adoption), supersedes: [...result.supersedes] };
  }

  @Post(':edition/adoptions/:id/withdraw')
  @Permit('policy.approve')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'withdrawAdoption',
    summary: '自以后的一天起撤销启用 · withdraw an adoption from a day to come',
  })
  @ApiOkResponse({ type: AdoptionBody })
  @Problems(404, 409, 413, 422)
  async withdraw(
    @Param() { edition, id }: AdoptionPath,
    @Body() wish: PolicyWithdrawalBody,
    @IdempotencyKey() key: string,
    @Acting() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AdoptionBody> {
    const [adoption] = await this.snapshots.read(actor, (tx) => listAdoptions(tx, { id, edition }));
    if (!adoption) throw new AdoptionNotFound(id);
    const { replayed, result } = await this.policies.withdraw(actor, { ...wish, adoptionId: id }, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    return adoptionBody(result);
  }

  @Post('decide')
  @SignedIn()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'decidePolicy',
    summary:
      '按规则计算所给的表，不留记录；更大的表用 gep policy run · decide a sent table by a rule, keeping nothing; larger ones with gep policy run',
  })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @Problems(404, 413, 422)
  async decide(@Body() wish: DecideBody, @Acting() actor: Actor): Promise<object> {
    return this.decider.decide(await this.rules.choose(actor, wish), wish);
  }

  @Post('backtest')
  @SignedIn()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'backtestPolicy',
    summary:
      '新旧规则对历年逐期回测：谁增谁减 · a new rule beside the current one on all periods: who gains, who loses',
  })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @Problems(404, 413, 422)
  async backtest(@Body() wish: BacktestBody, @Acting() actor: Actor): Promise<object> {
    const { besideEdition, besidePreset, ...own } = wish;
    const rule = await this.rules.choose(actor, own);
    const beside = await this.rules.choose(actor, { edition: besideEdition, preset: besidePreset });
    return this.decider.decide(rule, own, beside);
  }

  private async pathOf(tx: EntityManager, territory: string): Promise<string> {
    return (await getTerritory(tx, territory, this.today.date())).path;
  }

  private read(actor: Actor, territory: string): Promise<string> {
    return this.snapshots.read(actor, (tx) => this.pathOf(tx, territory));
  }
}
