/** Standards and benefits of compensation over HTTP: computed from what is sent, nothing is kept. */
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsObject, IsOptional } from 'class-validator';
import { plain as plainOf } from '@gep/accounting';
import { evaluateBenefit, type PlainRows, readBenefitTables } from '@gep/compensation';
import { Fraction } from '@gep/kernel';
import { SignedIn } from '../access/access.decorator';
import { Problems } from '../problem/problems.decorator';
import { TextField, WordsField } from '../request/field.decorator';
import { tableOf } from '@gep/settlement';

const mostRows = 20_000;
const plain = { type: 'object' as const, additionalProperties: true };
const rows = { type: 'array' as const, maxItems: mostRows, items: plain };

class BenefitBody {
  @ApiProperty({
    ...rows,
    description: '流动：period, time, group, service, supplier, beneficiary, quantity, unit, price · flows',
    example: [
      {
        period: '2024',
        service: 'waterSupply',
        supplier: '990101',
        beneficiary: '990201',
        quantity: 1000,
        unit: 'm3',
        price: 1.5,
      },
    ],
  })
  @IsArray()
  @ArrayMaxSize(mostRows)
  @IsObject({ each: true })
  flows: Record<string, unknown>[];

  @ApiPropertyOptional({ ...rows, description: '成本：period, provider, kind, amount, per, size · costs' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostRows)
  @IsObject({ each: true })
  costs?: Record<string, unknown>[];

  @ApiPropertyOptional({ ...rows, description: '已付补偿：period, payer, provider, amount, per, size · payments' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostRows)
  @IsObject({ each: true })
  payments?: Record<string, unknown>[];

  @TextField({
    description: '盈余归提供方的份额；默认 1/2 · share of the surplus for the providers',
    ...{ optional: true, max: 20, pattern: /^\d+(\.\d+)?(\/\d+)?$/, example: '0.6' },
  })
  split?: string;

  @WordsField({
    description: '另以这些服务的数量计量标准 · services that are a base of the standard too',
    optional: true,
    most: 50,
  })
  perService?: string[];
}

class EvaluationBody {
  @ApiProperty({ type: 'array', items: plain, description: '供给、使用、无受益方 · supplied, used, to nobody' })
  services: object[];
  @ApiProperty({ type: 'array', items: plain, description: '效益矩阵 · benefit matrix' }) parts: object[];
  @ApiProperty({ type: 'array', items: plain, description: '项目效果 · effect of the programme' }) effects: object[];
  @ApiProperty({ type: 'array', items: plain, description: '对照单位的变化 · comparison units' }) trends: object[];
  @ApiProperty({ type: 'array', items: plain, description: '提供方 · providers' }) providers: object[];
  @ApiProperty({ type: 'array', items: plain, description: '受益方 · beneficiaries' }) beneficiaries: object[];
  @ApiProperty({ type: 'array', items: plain, description: '各时期与合计 · by period, all last' }) totals: object[];
  @ApiProperty({ type: String }) split: string;
  @ApiProperty({ type: 'array', items: plain, description: '补偿标准 · payment standards' }) standards: object[];
}

@ApiTags('compensation')
@Controller('api/v1/benefits')
export class BenefitsController {
  @Post('evaluate')
  @SignedIn()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'evaluateBenefit',
    summary:
      '由流动、成本与已付补偿评估效益并导出标准，不留记录 · evaluate a programme and derive a standard, keeping nothing',
  })
  @ApiOkResponse({ type: EvaluationBody })
  @Problems(413, 422)
  evaluate(@Body() { flows, costs, payments, split, perService }: BenefitBody): EvaluationBody {
    const input = readBenefitTables({
      flows: rowsOf(flows),
      costs: costs && rowsOf(costs),
      payments: payments && rowsOf(payments),
    });
    return plainOf(
      evaluateBenefit(input, { split: split === undefined ? undefined : Fraction.parse(split), perService }),
    );
  }
}

function rowsOf(objects: readonly Record<string, unknown>[]): PlainRows {
  const { header, rows: cells } = tableOf(objects);
  return { header, rows: cells.map((row, at) => ({ row: at + 1, cells: row })) };
}
