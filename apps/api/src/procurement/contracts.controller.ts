/** Yearly contracts on increments: each step by its person, the money followed into conservation, and the open release. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import {
  contractPackage,
  ContractService,
  listContracts,
  SpendingService,
  viewContract,
  type Contract,
  type ContractState,
} from '@gep/procurement';
import { type Actor, rootPath } from '@gep/platform';
import { codesOfPath, getTerritory } from '@gep/territory';
import { Acting, Permit, Public } from '../access/access.decorator';
import { PublicAddress } from '../access/public-address.service';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { refuseField } from '../problem/errors';
import { clockBody, stepBody } from '../procedures/procedure-body';
import { StepBody } from '../procedures/procedures.dto';
import { readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import { MadeRowBody } from './companies.dto';
import { ContractBody, ContractPageBody, StatementBody, SupplementMadeBody } from './contract-answers.dto';
import {
  ContractActBody,
  ContractPath,
  ContractsQuery,
  NewContractBody,
  NewMeasureBody,
  NewSpendingBody,
  NewStatementBody,
  NewSupplementBody,
  SpendingPath,
  SpendingTakenBackBody,
} from './contracts.dto';
import { OcidPrefix } from './ocid-prefix.service';

/** Whoever reads what is published need not sign in. */
const anybody: Actor = { id: 'system:open-contracts', name: 'open contracts', scope: [rootPath] };
const mostFact = 2000;
const publisher = '两山 Two Mountains';

@ApiTags('procurement')
@Controller('api/v1/contracts')
export class ContractsController {
  constructor(
    private readonly contracts: ContractService,
    private readonly spendings: SpendingService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
    private readonly address: PublicAddress,
    private readonly prefix: OcidPrefix,
  ) {}

