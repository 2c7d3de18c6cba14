/** The functions of the language of rules, and those of numbers: choice, bounds, rounding, roots, words. */
import { dimensionless, Fraction, type Bilingual } from '@gep/kernel';
import { suggestion } from '../../yaml/problem-log';
import { compileAggregate } from './compile-aggregate';
import { compileCalendar } from './compile-calendar';
import { compileInTime } from './compile-in-time';
import { compileRunning } from './compile-running';
import { isWord, orderOfWord } from './compile-words';
import { expOf, largestExponent, lnOf, maxOf, minOf, rootOf, roundToStep } from './exact-numbers';
import { fitPure, fitUnits } from './fit-units';
import { whereOf, type Place } from './place';
import type { CallNode, OperandCompiler } from './rule-names';
import { combine, EvaluationFault, type Compiled } from './value';

type CallCompiler = (compiler: OperandCompiler, node: CallNode) => Compiled | undefined;

/** Least and most operands of each function, and what compiles it. */
const functions: Readonly<Record<string, readonly [number, number, CallCompiler]>> = {
  min: [2, 64, (compiler, node) => numeric(compiler, node, minOf)],
  max: [2, 64, (compiler, node) => numeric(compiler, node, maxOf)],
  clamp: [3, 3, (compiler, node) => numeric(compiler, node, ([x, low, high]) => minOf([maxOf([x, low]), high]))],
  abs: [1, 1, (compiler, node) => numeric(compiler, node, ([x]) => maxOf([x, x.times(Fraction.of(-1n))]))],
  if: [3, 3, choice],
  round: [2, 2, toStep],
  floor: [2, 2, toStep],
  ceil: [2, 2, toStep],
  root: [2, 2, root],
  exp: [1, 1, powerOfE],
  ln: [1, 1, logarithm],
  is: [2, 64, isWord],
  order: [1, 1, orderOfWord],
  ...Object.fromEntries(
    ['sum', 'mean', 'median', 'lowest', 'highest', 'rank'].map((name) => [name, [1, 2, compileAggregate] as const]),
  ),
  count: [0, 1, compileAggregate],
  running: [2, 3, compileRunning],
  ...Object.fromEntries(['year', 'quarter', 'month'].map((name) => [name, [0, 0, compileCalendar] as const])),
  previous: [1, 2, compileInTime],
  lastYear: [1, 2, compileInTime],
  at: [2, 2, compileInTime],
  before: [2, 3, compileInTime],
};
/** Known elsewhere, with why they are not here. */
const inexact = new Set(['log10', 'sin', 'cos', 'sqrt']);

export function compileCall(compiler: OperandCompiler, node: CallNode): Compiled | undefined {
  const { name, nameSpan, operands, span } = node;
  if (!Object.hasOwn(functions, name)) return refuseFunction(compiler, node);
  const [least, most, compile] = functions[name];
  if (operands.length >= least && operands.length <= most) return compile(compiler, node);
  const count = least === most ? `${least}` : `${least}–${most}`;
  return compiler.log.refuse(
    operands.length === 0 ? nameSpan : span,
    'policy.argument-count',
    {
      zh: `函数“${name}”需要 ${count} 项，此处有 ${operands.length} 项`,
      en: `function "${name}" takes ${count} parts, here are ${operands.length}`,
    },
    { zh: '请增减各项', en: 'add or remove parts' },
  );
}

function refuseFunction({ log }: OperandCompiler, { name, nameSpan }: CallNode): undefined {
  const text: Bilingual = inexact.has(name)
    ? {
        zh: `“${name}”不能用于规则：它没有精确的值，而钱须精确`,
        en: `"${name}" cannot be used in a rule: it has no exact value, and money must be exact`,
      }
    : { zh: `函数“${name}”未知`, en: `function "${name}" is not known` };
  const mend: Bilingual = inexact.has(name)
    ? { zh: '请用判定表给出各档的值；开方用 root(x, n)', en: 'give the values in a table; for a root write root(x, n)' }
    : suggestion(name, Object.keys(functions));
  return log.refuse(nameSpan, 'policy.unknown-function', text, mend);
}

function numeric(
  compiler: OperandCompiler,
  { operands, name }: CallNode,
  step: (numbers: readonly Fraction[]) => Fraction,
): Compiled | undefined {
  const numbers = operands.map((operand) => compiler.compileNumber(operand));
  if (!numbers.every((number) => number !== undefined)) return undefined;
  const fitted = fitUnits(
    numbers,
    operands.map(({ span }) => span),
    name,
    compiler.log,
  );
  if (!fitted) return undefined;
  const [{ type }] = fitted;
  return combine(type, fitted, (place) => step(fitted.map((number) => number.run(place) as Fraction)));
}

