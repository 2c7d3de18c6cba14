/** What is asked for when the book is changed by hand. */
import { ApiProperty } from '@nestjs/swagger';
import { DayField, PeriodField, TerritoryField, TextField, UuidField } from '../request/field.decorator';

export class ReversalBody {
  @TextField({ description: '理由 · why', max: 2000 })
  memo: string;

  @DayField({
    description: '记账日；未给出时同原凭证 · day of effect; that of the voucher when absent',
    optional: true,
  })
  effectiveDate?: string;
}

export class ReversedBody {
  @ApiProperty({ type: String, format: 'uuid', description: '冲销凭证 · the reversal' }) id: string;
}

export class ReservationPath {
  @UuidField({ description: '预留的编号 · id of the reservation' })
  id: string;
}

export class VoidBody {
  @TextField({ description: '理由 · reason', max: 2000 })
  reason: string;
}

export class VoidedBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
}

export class ClosingBody {
  @TerritoryField({ description: '地域，连同其下级 · territory, with all below it' })
  territory: string;

  @PeriodField({ description: '时期 · period', example: '2025-06' })
  period: string;
}

export class ClosedBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
}

export class ClosingItemBody extends ClosedBody {
  @ApiProperty({ type: String, format: 'date', description: '至此日（含） · through this day' }) closedThrough: string;
  @ApiProperty({ type: String }) closedBy: string;
  @ApiProperty({ type: String, format: 'date-time' }) closedAt: string;
}

export class ClosingListBody {
  @ApiProperty({ type: [ClosingItemBody] }) items: ClosingItemBody[];
}
