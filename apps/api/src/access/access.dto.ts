/** What is sent for signing in and setting up, and what comes back. */
import { ApiProperty } from '@nestjs/swagger';
import { permissions, roles } from '@gep/access';
import { TextField } from '../request/field.decorator';

const password = { description: '密码 · password', max: 1024, format: 'password' };
const linkToken = { description: '一次性链接中的令牌 · token of the one-time link', max: 200 };
const refresh = { description: 'refresh 令牌，只能用一次 · good once', max: 200 };

export class SignInBody {
  @TextField({ description: '登录名 · login', max: 200, example: 'county-accountant' })
  login: string;

  @TextField(password)
  password: string;
}

export class RefreshBody {
  @TextField(refresh)
  refreshToken: string;
}

export class NewPasswordBody {
  @TextField({ ...password, description: '现在的密码 · current password' })
  current: string;

  @TextField({ ...password, description: '新密码，至少 12 个字符 · new password, at least 12 characters' })
  next: string;
}

export class SetupPurposeBody {
  @TextField(linkToken)
  token: string;
}

export class SetupBody {
  @TextField(linkToken)
  token: string;

  @TextField({ ...password, description: '至少 12 个字符 · at least 12 characters' })
  password: string;

  @TextField({ description: '首位管理员的登录名 · login of the first administrator', optional: true, max: 64 })
  login?: string;

  @TextField({ description: '首位管理员的姓名 · name of the first administrator', optional: true, max: 100 })
  name?: string;
}

export class PersonBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) login: string;
  @ApiProperty({ type: String }) name: string;
}

export class SetupPurposeAnswer {
  @ApiProperty({ type: String, enum: ['first-administrator', 'password'] }) kind: string;
  @ApiProperty({ type: String, nullable: true, description: '为谁设密码 · whose password is set' }) login:
    | string
    | null;
  @ApiProperty({ type: String, format: 'date-time' }) expiresAt: string;
}

export class SignedInBody {
  @ApiProperty({ type: String, description: '用于 Authorization: Bearer · for the Authorization header' })
  accessToken: string;
  @ApiProperty({ type: 'integer', description: 'accessToken 的有效秒数 · seconds it is good for', example: 900 })
  expiresIn: number;
  @ApiProperty({ type: String, description: '只能用一次，用后得到下一个 · good once, its use gives the next' })
  refreshToken: string;
  @ApiProperty({ type: PersonBody }) user: PersonBody;
}

export class HeldPermissionBody {
  @ApiProperty({ type: String, enum: [...permissions] }) permission: string;
  @ApiProperty({
    type: [String],
    description: '在哪些地域（及其下级） · below which territories',
    example: ['CN.520000'],
  })
  territories: string[];
}

export class MeBody extends PersonBody {
  @ApiProperty({ type: [String], description: '可见的地域（及其下级） · what is visible', example: ['CN.520000'] })
  scope: string[];
  @ApiProperty({ type: [HeldPermissionBody], description: `由角色得来：${roles.join(', ')} · from roles` })
  permissions: HeldPermissionBody[];
}
