/** Why a figure is not given, or does not compare. */
import { ApiProperty } from '@nestjs/swagger';
import { BilingualBody } from '../answer/answer.dto';

export class SeriesRefusalBody {
  @ApiProperty({ type: String, example: 'accounting.boundary-broken' }) code: string;
  @ApiProperty({ type: BilingualBody }) text: BilingualBody;
}
