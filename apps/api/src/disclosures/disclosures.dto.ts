/** What may be asked of publications, and how one looks on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { nextCursor } from '../answer/answer.dto';
import { FlagField, PeriodField, TerritoryField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';
import { NormField } from '../request/recorded-account.decorator';

export class DisclosureListQuery extends PageQuery {
  @TerritoryField({ description: '地域代码 · territory', optional: true })
  territory?: string;

  @TerritoryField({ description: '此地域及其下级 · this territory and all below it', optional: true })
  within?: string;

  @PeriodField({ description: '核算期 · period', optional: true })
  period?: string;

  @NormField({ optional: true })
  norm?: string;

  @FlagField({
    description: '只看重述（更正日志） · restatements only: the log of corrections',
    optional: true,
    default: false,
  })
  corrections?: boolean;
}

export class DisclosurePath {
  @UuidField({ description: '披露编号 · id of the disclosure' })
  id: string;
}

export class DisclosureBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) nameZh: string;
  @ApiProperty({ type: String, nullable: true }) nameEn: string | null;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) norm: string;
  @ApiProperty({ type: String }) normEdition: string;
  @ApiProperty({ type: 'integer', description: '首次为 1 · 1 for the first' }) round: number;
  @ApiProperty({ type: String, format: 'date-time' }) since: string;
  @ApiProperty({ type: String }) publisherName: string;
  @ApiProperty({ type: String, format: 'uuid' }) accountId: string;
  @ApiProperty({ type: String }) accountDigest: string;
  @ApiProperty({ type: String, description: '文本的 SHA-256 · SHA-256 of the document' }) documentDigest: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '所替代的披露 · the one it replaces' })
  restates: string | null;
  @ApiProperty({ type: String, nullable: true }) reason: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: '与所替代者之差，按服务（分） · difference to the one it replaces, by service, in fen',
  })
  difference: object | null;
}

export class DisclosurePageBody {
  @ApiProperty({ type: [DisclosureBody] }) items: DisclosureBody[];
  @ApiProperty(nextCursor) next: string | null;
}
