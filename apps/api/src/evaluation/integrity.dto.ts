/** What may be asked of the checks of integrity, and how hints look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { hintKinds } from '@gep/evaluation';
import { BilingualBody } from '../answer/answer.dto';
import { TerritoryField, TextField } from '../request/field.decorator';

export class IntegrityPath {
  @TerritoryField({ description: '地域 · territory' })
  territory: string;

  @TextField({ description: '年份 · year', example: '2024', max: 4, pattern: /^(19|20|21)\d\d$/ })
  year: string;
}

export class IntegrityQuery {
  @TextField({ description: '核算规范 · norm', example: 'cn-terrestrial', max: 60, pattern: /^[a-z0-9-]+$/ })
  norm: string;
}

class HintFigureBody {
  @ApiProperty({ type: String, description: '项目 · item' }) item: string;
  @ApiProperty({ type: String }) value: string;
  @ApiProperty({ type: String, description: '与之相比的数字 · what it was compared with' }) against: string;
  @ApiProperty({ type: String, description: '该数字属于谁 · whose that is' }) of: string;
}

export class IntegrityHintBody {
  @ApiProperty({ type: String, enum: [...hintKinds] }) kind: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) year: string;
  @ApiProperty({ type: String, enum: ['hint'], description: '只是提示，不改变评分 · a hint; it changes no score' })
  grade: string;
  @ApiProperty({ type: [HintFigureBody] }) figures: HintFigureBody[];
  @ApiProperty({ type: String, description: '测得 · measured' }) measured: string;
  @ApiProperty({ type: String, description: '阈值 · threshold' }) threshold: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: BilingualBody, description: '方法 · method' }) method: BilingualBody;
  @ApiProperty({ type: BilingualBody, description: '阈值的来源 · where the thresholds come from' })
  source: BilingualBody;
}

class ScoreOfUnitBody {
  @ApiProperty({ type: String, format: 'uuid', description: '评分 · run of scores' }) run: string;
  @ApiProperty({ type: String }) unit: string;
}

class ComparedBody {
  @ApiProperty({ type: [String] }) territories: string[];
  @ApiProperty({ type: [String] }) neighbours: string[];
  @ApiProperty({
    ...{ type: String, nullable: true },
    description:
      '相邻关系的来源；没有声明时为空，与全部并列地域相比 · source of the borders; null where none is declared',
  })
  neighbourSource: string | null;
  @ApiProperty({ type: 'integer' }) targets: number;
  @ApiProperty({ type: 'integer' }) figures: number;
}

export class IntegrityBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) year: string;
  @ApiProperty({ type: String }) norm: string;
  @ApiProperty({ type: [IntegrityHintBody] }) hints: IntegrityHintBody[];
  @ApiProperty({ type: [ScoreOfUnitBody], description: '有关的评分 · scores that they stand beside' })
  scores: ScoreOfUnitBody[];
  @ApiProperty({ type: ComparedBody }) compared: ComparedBody;
}
