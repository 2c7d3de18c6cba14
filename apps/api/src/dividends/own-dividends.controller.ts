/** What a household at its own login sees: the own lines of dividends, and proofs; of others nothing. */
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignedInActor } from '@gep/access';
import { OwnDividends } from '@gep/procurement';
import { Acting, Permit } from '../access/access.decorator';
import { Revalidated } from '../answer/revalidation.interceptor';
import { wire } from '../answer/wire';
import { Problems } from '../problem/problems.decorator';
import { DividendPath, LineProofListBody, OwnDividendListBody } from './dividends.dto';

@ApiTags('dividends')
@Controller('api/v1/my/dividends')
export class OwnDividendsController {
  constructor(private readonly own: OwnDividends) {}

  @Get()
  @Permit('dividend.own')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listOwnDividends', summary: '本户的分红 · your own lines of dividends' })
  @ApiOkResponse({ type: OwnDividendListBody })
  async list(@Acting() actor: SignedInActor): Promise<OwnDividendListBody> {
    const found = await this.own.list(actor);
    return {
      items: found.map(({ dividend: { id, company, period, allotment }, line }) => {
        const { owner, amountFen, weight, state, claimedFen, since } = line;
        return {
          ...{ id, company, period, root: allotment!.root, totalFen: allotment!.dividendFen.toString() },
          line: wire({ owner, amountFen, weight, state, claimedFen, since }),
        };
      }),
    };
  }

  @Get(':id/proof')
  @Permit('dividend.own')
  @Revalidated('changing')
  @ApiOperation({
    operationId: 'proveOwnDividend',
    summary: '证明本户的一行在内、各行之和等于总额 · proof that your line is among lines which sum to the fund',
  })
  @ApiOkResponse({ type: LineProofListBody })
  @Problems(404, 422)
  async prove(@Param() { id }: DividendPath, @Acting() actor: SignedInActor): Promise<LineProofListBody> {
    return { items: (await this.own.prove(actor, id)).map((proof) => ({ ...proof, parts: [...proof.parts] })) };
  }
}
