/** Computes one number anew in 40-digit decimals straight from the checked tree, and keeps every step: the audit. */
import { assert, conversionFactor, Decimal } from '@gep/kernel';
import { CheckedFormula, CheckedFormulas, TypedNode } from '../checking/typed-tree';
import { daysWith, valueOnDay } from '../days/day-table';
import { ProductRow } from '../declarations';
import { MissingInput, MissingParameterValue, UndefinedValue } from '../errors';
import { applyExactly, compareExactly, exactText, isDecimal, toDecimal } from './exact-function';
import { onceForDays, seriesOf, sumOfDays } from './exact-days';
import { addAll, arithmetic, firstNotFinite, item, leaf, observed, sliceOf, Step } from './exact-step';
import { ExactEnvironment, ExactPatch, ExactTrace } from './exact-trace';

type NodeOf<Kind extends TypedNode['kind']> = Extract<TypedNode, { kind: Kind }>;

/** Where in the territory the walker stands. */
interface Place {
  readonly type?: string;
  readonly patch?: ExactPatch;
  readonly product?: ProductRow;
  /** Position of the day. */
  readonly day?: number;
}

/**
 * The value of a formula with the whole tree of steps: an independent second computation of any kernel result.
 * Only the branch that an `if` takes is computed.
 * @throws MissingParameterValue, MissingInput, UndefinedValue
 */
export function evaluateExactly(formulas: CheckedFormulas, code: string, env: ExactEnvironment): ExactTrace {
  const formula = formulas.byCode.get(code);
  assert(formula, `no formula "${code}"`);
  const walker = new ExactWalker(formulas, env);
  const place: Place = { type: env.type ?? env.patch?.type, patch: env.patch, product: env.product };
  const summed = formula.declaration.scope === 'patch' && !env.patch;
  return (summed ? walker.total(code, 'formula', place, code, code) : walker.formula(formula, place)).trace;
}

class ExactWalker {
  private readonly known = new Map<CheckedFormula, Map<unknown, Step>>();

  constructor(
    private readonly formulas: CheckedFormulas,
    private readonly env: ExactEnvironment,
  ) {}

  /** Each formula is computed once for each place, however often it is named. */
  formula(formula: CheckedFormula, place: Place): Step {
    const places = this.known.get(formula) ?? new Map<unknown, Step>();
    this.known.set(formula, places);
    const where = place.day ?? place.patch ?? place.product ?? place.type;
    const step = places.get(where) ?? this.compute(formula, place);
    places.set(where, step);
    return step;
  }

  private compute(formula: CheckedFormula, place: Place): Step {
    const { code, expression, unit } = formula.declaration;
    const inner = this.walk(formula.tree, formula, place);
    if (!inner.number.isFinite()) throw new UndefinedValue(code, firstNotFinite(inner.trace).expression, place.type);
    const trace: ExactTrace = {
      kind: 'formula',
      formula: code,
      expression,
      name: code,
      value: inner.trace.value,
      unit: unit.text,
      children: [inner.trace],
    };
    return { ...inner, trace };
  }

  /** The sum of a patch formula or of an attribute over the patches of the type at hand. */
  total(code: string, of: 'formula' | 'attribute', { type }: Place, within: string, expression: string): Step {
    if (type === undefined) throw new MissingInput(within, `type (${code})`);
    const unit = (
      of === 'formula'
        ? this.formulas.byCode.get(code)!.declaration.unit
        : this.formulas.vocabulary.attributes.get(code)!
    ).text;
    const finish = (number: Decimal, children: readonly ExactTrace[]): Step => ({
      number,
      truth: false,
      trace: { kind: 'total', formula: within, expression, name: code, value: number.toString(), unit, type, children },
    });
    const given = this.env.totals?.[type]?.[code];
    if (given !== undefined) return finish(new Decimal(given), []);
    const patches = this.env.patches?.filter((patch) => patch.type === type);
    if (!patches) throw new MissingInput(within, `${code} (${type})`);
    const items = patches.map((patch, index) => {
      const step =
        of === 'formula'
          ? this.formula(this.formulas.byCode.get(code)!, { type, patch })
          : this.attribute(code, patch, within, unit);
      return item(patch.label ?? `${index + 1}`, within, expression, unit, step);
    });
    return finish(
      addAll(items),
      items.map(({ trace }) => trace),
    );
  }

