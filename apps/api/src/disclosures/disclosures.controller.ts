/** Publications of accounts: the log of them, of corrections alone, and each document as it was published. */
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  type Disclosure,
  DisclosureMissing,
  findDisclosureById,
  listDisclosures,
  renderDisclosure,
} from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { Acting, Permit } from '../access/access.decorator';
import { stillGood, tagOf } from '../answer/etag';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { cursorRefused, readCursor } from '../request/cursor';
import { defaultPageSize } from '../request/page.dto';
import type { ApiRequest } from '../request/request.middleware';
import { DisclosureBody, DisclosureListQuery, DisclosurePageBody, DisclosurePath } from './disclosures.dto';

@ApiTags('disclosures')
@Controller('api/v1/disclosures')
export class DisclosuresController {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listDisclosures',
    summary: '已发布的账户，新的在前 · published accounts, newest first',
  })
  @ApiOkResponse({ type: DisclosurePageBody })
  @Problems(404, 422)
  async list(@Query() query: DisclosureListQuery, @Acting() actor: Actor): Promise<DisclosurePageBody> {
    const { limit = defaultPageSize, territory, period, norm: normId, corrections } = query;
    const after = placeOf(query.cursor);
    const rows = await this.snapshots.read(actor, async (tx) => {
      const within = query.within && (await getTerritory(tx, query.within, this.today.date())).path;
      return listDisclosures(tx, { territory, within, period, normId, corrections }, { limit: limit + 1, after });
    });
    return pageOf(rows, limit, ({ id }) => [id], disclosureBody);
  }

  @Get(':id')
  @Permit('disclosure.read')
  @Revalidated('immutable')
  @ApiOperation({ operationId: 'getDisclosure', summary: '一次披露 · one publication' })
  @ApiOkResponse({ type: DisclosureBody })
  @Problems(404, 422)
  async get(@Param() { id }: DisclosurePath, @Acting() actor: Actor): Promise<DisclosureBody> {
    return disclosureBody(await this.snapshots.read(actor, (tx) => getDisclosure(tx, id)));
  }

  @Get(':id/document')
  @Permit('disclosure.read')
  @ApiOperation({
    operationId: 'getDisclosureDocument',
    summary: '披露文本，逐字节与发布时相同 · the document, byte for byte as it was published',
  })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @Problems(404, 422)
  async document(
    @Param() { id }: DisclosurePath,
    @Acting() actor: Actor,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const document = await this.snapshots.read(actor, async (tx) => renderDisclosure(tx, await getDisclosure(tx, id)));
    const tag = tagOf(document);
    response.setHeader('ETag', tag);
    response.setHeader('Cache-Control', 'private, max-age=86400, immutable');
    response.vary('Authorization');
    if (stillGood(request.headers['if-none-match'], tag)) response.status(304).end();
    // As text: an object that is read and written again might change the order of its members.
    else response.type('application/json').send(document);
  }
}

/** The cursor names the last disclosure of the page before. */
function placeOf(cursor: string | undefined): string | undefined {
  const id = readCursor(cursor, 1)?.[0];
  if (id === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw cursorRefused();
}

async function getDisclosure(tx: EntityManager, id: string): Promise<Disclosure> {
  const found = await findDisclosureById(tx, id);
  if (!found) throw new DisclosureMissing(id);
  return found;
}

function disclosureBody(disclosure: Disclosure): DisclosureBody {
  const { path: _path, publishedBy: _by, documentFormat: _format, normId: norm, ...shown } = disclosure;
  return { ...wire(shown), norm };
}
