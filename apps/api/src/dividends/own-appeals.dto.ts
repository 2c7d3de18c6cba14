/** What a household may ask about an objection to its own line. */
import { ApiProperty } from '@nestjs/swagger';
import { AppealViewBody } from '../procedures/appeals.dto';
import { ChoiceField, DayField, FenField, TextField, UuidField } from '../request/field.decorator';
import { DividendPath } from './dividends.dto';

export class OwnAppealPath extends DividendPath {
  @UuidField({ description: '异议的编号 · id of the appeal' }) appeal: string;
}

export class OwnAppealBody {
  @TextField({
    description: '哪一位权利人；只有一位时省略 · which owner; left out where you have one',
    optional: true,
    max: 60,
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
  })
  owner?: string;

  @FenField({ description: '您看到的金额（分） · amount that you were shown, in fen', optional: true })
  shownFen?: string;

  @DayField({
    description: '知道之日，省略为今天；已公开的自公开日计 · day on which you knew; today, or that of its publication',
    optional: true,
  })
  knownOn?: string;

  @TextField({ description: '事实与请求 · grounds, and what is asked', min: 4, max: 4000 })
  grounds: string;
}

export class ActOnOwnAppealBody {
  @ChoiceField({ description: '投诉或撤回 · complain or withdraw', of: ['complain', 'withdraw'] })
  act: 'complain' | 'withdraw';

  @TextField({ description: '理由 · reason', min: 4, max: 4000 })
  reason: string;
}

export class OwnAppealListBody {
  @ApiProperty({ type: [AppealViewBody] }) items: AppealViewBody[];
}
