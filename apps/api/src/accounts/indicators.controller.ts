/** A recorded account beside GDP, people and area. */
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  findBoundaryBreak,
  getAccount,
  indicatorReport,
  type IndicatorDefinition,
  type IndicatorFact,
} from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Problems } from '../problem/problems.decorator';
import { meantAccount } from '../request/meant-account';
import { IndicatorReportBody, IndicatorsQuery } from './indicators.dto';

@ApiTags('accounts')
@Controller('api/v1/indicators')
export class IndicatorsController {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly rulebook: RulebookService,
  ) {}

  @Get()
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getIndicators',
    summary:
      '单位面积、人均、绿金指数、转化率等；GEP 与 GDP 不可相加 · per hm², per head, green-gold index, conversion rate; GEP and GDP are never added',
  })
  @ApiOkResponse({ type: IndicatorReportBody })
  @Problems(404, 422)
  async indicators(@Query() query: IndicatorsQuery, @Acting() actor: Actor): Promise<IndicatorReportBody> {
    const { since } = query;
    const account = meantAccount(query);
    return this.snapshots.read(actor, async (tx) => {
      const shown = await getAccount(tx, account);
      const earlier = since === undefined ? undefined : await getAccount(tx, { ...account, period: since });
      const periods = since === undefined ? undefined : ([since, shown.period] as const);
      const broken = periods && (await findBoundaryBreak(tx, shown.territory, periods));
      const { units } = await this.rulebook.getNorm(tx, shown.norm.id, shown.norm.edition);
      const wishes = { facts: factsOf(query), definitions: definitionsOf(query.define), broken };
      const { dynamicDegrees: degrees, ...report } = indicatorReport(shown, earlier, wishes, units);
      const indicators = report.indicators.map((one) => ({ ...one, missing: [...one.missing] }));
      return { ...report, accountId: shown.id, indicators, ...(degrees && { dynamicDegrees: [...degrees] }) };
    });
  }
}

/** Figures in the units that their names say. */
function factsOf(query: IndicatorsQuery): IndicatorFact[] {
  const { gdpYuan, population, areaHectare, realisedYuan, possibleYuan } = query;
  const facts = [
    { name: 'GDP', value: gdpYuan, unit: 'yuan', source: query.gdpSource },
    { name: 'population', value: population, unit: 'person', source: query.populationSource },
    { name: 'area', value: areaHectare, unit: 'hm2', source: query.areaSource },
    { name: 'realised', value: realisedYuan, unit: 'yuan', source: query.realisedSource },
    { name: 'possible', value: possibleYuan, unit: 'yuan', source: query.possibleSource },
  ];
  return facts.flatMap(({ value, source = '', ...fact }) => (value === undefined ? [] : [{ ...fact, value, source }]));
}

/** `code=expression;code=expression` */
function definitionsOf(text: string | undefined): IndicatorDefinition[] {
  return (text?.split(';') ?? []).map((one) => {
    const [code, ...expression] = one.split('=');
    return { code: code.trim(), name: { zh: code.trim(), en: code.trim() }, expression: expression.join('=') };
  });
}
