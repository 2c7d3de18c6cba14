/** What is sent for administering people, and what comes back. */
import { ApiProperty } from '@nestjs/swagger';
import { roles } from '@gep/access';
import { nextCursor } from '../answer/answer.dto';
import { ChoiceField, ListField, TerritoryField, TextField, WordsField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

/** Roles that one request may give. */
const mostGrants = 50;
/** Data sheets that a role may be limited to. */
const mostSheets = 50;

const login = {
  description: '登录名 · login',
  example: 'county-accountant',
  min: 3,
  max: 64,
  pattern: /^[a-z0-9][a-z0-9._@-]{2,63}$/,
  shape: {
    zh: '应为 3–64 个小写字母、数字或 . _ - @，以字母或数字开头',
    en: 'must have 3 to 64 of a-z, 0-9 or . _ - @, beginning with a letter or digit',
  },
};
const role = { description: '角色 · role', of: roles };
const grantedTerritory = {
  description: '适用于此地域及其下级 · holds for this territory and all below it',
  example: '520523',
};

export class UserQuery extends PageQuery {
  @TerritoryField({ description: '在此地域或其下级有角色 · with a role for this territory or below', optional: true })
  territory?: string;
}

export class UserPath {
  @TextField(login)
  login: string;
}

export class GrantPath extends UserPath {
  @ChoiceField(role)
  role: string;

  @TerritoryField(grantedTerritory)
  territory: string;
}

export class NewGrantBody {
  @ChoiceField(role)
  role: string;

  @TerritoryField(grantedTerritory)
  territory: string;

  @WordsField({
    description:
      '只限报送这些部门数据表（仅 accountant）；未给出时不限 · to send these data sheets only (accountant); all when absent',
    example: ['soilAndWater'],
    most: mostSheets,
    optional: true,
  })
  sheets?: string[];
}

export class NewUserBody {
  @TextField(login)
  login: string;

  @TextField({ description: '姓名 · name to show', max: 100 })
  name: string;

  @ListField({
    description:
      '角色与地域；没有角色的人只由全国管理员管理 · roles and where; people without are managed by the nation alone',
    of: NewGrantBody,
    most: mostGrants,
  })
  grants: NewGrantBody[];
}

export class UserStatusBody {
  @ChoiceField({ description: '停用即结束其全部会话 · disabling ends all sessions', of: ['active', 'disabled'] })
  status: 'active' | 'disabled';
}

export class GrantBody {
  @ApiProperty({ type: String, enum: [...roles] }) role: string;
  @ApiProperty({ type: String, description: '地域代码 · code of the territory', example: '520523' }) territory: string;
  @ApiProperty({
    type: [String],
    nullable: true,
    description: '只限报送的部门数据表；不限时为 null · data sheets that alone may be sent; null for all',
  })
  sheets: string[] | null;
}

export class UserBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) login: string;
  @ApiProperty({ type: String }) name: string;
  @ApiProperty({ type: String, enum: ['active', 'disabled'] }) status: string;
  @ApiProperty({ type: Boolean, description: '是否已自设密码 · whether they have set a password' })
  hasPassword: boolean;
  @ApiProperty({ type: [GrantBody], description: '在您管理的地域内的角色 · roles in the territories that you manage' })
  grants: GrantBody[];
}

export class UserPageBody {
  @ApiProperty({ type: [UserBody], description: '按登录名 · by login' }) items: UserBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class PasswordLinkBody {
  @ApiProperty({
    type: String,
    format: 'uri',
    description: '只给本人；用一次即失效 · for the person alone; good once',
    example: 'https://gep.example.cn/setup#token=…',
  })
  url: string;
  @ApiProperty({ type: String, format: 'date-time' }) expiresAt: string;
}

export class AddedUserBody extends UserBody {
  @ApiProperty({ type: PasswordLinkBody, description: '由本人自设密码 · by which the person sets the password' })
  link: PasswordLinkBody;
}

export class EndedSessionsBody {
  @ApiProperty({ type: 'integer', description: '结束了几个 · how many were ended' }) ended: number;
}
