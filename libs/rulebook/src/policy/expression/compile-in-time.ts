/** Functions of other periods: the one before, the same of the year before, a named year, all those before. */
import { Fraction, type Bilingual } from '@gep/kernel';
import { fitUnits } from './fit-units';
import { maxOf, minOf, sumFractions } from './exact-numbers';
import { periodBefore, periodLastYear } from './periods';
import { whereOf, type Place } from './place';
import type { CallNode, OperandCompiler } from './rule-names';
import { combine, EvaluationFault, finestScope, type Compiled, type ValueScope } from './value';

const ways = ['sum', 'mean', 'lowest', 'highest'] as const;
type Way = (typeof ways)[number];

export function compileInTime(compiler: OperandCompiler, node: CallNode): Compiled | undefined {
  if (compiler.names.calendar.period === 'none')
    return compiler.log.refuse(
      node.nameSpan,
      'policy.no-periods',
      {
        zh: `“${node.name}”需要核算期，而此规则的输入没有（period: none）`,
        en: `"${node.name}" needs periods, and the input of this rule has none (period: none)`,
      },
      { zh: '请写 period: year、quarter 或 month', en: 'write period: year, quarter or month' },
    );
  if (node.name === 'before') return before(compiler, node);
  return node.name === 'at' ? inYear(compiler, node) : stepBack(compiler, node);
}

/** The same unit or row in another period; undefined when the input does not have it. */
function moved(place: Place, scope: ValueScope, to: (period: string) => string): Place | undefined {
  const { book, unit, row } = place;
  if (scope === 'row') {
    const wanted = to(row!.period);
    for (const period of book.periods) {
      const there = period.byCode.get(unit!.code);
      const found = there?.rows.find((one) => one.period === wanted && one.item === row!.item);
      if (found) return { book, period, unit: there, row: found };
    }
    return undefined;
  }
  const period = book.byPeriod.get(to(place.period.period));
  if (!period || scope === 'total') return period && { book, period };
  const there = period.byCode.get(unit!.code);
  return there && { book, period, unit: there };
}

function missing(place: Place, scope: ValueScope, period: string, written: string): EvaluationFault {
  const unit = scope === 'total' ? '' : (place.unit?.code ?? '');
  const what: Bilingual = unit
    ? { zh: `输入中没有 ${unit} 在 ${period} 的行`, en: `the input has no row of ${unit} in ${period}` }
    : { zh: `输入中没有 ${period}`, en: `the input has no ${period}` };
  return new EvaluationFault(
    'policy.period-missing',
    { zh: `“${written}”：${what.zh}`, en: `"${written}": ${what.en}` },
    {
      zh: '请补上该期的行；没有更早一期的，写 previous(x, 没有时的值)，累计写成 previous(本公式, 0) + x',
      en: 'add the row of that period; where there is no earlier one, write previous(x, the value then), and for a sum of all earlier ones previous(this formula, 0) + x',
    },
    whereOf(place),
  );
}

function stepBack(compiler: OperandCompiler, { name, operands, span }: CallNode): Compiled | undefined {
  const value = compiler.elsewhere().compileNumber(operands[0]);
  const fallback = operands[1] && compiler.compileNumber(operands[1]);
  if (!value || (operands[1] && !fallback)) return undefined;
  const spans = operands.map((operand) => operand.span);
  const fitted = fitUnits(fallback ? [value, fallback] : [value], spans, name, compiler.log);
  if (!fitted) return undefined;
  const step = name === 'previous' ? periodBefore : periodLastYear;
  const [there, otherwise] = fitted;
  const written = compiler.log.slice(span);
  return combine(there.type, fitted, (place) => {
    const at = moved(place, there.scope, step);
    if (at) return there.run(at);
    if (otherwise) return otherwise.run(place);
    throw missing(place, there.scope, step((there.scope === 'row' ? place.row : place.period)!.period), written);
  });
}

function inYear(compiler: OperandCompiler, { operands, span }: CallNode): Compiled | undefined {
  const value = compiler.elsewhere().compileNumber(operands[0]);
  const year = compiler.compileNumber(operands[1]);
  if (!value || !year) return undefined;
  const written = compiler.log.slice(span);
  return combine(value.type, [value, year], (place) => {
    const wanted = (year.run(place) as Fraction).toString();
    // A month or quarter is compared with the same one of the year named.
    const to = (period: string): string => `${wanted}${period.slice(4)}`;
    const at = moved(place, value.scope, to);
    if (at) return value.run(at);
    throw missing(place, value.scope, to((value.scope === 'row' ? place.row : place.period)!.period), written);
  });
}

/** `before(highest, gep)`, `before(mean, gep, 3)`. */
function before(compiler: OperandCompiler, { operands, span }: CallNode): Compiled | undefined {
  const [wayNode, valueNode, countNode] = operands;
  const way = ways.find((one) => wayNode.kind === 'name' && wayNode.name === one);
  const value = compiler.elsewhere().compileNumber(valueNode);
  const count = countNode && compiler.compileNumber(countNode);
  if (!way)
    return compiler.log.refuse(
      wayNode.span,
      'policy.before',
      {
        zh: 'before 的第一项须是 sum、mean、lowest 或 highest',
        en: 'the first part of before is sum, mean, lowest or highest',
      },
      {
        zh: '例如 before(highest, gep)、before(mean, gep, 3)',
        en: 'for example before(highest, gep), before(mean, gep, 3)',
      },
    );
  if (!value || (countNode && !count)) return undefined;
  const back = count?.constant?.denominator === 1n ? Number(count.constant.numerator) : undefined;
  if (count && (back === undefined || back < 1 || back > 100))
    return compiler.log.refuse(
      countNode.span,
      'policy.before',
      { zh: '期数须是 1 到 100 的整数', en: 'the number of periods is a whole number from 1 to 100' },
      { zh: '例如 before(mean, gep, 3)', en: 'for example before(mean, gep, 3)' },
    );
  const written = compiler.log.slice(span);
  const scope = finestScope([value.scope]);
  return combine(value.type, [value], (place) => {
    const places = back === undefined ? allBefore(place, scope) : lastBefore(place, scope, back, written);
    if (places.length === 0) throw missing(place, scope, periodBefore(place.period.period), written);
    return summarise(
      way,
      places.map((at) => value.run(at) as Fraction),
    );
  });
}

function allBefore(place: Place, scope: ValueScope): Place[] {
  const { book, period } = place;
  return book.periods
    .filter((one) => one.period < period.period)
    .flatMap((one) => moved(place, scope, () => one.period) ?? []);
}

function lastBefore(place: Place, scope: ValueScope, back: number, written: string): Place[] {
  const places: Place[] = [];
  let period = (scope === 'row' ? place.row : place.period)!.period;
  for (let step = 0; step < back; step += 1) {
    period = periodBefore(period);
    const wanted = period;
    const at = moved(place, scope, () => wanted);
    if (!at) throw missing(place, scope, period, written);
    places.push(at);
  }
  return places;
}

function summarise(way: Way, numbers: readonly Fraction[]): Fraction {
  if (way === 'highest') return maxOf(numbers);
  if (way === 'lowest') return minOf(numbers);
  const sum = sumFractions(numbers);
  return way === 'sum' ? sum : sum.dividedBy(Fraction.of(BigInt(numbers.length)));
}
