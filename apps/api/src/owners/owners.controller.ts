/** The registers of owners, parcels and shares: taken in, changed by dated deeds, and who reads for an owner. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { getHolder, type SignedInActor } from '@gep/access';
import { Fraction } from '@gep/kernel';
import {
  getCompany,
  HoldingRefused,
  HoldingService,
  listOwners,
  listParcels,
  type Owner,
  type Parcel,
  readShare,
  RegisterService,
} from '@gep/procurement';
import { codesOfPath } from '@gep/territory';
import { Acting, Permit } from '../access/access.decorator';
import { pageOf } from '../answer/page';
import { Revalidated } from '../answer/revalidation.interceptor';
import { Snapshots } from '../answer/snapshots.service';
import { Today } from '../answer/today.service';
import { Problems } from '../problem/problems.decorator';
import { readCursor } from '../request/cursor';
import { ActsOnce, IdempotencyKey, replayedHeader } from '../request/idempotency.decorator';
import { defaultPageSize } from '../request/page.dto';
import {
  ChangedBody,
  LinkedBody,
  OwnerBody,
  OwnerChangeBody,
  OwnerLinkBody,
  OwnerPageBody,
  OwnerPath,
  ParcelBody,
  ParcelChangeBody,
  ParcelPageBody,
  ParcelQuery,
  RegisteredBody,
  RegisterQuery,
  RegistrationBody,
  ShareMovementsBody,
  TransferBody,
} from './owners.dto';

@ApiTags('owners')
@Controller('api/v1')
export class OwnersController {
  constructor(
    private readonly registers: RegisterService,
    private readonly holdings: HoldingService,
    private readonly snapshots: Snapshots,
    private readonly today: Today,
  ) {}

  @Get('owners')
  @Permit('owner.manage')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listOwners', summary: '公司的权利人 · owners of a company' })
  @ApiOkResponse({ type: OwnerPageBody })
  @Problems(404, 422)
  async owners(@Query() query: RegisterQuery, @Acting() actor: SignedInActor): Promise<OwnerPageBody> {
    const { limit = defaultPageSize } = query;
    const after = readCursor(query.cursor, 1)?.[0];
    const rows = await this.snapshots.read(actor, async (tx) => {
      const { id: companyId } = await getCompany(tx, query.company);
      return listOwners(tx, { companyId, after, limit: limit + 1 });
    });
    return pageOf(rows, limit, ({ code }) => [code], ownerBody);
  }

  @Get('parcels')
  @Permit('owner.manage')
  @Revalidated('changing')
  @ApiOperation({ operationId: 'listParcels', summary: '地块及其持有人 · parcels with their holders on a day' })
  @ApiOkResponse({ type: ParcelPageBody })
  @Problems(404, 422)
  async parcels(@Query() query: ParcelQuery, @Acting() actor: SignedInActor): Promise<ParcelPageBody> {
    const { limit = defaultPageSize, owner, on = this.today.date() } = query;
    const after = readCursor(query.cursor, 1)?.[0];
    const rows = await this.snapshots.read(actor, async (tx) => {
      const { id: companyId } = await getCompany(tx, query.company);
      return listParcels(tx, { companyId, owner, on, after, limit: limit + 1 });
    });
    return pageOf(rows, limit, ({ code }) => [code], parcelBody);
  }

  @Post('owners')
  @Permit('owner.manage')
  @ActsOnce()
  @ApiOperation({
    operationId: 'registerOwners',
    summary:
      '登记权利人与地块（大批量请用 gep owner import） · register owners and parcels; by the million with gep owner import',
  })
  @ApiCreatedResponse({ type: RegisteredBody })
  @Problems(404, 409, 413, 422)
  async register(
    @Body() { owners, parcels, ...wish }: RegistrationBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RegisteredBody> {
    const lists = {
      owners: owners.map(({ shares = '', ...owner }) => ({ ...owner, shares })),
      parcels: parcels.flatMap(({ holders, baseYear, baseGep = '', type = '', areaHectare: area = '', ...parcel }) =>
        holders.map(({ owner, share = '' }) => ({
          ...{ ...parcel, baseYear: String(baseYear), baseGep, type, area },
          ...{ owner, share },
        })),
      ),
    };
    return replayed(await this.registers.register(actor, { ...wish, lists }, key), response);
  }

  @Post('owners/successions')
  @Permit('owner.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'succeedOwners',
    summary:
      '权利人合并、分立、继承：继受其份额与未领分红 · owners end, and successors take what they hold and are owed',
  })
  @ApiOkResponse({ type: ChangedBody })
  @Problems(404, 409, 413, 422)
  async succeed(
    @Body() { successors, ...wish }: OwnerChangeBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ChangedBody> {
    const shares = successors.map(({ owner, share }) => ({ owner, share: shareOf(owner, share) }));
    return replayed(await this.holdings.succeed(actor, { ...wish, successors: shares }, key), response);
  }

  @Post('owners/:owner/links')
  @Permit('owner.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'linkOwner',
    summary: '把权利人关联到登录者，由其查看本户分红 · let a person at a login read the lines of an owner',
  })
  @ApiOkResponse({ type: LinkedBody })
  @Problems(404, 409, 413, 422)
  async link(
    @Param() { owner }: OwnerPath,
    @Body() { company, login, linked }: OwnerLinkBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LinkedBody> {
    const userId = await this.snapshots.read(actor, (tx) => getHolder(tx, login, 'owner'));
    return replayed(await this.registers.link(actor, { company, owner, userId, linked }, key), response);
  }

  @Post('parcels/transfers')
  @Permit('owner.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({ operationId: 'transferParcel', summary: '地块份额转让 · a share of a parcel changes hands' })
  @ApiOkResponse({ type: ChangedBody })
  @Problems(404, 409, 413, 422)
  async transfer(
    @Body() { share, ...wish }: TransferBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ChangedBody> {
    const transfer = { ...wish, share: shareOf(wish.parcel, share) };
    return replayed(await this.holdings.transfer(actor, transfer, key), response);
  }

  @Post('parcels/changes')
  @Permit('owner.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'changeParcels',
    summary:
      '地块分割、合并：基准年 GEP 按基准年地块核算分 · split or merge parcels; base GEP goes by the base-year account',
  })
  @ApiOkResponse({ type: ChangedBody })
  @Problems(404, 409, 413, 422)
  async change(
    @Body() { successors, ...wish }: ParcelChangeBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ChangedBody> {
    const parts = successors.map(({ accountFen, ...part }) => ({ ...part, accountFen: BigInt(accountFen) }));
    return replayed(await this.holdings.changeParcels(actor, { ...wish, successors: parts }, key), response);
  }

  @Post('owners/shares')
  @Permit('owner.manage')
  @ActsOnce()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'moveShares',
    summary: '登记股份的发行、转让、回购 · issue, transfer, redeem registered shares',
  })
  @ApiOkResponse({ type: ChangedBody })
  @Problems(404, 409, 413, 422)
  async shares(
    @Body() { movements, ...wish }: ShareMovementsBody,
    @IdempotencyKey() key: string,
    @Acting() actor: SignedInActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ChangedBody> {
    const moved = movements.map(({ giver = null, taker = null, shares }) => ({ giver, taker, shares: BigInt(shares) }));
    return replayed(await this.holdings.moveShares(actor, { ...wish, movements: moved }, key), response);
  }
}

function replayed<T extends { readonly replayed: boolean }>(
  { replayed: before, ...answer }: T,
  response: Response,
): Omit<T, 'replayed'> {
  if (before) response.setHeader(replayedHeader, 'true');
  return answer;
}

/** @throws HoldingRefused */
function shareOf(what: string, text: string): Fraction {
  const share = readShare(text);
  if (share) return share;
  throw new HoldingRefused(what, {
    zh: `份额“${text}”应大于 0、不大于 1，如 1/3 或 25%`,
    en: `the share "${text}" must be above 0 and up to 1, such as 1/3 or 25%`,
  });
}

const territoryOf = (path: string): string => codesOfPath(path).at(-1)!;

const ownerBody = ({ territoryPath, ...owner }: Owner): OwnerBody => ({
  ...owner,
  territory: territoryOf(territoryPath),
});

const parcelBody = (parcel: Parcel): ParcelBody => ({
  ...{ code: parcel.code, territory: territoryOf(parcel.territoryPath), baseYear: parcel.baseYear },
  ...{ baseGepFen: parcel.baseGepFen.toString(), since: parcel.since, endedOn: parcel.endedOn },
  holders: parcel.owners.map((owner, at) => ({ owner, share: Fraction.of(parcel.parts[at], parcel.whole).toString() })),
});
