/** How health looks on the wire. */
import { ApiProperty } from '@nestjs/swagger';

export class LivenessBody {
  @ApiProperty({ type: String, enum: ['live'] }) status: 'live';
}

export type PartState = 'up' | 'down';

export class HealthChecksBody {
  @ApiProperty({ type: String, enum: ['up', 'down'] }) database: PartState;
  @ApiProperty({ type: String, enum: ['up', 'down'], description: '迁移是否齐全 · whether all migrations ran' })
  migrations: PartState;
  @ApiProperty({ type: String, enum: ['up', 'down'] }) queue: PartState;
}

export class HealthBody {
  @ApiProperty({ type: String, enum: ['ready', 'not-ready'] }) status: 'ready' | 'not-ready';
  @ApiProperty({ type: HealthChecksBody }) checks: HealthChecksBody;
}
