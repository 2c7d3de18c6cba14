/** How contracts on increments look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { contractStates, type ContractState } from '@gep/procurement';
import { nextCursor } from '../answer/answer.dto';
import { ClockBody, StepBody } from '../procedures/procedures.dto';
import { fen, plainRows } from './companies.dto';

const maybeFen = { ...fen, nullable: true };

export class StatementBody {
  @ApiProperty({ type: 'integer', description: '版次 · edition: the newest one of a year counts' }) edition: number;
  @ApiProperty(fen) conservationFen: string;
  @ApiProperty(fen) allowedFen: string;
}

export class SupplementMadeBody {
  @ApiProperty({ type: 'integer' }) no: number;
}

export class ListedContractBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) company: string;
  @ApiProperty({ type: String }) year: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: '条款 · terms' }) terms: object;
  @ApiProperty({ type: String, description: '条款的 SHA-256 · SHA-256 of the terms' }) termsDigest: string;
}

export class ContractPageBody {
  @ApiProperty({ type: [ListedContractBody] }) items: ListedContractBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class ContractMoneyBody {
  @ApiProperty({ ...maybeFen, description: '预算 · budget line' }) budgetFen: string | null;
  @ApiProperty({ ...maybeFen, description: '按规则应付 · due by the rule' }) dueFen: string | null;
  @ApiProperty({ ...maybeFen, description: '合同金额 · amount of the contract' }) amountFen: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) settlementId: string | null;
}

export class SpentBody {
  @ApiProperty(fen) conservationFen: string;
  @ApiProperty(fen) allowedFen: string;
  @ApiProperty({ ...fen, description: '未使用 · unspent' }) unspentFen: string;
  @ApiProperty({ ...fen, description: '用于保护尚差 · lacking for conservation' }) conservationLackingFen: string;
  @ApiProperty({ type: [String], description: '缺或不符的年度报告 · statements lacking or wrong' })
  statementsLacking: string[];
  @ApiProperty({ type: Boolean, description: '已过应使用之日 · late' }) isLate: boolean;
}

export class ContractBody extends ListedContractBody {
  @ApiProperty({ type: String, enum: [...contractStates] }) state: ContractState;
  @ApiProperty({ type: [StepBody] }) steps: StepBody[];
  @ApiProperty({ ...plainRows, description: '各步及其日期、事实 · deeds with their days and facts' })
  deeds: Record<string, unknown>[];
  @ApiProperty({ type: [ClockBody] }) clocks: ClockBody[];
  @ApiProperty({ type: ContractMoneyBody }) money: ContractMoneyBody;
  @ApiProperty(fen) paidFen: string;
  @ApiProperty(plainRows) invoices: Record<string, unknown>[];
  @ApiProperty(plainRows) supplements: Record<string, unknown>[];
  @ApiProperty(plainRows) spendings: Record<string, unknown>[];
  @ApiProperty(plainRows) statements: Record<string, unknown>[];
  @ApiProperty(plainRows) measures: Record<string, unknown>[];
  @ApiProperty({ type: SpentBody }) spent: SpentBody;
}
