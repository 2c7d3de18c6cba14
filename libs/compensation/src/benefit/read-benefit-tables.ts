/** Reads tables of flows, costs and payments, or tells everything that is wrong with them. */
import { Fraction, InvalidPeriod, parsePeriod } from '@gep/kernel';
import { BenefitInputRefused, type BenefitProblem } from '../errors';
import {
  costKinds,
  type BenefitInput,
  type CostKind,
  type ProviderCost,
  type ProviderPayment,
  type ServiceFlow,
} from './benefit-tables';

type Cell = string | number | boolean | null | undefined;

/** A table as it comes from a file; without `header` its first row is one. */
export interface PlainRows {
  readonly header?: readonly string[];
  readonly rows: Iterable<{ readonly row: number; readonly cells: readonly Cell[] }>;
}

export type BenefitTables = Readonly<Record<'flows' | 'costs' | 'payments', PlainRows | undefined>>;

interface Column {
  readonly code: string;
  readonly aliases: readonly string[];
  /** What an empty cell means; without one it is a fault. */
  readonly otherwise?: string;
}
const column = (code: string, aliases: string, otherwise?: string): Column => ({
  ...{ code, aliases: [code, ...aliases.split(' ')] },
  ...(otherwise !== undefined && { otherwise }),
});

const period = column('period', 'year 年度 核算期');
const sized = [column('amount', '金额 金额（元）'), column('per', '计量单位', ''), column('size', '规模 面积', '1')];
const columns: Readonly<Record<keyof BenefitTables, readonly Column[]>> = {
  flows: [
    ...[period, column('time', '前后', 'after'), column('group', '组别', 'programme'), column('service', '服务')],
    ...[column('supplier', '供给地'), column('beneficiary', '受益地', ''), column('quantity', '数量')],
    ...[column('unit', '单位'), column('price', '单价 单价（元）')],
  ],
  costs: [period, column('provider', '提供方'), column('kind', '成本类别'), ...sized],
  payments: [period, column('payer', '付款方'), column('provider', '提供方'), ...sized],
};

const words: Readonly<Record<string, string>> = {
  ...{ 前: 'before', 后: 'after', 项目: 'programme', 对照: 'comparison', 机会成本: 'opportunity', 直接成本: 'direct' },
};

/** @param declared flows that count where no table of flows is given @throws BenefitInputRefused */
export function readBenefitTables(tables: BenefitTables, declared: readonly ServiceFlow[] = []): BenefitInput {
  const problems: BenefitProblem[] = [];
  const input = {
    flows: tables.flows ? read('flows', tables, problems, flowOf) : declared,
    costs: read('costs', tables, problems, costOf),
    payments: read('payments', tables, problems, paymentOf),
  };
  if (problems.length === 0 && input.flows.length === 0)
    problems.push({ table: 'flows', row: 0, zh: '没有流动；请至少给出一行', en: 'has no flow; give one row at least' });
  if (problems.length > 0) throw new BenefitInputRefused(problems);
  return input;
}

/** The cells of one row by column, and a place to say what is wrong with them. */
interface RowReader {
  readonly row: number;
  readonly cells: ReadonlyMap<string, string>;
  refuse(column: string, zh: string, en: string): void;
}

function read<Row>(
  table: keyof BenefitTables,
  tables: BenefitTables,
  problems: BenefitProblem[],
  rowOf: (reader: RowReader) => Row,
): Row[] {
  const source = tables[table];
  if (!source) return [];
  const filled = [...source.rows].filter(({ cells }) => cells.some((cell) => textOf(cell) !== ''));
  const header = (source.header ?? filled.shift()?.cells ?? []).map((name) => textOf(name).toLowerCase());
  const at = new Map(
    columns[table].map(({ code, aliases }) => [code, header.findIndex((name) => aliases.includes(name))]),
  );
  const lacking = columns[table].filter(({ code, otherwise }) => at.get(code)! < 0 && otherwise === undefined);
  for (const { code } of lacking)
    problems.push({ table, row: 0, column: code, zh: `缺少列 ${code}，请补上`, en: `has no column ${code}; add it` });
  if (lacking.length > 0) return [];
  return filled.flatMap(({ row, cells }) => {
    const before = problems.length;
    const texts = columns[table].map(({ code, otherwise }): [string, string] => {
      const text = textOf(cells[at.get(code)!]) || (otherwise ?? '');
      return [code, words[text] ?? text];
    });
    const reader: RowReader = {
      ...{ row, cells: new Map(texts) },
      refuse: (name, zh, en) =>
        problems.push({ table, row, column: name, value: reader.cells.get(name) ?? '', zh, en }),
    };
    const one = rowOf(reader);
    return problems.length > before ? [] : [one];
  });
}

const textOf = (cell: Cell): string => (cell === undefined || cell === null ? '' : String(cell).trim());

function flowOf(reader: RowReader): ServiceFlow {
  return {
    ...{ row: reader.row, period: periodOf(reader), service: wordOf(reader, 'service') },
    time: oneOf(reader, 'time', ['before', 'after'] as const),
    group: oneOf(reader, 'group', ['programme', 'comparison'] as const),
    supplier: wordOf(reader, 'supplier'),
    beneficiary: reader.cells.get('beneficiary') || null,
    quantity: numberOf(reader, 'quantity', 'any'),
    unit: wordOf(reader, 'unit'),
    price: numberOf(reader, 'price'),
  };
}

function costOf(reader: RowReader): ProviderCost {
  return { ...sizedOf(reader), kind: oneOf<CostKind>(reader, 'kind', costKinds) };
}

function paymentOf(reader: RowReader): ProviderPayment {
  return { ...sizedOf(reader), payer: wordOf(reader, 'payer') };
}

function sizedOf(reader: RowReader) {
  return {
    ...{ row: reader.row, period: periodOf(reader), provider: wordOf(reader, 'provider') },
    ...{
      amount: numberOf(reader, 'amount', 'any'),
      per: reader.cells.get('per') || null,
      size: numberOf(reader, 'size'),
    },
  };
}

function wordOf(reader: RowReader, name: string): string {
  const text = reader.cells.get(name)!;
  if (text === '') reader.refuse(name, '为空，请填写', 'is empty; fill it in');
  return text;
}

function oneOf<Word extends string>(reader: RowReader, name: string, known: readonly Word[]): Word {
  const text = reader.cells.get(name)! as Word;
  if (!known.includes(text)) reader.refuse(name, `应为 ${known.join('、')}`, `should be one of ${known.join(', ')}`);
  return text;
}

/** A service may be worth less than nothing to somebody (E.g. water that a paddy takes); a size and a price may not. */
function numberOf(reader: RowReader, name: string, sign: 'any' | 'positive' = 'positive'): Fraction {
  const number = Fraction.parse(reader.cells.get(name)!);
  if (!number) reader.refuse(name, '不是数，请写成 0.25 或 1/3', 'is no number; write 0.25 or 1/3');
  else if (sign === 'positive' && number.compare(Fraction.zero) < 0)
    reader.refuse(name, '不能为负', 'must not be below zero');
  return number ?? Fraction.zero;
}

function periodOf(reader: RowReader): string {
  const text = reader.cells.get('period')!;
  try {
    return parsePeriod(text);
  } catch (error) {
    if (!(error instanceof InvalidPeriod)) throw error;
    reader.refuse('period', '应写成 2024、2024-Q3 或 2024-07', 'should be written as 2024, 2024-Q3 or 2024-07');
    return text;
  }
}