  @Get()
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listContracts', summary: '增量采购合同 · contracts on increments' })
  @ApiOkResponse({ type: ContractPageBody })
  @Problems(404, 422)
  async list(@Query() query: ContractsQuery, @Acting() actor: Actor): Promise<ContractPageBody> {
    const { limit = defaultPageSize, year } = query;
    const after = readCursor(query.cursor, 1)?.[0];
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, this.today.date())).path;
      return listContracts(tx, { within, year, after, limit: limit + 1 });
    });
    return pageOf(rows, limit, ({ code }) => [code], listedBody);
  }

  @Post()
  @Permit('settlement.prepare')
  @ActsOnce()
  @ApiOperation({ operationId: 'openContract', summary: '立项 · plan a contract' })
  @ApiCreatedResponse({ type: MadeRowBody })
  @Problems(404, 409, 413, 422)
  open(
    @Body() { fund: fundId, allowedPurposes = '', ...body }: NewContractBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
  ): Promise<MadeRowBody> {
    const { effects = null, baseYear = null, floorFen = null, capFen = null } = body;
    const purposes = allowedPurposes.split(/[;；]/).map((each) => each.trim());
    const draft = { ...body, effects, baseYear, floorFen, capFen, fundId, allowedPurposes: purposes.filter(Boolean) };
    return this.contracts.open(actor, draft, key);
  }

  @Get(':code')
  @Permit('ledger.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getContract', summary: '一份合同及其全部办理 · a contract with all that was done' })
  @ApiOkResponse({ type: ContractBody })
  @Problems(404, 422)
  async get(@Param() { code }: ContractPath, @Acting() actor: Actor): Promise<ContractBody> {
    const today = this.today.date();
    const { contract, state, steps, clocks, ...rest } = await this.snapshots.read(actor, (tx) =>
      viewContract(tx, code, today),
    );
    return {
      ...listedBody(contract),
      ...(wire(rest) as unknown as Omit<ContractBody, 'state' | 'steps' | 'clocks'>),
      ...{ state: state as ContractState, steps: steps.map(stepBody) },
      clocks: clocks.map((clock) => clockBody(clock, today)),
    };
  }

  @Post(':code/acts')
  @Permit('ledger.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnContract',
    summary:
      '办理：列预算、核算、核定、预留、公示、成交、签订、公告、备案、验收、开票、批准、支付、办结、退回、解除 · every step, from the budget line to the end',
  })
  @ApiOkResponse({ type: StepBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { code: contract }: ContractPath,
    @Body() body: ContractActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StepBody> {
    const { facts = {} } = body;
    if (Object.values(facts).some((said) => typeof said !== 'string' || said.length > mostFact)) throw factsRefused();
    const { replayed, step } = await this.contracts.act(actor, { ...body, facts, contract }, key);
    if (replayed) response.setHeader(replayedHeader, 'true');
    return stepBody(step);
  }

  @Post(':code/supplements')
  @Permit('settlement.prepare')
  @ActsOnce()
  @ApiOperation({
    operationId: 'supplementContract',
    summary: '补充合同，合计不超过百分之十 · a supplement, a tenth of the contract in all',
  })
  @ApiCreatedResponse({ type: SupplementMadeBody })
  @Problems(404, 409, 413, 422)
  supplement(
    @Param() { code: contract }: ContractPath,
    @Body() { settlement: settlementId, amountFen, ...body }: NewSupplementBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
  ): Promise<SupplementMadeBody> {
    return this.contracts.supplement(actor, { ...body, contract, settlementId, amountFen: BigInt(amountFen) }, key);
  }

  @Post(':code/spendings')
  @Permit('procurement.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'recordSpending', summary: '登记资金使用及凭证 · record how money was used' })
  @ApiCreatedResponse({ type: MadeRowBody })
  @Problems(404, 409, 413, 422)
  spend(
    @Param() { code: contract }: ContractPath,
    @Body() { amountFen, ...body }: NewSpendingBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
  ): Promise<MadeRowBody> {
    return this.spendings.spend(actor, { ...body, contract, amountFen: BigInt(amountFen) }, key);
  }

  @Post(':code/spendings/:id/take-back')
  @Permit('procurement.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'takeBackSpending', summary: '冲回一笔支出 · take a spending back' })
  @ApiOkResponse({ type: MadeRowBody })
  @Problems(404, 409, 413, 422)
  takeBack(
    @Param() { code: contract, id }: SpendingPath,
    @Body() { documentDigest }: SpendingTakenBackBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
  ): Promise<MadeRowBody> {
    return this.spendings.takeBack(actor, { contract, id, documentDigest }, key);
  }

  @Post(':code/statements')
  @Permit('procurement.manage')
  @ActsOnce()
  @ApiOperation({ operationId: 'stateSpending', summary: '年度资金使用报告 · the yearly statement of money used' })
  @ApiCreatedResponse({ type: StatementBody })
  @Problems(404, 409, 413, 422)
  state(
    @Param() { code: contract }: ContractPath,
    @Body() body: NewStatementBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
  ): Promise<StatementBody> {
    return this.spendings.state(actor, { ...body, contract }, key);
  }

  @Post(':code/measures')
  @Permit('settlement.confirm')
  @ActsOnce()
  @ApiOperation({
    operationId: 'takeMeasure',
    summary: '缓拨、减拨、停拨、追回或解除 · delay, cut, stop, recover, or lift (Regulation art. 31)',
  })
  @ApiCreatedResponse({ type: MadeRowBody })
  @Problems(404, 409, 413, 422)
  measure(
    @Param() { code: contract }: ContractPath,
    @Body() { amountFen, ...body }: NewMeasureBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
  ): Promise<MadeRowBody> {
    const draft = { ...body, contract, ...(amountFen !== undefined && { amountFen: BigInt(amountFen) }) };
    return this.spendings.measure(actor, draft, key);
  }

  @Get(':code/ocds')
  @Public()
  @ApiOperation({
    operationId: 'getContractRelease',
    summary:
      '开放合同数据标准 1.1 的发布包；已公告的合同人人可读 · release package of OCDS 1.1, for everybody once published',
  })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @Problems(404, 422, 429)
  ocds(@Param() { code }: ContractPath): Promise<object> {
    const settings = { prefix: this.prefix.text, address: this.address.url, publisher };
    return this.snapshots.read(anybody, (tx) => contractPackage(tx, code, settings, true));
  }
}

const factsRefused = () =>
  refuseField('facts', 'facts', {
    zh: `每项事实应为至多 ${mostFact} 个字符的文本`,
    en: `every fact is text of at most ${mostFact} characters`,
  });

function listedBody({ id, code, territoryPath, companyCode: company, year, terms, termsDigest }: Contract) {
  return { id, code, territory: codesOfPath(territoryPath).at(-1)!, company, year, terms, termsDigest };
}
