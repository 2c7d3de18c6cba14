/** Indicators of an account beside GDP, people and area; every figure from outside keeps its source. */
import { CheckedFormulas, checkFormulas, evaluateExactly, ParameterValue } from '@gep/formula';
import {
  conversionFactor,
  type Evidence,
  type EvidenceGrade,
  Fraction,
  sameDimension,
  sumInOrder,
  UnitTable,
  weakerGrade,
} from '@gep/kernel';
import type { Account } from '../account/account';
import { evidenceOf } from '../account/evidence';
import { GepIsNotAddedToGdp, IndicatorFactRefused, IndicatorUnreadable } from './errors';
import { IndicatorDefinition, IndicatorName, indicatorNames } from './indicator-definitions';

/** A figure of another office. */
export interface IndicatorFact {
  readonly name: string;
  /** Decimal text in `unit`. */
  readonly value: string;
  readonly unit: string;
  readonly source: string;
}

export interface Indicator extends IndicatorDefinition {
  /** Decimal text of up to 20 digits; null where a figure is missing. */
  readonly value: string | null;
  readonly unit: string;
  /** Names that the expression reads and nobody gave. */
  readonly missing: readonly string[];
  /** Where its figures are from, by name. */
  readonly sources: Readonly<Record<string, string>>;
  /** The weakest evidence that its figures rest on; null where a figure is missing. */
  readonly grade: EvidenceGrade | null;
}

/** Without its lines, a category is taken to rest on what the whole account rests on. */
type AccountFigures = Pick<
  Account,
  'territory' | 'period' | 'totals' | 'areaByType' | 'areaUnit' | 'digest' | 'grade'
> & { readonly lines?: Account['lines'] };

const names = Object.keys(indicatorNames) as IndicatorName[];

/**
 * Computes indicators exactly, to 20 digits.
 * @throws GepIsNotAddedToGdp, IndicatorUnreadable, IndicatorFactRefused, UndefinedValue after a division by zero
 */
export function computeIndicators(
  account: AccountFigures,
  definitions: readonly IndicatorDefinition[],
  facts: readonly IndicatorFact[],
  units: UnitTable,
): Indicator[] {
  const values = new Map([...figuresOf(account, units), ...facts.map((fact) => readFact(fact, units))]);
  return definitions.map((definition) => {
    const checked = checkIndicator(definition, units);
    const read = namesIn(checked.formulas.byCode.get(definition.code)!.tree);
    const missing = read.filter((name) => !values.has(name));
    const lookup = (code: string): ParameterValue | undefined => values.get(code);
    const value =
      missing.length > 0
        ? null
        : Fraction.parse(evaluateExactly(checked.formulas, definition.code, { lookup }).value)!.toDecimalText(20);
    const sources = Object.fromEntries(
      read.flatMap((name) => {
        const found = values.get(name);
        return found ? [[name, found.evidence.source]] : [];
      }),
    );
    const grades = read.map((name) => values.get(name)?.evidence.grade ?? 'published');
    const grade = missing.length > 0 ? null : grades.reduce(weakerGrade, 'published');
    return { ...definition, value, unit: checked.unit, missing, sources, grade };
  });
}

/** What the account itself gives. */
function figuresOf(account: AccountFigures, units: UnitTable): [string, ParameterValue][] {
  const source = `${account.territory} ${account.period} @ ${account.digest.slice(0, 12)}`;
  const { totalFen, byCategory } = account.totals;
  const yuan = (fen: bigint): Fraction => Fraction.of(fen, 100n);
  const area = Fraction.parse(String(sumInOrder(Object.values(account.areaByType))))!;
  const toHectare = conversionFactor(units.parse(account.areaUnit), units.parse(indicatorNames.area));
  const figures: [IndicatorName, Fraction][] = [
    ['GEP', yuan(totalFen)],
    ['provisioning', yuan(byCategory.provisioning ?? 0n)],
    ['regulating', yuan(byCategory.regulating ?? 0n)],
    ['cultural', yuan(byCategory.cultural ?? 0n)],
    ['area', area.times(toHectare)],
  ];
  const { grade, lines } = account;
  const grades = lines ? evidenceOf(lines).byCategory : {};
  const gradeOf = (name: IndicatorName): EvidenceGrade => (name === 'area' ? 'reported' : (grades[name] ?? grade));
  return figures.map(([name, value]) => [name, valueOf(name, value, { source, grade: gradeOf(name) }, units)]);
}

