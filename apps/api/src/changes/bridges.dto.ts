/** What may be asked of a bridge between norms, and how it looks on the wire. */
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { NormReference } from '../accounts/account-body.dto';
import { CurrentAccountQuery } from '../accounts/accounts.dto';
import { BilingualBody, fenByCode } from '../answer/answer.dto';
import { TextField } from '../request/field.decorator';
import { NormField } from '../request/recorded-account.decorator';

/** `norm` and `edition` are those to start from. */
export class BridgeQuery extends CurrentAccountQuery {
  @NormField({ description: '目标规范 · norm to end at', example: 'seea-ea' })
  to: string;

  @TextField({
    description: '目标规范的版本；省略则为现行版 · its edition; the one in force when left out',
    optional: true,
    min: 64,
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
  })
  toEdition?: string;
}

const fen = (description: string): ApiPropertyOptions => ({ type: String, pattern: '^-?\\d+$', description });

export class BridgeEndBody {
  @ApiProperty({ type: NormReference }) norm: NormReference;
  @ApiProperty(fen('合计（分） · total')) totalFen: string;
  @ApiProperty(fen('其中按流动声明扣减的（分） · taken back of it by declared flows')) takenBackFen: string;
}

export class BridgeStepBody {
  @ApiProperty({ type: String, example: 'parameter', description: '步骤的种类 · kind of step' }) kind: string;
  @ApiProperty({ type: String, description: '参数或服务 · parameter or service' }) code: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: BilingualBody, required: false, description: '关闭的理由 · why it is switched off' })
  reason?: BilingualBody;
  @ApiProperty(fen('此步的差额（分） · what it does')) fen: string;
  @ApiProperty(fen('此步之后的合计（分） · total after it')) totalFen: string;
  @ApiProperty(fenByCode) byService: Record<string, string>;
}

export class BridgeBody {
  @ApiProperty({ type: String, format: 'uuid', description: '其观测所属的账户版次 · vintage whose observation it is' })
  accountId: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: BridgeEndBody }) from: BridgeEndBody;
  @ApiProperty({ type: BridgeEndBody }) to: BridgeEndBody;
  @ApiProperty(fen('差额（分），等于各步之和 · difference: the sum of the steps')) differenceFen: string;
  @ApiProperty({ type: [String], description: '步骤的先后 · order of the kinds' }) order: string[];
  @ApiProperty({ type: [BridgeStepBody] }) steps: BridgeStepBody[];
  @ApiProperty({ type: [String], description: '不能单独替换的参数 · parameters that could not be exchanged alone' })
  together: string[];
}
