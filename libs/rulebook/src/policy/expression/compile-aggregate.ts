/** Functions over all units of the period, or over the rows of a unit: sum, mean, count, median, lowest, highest, rank. */
import { dimensionless, Fraction } from '@gep/kernel';
import type { SyntaxNode } from '@gep/formula';
import { maxOf, medianOf, minOf, sumFractions } from './exact-numbers';
import { remember, whereOf, type Holder, type Place } from './place';
import type { CallNode, OperandCompiler } from './rule-names';
import { EvaluationFault, finestScope, type Compiled, type ValueScope } from './value';

/** Words that stand in `same(…)`: the others of the same group. */
export interface Condition {
  readonly where?: Compiled;
  readonly same?: Compiled;
}

export function compileAggregate(compiler: OperandCompiler, node: CallNode): Compiled | undefined {
  const { name, operands, span } = node;
  const counts = name === 'count';
  const [valueNode, whereNode] = counts ? [undefined, operands[0]] : operands;
  const value = valueNode && compiler.compileNumber(valueNode);
  const condition = whereNode ? readCondition(compiler, whereNode) : {};
  if ((valueNode && !value) || !condition) return undefined;
  const parts = [value, condition.where, condition.same].filter((part) => part !== undefined);
  // Nothing between the brackets: every unit counts.
  const inner = operands.length === 0 ? 'unit' : finestScope(parts.map(({ scope }) => scope));
  if (inner === 'total') return refuseNothing(compiler, node);
  const uses = new Set(parts.flatMap((part) => [...part.uses]));
  const key = compiler.log.keyOf(span);
  const unit = counts ? dimensionless : value!.type.kind === 'number' ? value!.type.unit : dimensionless;
  const type = { kind: 'number', unit: name === 'rank' ? dimensionless : unit } as const;
  const over = { inner, value, condition, key };
  if (name === 'rank') return { type, scope: inner, uses, run: (place) => rankAt(place, over) };
  const scope: ValueScope = inner === 'row' || condition.same ? 'unit' : 'total';
  return { type, scope, uses, run: (place) => aggregateAt(place, name, over, compiler.log.slice(span)) };
}

export const refuseNothing = ({ log }: OperandCompiler, { name, span }: CallNode): undefined =>
  log.refuse(
    span,
    'policy.nothing-to-sum',
    {
      zh: `“${name}”里没有按单位或按行变化的量，无可合计`,
      en: `nothing inside "${name}" differs between units or rows, so there is nothing to go over`,
    },
    {
      zh: '请写一个列，或由列算出的公式；整体的值不必合计',
      en: 'give a column, or a formula made from columns; a value of the whole needs no sum',
    },
  );

interface Over {
  readonly inner: ValueScope;
  readonly value: Compiled | undefined;
  readonly condition: Condition;
  readonly key: string;
}

/** `a and same(basin)` apart; `same` may stand beside `and` only. */
export function readCondition(compiler: OperandCompiler, node: SyntaxNode): Condition | undefined {
  if (node.kind === 'binary' && node.operator === 'and') {
    const [left, right] = [readCondition(compiler, node.left), readCondition(compiler, node.right)];
    if (!left || !right) return undefined;
    if (!left.same || !right.same) {
      if (!left.same && !right.same) {
        const where = compiler.compileCondition(node);
        return where && { where };
      }
      return { same: left.same ?? right.same, where: left.where ?? right.where };
    }
  }
  if (node.kind !== 'call' || node.name !== 'same') {
    const where = compiler.compileCondition(node);
    return where && { where };
  }
  const same = node.operands.length === 1 ? compiler.compile(node.operands[0]) : undefined;
  if (same?.type.kind === 'text') return { same };
  return compiler.log.refuse(
    node.span,
    'policy.wrong-kind',
    { zh: 'same(…) 里须是一个文字列', en: 'same(…) takes one column of words' },
    { zh: '例如 sum(area, same(basin))', en: 'for example sum(area, same(basin))' },
  );
}

/** The places one step finer. */
export function* placesUnder({ book, period, unit }: Place, inner: ValueScope): Generator<Place> {
  if (inner === 'row') for (const row of unit!.rows) yield { book, period, unit, row };
  else for (const one of period.units) yield { book, period, unit: one };
}

const holderOf = ({ period, unit }: Place, inner: ValueScope): Holder => (inner === 'row' ? unit! : period);

/** The numbers that are gone over, by the word of `same`. */
function groupsAt(place: Place, { inner, value, condition, key }: Over): Map<string, Fraction[]> {
  return remember(holderOf(place, inner), `${key} groups`, () => {
    const groups = new Map<string, Fraction[]>();
    for (const at of placesUnder(place, inner)) {
      if (condition.where && !(condition.where.run(at) as boolean)) continue;
      const word = condition.same ? (condition.same.run(at) as string) : '';
      const number = value ? (value.run(at) as Fraction) : Fraction.one;
      const group = groups.get(word);
      if (group) group.push(number);
      else groups.set(word, [number]);
    }
    return groups;
  });
}

function aggregateAt(place: Place, name: string, over: Over, written: string): Fraction {
  const word = over.condition.same ? (over.condition.same.run(place) as string) : '';
  return remember(holderOf(place, over.inner), `${over.key} ${word}`, () => {
    const numbers = groupsAt(place, over).get(word) ?? [];
    if (name === 'count') return Fraction.of(BigInt(numbers.length));
    if (name === 'sum') return sumFractions(numbers);
    if (numbers.length === 0)
      throw new EvaluationFault(
        'policy.nothing-there',
        { zh: `“${written}”没有可用的单位`, en: `"${written}" has nothing to go over` },
        { zh: '请核对条件与数据', en: 'check the condition and the figures' },
        whereOf(place),
      );
    if (name === 'lowest') return minOf(numbers);
    if (name === 'highest') return maxOf(numbers);
    if (name === 'median') return medianOf(numbers);
    return sumFractions(numbers).dividedBy(Fraction.of(BigInt(numbers.length)));
  });
}

/** One more than those with a greater number; equal ones have the same rank, and one that does not take part has rank 0. */
function rankAt(place: Place, over: Over): Fraction {
  const { inner, value, condition } = over;
  if (condition.where && !(condition.where.run(place) as boolean)) return Fraction.zero;
  const word = condition.same ? (condition.same.run(place) as string) : '';
  const ranks = remember(holderOf(place, inner), `${over.key} rank ${word}`, () => {
    const sorted = (groupsAt(place, over).get(word) ?? []).toSorted((a, b) => b.compare(a));
    const found = new Map<string, Fraction>();
    sorted.forEach((number, at) => {
      if (!found.has(number.toString())) found.set(number.toString(), Fraction.of(BigInt(at + 1)));
    });
    return found;
  });
  return ranks.get((value!.run(place) as Fraction).toString())!;
}