function valueOf(name: IndicatorName, value: Fraction, evidence: Evidence, units: UnitTable): ParameterValue {
  const unit = units.parse(indicatorNames[name]);
  return { code: name, value, unit, evidence, from: '' };
}

/** @throws IndicatorFactRefused */
function readFact({ name, value, unit, source }: IndicatorFact, units: UnitTable): [string, ParameterValue] {
  const known = names.find((one) => one === name);
  const isOfAccount = known !== undefined && ['GEP', 'provisioning', 'regulating', 'cultural'].includes(known);
  if (!known || isOfAccount) throw new IndicatorFactRefused(name, 'unknown', { value, unit });
  if (source.trim() === '') throw new IndicatorFactRefused(name, 'source', { value, unit });
  const number = Fraction.parse(value);
  if (!number || number.compare(Fraction.zero) <= 0) throw new IndicatorFactRefused(name, 'number', { value, unit });
  const [given, wanted] = [units.parse(unit), units.parse(indicatorNames[known])];
  if (!sameDimension(given.dimension, wanted.dimension))
    throw new IndicatorFactRefused(name, 'unit', { value, unit, wanted: wanted.text });
  return [known, valueOf(known, number.times(conversionFactor(given, wanted)), { source, grade: 'reported' }, units)];
}

/** Units that a result may have; an indicator says nothing of its own, so the first that fits is taken. */
const resultUnits = ['1', 'yuan', 'yuan/hm2', 'yuan/person', 'hm2/person', 'person/hm2', 'hm2', 'person'];

interface CheckedIndicator {
  readonly formulas: CheckedFormulas;
  readonly unit: string;
}

/** @throws GepIsNotAddedToGdp, IndicatorUnreadable */
function checkIndicator({ code, expression }: IndicatorDefinition, units: UnitTable): CheckedIndicator {
  const parameters = new Map(
    names.map((name) => [name, { unit: units.parse(indicatorNames[name]), byType: false, byPlace: false }]),
  );
  const check = (unit: string) =>
    checkFormulas({
      units,
      attributes: new Map(),
      parameters,
      types: [],
      productFields: new Map(),
      formulas: [{ code, scope: 'territory', unit: units.parse(unit), expression }],
    });
  for (const unit of resultUnits) {
    const { formulas, problems } = check(unit);
    if (formulas) {
      refuseSum(formulas, code, expression);
      return { formulas, unit };
    }
    const [problem] = problems.filter((one) => one.code !== 'formula.result-unit');
    if (problem) throw new IndicatorUnreadable(code, expression, problem.text, names);
  }
  const [{ text }] = check('1').problems;
  throw new IndicatorUnreadable(code, expression, text, names);
}

type Node = NonNullable<ReturnType<CheckedFormulas['byCode']['get']>>['tree'];
const operandsOf = (node: Node): readonly Node[] => ('operands' in node ? node.operands : []);

function namesIn(node: Node): IndicatorName[] {
  const own = node.kind === 'parameter' ? [node.code as IndicatorName] : [];
  return [...new Set([...own, ...operandsOf(node).flatMap(namesIn)])];
}

/** @throws GepIsNotAddedToGdp where any sum or difference of money brings the two together, however it is scaled */
function refuseSum(formulas: CheckedFormulas, code: string, expression: string): void {
  const money = Object.keys(formulas.vocabulary.units.parse('yuan').dimension);
  const visit = (node: Node): ReadonlySet<'gep' | 'gdp'> => {
    const parts = operandsOf(node).map(visit);
    const all = new Set(parts.flatMap((part) => [...part]));
    const isSum = node.kind === 'arithmetic' && (node.operator === '+' || node.operator === '-');
    if (isSum && all.size === 2 && parts.every((part) => part.size > 0)) throw new GepIsNotAddedToGdp(code, expression);
    const isMoney = money.some((base) => node.unit?.dimension[base]);
    if (node.kind === 'parameter') return isMoney ? new Set([node.code === 'GDP' ? 'gdp' : 'gep']) : new Set();
    // A ratio of the one to the other is no money any more; over a constant amount it is the same money still.
    const isRatio = node.kind === 'arithmetic' && node.operator === '/' && !isMoney && parts[1].size > 0;
    return isRatio ? new Set() : all;
  };
  visit(formulas.byCode.get(code)!.tree);
}
