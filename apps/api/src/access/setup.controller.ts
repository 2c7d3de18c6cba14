/** One-time links: the first administrator, and people who set their own password. */
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SetupLinkService } from '@gep/access';
import { Problems } from '../problem/problems.decorator';
import { TakesSecret } from '../request/rate.guard';
import { wire } from '../answer/wire';
import { Public } from './access.decorator';
import { PersonBody, SetupBody, SetupPurposeAnswer, SetupPurposeBody } from './access.dto';

@ApiTags('access')
@Controller('api/v1/setup')
export class SetupController {
  constructor(private readonly links: SetupLinkService) {}

  @Post('purpose')
  @Public()
  @TakesSecret()
  @HttpCode(200)
  @ApiOperation({ operationId: 'lookAtSetupLink', summary: '链接的用途 · what a one-time link is for' })
  @ApiOkResponse({ type: SetupPurposeAnswer })
  @Problems(400, 401, 413, 422)
  async purpose(@Body() { token }: SetupPurposeBody): Promise<SetupPurposeAnswer> {
    return wire(await this.links.lookAtLink(token));
  }

  @Post()
  @Public()
  @TakesSecret()
  @ApiOperation({
    operationId: 'setUp',
    summary: '使用链接：建立首位管理员，或设置密码 · use the link: make the first administrator, or set a password',
  })
  @ApiCreatedResponse({ type: PersonBody })
  @Problems(400, 401, 409, 413, 422)
  setUp(@Body() answer: SetupBody): Promise<PersonBody> {
    return this.links.redeemLink(answer);
  }
}
