/** How a sum over days is audited: every day is computed exactly, the largest terms are shown, and the sum is made once. */
import { Decimal } from '@gep/kernel';
import { CheckedFormulas, operandsOf, TypedNode } from '../checking/typed-tree';
import { ParameterLookup } from '../declarations';
import { DayTable, isCalendarName } from '../days/day-table';
import { addAll, Step } from './exact-step';
import { ExactTrace } from './exact-trace';

/** Terms of a sum over days that an audit shows at least; the others it counts and adds. */
const shownDays = 5;

/** The series that an expression reads on a day, through the day formulas it names; not those of sums within it. */
export function seriesOf(node: TypedNode, { byCode }: CheckedFormulas): string[] {
  const names = new Set<string>();
  const visit = (part: TypedNode): void => {
    if (part.kind === 'sum') return;
    if (part.kind === 'series' && !isCalendarName(part.name)) names.add(part.name);
    if (part.kind === 'formula') visit(byCode.get(part.code)!.tree);
    operandsOf(part).forEach(visit);
  };
  visit(node);
  return [...names];
}

/** The step of the sum: the largest terms, in the order of their days, and what the others add up to. */
export function sumOfDays(
  { days: { length: of } }: DayTable,
  items: readonly Step[],
  step: (number: Decimal, shown: readonly Step[]) => Step,
): Step {
  const chosen = new Set(chooseTerms(items.toSorted((a, b) => b.number.abs().comparedTo(a.number.abs()))));
  const sum = step(
    addAll(items),
    items.filter((each) => chosen.has(each)),
  );
  const rest = addAll(items.filter((each) => !chosen.has(each))).toString();
  return { ...sum, trace: { ...sum.trace, days: { of, counted: items.length, rest } } };
}

/** The first few terms, then each that reads a value of a parameter which none before it reads: all that is used is attested. */
function chooseTerms(bySize: readonly Step[]): Step[] {
  const seen = new Set<string>();
  return bySize.filter(({ trace }, at) => {
    const values = [...parametersIn(trace)].filter((value) => !seen.has(value));
    values.forEach((value) => seen.add(value));
    return at < shownDays || values.length > 0;
  });
}

function* parametersIn({ kind, name, from, place, children }: ExactTrace): Generator<string> {
  if (kind === 'parameter') yield `${name} ${from} ${place ?? ''}`;
  for (const child of children) yield* parametersIn(child);
}

const known = new WeakMap<DayTable, WeakMap<ParameterLookup, Map<TypedNode, Step>>>();

/** A sum over days is the same for every patch: it is made once for a table and a look-up. */
export function onceForDays(table: DayTable, lookup: ParameterLookup, node: TypedNode, make: () => Step): Step {
  const lookups = known.get(table) ?? new WeakMap<ParameterLookup, Map<TypedNode, Step>>();
  known.set(table, lookups);
  const sums = lookups.get(lookup) ?? new Map<TypedNode, Step>();
  lookups.set(lookup, sums);
  const step = sums.get(node) ?? make();
  sums.set(node, step);
  return step;
}
