/** What may be asked of the making of yearly disclosures, and how one looks on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { disclosureActs, disclosureSteps, type DisclosureAct } from '@gep/evaluation';
import { nextCursor } from '../answer/answer.dto';
import { ChoiceField, IntegerField, FlagField, TerritoryField, TextField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const yearField = { description: '年份 · year', example: 2024, min: 1990, max: 2200 };

export class NewYearlyDisclosureBody {
  @TerritoryField({ description: '地域代码 · territory' })
  territory: string;

  @IntegerField(yearField)
  year: number;

  @TextField({
    description: '更正理由；第二版起必填 · why it is corrected; from the second edition on',
    optional: true,
    max: 2000,
  })
  reason?: string;
}

export class YearlyDisclosurePath {
  @UuidField({ description: '年度披露的编号 · id of the yearly disclosure' })
  id: string;
}

export class YearlyDisclosureActPath extends YearlyDisclosurePath {
  @ChoiceField({ description: '步骤 · step', of: disclosureActs })
  act: DisclosureAct;
}

export class YearlyDisclosureActBody {
  @TextField({ description: '理由；撤回时必填 · reason; needed to withdraw', optional: true, min: 0, max: 2000 })
  reason?: string;
}

export class YearlyDisclosureListQuery extends PageQuery {
  @TerritoryField({ description: '地域代码 · territory', optional: true })
  territory?: string;

  @TerritoryField({ description: '此地域及其下级 · this territory and all below it', optional: true })
  within?: string;

  @IntegerField({ ...yearField, optional: true })
  year?: number;

  @FlagField({ description: '只看更正 · corrections only', optional: true, default: false })
  corrections?: boolean;
}

export class YearlyDisclosureDoneBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: 'integer' }) year: number;
  @ApiProperty({ type: 'integer', description: '首次为 1 · 1 for the first' }) edition: number;
  @ApiProperty({ type: String, enum: Object.keys(disclosureSteps.nameOfState) }) state: string;
}

export class YearlyDisclosureGistBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: 'integer' }) year: number;
  @ApiProperty({ type: 'integer' }) edition: number;
  @ApiProperty({ type: String, description: '文本的 SHA-256 · SHA-256 of the document' }) digest: string;
  @ApiProperty({ type: String, description: '数据树的根 · root of the tree of figures' }) root: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) publishedOn: string | null;
  @ApiProperty({ type: String, nullable: true, description: '更正理由 · why it was corrected' }) reason: string | null;
  @ApiProperty({ type: 'integer', description: '更正的数据个数 · figures that were corrected' }) corrected: number;
}

export class YearlyDisclosurePageBody {
  @ApiProperty({ type: [YearlyDisclosureGistBody] }) items: YearlyDisclosureGistBody[];
  @ApiProperty(nextCursor) next: string | null;
}
