/** What formulas of a norm come to over observations, for printed figures of a step that no line of an account shows. */
import { compileFormulas, reducePartials, runKernel } from '@gep/formula';
import {
  conversionFactor,
  Decimal,
  periodEnd,
  sameDimension,
  sumInOrder,
  weakerGrade,
  type EvidenceGrade,
  type Unit,
} from '@gep/kernel';
import { parameterLookup, type NormEdition } from '@gep/rulebook';
import { accountProgram } from '../account/account-program';
import { typesOf } from '../account/compute-account';
import { inputsOf } from '../account/formula-inputs';
import { gradeOfFormula } from '../account/line-terms';
import type { ObservedPeriod } from '../account/observed-period';
import { amountOf, overPeriod, type FactorOverPeriod } from '../account/over-period';
import { refuseFault } from '../account/refuse-fault';
import { fillStandIns } from '../account/stand-ins';
import { productRows, readStatistics } from '../account/statistic-lines';
import { fillDays } from '../days/fill-days';
import { decimalOf, isChosen, weakest, type Figure, type FigureChoice } from './account-figures';
import { FormulaNotHere } from './errors';

/** A formula over one observation: a number for each type where it applies, or one for the territory. */
interface FormulaResult {
  readonly code: string;
  readonly byType: readonly { readonly type: string | null; readonly value: number; readonly grade: EvidenceGrade }[];
  readonly observed: ObservedPeriod;
}

export class FormulaQuantities {
  private readonly results = new Map<string, FormulaResult>();

  constructor(
    private readonly norm: NormEdition,
    private readonly observed: readonly ObservedPeriod[],
  ) {}

  /**
   * Added up over types, territories and periods; what is of a year is had over the period (`t`) or as the rate (`t/a`).
   * @throws FormulaNotHere, IncompatibleUnits, and as `computeAccount`
   */
  quantity(choice: FigureChoice, unit: Unit): Figure {
    const parts = this.chosen(choice).map(({ code, byType, observed }): Figure => {
      const { unit: ofRate } = this.declared(code);
      const over = this.over(code, observed.period);
      const ofAmount = this.norm.units.parse(over.unit);
      const isAmount = sameDimension(ofAmount.dimension, unit.dimension);
      const sum = sumInOrder(byType.map(({ value }) => (isAmount ? amountOf(value, over.share) : value)));
      const factor = decimalOf(conversionFactor(isAmount ? ofAmount : ofRate, unit));
      return { value: new Decimal(sum).times(factor), grade: weakest(byType) };
    });
    const value = parts.reduce((sum, part) => sum.plus(part.value!), new Decimal(0));
    return { value, grade: weakest(parts) };
  }

  /** Unit of the amount over a period; undefined for several formulas in different units. */
  unitOf({ formula = [], period }: FigureChoice): string | undefined {
    const { period: first } = this.observed.find((one) => period?.includes(one.period) ?? true) ?? {};
    const units = new Set(formula.map((code) => (first ? this.over(code, first).unit : this.declared(code).unit.text)));
    return units.size === 1 ? [...units][0] : undefined;
  }

  private chosen(choice: FigureChoice): FormulaResult[] {
    const { formula = [], type: types, service, item } = choice;
    return this.observed
      .filter((one) => isChosen(one, choice))
      .flatMap((observed) =>
        formula.map((code) => {
          const { scope } = this.declared(code);
          const held = types ? 'type' : service ? 'service' : item ? 'item' : undefined;
          if (scope === 'product' || (held && (held !== 'type' || scope === 'territory')))
            throw new FormulaNotHere(code, scope, held);
          const result = this.resultOf(code, observed);
          return types
            ? { ...result, byType: result.byType.filter(({ type }) => type !== null && types.includes(type)) }
            : result;
        }),
      );
  }

  private resultOf(code: string, observed: ObservedPeriod): FormulaResult {
    const key = JSON.stringify([code, observed.territory, observed.period]);
    const known = this.results.get(key);
    if (known) return known;
    const made = { code, observed, byType: this.compute(code, observed) };
    this.results.set(key, made);
    return made;
  }

  private compute(code: string, observed: ObservedPeriod): FormulaResult['byType'] {
    const { norm } = this;
    const { territory, period, places } = observed;
    const types = typesOf(norm, observed);
    const lookup = parameterLookup(norm, { places, date: periodEnd(period) });
    const applied = types.filter((type) => this.appliesTo(code)?.has(type) ?? true);
    const program = compileFormulas(norm.formulas, ['area', { code, types: applied }], lookup, types);
    const filled = fillStandIns(norm, lookup, program.plan.columns, observed.chunks);
    const { chunks } = fillDays(norm, program.daySums, observed, filled.chunks);
    const sums = reducePartials(program.plan, [runKernel(program.plan, chunks)]);
    if (sums.fault) {
      const compiled = accountProgram({ norm, places, period, types, at: { territory, period } });
      const inputs = new Map([...compiled.inputs, [code, inputsOf(norm.formulas, code)] as const]);
      refuseFault(sums.fault, norm, { ...compiled, program, inputs }, observed, chunks);
    }
    const values = program.assemble(sums, productRows(readStatistics(norm, observed))).get(code)!;
    const { attributes } = inputsOf(norm.formulas, code);
    const gradeAt = (type: string | null): EvidenceGrade =>
      filled.standIns
        .filter((standIn) => attributes.has(standIn.attribute) && (type ?? standIn.type) === standIn.type)
        .map(({ attribute, type: at }) => {
          const { fallback } = norm.attributes.find((one) => one.code === attribute)!;
          return lookup(fallback!, { type: at })!.evidence.grade;
        })
        .reduce(weakerGrade, gradeOfFormula(code, type, { norm, lookup, types }));
    if (this.declared(code).scope === 'territory') return [{ type: null, value: values[0], grade: gradeAt(null) }];
    return types.flatMap((type, at) =>
      applied.includes(type) ? [{ type, value: values[at], grade: gradeAt(type) }] : [],
    );
  }

  /** Types of the services that read the formula: parameters for others may not be there. Undefined when none reads it. */
  private appliesTo(code: string): ReadonlySet<string> | undefined {
    const readers = this.norm.services.filter(
      ({ quantity }) => quantity.kind === 'formula' && this.reads(quantity.formula, code),
    );
    return readers.length === 0 ? undefined : new Set(readers.flatMap(({ types }) => types));
  }

  private reads(formula: string, code: string): boolean {
    if (formula === code) return true;
    return formulasIn(this.norm.formulas.byCode.get(formula)!.tree).some((one) => this.reads(one, code));
  }

  private over(code: string, period: string): FactorOverPeriod {
    const { units } = this.norm;
    return overPeriod(this.declared(code).unit, units.parse('1'), units, period).quantity;
  }

  private declared(code: string) {
    return this.norm.formulas.byCode.get(code)!.declaration;
  }
}

type Node = NonNullable<ReturnType<NormEdition['formulas']['byCode']['get']>>['tree'];

function formulasIn(node: Node): string[] {
  const own = node.kind === 'formula' || (node.kind === 'total' && node.of === 'formula') ? [node.code] : [];
  return 'operands' in node ? [...own, ...node.operands.flatMap(formulasIn)] : own;
}
