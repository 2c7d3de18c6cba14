/** Tells supervisors whether the process lives, and whether it can do its work. */
import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { Response } from 'express';
import { Public } from '../access/access.decorator';
import { HealthBody, LivenessBody } from './operations.dto';
import { Readiness } from './readiness.service';

@ApiTags('operations')
@SkipThrottle({ default: true, secrets: true })
@Controller('api/v1/health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Public()
  @ApiOperation({ operationId: 'getLiveness', summary: '进程是否在运行 · whether the process lives' })
  @ApiOkResponse({ type: LivenessBody })
  live(): LivenessBody {
    return { status: 'live' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ operationId: 'getReadiness', summary: '能否工作 · whether it can do its work' })
  @ApiOkResponse({ type: HealthBody })
  @ApiResponse({ status: 503, type: HealthBody, description: '某一部分未就绪 · a part is not ready' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<HealthBody> {
    const checks = await this.readiness.check();
    const ready = Object.values(checks).every((state) => state === 'up');
    response.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    response.setHeader('Cache-Control', 'no-store');
    return { status: ready ? 'ready' : 'not-ready', checks };
  }
}
