/** Published norms: which there are, what an edition says, its parameters with source and grade. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@gep/platform';
import { listEditions, normView, parameterViews, type PublishedEdition, RulebookService } from '@gep/rulebook';
import { Acting, SignedIn } from '../access/access.decorator';
import { Problems } from '../problem/problems.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { type Wire, wire } from '../answer/wire';
import { EditionListBody, EditionPath, NormBody, NormPath, ParameterListBody, ParametersQuery } from './norms.dto';

@ApiTags('norms')
@Controller('api/v1/norms')
export class NormsController {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly rulebook: RulebookService,
  ) {}

  @Get()
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listNorms', summary: '各规范的现行版 · editions in force' })
  @ApiOkResponse({ type: EditionListBody })
  async list(@Acting() actor: Actor): Promise<EditionListBody> {
    const editions = await this.snapshots.read(actor, (tx) => listEditions(tx));
    return { items: editions.filter(({ current }) => current).map(editionBody) };
  }

  @Get(':id')
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({ operationId: 'getNorm', summary: '规范的现行版 · the edition in force' })
  @ApiOkResponse({ type: NormBody })
  @Problems(404, 422)
  async get(@Param() { id }: NormPath, @Acting() actor: Actor): Promise<NormBody> {
    return normView(await this.snapshots.read(actor, (tx) => this.rulebook.getNorm(tx, id)));
  }

  @Get(':id/editions')
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listEditions', summary: '规范的各版，新的在前 · all editions, newest first' })
  @ApiOkResponse({ type: EditionListBody })
  @Problems(422)
  async editions(@Param() { id }: NormPath, @Acting() actor: Actor): Promise<EditionListBody> {
    const editions = await this.snapshots.read(actor, (tx) => listEditions(tx, id));
    return { items: editions.map(editionBody) };
  }

  @Get(':id/editions/:edition')
  @SignedIn()
  @Revalidated('immutable')
  @ApiOperation({ operationId: 'getEdition', summary: '规范的一版，永不改变 · one edition, never changed' })
  @ApiOkResponse({ type: NormBody })
  @Problems(404, 422)
  async edition(@Param() { id, edition }: EditionPath, @Acting() actor: Actor): Promise<NormBody> {
    return normView(await this.snapshots.read(actor, (tx) => this.rulebook.getNorm(tx, id, edition)));
  }

  @Get(':id/parameters')
  @SignedIn()
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'listParameters',
    summary: '参数及其出处与证据等级 · parameters with source and evidence grade',
  })
  @ApiOkResponse({ type: ParameterListBody })
  @Problems(404, 422)
  async parameters(
    @Param() { id }: NormPath,
    @Query() query: ParametersQuery,
    @Acting() actor: Actor,
  ): Promise<ParameterListBody> {
    const norm = await this.snapshots.read(actor, (tx) => this.rulebook.getNorm(tx, id, query.edition));
    return { normId: norm.id, edition: norm.edition, items: parameterViews(norm.parameters, query) };
  }
}

/** Without the id of the person who published it. */
function editionBody({ publishedBy: _, ...edition }: PublishedEdition): Wire<Omit<PublishedEdition, 'publishedBy'>> {
  return wire(edition);
}
