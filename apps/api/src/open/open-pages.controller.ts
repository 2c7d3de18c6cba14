/** Public pages of yearly disclosures, in Chinese and English, readable without a script. */
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  type DisclosureDocument,
  receiptOfFigure,
  type YearlyDisclosure,
  YearlyDisclosureMissing,
} from '@gep/evaluation';
import { Public } from '../access/access.decorator';
import { OpenEditionPath, OpenFigurePath, OpenPageQuery, OpenYearPath } from './open-disclosures.dto';
import { OpenDisclosures, type OpenPlace } from './open-disclosures.service';
import { figurePage, type ListedYear, listPage, yearPage } from './open-pages';

/** More are found through the open data, page by page. */
const mostListed = 200;

@ApiExcludeController()
@Controller('open')
export class OpenPagesController {
  constructor(private readonly disclosures: OpenDisclosures) {}

  @Get()
  @Public()
  async list(@Query() { lang = 'zh' }: OpenPageQuery, @Res() response: Response): Promise<void> {
    send(response, listPage((await this.disclosures.list({}, { limit: mostListed })).map(listedYear), lang));
  }

  @Get(':territory/:year')
  @Public()
  async latest(
    @Param() place: OpenYearPath,
    @Query() { lang = 'zh' }: OpenPageQuery,
    @Res() response: Response,
  ): Promise<void> {
    await this.year(place, lang, response);
  }

  @Get(':territory/:year/:edition')
  @Public()
  async edition(
    @Param() place: OpenEditionPath,
    @Query() { lang = 'zh' }: OpenPageQuery,
    @Res() response: Response,
  ): Promise<void> {
    await this.year(place, lang, response);
  }

  @Get(':territory/:year/:edition/figures/:figure')
  @Public()
  async figure(
    @Param() { figure, ...place }: OpenFigurePath,
    @Query() { lang = 'zh' }: OpenPageQuery,
    @Res() response: Response,
  ): Promise<void> {
    const receipt = receiptOfFigure(await this.disclosures.get(place), figure);
    if (!receipt) throw new YearlyDisclosureMissing(`${place.territory} ${place.year} ${place.edition} ${figure}`);
    send(response, figurePage(receipt, lang));
  }

  private async year(place: OpenPlace, lang: 'zh' | 'en', response: Response): Promise<void> {
    const shown = await this.disclosures.get(place);
    const { territory, year } = place;
    const latest = place.edition === undefined ? shown : await this.disclosures.get({ territory, year });
    send(response, yearPage(shown, latest.document.edition, lang));
  }
}

function listedYear({ territory, year, edition, publishedOn, document }: YearlyDisclosure): ListedYear {
  const { territory: place, reason, corrections } = JSON.parse(document) as DisclosureDocument;
  const name = { zh: place.nameZh, en: place.nameEn ?? place.nameZh };
  return { territory, name, year, edition, publishedOn: publishedOn!, reason, corrected: corrections.length };
}

function send(response: Response, page: string): void {
  response.setHeader('Cache-Control', 'public, no-cache');
  response.type('html').send(page);
}
