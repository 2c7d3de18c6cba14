/** SEEA accounts of what is recorded: the extent between two periods, and supply and use of one vintage. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AccountingService,
  AccountMissing,
  type ClassMapping,
  findAccountById,
  listLines,
  plain,
  readClassShares,
  tabulateSupplyUse,
} from '@gep/accounting';
import type { Actor } from '@gep/platform';
import { loadCrosswalk, RulebookFolder, RulebookService } from '@gep/rulebook';
import { Acting, Permit } from '../access/access.decorator';
import { AccountIdPath } from '../accounts/accounts.dto';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Problems } from '../problem/problems.decorator';
import { momentOf } from '../request/meant-account';
import { ExtentQuery, RecordedExtentBody, SupplyUseBody } from './seea.dto';

@ApiTags('seea')
@Controller('api/v1')
export class SeeaController {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly accounting: AccountingService,
    private readonly rulebook: RulebookService,
    private readonly folder: RulebookFolder,
  ) {}

  @Get('extent')
  @Permit('disclosure.read')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'getExtent',
    summary: '两期之间的生态系统范围账户 · extent account between two periods',
  })
  @ApiOkResponse({ type: RecordedExtentBody })
  @Problems(404, 422)
  async extent(
    @Query() { asOf, crosswalk: id, shares = '', ...query }: ExtentQuery,
    @Acting() actor: Actor,
  ): Promise<RecordedExtentBody> {
    const into = id === undefined ? undefined : await this.mapping(id, shares);
    return plain(await this.accounting.extent(actor, { ...query, asOf: momentOf(asOf), ...(into && { into }) }));
  }

  @Get('accounts/:id/supply-use')
  @Permit('disclosure.read')
  @Revalidated('immutable')
  @ApiOperation({
    operationId: 'getSupplyUse',
    summary: '一版账户的供给使用表 · supply-and-use tables of a vintage',
  })
  @ApiOkResponse({ type: SupplyUseBody })
  @Problems(404, 422)
  async supplyUse(@Param() { id }: AccountIdPath, @Acting() actor: Actor): Promise<SupplyUseBody> {
    return this.snapshots.read(actor, async (tx) => {
      const record = await findAccountById(tx, id);
      // Row security has hidden what is not the reader's: not there and not yours are one answer.
      if (!record) throw new AccountMissing({ account: id });
      const norm = await this.rulebook.getNorm(tx, record.norm.id, record.norm.edition);
      const lines = (await listLines(tx, [id])).get(id)!;
      return plain(tabulateSupplyUse({ ...record, lines, children: [], baseSums: null }, norm.services));
    });
  }

  private async mapping(id: string, shares: string): Promise<ClassMapping> {
    return {
      crosswalk: await loadCrosswalk(id, this.folder.path),
      shares: (shares === '' ? undefined : readClassShares(shares)) ?? new Map(),
    };
  }
}