  private walk(node: TypedNode, within: CheckedFormula, place: Place): Step {
    switch (node.kind) {
      case 'number':
        return this.step(node, within, toDecimal(node.value), []);
      case 'attribute':
        return this.attribute(node.name, place.patch, within.declaration.code, node.unit!.text);
      case 'field':
        return this.field(node, within, place);
      case 'series':
        return this.series(node, within, place);
      case 'parameter':
        return this.parameter(node, within, place);
      case 'formula':
        return this.reference(node.code, place);
      case 'total':
        return this.total(node.code, node.of, place, within.declaration.code, sliceOf(node, within));
      case 'choice':
        return this.choice(node, within, place);
      case 'sum':
        return this.sum(node, within, place);
      default:
        return this.operation(
          node,
          within,
          node.operands.map((operand) => this.walk(operand, within, place)),
        );
    }
  }

  private operation(
    node: Exclude<
      TypedNode,
      { kind: 'number' | 'attribute' | 'field' | 'series' | 'parameter' | 'formula' | 'total' | 'choice' | 'sum' }
    >,
    within: CheckedFormula,
    steps: readonly Step[],
  ): Step {
    const [a, b, c] = steps.map(({ number }) => number);
    const [left, right] = steps.map(({ truth }) => truth);
    switch (node.kind) {
      case 'convert':
        return this.step(
          node,
          within,
          a.times(node.factor.numerator.toString()).dividedBy(node.factor.denominator.toString()),
          steps,
          node.unit!.text,
        );
      case 'negate':
        return this.step(node, within, a.negated(), steps, '-');
      case 'arithmetic':
        return this.step(node, within, arithmetic[node.operator](a, b), steps, node.operator);
      case 'power':
        return this.step(node, within, a.pow(b), steps, '^');
      case 'extreme':
        return this.step(node, within, Decimal[node.name](...steps.map(({ number }) => number)), steps, node.name);
      case 'clamp':
        return this.step(node, within, Decimal.min(Decimal.max(a, b), c), steps, 'clamp');
      case 'function':
        return this.step(node, within, applyExactly(node.name, a), steps, node.name);
      case 'comparison':
        return this.condition(node, within, compareExactly(node.operator, a.comparedTo(b)), steps, node.operator);
      case 'logic':
        return this.condition(
          node,
          within,
          node.operator === 'and' ? left && right : left || right,
          steps,
          node.operator,
        );
      case 'not':
        return this.condition(node, within, !left, steps, 'not');
    }
  }

  private step(node: TypedNode, within: CheckedFormula, number: Decimal, from: readonly Step[], name?: string): Step {
    return { number, truth: false, trace: this.trace(node, within, number.toString(), from, name) };
  }
  private condition(
    node: TypedNode,
    within: CheckedFormula,
    truth: boolean,
    from: readonly Step[],
    name: string,
  ): Step {
    return { number: new Decimal(truth ? 1 : 0), truth, trace: this.trace(node, within, String(truth), from, name) };
  }
  private trace(
    node: TypedNode,
    within: CheckedFormula,
    value: string,
    from: readonly Step[],
    name?: string,
  ): ExactTrace {
    const { code } = within.declaration;
    const children = from.map(({ trace }) => trace);
    return {
      kind: node.kind,
      formula: code,
      expression: sliceOf(node, within),
      ...(name && { name }),
      value,
      unit: node.unit?.text ?? '',
      children,
    };
  }

  private reference(code: string, place: Place): Step {
    const formula = this.formulas.byCode.get(code)!;
    return this.formula(formula, formula.declaration.scope === 'territory' ? {} : place);
  }

