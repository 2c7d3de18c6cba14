/** `running(cost, score)`: the sum over the units from the greatest score down to this one, itself and its equals included. */
import { Fraction } from '@gep/kernel';
import { readCondition, placesUnder, refuseNothing, type Condition } from './compile-aggregate';
import { remember, type Place } from './place';
import type { CallNode, OperandCompiler } from './rule-names';
import { finestScope, type Compiled, type ValueScope } from './value';

interface Running {
  readonly value: Compiled;
  readonly order: Compiled;
  readonly condition: Condition;
  readonly inner: ValueScope;
  readonly key: string;
}

export function compileRunning(compiler: OperandCompiler, node: CallNode): Compiled | undefined {
  const { operands, span } = node;
  const [value, order] = [compiler.compileNumber(operands[0]), compiler.compileNumber(operands[1])];
  const condition = operands[2] ? readCondition(compiler, operands[2]) : {};
  if (!value || !order || !condition) return undefined;
  const parts = [value, order, condition.where, condition.same].filter((part) => part !== undefined);
  const inner = finestScope(parts.map(({ scope }) => scope));
  if (inner === 'total') return refuseNothing(compiler, node);
  const uses = new Set(parts.flatMap((part) => [...part.uses]));
  const running = { value, order, condition, inner, key: compiler.log.keyOf(span) };
  return { type: value.type, scope: inner, uses, run: (place) => runningAt(place, running) };
}

function runningAt(place: Place, running: Running): Fraction {
  const { order, condition, inner, key } = running;
  if (condition.where && !(condition.where.run(place) as boolean)) return Fraction.zero;
  const word = condition.same ? (condition.same.run(place) as string) : '';
  const holder = inner === 'row' ? place.unit! : place.period;
  const sums = remember(holder, `${key} running`, () => sumsOf(place, running));
  return sums.get(word)!.get((order.run(place) as Fraction).toString())!;
}

/** Of each word of `same`: what it has come to at each number of the order. */
function sumsOf(place: Place, { value, order, condition, inner }: Running): Map<string, Map<string, Fraction>> {
  const groups = new Map<string, { number: Fraction; by: Fraction }[]>();
  for (const at of placesUnder(place, inner)) {
    if (condition.where && !(condition.where.run(at) as boolean)) continue;
    const word = condition.same ? (condition.same.run(at) as string) : '';
    const one = { number: value.run(at) as Fraction, by: order.run(at) as Fraction };
    const group = groups.get(word);
    if (group) group.push(one);
    else groups.set(word, [one]);
  }
  const found = new Map<string, Map<string, Fraction>>();
  for (const [word, group] of groups) {
    let sum = Fraction.zero;
    const sums = new Map<string, Fraction>();
    for (const { number, by } of group.toSorted((a, b) => b.by.compare(a.by))) {
      sum = sum.plus(number);
      sums.set(by.toString(), sum);
    }
    found.set(word, sums);
  }
  return found;
}
