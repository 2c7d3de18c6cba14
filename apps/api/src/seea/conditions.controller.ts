/** The condition of ecosystems, from what is recorded of their patches. */
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConditionService, InputNode, plain } from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { Acting, Permit } from '../access/access.decorator';
import { Problems } from '../problem/problems.decorator';
import { momentOf } from '../request/meant-account';
import { ConditionAccountBody, ConditionRequest, VariableResultBody } from './conditions.dto';

@ApiExtraModels(VariableResultBody)
@ApiTags('seea')
@Controller('api/v1/condition')
export class ConditionsController {
  constructor(private readonly conditions: ConditionService) {}

  /** A read whose definitions are too long for an address. */
  @Post()
  @HttpCode(200)
  @Permit('disclosure.read')
  @ApiOperation({
    operationId: 'computeCondition',
    summary:
      '生态系统状况账户：变量、指标、指数；不写入任何数据 · condition account: variables, indicators, indices; writes nothing',
  })
  @ApiOkResponse({ type: ConditionAccountBody })
  @Problems(400, 404, 409, 413, 415, 422)
  async condition(@Body() request: ConditionRequest, @Acting() actor: Actor): Promise<ConditionAccountBody> {
    const { territory, period, since, norm, asOf, published } = request;
    const { condition, accounts } = await this.conditions.condition(actor, {
      ...{ territory, norm: { id: norm }, published },
      periods: since === undefined ? [period] : [since, period],
      asOf: momentOf(asOf),
      definition: InputNode.read(JSON.stringify(definitionOf(request)), 'body'),
    });
    return { ...plain(condition), accounts: { ...accounts } };
  }
}

/** The part of the request that is the document which people write. */
function definitionOf({ title, source, variables, classWeights }: ConditionRequest): object {
  return { title, source, variables, classWeights };
}
