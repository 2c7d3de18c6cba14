/** What may be asked of the periods, measurements and breaches of agreements over HTTP, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject } from 'class-validator';
import { ownActs, type OwnAct } from '@gep/compensation';
import { StepBody } from '../procedures/procedures.dto';
import {
  ChoiceField,
  DayField,
  FenField,
  PeriodField,
  TerritoryField,
  TextField,
  UuidField,
} from '../request/field.decorator';
import { SettlementViewBody } from '../settlements/settlement-answers.dto';
import { settlementIdOrCode } from '../settlements/settlement-paths.dto';
import { AgreementPath, paperDigest } from './agreements.dto';

const period = { description: '时期 · period', example: '2025' };
const code = { max: 40, pattern: /^[a-z0-9-]+$/ };
const reason = { description: '理由 · reason', optional: true, min: 0, max: 2000 };
const ascii = /^[\x21-\x7e]+$/;
const plain = { type: 'object' as const, additionalProperties: true };
const mostRows = 100_000;

export class AgreementSettlementPath extends AgreementPath {
  @TextField(settlementIdOrCode)
  settlement: string;
}

export class MeasurementPath extends AgreementPath {
  @UuidField({ description: '监测编号 · id of the measurement' })
  measurement: string;
}

export class BreachPath extends AgreementPath {
  @UuidField({ description: '违约编号 · id of the breach' })
  breach: string;
}

export class NewAdvanceBody {
  @PeriodField(period)
  period: string;

  @TextField({ description: '条款中预付的代码 · code of the advance in the terms', ...code })
  advance: string;
}

export class NewAgreementSettlementBody {
  @PeriodField(period)
  period: string;

  @ChoiceField({
    description: '结果，或因违约的核减与追回；省略为结果 · the result, or the cuts for breaches',
    optional: true,
    of: ['result', 'cut'],
  })
  what?: 'result' | 'cut';
}

/** Acts on a settlement of an agreement; parties held back for a breach are left out. */
const settlementActs = [
  'confirm',
  'reserve',
  'approve',
  'pay',
  'close',
  'return',
  'withdraw',
  'return-payment',
  'collect',
] as const;

export class AgreementSettlementActBody {
  @ChoiceField({ description: '办理 · what is done', of: settlementActs })
  act: (typeof settlementActs)[number];

  @TextField(reason)
  reason?: string;

  @TextField({
    description: '收款或退票的对方 · party that pays its bill, or whose payment came back',
    optional: true,
    max: 100,
    pattern: ascii,
  })
  party?: string;

  @FenField({ description: '收到的金额（分） · what is taken in', optional: true })
  amountFen?: string;

  @ChoiceField({
    description: '应付还是追回；省略为应付 · a bill, or what is owed back',
    optional: true,
    of: ['bill', 'clawback'],
  })
  of?: 'bill' | 'clawback';

  @DayField({ description: '记账日 · day of the voucher', optional: true })
  effectiveDate?: string;
}

export class PeriodActBody {
  @ChoiceField({ description: '办理 · what is done', of: ownActs })
  act: OwnAct;

  @TextField(reason)
  reason?: string;
}

export class ComputedBody {
  @ApiProperty({ type: String, format: 'uuid', description: '结算编号 · id of the settlement' }) id: string;
  @ApiProperty({ type: String, format: 'uuid' }) cycleId: string;
}

export class DoneBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
}

export class StateBody extends DoneBody {
  @ApiProperty({ type: String }) state: string;
}

class CycleSettlementBody {
  @ApiProperty({ type: String, format: 'uuid' }) settlementId: string;
  @ApiProperty({ type: String, format: 'uuid', description: '所据的协议版 · edition of the agreement' })
  agreementId: string;
  @ApiProperty({ type: String }) kind: string;
  @ApiProperty({ type: String, nullable: true }) advance: string | null;
  @ApiProperty({ type: SettlementViewBody }) view: SettlementViewBody;
}

class CycleBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) agreement: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: [StepBody] }) steps: StepBody[];
  @ApiProperty({ type: [CycleSettlementBody] }) settlements: CycleSettlementBody[];
}

export class CycleListBody {
  @ApiProperty({ type: [CycleBody] }) items: CycleBody[];
}

class CarryBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) payment: string;
  @ApiProperty({ type: String, format: 'uuid' }) settlementId: string;
  @ApiProperty({ type: String, description: '分 · fen' }) amountFen: string;
  @ApiProperty({ type: [String], description: '已并入的结算 · settlements that hold it' }) usedBy: string[];
}

