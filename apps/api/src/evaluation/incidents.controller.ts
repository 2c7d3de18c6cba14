/** The register of major incidents and proven falsification over HTTP. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedInActor } from '@gep/access';
import { type Incident, IncidentService } from '@gep/evaluation';
import { getTerritory } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { getOwnPath } from '../access/own-territory.service';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { answered } from '../compensation/agreements.controller';
import { Problems } from '../problem/problems.decorator';
import { stepBody } from '../procedures/procedure-body';
import { ActsOnce, IdempotencyKey } from '../request/idempotency.decorator';
import {
  IncidentActBody,
  type IncidentBody,
  IncidentListBody,
  IncidentQuery,
  IncidentViewBody,
  NewIncidentBody,
} from './incidents.dto';
import { ScoreIdPath, ScoreMadeBody } from './scorecards.dto';

@ApiTags('evaluation')
@Controller('api/v1/evaluation/incidents')
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listIncidents',
    summary: '重大事件与查实的弄虚作假 · incidents and proven falsification',
  })
  @ApiOkResponse({ type: IncidentListBody })
  @Problems(404, 422)
  async list(@Query() { within, ...filter }: IncidentQuery, @Acting() actor: SignedInActor): Promise<IncidentListBody> {
    const { path } = await this.snapshots.read(actor, (tx) => getTerritory(tx, within, this.today.date()));
    const found = await this.incidents.list(actor, { ...filter, within: path });
    return { items: found.map(incidentBody) };
  }

  @Get(':id')
  @Permit('evaluation.read')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getIncident', summary: '一件事件及其办理 · an incident as it stands' })
  @ApiOkResponse({ type: IncidentViewBody })
  @Problems(404, 422)
  async get(@Param() { id }: ScoreIdPath, @Acting() actor: SignedInActor): Promise<IncidentViewBody> {
    const { steps, ...incident } = await this.incidents.show(actor, id);
    return { ...incidentBody(incident), steps: steps.map(stepBody) };
  }

  @Post()
  @Permit('evaluation.prepare')
  @ActsOnce()
  @ApiOperation({ operationId: 'recordIncident', summary: '登记有权机关的认定 · record what an authority found' })
  @ApiCreatedResponse({ type: ScoreMadeBody })
  @Problems(404, 409, 413, 422)
  async record(
    @Body() body: NewIncidentBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScoreMadeBody> {
    await this.snapshots.read(actor, (tx) => getOwnPath(tx, actor, body.territory, this.today.date()));
    return answered(await this.incidents.record(actor, body, key), response);
  }

  @Post(':id/acts')
  @Permit('evaluation.read')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'actOnIncident',
    summary: '核实、不采用（非登记人），或撤销 · confirm or reject it, by another person than recorded it, or annul it',
  })
  @ApiOkResponse({ type: ScoreMadeBody })
  @Problems(404, 409, 413, 422)
  async act(
    @Param() { id }: ScoreIdPath,
    @Body() body: IncidentActBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScoreMadeBody> {
    return answered(await this.incidents.act(actor, { ...body, id }, key), response);
  }
}

function incidentBody({ territoryPath: _, ...incident }: Incident): IncidentBody {
  return wire(incident);
}
