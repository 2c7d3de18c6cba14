/** Explains how much of a supply is counted: what was deducted, imported, capped, or used by nobody; and what a switch leaves out. */
import type { NormEdition, Service } from '@gep/rulebook';
import type { AccountLine } from '../account/account';
import { MeasuredAmount } from '../account/statistic-lines';
import { deductionFactor, reportedFor } from '../counting/count-supplies';
import { ExplainNode } from './explain-node';
import { decimalText } from './observed-patches';

/** What the explanation of a line needs of its account. */
export interface CountedLines {
  readonly norm: NormEdition;
  readonly amounts: readonly MeasuredAmount[];
  /** All lines of the account. */
  readonly lines: readonly AccountLine[];
}

/** Wraps the quantity of a line where rules changed it: what was supplied, then each rule with its statistic. */
export function explainCounted(
  account: CountedLines,
  service: Service,
  line: AccountLine,
  quantity: ExplainNode,
): ExplainNode {
  const deducted = deductions(account, service, line);
  const bounds = [
    ...(service.imports === undefined ? [] : [statistic(account, service, line, 'imports', service.imports)]),
    ...(service.use?.cap === undefined ? [] : [statistic(account, service, line, 'cap', service.use.cap)]),
  ];
  if (deducted.length === 0 && bounds.length === 0) return quantity;
  const before = line.supplied ?? line.quantity;
  const whole = deducted.reduce((sum, { value }) => sum + Number(value), before);
  return {
    ...quantity,
    value: decimalText(line.quantity),
    text: {
      zh: '先扣除重复计量的量，再扣除区外来量，最后以使用量为上限；后两项按各类型供给量的比例分摊',
      en: 'what counts twice is deducted, then imports, then use is the bound; the last two are shared over types in proportion to supply',
    },
    children: [{ ...quantity, kind: 'supplied', value: decimalText(whole) }, ...deducted, ...bounds],
  };
}

/** Says of the price of a line that nobody uses why it is 0. */
export function explainUsers(
  { amounts }: CountedLines,
  { use }: Service,
  line: AccountLine,
  price: ExplainNode,
): ExplainNode {
  if (use?.users === undefined || !isUnused(amounts, use)) return price;
  const { kind, code, name, unit } = price;
  const own = amounts.find(({ product }) => product.code === use.users);
  const users: ExplainNode = {
    kind: 'users',
    code: use.users,
    value: '0',
    unit: own?.product.unit.text ?? '',
    ...(own ? { source: { sheet: own.row.sheet, row: own.row.row } } : {}),
    children: [],
  };
  const text = { zh: '无人使用，价格为零', en: 'nobody uses it, so the price is 0' };
  return { kind, code, name, value: line.price ?? '0', unit, text, children: [users] };
}

/** Whether the statistic of users says that there are none, or the norm says so where it was not reported. */
function isUnused(amounts: readonly MeasuredAmount[], use: Service['use']): boolean {
  if (use?.users === undefined) return false;
  const own = amounts.filter(({ product }) => product.code === use.users);
  return own.length > 0 ? own.every(({ quantity }) => quantity.numerator === 0n) : use.missing === 'zero';
}

/** Services that a switch leaves out, each with the reason. */
export function excludedNodes({ excluded }: NormEdition): ExplainNode[] {
  return excluded.map(({ service, name, reason }) => {
    return { kind: 'excluded', code: service, name, value: '0', unit: 'yuan', text: reason, children: [] };
  });
}

function deductions({ norm, amounts, lines }: CountedLines, service: Service, line: AccountLine): ExplainNode[] {
  return norm.exclusive.flatMap(({ deduct, name, reason }) => {
    if (deduct?.from !== service.code) return [];
    const what = norm.services.find(({ code }) => code === deduct.what);
    const taken = lines.find((other) => other.service === deduct.what && other.type === line.type);
    if (!what || !taken || isUnused(amounts, what.use)) return [];
    const value = taken.quantity * deductionFactor(what.quantity, service.quantity);
    return [
      {
        kind: 'deduction',
        code: deduct.what,
        name,
        value: decimalText(value),
        unit: line.unit,
        text: reason,
        children: [],
      },
    ];
  });
}

function statistic(
  { norm, amounts }: CountedLines,
  service: Service,
  line: AccountLine,
  kind: 'imports' | 'cap',
  code: string,
): ExplainNode {
  const { name } = norm.products.find((product) => product.code === code)!;
  const reported = reportedFor(norm, service, code, amounts);
  const own = amounts.filter(({ product }) => product.code === code);
  const missing = {
    zh: `没有填报；按规范（missing: ${service.use?.missing}）处理`,
    en: `not reported; dealt with as the norm says (missing: ${service.use?.missing})`,
  };
  return {
    kind,
    code,
    name,
    value: reported === undefined ? '' : decimalText(reported),
    unit: line.unit,
    ...(reported === undefined ? { text: missing } : {}),
    children: own.map(({ row, product }) => ({
      kind: 'statistic',
      code: product.code,
      name: product.name,
      value: row.quantity,
      unit: row.unit,
      source: { sheet: row.sheet, row: row.row },
      children: [],
    })),
  };
}