export class CarryListBody {
  @ApiProperty({ type: [CarryBody] }) items: CarryBody[];
}

class PassedOnBody {
  @ApiProperty({ type: String }) agreement: string;
  @ApiProperty({ type: String, format: 'uuid' }) agreementId: string;
  @ApiProperty({ type: String }) place: string;
  @ApiProperty({ type: String, description: '资金所出的协议 · agreement that the money came from' }) from: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) receivedFen: string;
  @ApiProperty({ type: String }) passedOnFen: string;
  @ApiProperty({ type: String }) restFen: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) dueOn: string | null;
  @ApiProperty({ type: Boolean }) isOverdue: boolean;
}

export class PassedOnListBody {
  @ApiProperty({ type: [PassedOnBody] }) items: PassedOnBody[];
}

export class MeasurementBody {
  @PeriodField(period)
  period: string;

  @ApiProperty({
    ...{ type: 'array', maxItems: mostRows, items: plain },
    description: '各行：列名 → 值；须有 unit 与 period · rows: column → value, with unit and period',
    example: [{ unit: '990101', period: '2025', score: 98.5 }],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostRows)
  @IsObject({ each: true })
  rows: Record<string, unknown>[];

  @TextField({ description: '提供数据的部门 · supplying department', max: 200 })
  suppliedBy: string;

  @TerritoryField({ description: '该部门所属地域 · its territory', optional: true })
  supplierPlace?: string;

  @TextField({ description: '共同采样的另一方 · the other side of a joint sampling', optional: true, max: 200 })
  sampledWith?: string;

  @TextField({ description: '文件名 · name of the document', max: 300 })
  document: string;

  @TextField(paperDigest)
  documentDigest: string;
}

export class JudgeMeasurementBody {
  @ChoiceField({ description: '批准或退回 · approve or reject', of: ['approve', 'reject'] })
  act: 'approve' | 'reject';

  @TextField(reason)
  reason?: string;
}

class MeasurementViewBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String, enum: ['recorded', 'approved', 'rejected'] }) state: string;
  @ApiProperty({ type: String }) suppliedBy: string;
  @ApiProperty({ type: String, nullable: true }) supplierPlace: string | null;
  @ApiProperty({ type: String, nullable: true }) sampledWith: string | null;
  @ApiProperty({ type: [String] }) header: string[];
  @ApiProperty({ type: 'array', items: { type: 'array', items: {} } }) rows: unknown[][];
  @ApiProperty({ type: String }) documentName: string;
  @ApiProperty({ type: String }) documentDigest: string;
  @ApiProperty({ type: String }) digest: string;
  @ApiProperty({ type: String, format: 'date-time' }) recordedAt: string;
}

export class MeasurementListBody {
  @ApiProperty({ type: [MeasurementViewBody] }) items: MeasurementViewBody[];
}

export class NewBreachBody {
  @TextField({ description: '协议一方的代码 · code of the party', max: 100 })
  party: string;

  @TextField({ description: '事实 · what was found', min: 4, max: 2000 })
  finding: string;

  @DayField({ description: '责令改正之日 · day of the order' })
  orderedOn: string;

  @DayField({ description: '改正期限 · last day to correct it' })
  correctBy: string;

  @TextField({ ...paperDigest, optional: true })
  documentDigest?: string;
}

const breachActs = ['find-late', 'correct', 'delay', 'cut', 'stop', 'recover'] as const;

export class BreachActBody {
  @ChoiceField({
    description: '办理：逾期后才可缓拨、减拨、停拨、追回 · money is touched only when it is late',
    of: breachActs,
  })
  act: (typeof breachActs)[number];

  @TextField({ description: '理由 · reason', min: 4, max: 2000 })
  reason: string;

  @PeriodField({ description: '减拨的时期 · period of a cut', optional: true })
  period?: string;

  @DayField({ description: '缓拨至此日 · until when it is delayed', optional: true })
  until?: string;

  @FenField({ description: '减拨或追回的金额（分） · what is cut or recovered', optional: true })
  amountFen?: string;

  @TextField({ ...settlementIdOrCode, description: '追回所涉的结算 · settlement that is recovered', optional: true })
  settlementId?: string;
}

class BreachBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) party: string;
  @ApiProperty({ type: String }) finding: string;
  @ApiProperty({ type: String, format: 'date' }) orderedOn: string;
  @ApiProperty({ type: String, format: 'date' }) correctBy: string;
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: 'array', items: plain, description: '已采取的措施 · measures taken' }) measures: object[];
}

export class BreachListBody {
  @ApiProperty({ type: [BreachBody] }) items: BreachBody[];
}
