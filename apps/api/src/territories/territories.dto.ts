/** What may be asked of the tree of territories, and how its rows look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { territoryLevels, type TerritoryLevel } from '@gep/territory';
import { ChoiceField, DayField, IntegerField, TerritoryField, TextField } from '../request/field.decorator';
import { nextCursor } from '../answer/answer.dto';
import { PageQuery } from '../request/page.dto';

const day = {
  description: '按此日的区划；省略则为今天 · the tree as of this day; today when left out',
  optional: true,
};

export class TerritoryCodePath {
  @TerritoryField({ description: '地域代码 · territory', example: '520523' })
  code: string;
}

export class TerritoryDateQuery {
  @DayField(day)
  date?: string;
}

export class ChildrenQuery extends PageQuery {
  @TerritoryField({
    description: '上级的代码，默认全国 · parent, the nation when left out',
    optional: true,
    example: 'CN',
  })
  parent?: string;

  @DayField(day)
  date?: string;
}

export class SearchQuery {
  @TextField({ description: '名称的一部分或代码的开头 · part of a name, or beginning of a code', max: 50 })
  text: string;

  @DayField(day)
  date?: string;

  @IntegerField({ description: '最多几条 · at most', optional: true, min: 1, max: 100, default: 20 })
  limit?: number;
}

export class SubtreeQuery extends PageQuery {
  @DayField(day)
  date?: string;

  @ChoiceField({ description: '只要此级别 · only this level', optional: true, of: territoryLevels })
  level?: TerritoryLevel;
}

export class TerritoryBody {
  @ApiProperty({ type: String, example: '520523' }) code: string;
  @ApiProperty({ type: String, description: '中文名 · Chinese name' }) nameZh: string;
  @ApiProperty({ type: String, nullable: true, description: '英文名 · English name' }) nameEn: string | null;
  @ApiProperty({ type: String, enum: [...territoryLevels] }) level: string;
  @ApiProperty({ type: String, nullable: true, description: '上级 · parent' }) parentCode: string | null;
  @ApiProperty({ type: String, example: 'CN.520000.520500.520523' }) path: string;
  @ApiProperty({ type: String, format: 'date', description: '自此日起 · holds from' }) validFrom: string;
  @ApiProperty({ type: String, format: 'date', nullable: true, description: '至此日前 · holds until before' })
  validTo: string | null;
  @ApiProperty({ type: String, description: '出处 · where it was read' }) source: string;
}

export class TerritoryPageBody {
  @ApiProperty({ type: [TerritoryBody] }) items: TerritoryBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class TerritoryDetailBody extends TerritoryBody {
  @ApiProperty({ type: [TerritoryBody], description: '从上级到全国 · from the parent up to the nation' })
  ancestors: TerritoryBody[];
}
