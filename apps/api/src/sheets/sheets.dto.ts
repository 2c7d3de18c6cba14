/** What may be asked of data sheets, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { dueBases, sheetStates } from '@gep/accounting';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import { AccountKey } from '../request/account-key.dto';
import { TextField } from '../request/field.decorator';

export class SheetPath {
  @TextField({ description: '数据表代码 · code of the data sheet', max: 64, example: 'farming' })
  sheet: string;
}

export class TakeBackBody extends AccountKey {
  @TextField({ description: '撤回的理由 · reason', max: 2000 })
  reason: string;
}

export class TakenBackBody {
  @ApiProperty({ type: String, format: 'uuid', description: '上传记录中的编号 · id among the uploads' })
  uploadId: string;
  @ApiProperty({ type: String }) sheet: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) norm: string;
  @ApiProperty({ type: String }) reason: string;
  @ApiProperty({ type: [String], description: '仍有效的数据表 · sheets that stand on' }) sheets: string[];
  @ApiProperty({
    type: String,
    description: '现行观测的摘要，下次核算据此 · digest of what holds; the next run computes it',
  })
  digest: string;
}

export class ReceiptBody {
  @ApiProperty({ type: String, format: 'uuid' }) batch: string;
  @ApiProperty({ type: String }) by: string;
  @ApiProperty({ type: String, format: 'date-time' }) at: string;
}

export class SheetBody {
  @ApiProperty({ type: String }) sheet: string;
  @ApiProperty({ type: BilingualBody }) title: BilingualBody;
  @ApiProperty({ type: BilingualBody, description: '报送部门 · department that delivers it' })
  department: BilingualBody;
  @ApiProperty({ type: String, enum: [...sheetStates] }) state: string;
  @ApiProperty({ type: String, format: 'date', description: '最后期限 · last day on which it is not late' })
  due: string;
  @ApiProperty({
    type: String,
    enum: [...dueBases],
    description:
      '期限的算法：日历天；工作日；工作日但节假日安排缺年份，仅按周末计 · counted by days of the calendar, by working days, or by weekends alone where the list of holidays lacks a year',
  })
  dueBasis: string;
  @ApiProperty({ type: Boolean }) overdue: boolean;
  @ApiProperty({ type: 'integer', description: '应有的表、列与项 · tables, columns and items asked for' })
  expected: number;
  @ApiProperty({ type: 'integer' }) present: number;
  @ApiProperty({ type: [String], description: '缺少 · missing' }) missing: string[];
  @ApiProperty({ type: ReceiptBody, nullable: true, description: '所据上传 · upload it came by' })
  receipt: ReceiptBody | null;
}

export class SheetListBody {
  @ApiProperty({ type: [SheetBody] }) items: SheetBody[];
}

export class ReminderBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) norm: string;
  @ApiProperty({ type: String }) sheet: string;
  @ApiProperty({ type: String, format: 'date', description: '催报日 · day of the reminder' }) day: string;
  @ApiProperty({ type: String, format: 'date' }) due: string;
  @ApiProperty({ type: [String] }) missing: string[];
}

export class ReminderPageBody {
  @ApiProperty({ type: [ReminderBody] }) items: ReminderBody[];
  @ApiProperty(nextCursor) next: string | null;
}
