/** What may be asked of figures that no account gives, over HTTP, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { nextCursor } from '../answer/answer.dto';
import { ChoiceField, IntegerField, TerritoryField, TextField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';
import { paperField } from './targets.dto';

const figureActs = ['confirm', 'reject'] as const;
const year = { description: '年份 · year', min: 1900, max: 2199 };
const pricesOf = { description: '价格年；当年价不填 · year of its prices; none for its own', optional: true };

export class OutsideFigurePath {
  @UuidField({ description: '编号 · id' })
  id: string;
}

export class OutsideFigureQuery extends PageQuery {
  @TerritoryField({ description: '地域 · territory', optional: true })
  territory?: string;

  @IntegerField({ ...year, optional: true })
  year?: number;
}

export class NewOutsideFigureBody {
  @TerritoryField({ description: '数据所属的单位 · the unit that it is of' })
  territory: string;

  @ChoiceField({ description: '数据 · what it is', of: ['gdp'] })
  measure: 'gdp';

  @IntegerField(year)
  year: number;

  @TextField({ ...pricesOf, min: 4, max: 4, pattern: /^(19|20|21)\d\d$/ })
  pricesOf?: string;

  @TextField({ description: '元，至多两位小数 · yuan, two decimals at most', max: 20 })
  value: string;

  @TextField({ description: '提供部门 · the supplying body', max: 200 })
  suppliedByBody: string;

  @TerritoryField({ description: '提供部门所在地域，在该单位之上 · territory of that body, above the unit' })
  supplier: string;

  @TextField({ description: '来源文件 · document that it comes from', max: 400 })
  document: string;

  @TextField(paperField)
  documentDigest: string;
}

export class OutsideFigureActBody {
  @ChoiceField({ description: '办理 · what is done', of: figureActs })
  act: (typeof figureActs)[number];

  @TextField({ description: '理由；不采用时必填 · reason; needed to reject', optional: true, min: 0, max: 2000 })
  reason?: string;
}

export class OutsideFigureBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, enum: ['gdp'] }) measure: string;
  @ApiProperty({ type: 'integer' }) year: number;
  @ApiProperty({ type: String, nullable: true }) pricesOf: string | null;
  @ApiProperty({ type: String, pattern: '^-?\\d+$' }) valueFen: string;
  @ApiProperty({ type: String }) suppliedByBody: string;
  @ApiProperty({ type: String }) document: string;
  @ApiProperty({ type: String }) documentDigest: string;
  @ApiProperty({ type: String }) suppliedByName: string;
  @ApiProperty({ type: String, format: 'date-time' }) suppliedAt: string;
  @ApiProperty({ type: String, enum: ['supplied', 'confirmed', 'rejected'] }) state: string;
}

export class OutsideFigurePageBody {
  @ApiProperty({ type: [OutsideFigureBody] }) items: OutsideFigureBody[];
  @ApiProperty(nextCursor) next: string | null;
}
