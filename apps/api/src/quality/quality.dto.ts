/** How findings of the quality checks and their explanations look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { BilingualBody } from '../answer/answer.dto';
import { TextField, UuidField } from '../request/field.decorator';

export class FindingPath {
  @UuidField({ description: '账户版次的编号 · id of a vintage' })
  id: string;

  @TextField({ description: '质量问题 · key of the finding', min: 24, max: 24, pattern: /^[0-9a-f]{24}$/ })
  key: string;
}

export class ExplanationBody {
  @TextField({
    description: '书面说明：原因、依据和经办资料 · the reason and the papers it rests on',
    min: 10,
    max: 4000,
    example: '2024 年水价由 2.40 调整为 3.00 元，见水务局 2024 年第 3 号文件',
  })
  text: string;
}

export class ExplainerBody {
  @ApiProperty({ type: String }) id: string;
  @ApiProperty({ type: String }) name: string;
}

export class FindingExplanationBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) findingKey: string;
  @ApiProperty({ type: String }) rule: string;
  @ApiProperty({ type: String, format: 'uuid', description: '当时所看的版次 · vintage it was read at' })
  accountId: string;
  @ApiProperty({ type: String }) text: string;
  @ApiProperty({ type: ExplainerBody }) by: ExplainerBody;
  @ApiProperty({ type: String, format: 'date-time' }) at: string;
}

export class FindingBody {
  @ApiProperty({ type: String, description: '数字不变则不变 · stays while the figure stays' }) key: string;
  @ApiProperty({ type: String, example: 'unitPriceJump' }) rule: string;
  @ApiProperty({
    type: String,
    enum: ['A', 'B', 'C', 'D'],
    description: 'A 须改正，B 改正或书面说明，C 说明，D 提示 · A mend, B mend or explain in writing, C explain, D hint',
  })
  grade: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: [String], description: '所涉数字，先列应改的 · figures concerned, the one to mend first' })
  cells: string[];
  @ApiProperty({ type: String, nullable: true }) service: string | null;
  @ApiProperty({ type: String, nullable: true }) type: string | null;
  @ApiProperty({ type: String, nullable: true }) expected: string | null;
  @ApiProperty({ type: String }) found: string;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: BilingualBody, description: '可能原因 · likely cause' }) cause: BilingualBody;
  @ApiProperty({ type: BilingualBody, description: '如何处理 · how to mend it' }) mend: BilingualBody;
  @ApiProperty({ type: String, description: '规则出处 · where the slip was met' }) source: string;
  @ApiProperty({ type: Boolean, description: '尚未解决，阻碍评审 · not settled, stands in the way of a review' })
  open: boolean;
  @ApiProperty({ type: [FindingExplanationBody] }) explanations: FindingExplanationBody[];
}

export class FindingListBody {
  @ApiProperty({ type: [FindingBody], description: '最重的在前 · the gravest first' }) items: FindingBody[];
}