function choice(compiler: OperandCompiler, { operands }: CallNode): Compiled | undefined {
  const condition = compiler.compileCondition(operands[0]);
  const [then, otherwise] = [compiler.compileNumber(operands[1]), compiler.compileNumber(operands[2])];
  const spans = [operands[1].span, operands[2].span];
  const fitted = then && otherwise && fitUnits([then, otherwise], spans, 'if', compiler.log);
  if (!condition || !fitted) return undefined;
  const [a, b] = fitted;
  return combine(a.type, [condition, a, b], (place) => (condition.run(place) ? a.run(place) : b.run(place)));
}

function toStep(compiler: OperandCompiler, { name, operands }: CallNode): Compiled | undefined {
  const [value, step] = operands.map((operand) => compiler.compileNumber(operand));
  if (!value || !step) return undefined;
  const bare = step.constant && step.type.unit === dimensionless;
  const given = bare ? { ...step, type: value.type } : step;
  const fitted = fitUnits([value, given], [operands[0].span, operands[1].span], name, compiler.log);
  if (!fitted) return undefined;
  const [number, width] = fitted;
  if (width.constant && width.constant.numerator <= 0n)
    return compiler.log.refuse(operands[1].span, 'policy.step', ...notAStep);
  return combine(number.type, fitted, (place) => {
    const wide = width.run(place) as Fraction;
    if (wide.numerator <= 0n) throw new EvaluationFault('policy.step', ...notAStep, whereOf(place));
    return roundToStep(number.run(place) as Fraction, wide, name as 'round' | 'floor' | 'ceil');
  });
}

const notAStep: readonly [Bilingual, Bilingual] = [
  { zh: '第二项是步长，须是大于零的数', en: 'the second part is the step, a number above zero' },
  { zh: '保留两位小数写 round(x, 0.01)', en: 'for two decimals write round(x, 0.01)' },
];

function root(compiler: OperandCompiler, { operands }: CallNode): Compiled | undefined {
  const value = compiler.compileNumber(operands[0]);
  const pure = value && fitPure(value, operands[0].span, 'root', compiler.log);
  const degree = compiler.compileNumber(operands[1]);
  if (!pure || !degree) return undefined;
  const n = degree.constant?.denominator === 1n ? Number(degree.constant.numerator) : 0;
  if (n < 2 || n > 20)
    return compiler.log.refuse(
      operands[1].span,
      'policy.step',
      { zh: '第二项须是 2 到 20 的整数', en: 'the second part is a whole number from 2 to 20' },
      { zh: '平方根写 root(x, 2)', en: 'a square root is root(x, 2)' },
    );
  return combine(pure.type, [pure], (place) => {
    const number = pure.run(place) as Fraction;
    if (number.numerator >= 0n) return rootOf(number, n);
    throw new EvaluationFault(
      'policy.root-of-negative',
      { zh: `${number.toExactText()} 没有实数根`, en: `${number.toExactText()} has no real root` },
      {
        zh: '请核对数据，或在规则中用 max(x, 0) 避开',
        en: 'check the figures, or guard it with max(x, 0) in the rule',
      },
      whereOf(place),
    );
  });
}

const one = (compiler: OperandCompiler, { operands, name }: CallNode): Compiled | undefined => {
  const value = compiler.compileNumber(operands[0]);
  return value && fitPure(value, operands[0].span, name, compiler.log);
};

/** A number that a function does not take, at a place of the input. */
const outside = (place: Place, text: Bilingual, mend: Bilingual): EvaluationFault =>
  new EvaluationFault('policy.outside-function', text, mend, whereOf(place));

function powerOfE(compiler: OperandCompiler, node: CallNode): Compiled | undefined {
  const pure = one(compiler, node);
  const most = Fraction.of(largestExponent);
  return (
    pure &&
    combine(pure.type, [pure], (place) => {
      const number = pure.run(place) as Fraction;
      if (number.compare(most) <= 0 && number.plus(most).numerator >= 0n) return expOf(number);
      throw outside(
        place,
        {
          zh: `exp 只算 -100 到 100，此处是 ${number.toExactText(10)}`,
          en: `exp goes from -100 to 100, here is ${number.toExactText(10)}`,
        },
        { zh: '请核对数据，或在规则中用 clamp 限定', en: 'check the figures, or bound it with clamp in the rule' },
      );
    })
  );
}

function logarithm(compiler: OperandCompiler, node: CallNode): Compiled | undefined {
  const pure = one(compiler, node);
  return (
    pure &&
    combine(pure.type, [pure], (place) => {
      const number = pure.run(place) as Fraction;
      if (number.numerator > 0n) return lnOf(number);
      throw outside(
        place,
        { zh: `${number.toExactText(10)} 没有对数`, en: `${number.toExactText(10)} has no logarithm` },
        { zh: '请核对数据，或在规则中用 if 避开', en: 'check the figures, or guard it with if in the rule' },
      );
    })
  );
}