  private attribute(name: string, patch: ExactPatch | undefined, within: string, unit: string): Step {
    const number = observed(patch?.attributes[name]);
    if (!number) throw new MissingInput(within, patch?.label === undefined ? name : `${name} (${patch.label})`);
    return leaf('attribute', within, name, number, unit);
  }

  private field(node: NodeOf<'field'>, within: CheckedFormula, { product }: Place): Step {
    const { code } = within.declaration;
    const number =
      product && Object.hasOwn(product.fields, node.name) ? observed(product.fields[node.name]) : undefined;
    if (!number) throw new MissingInput(code, `${product?.product ?? 'product'}.${node.name}`);
    return leaf('field', code, node.name, number, node.unit!.text);
  }

  private parameter(node: NodeOf<'parameter'>, within: CheckedFormula, { type, product }: Place): Step {
    const { unit, byType } = this.formulas.vocabulary.parameters.get(node.code)!;
    const wantedType = node.key.type ?? (byType ? (type ?? product?.type) : undefined);
    const found = this.env.lookup(node.code, wantedType === undefined ? node.key : { ...node.key, type: wantedType });
    if (!found)
      throw new MissingParameterValue([{ parameter: node.code, type: wantedType, formula: within.declaration.code }]);
    const number = toDecimal(found.value.times(conversionFactor(found.unit, unit)));
    const { evidence, from, place } = found;
    const plain = found.unit.text === unit.text && isDecimal(found.value);
    const given = plain ? undefined : `${exactText(found.value)} ${found.unit.text}`;
    const trace: ExactTrace = {
      ...this.trace(node, within, number.toString(), [], node.code),
      ...{
        evidence,
        from,
        ...(found.type !== undefined && { type: found.type }),
        ...(place !== undefined && { place }),
        ...(given && { given }),
      },
    };
    return { number, truth: false, trace };
  }

  private choice(node: NodeOf<'choice'>, within: CheckedFormula, place: Place): Step {
    const [condition, then, otherwise] = node.operands;
    const chosen = this.walk(condition, within, place);
    const result = this.walk(chosen.truth ? then : otherwise, within, place);
    return this.step(node, within, result.number, [chosen, result], 'if');
  }

  private series({ name, unit }: NodeOf<'series'>, { declaration: { code } }: CheckedFormula, place: Place): Step {
    const number = this.env.days && observed(valueOnDay(this.env.days, name, place.day!));
    if (!number) throw new MissingInput(code, name);
    return leaf('series', code, name, number, unit!.text);
  }

  private sumOverDays(node: NodeOf<'sum'>, within: CheckedFormula): Step {
    const { days, lookup } = this.env;
    const { code } = within.declaration;
    const [operand] = node.operands;
    const names = seriesOf(operand, this.formulas);
    const counted = days ? daysWith(days, names) : [];
    if (!days || counted.length === 0) throw new MissingInput(code, names.join(', ') || 'days');
    return onceForDays(days, lookup, node, () => {
      const expression = sliceOf(operand, within);
      const items = counted.map((day) =>
        item(days.days[day], code, expression, node.unit!.text, this.walk(operand, within, { day })),
      );
      return sumOfDays(days, items, (number, shown) => this.step(node, within, number, shown, 'sum'));
    });
  }

  private sum(node: NodeOf<'sum'>, within: CheckedFormula, place: Place): Step {
    if (node.over === 'days') return this.sumOverDays(node, within);
    const at = (name: string, there: Place): Step =>
      item(
        name,
        within.declaration.code,
        sliceOf(node.operands[0], within),
        node.unit!.text,
        this.walk(node.operands[0], within, { ...place, ...there }),
      );
    const items =
      node.over === 'types'
        ? this.types().map((type) => at(type, { type }))
        : (this.env.products ?? []).map((product) => at(product.product, { product }));
    return this.step(node, within, addAll(items), items, 'sum');
  }

  private types(): readonly string[] {
    const { types, totals = {}, patches = [] } = this.env;
    return types ?? [...new Set([...Object.keys(totals), ...patches.map(({ type }) => type)])];
  }
}
