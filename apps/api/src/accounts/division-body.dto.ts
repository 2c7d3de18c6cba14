/** How a part of an account came to a successor, on the wire. */
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';

const exactShare: ApiPropertyOptions = { type: String, example: '2/5', description: '份额，精确 · exact share' };

export class DivisionStepBody {
  @ApiProperty({ type: String, format: 'date', description: '生效日 · first day of the successors' }) effective: string;
  @ApiProperty({ type: String, description: '拆分的前身 · the predecessor that was split' }) from: string;
  @ApiProperty({ type: String, description: '后继 · the successor' }) to: string;
  @ApiProperty({ type: String, enum: ['area', 'map', 'given'] }) basis: string;
  @ApiProperty(exactShare) share: string;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: '类型 → 份额 · type → share',
  })
  shareByType?: Record<string, string>;
}

export class ChildDivisionBody {
  @ApiProperty(exactShare) share: string;
  @ApiProperty({ type: [DivisionStepBody], description: '历次拆分 · splits in order of time' })
  steps: DivisionStepBody[];
}
