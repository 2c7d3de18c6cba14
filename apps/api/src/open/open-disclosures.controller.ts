/** Open data: published yearly disclosures and their figures, for everybody, at addresses that stay. */
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  DisclosureKey,
  type DisclosurePackage,
  packageCsv,
  packageText,
  receiptOfFigure,
  receiptText,
  YearlyDisclosureMissing,
} from '@gep/evaluation';
import { Public } from '../access/access.decorator';
import { stillGood, tagOf } from '../answer/etag';
import { pageOf } from '../answer/page';
import { gistBody, placeAfter } from '../evaluation/yearly-disclosures.controller';
import { YearlyDisclosureListQuery, YearlyDisclosurePageBody } from '../evaluation/yearly-disclosures.dto';
import { Problems } from '../problem/problems.decorator';
import { defaultPageSize } from '../request/page.dto';
import type { ApiRequest } from '../request/request.middleware';
import {
  DisclosureKeyBody,
  OpenEditionPath,
  OpenFigurePath,
  OpenFormatQuery,
  OpenYearPath,
} from './open-disclosures.dto';
import { OpenDisclosures } from './open-disclosures.service';

const anything = { schema: { type: 'object' as const, additionalProperties: true } };
const yearFile = { content: { 'application/json': anything, 'text/csv': { schema: { type: 'string' as const } } } };
const forADay = 'public, max-age=86400, immutable';
const askAgain = 'public, no-cache';

@ApiTags('open data')
@Controller('api/v1/open')
export class OpenDisclosuresController {
  constructor(
    private readonly disclosures: OpenDisclosures,
    private readonly key: DisclosureKey,
  ) {}

  @Get('key')
  @Public()
  @ApiOperation({
    operationId: 'getDisclosureKey',
    summary: '披露的签名公钥，供离线核验 · public key that disclosures are signed with, for gep verify --key',
  })
  @ApiOkResponse({ type: DisclosureKeyBody })
  @Problems(429)
  publicKey(): DisclosureKeyBody {
    return { publicKey: this.key.publicKey };
  }

  @Get('disclosures')
  @Public()
  @ApiOperation({
    operationId: 'listOpenDisclosures',
    summary:
      '已公布的年度披露，新的在前；corrections=true 为更正日志 · published yearly disclosures, newest first; corrections=true is the log of corrections',
  })
  @ApiOkResponse({ type: YearlyDisclosurePageBody })
  @Problems(404, 422, 429)
  async list(@Query() query: YearlyDisclosureListQuery): Promise<YearlyDisclosurePageBody> {
    const { limit = defaultPageSize, cursor, territory, year, corrections } = query;
    const page = { limit: limit + 1, after: placeAfter(cursor) };
    return pageOf(
      await this.disclosures.list({ territory, year, corrections }, page),
      limit,
      ({ id }) => [id],
      gistBody,
    );
  }

  @Get('disclosures/:territory/:year')
  @Public()
  @ApiOperation({
    operationId: 'getOpenDisclosure',
    summary: '某地某年的披露，取最新一版 · the disclosure of a territory and year, its latest edition',
  })
  @ApiOkResponse(yearFile)
  @Problems(404, 422, 429)
  async latest(
    @Param() place: OpenYearPath,
    @Query() { format }: OpenFormatQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    send(request, response, fileOf(await this.disclosures.get(place), format), askAgain);
  }

  @Get('disclosures/:territory/:year/:edition')
  @Public()
  @ApiOperation({
    operationId: 'getOpenDisclosureEdition',
    summary: '披露的一版，地址与内容永不改变 · one edition; its address and its bytes never change',
  })
  @ApiOkResponse(yearFile)
  @Problems(404, 422, 429)
  async edition(
    @Param() place: OpenEditionPath,
    @Query() { format }: OpenFormatQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    send(request, response, fileOf(await this.disclosures.get(place), format), forADay);
  }

  @Get('disclosures/:territory/:year/:edition/figures/:figure')
  @Public()
  @ApiOperation({
    operationId: 'getOpenFigure',
    summary: '一项数据及其凭据，可单独离线核验 · one figure with its receipt, which can be verified alone',
  })
  @ApiOkResponse(anything)
  @Problems(404, 422, 429)
  async figure(
    @Param() { figure, ...place }: OpenFigurePath,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const receipt = receiptOfFigure(await this.disclosures.get(place), figure);
    if (!receipt) throw new YearlyDisclosureMissing(`${place.territory} ${place.year} ${place.edition} ${figure}`);
    send(request, response, { type: 'application/json', text: receiptText(receipt) }, forADay);
  }
}

interface OpenFile {
  readonly type: string;
  readonly text: string;
}

const fileOf = (disclosed: DisclosurePackage, format: 'json' | 'csv' = 'json'): OpenFile =>
  format === 'csv'
    ? { type: 'text/csv; charset=utf-8; header=present', text: packageCsv(disclosed) }
    : { type: 'application/json', text: packageText(disclosed) };

/** As text: what is proved are its bytes. */
function send(request: ApiRequest, response: Response, { type, text }: OpenFile, caching: string): void {
  const tag = tagOf(text);
  response.setHeader('ETag', tag);
  response.setHeader('Cache-Control', caching);
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (stillGood(request.headers['if-none-match'], tag)) response.status(304).end();
  else response.type(type).send(text);
}
