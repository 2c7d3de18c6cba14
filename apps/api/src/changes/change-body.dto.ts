/** How a split change looks on the wire. Money is fen as decimal text; in every cut the effects sum to the change. */
import { ApiProperty, ApiPropertyOptions } from '@nestjs/swagger';
import { evidenceGrades } from '@gep/kernel';
import { changeEffects } from '@gep/accounting';
import { AccountReferenceBody } from '../accounts/account-body.dto';
import { fenByCode } from '../answer/answer.dto';
import { ComparableBody } from './comparable-body.dto';

const fen = (description: string): ApiPropertyOptions => ({ type: String, pattern: '^-?\\d+$', description });
const effectFen = (description: string): ApiPropertyOptions => fen(`${description} (fen)`);
const effectsByCode: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: { $ref: '#/components/schemas/EffectsBody' },
};

export class EffectsBody {
  @ApiProperty(effectFen('面积 · area')) area: string;
  @ApiProperty(effectFen('状况 · condition')) condition: string;
  @ApiProperty(effectFen('天气 · weather')) weather: string;
  @ApiProperty(effectFen('单位面积供给 · supply per hectare')) supply: string;
  @ApiProperty(effectFen('利用 · use')) use: string;
  @ApiProperty(effectFen('价格 · price')) price: string;
  @ApiProperty(effectFen('自然贡献系数 · γ')) gamma: string;
  @ApiProperty(effectFen('规范 · norm')) norm: string;
  @ApiProperty(effectFen('边界 · boundary')) boundary: string;
}

export class LineEffectsBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) service: string;
  @ApiProperty({ type: String }) category: string;
  @ApiProperty({ type: String }) group: string;
  @ApiProperty({ type: String, nullable: true }) type: string | null;
  @ApiProperty({ type: String, nullable: true }) item: string | null;
  @ApiProperty(fen('前（分） · before')) beforeFen: string;
  @ApiProperty(fen('后（分） · after')) afterFen: string;
  @ApiProperty(fen('变化（分） · change')) changeFen: string;
  @ApiProperty({ type: EffectsBody }) effects: EffectsBody;
  @ApiProperty({ type: Boolean, description: '单价按单位价值计 · its price is the value of one unit' })
  implied: boolean;
}

export class PayableBody {
  @ApiProperty({ type: [String], enum: [...changeEffects] }) effects: string[];
  @ApiProperty(fen('所选效应之和（分） · sum of the chosen effects')) fen: string;
  @ApiProperty(fenByCode) byService: Record<string, string>;
  @ApiProperty(fenByCode) byType: Record<string, string>;
  @ApiProperty(fenByCode) byTerritory: Record<string, string>;
}

const gradesByCode: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: { type: 'string', enum: [...evidenceGrades] },
  description: '代码 → 前后两期中最弱的证据等级 · code → weakest evidence grade of both sides',
};

export class ChangeEvidenceBody {
  @ApiProperty({ type: String, enum: [...evidenceGrades] }) total: string;
  @ApiProperty(gradesByCode) byService: Record<string, string>;
  @ApiProperty(gradesByCode) byType: Record<string, string>;
}

export class ChangeRowBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({
    type: String,
    enum: ['takenBack', 'succession', 'moved'],
    description:
      '扣回重复计算 / 同一片地由 before 变为 after / 边界有变 · taken back by flows / the land of before is that of after / another boundary',
  })
  kind: string;
  @ApiProperty({ type: [String], required: false }) before?: string[];
  @ApiProperty({ type: [String], required: false }) after?: string[];
}

export class ChangeBody {
  @ApiProperty({ type: AccountReferenceBody }) before: AccountReferenceBody;
  @ApiProperty({ type: AccountReferenceBody }) after: AccountReferenceBody;
  @ApiProperty(fen('前（分） · before')) beforeFen: string;
  @ApiProperty(fen('后（分） · after')) afterFen: string;
  @ApiProperty(fen('变化（分） · change')) changeFen: string;
  @ApiProperty({ type: EffectsBody }) effects: EffectsBody;
  @ApiProperty(effectsByCode) byService: Record<string, EffectsBody>;
  @ApiProperty(effectsByCode) byType: Record<string, EffectsBody>;
  @ApiProperty(effectsByCode) byTerritory: Record<string, EffectsBody>;
  @ApiProperty({
    type: [ChangeRowBody],
    description: 'byTerritory 中不代表现辖区的各行 · rows of byTerritory that are not the territory as it is',
  })
  rows: ChangeRowBody[];
  @ApiProperty({ type: [LineEffectsBody] }) lines: LineEffectsBody[];
  @ApiProperty({ type: ChangeEvidenceBody, description: '各合计的证据 · what each total rests on' })
  evidence: ChangeEvidenceBody;
  @ApiProperty({ type: PayableBody, required: false }) payable?: PayableBody;
  @ApiProperty({ type: ComparableBody, required: false }) comparable?: ComparableBody;
}
