/** Explains one line of an observed account: quantity, price and γ down to patches, parameters and their sources. */
import {
  BaseSums,
  compileFormulas,
  DayTable,
  describeRow,
  evaluateExactly,
  ExactEnvironment,
  FormulaProgram,
  ParameterLookup,
  reducePartials,
  runKernel,
} from '@gep/formula';
import { conversionFactor, Decimal, dimensionless, Fraction, periodEnd, Unit } from '@gep/kernel';
import { NormEdition, parameterLookup, Service } from '@gep/rulebook';
import { AccountLineMissing } from '../lacking/errors';
import { AccountLine } from '../account/account';
import { typesOf } from '../account/compute-account';
import { explainCounted, explainUsers } from './explain-counting';
import {
  attestedBy,
  conversionNode,
  defaultExplainLimit,
  ExplainNode,
  ExplainSelection,
  placeText,
} from './explain-node';
import { inputsOf } from '../account/formula-inputs';
import { decimalText, isAbsent, ObservedPatch, ObservedPatches } from './observed-patches';
import { ObservedPeriod } from '../account/observed-period';
import { LineOverPeriod, overPeriod, unitsOfService } from '../account/over-period';
import { fillStandIns } from '../account/stand-ins';
import { dayTableOf, fillDays } from '../days/fill-days';
import { MeasuredAmount, productRows, readStatistics } from '../account/statistic-lines';

/** Explains lines of one observation; what they share is prepared once. */
export class LineExplainer {
  private readonly lookup: ParameterLookup;
  readonly amounts: readonly MeasuredAmount[];
  private readonly types: readonly string[];
  private readonly patches: ObservedPatches;
  private readonly days: DayTable;

  constructor(
    readonly norm: NormEdition,
    private readonly observed: ObservedPeriod,
    readonly lines: readonly AccountLine[],
    private readonly selection: ExplainSelection,
  ) {
    this.lookup = parameterLookup(norm, { places: observed.places, date: periodEnd(observed.period) });
    this.amounts = readStatistics(norm, observed);
    this.types = typesOf(norm, observed);
    this.patches = new ObservedPatches(norm, observed, this.lookup);
    this.days = dayTableOf(observed);
  }

  /** The children of a line: quantity, price, γ and, when units differ, the conversion to yuan. */
  factorsOf(line: AccountLine): ExplainNode[] {
    const service = this.norm.services.find(({ code }) => code === line.service)!;
    const scale = this.scaleOf(service, line);
    return [
      explainCounted(this, service, line, this.quantity(service, line)),
      explainUsers(this, service, line, this.price(service, line)),
      this.gamma(service, line),
      ...(scale.equals(Fraction.one) ? [] : [conversionNode(scale, line)]),
    ];
  }

  private scaleOf(service: Service, line: AccountLine): Fraction {
    if (service.price.kind !== 'product') return service.yuanScale;
    return this.amountOf(line).product.yuanScale;
  }

  private amountOf({ item, type, service }: AccountLine): MeasuredAmount {
    const found = this.amounts.find((amount) => amount.product.code === item && amount.type === type);
    if (!found)
      throw new AccountLineMissing(this.observed.territory, this.observed.period, { service, type, item }, this.lines);
    return found;
  }

  private quantity(service: Service, line: AccountLine): ExplainNode {
    const { quantity } = service;
    if (quantity.kind !== 'formula') return this.measured(line);
    const declaration = this.norm.formulaTexts.find(({ code }) => code === quantity.formula)!;
    const type = line.type!;
    const { formula, unit } = quantity;
    const { share } = this.overPeriod(service).quantity;
    const of = declaration.scope === 'patch' ? this.patchSum(formula, type, unit.text) : [];
    const trace =
      declaration.scope === 'patch'
        ? undefined
        : evaluateExactly(this.norm.formulas, formula, this.environment(formula, type));
    const rate = declaration.scope === 'patch' ? this.totals([formula], type)[formula] : trace!.value;
    const given = { code: formula, name: declaration.name, ...(trace && { trace }), children: of };
    const value = decimalText(line.quantity);
    return this.partOfYear(
      { kind: 'quantity', value, unit: line.unit, ...given },
      { value: rate, unit: unit.text, share },
    );
  }

  /** A statistic of a department's data sheet names its upload; others come with the last of the batches. */
  private sourceOf({ sheet, row, batch: own }: MeasuredAmount['row']): NonNullable<ExplainNode['source']> {
    const batch = own ?? this.observed.batches?.at(-1);
    return { ...(batch && { batch }), sheet, row };
  }

  private measured(line: AccountLine): ExplainNode {
    const { row, product, quantity } = this.amountOf(line);
    const given: ExplainNode = {
      kind: 'statistic',
      code: product.code,
      name: product.name,
      value: row.quantity,
      unit: row.unit,
      source: this.sourceOf(row),
      children: [],
    };
    return {
      kind: 'quantity',
      code: product.code,
      name: product.name,
      value: quantity.toExactText(),
      unit: line.unit,
      children: [given],
    };
  }

  private price(service: Service, line: AccountLine): ExplainNode {
    const { price } = service;
    const node = { kind: 'price', value: line.price ?? '', unit: line.priceUnit } as const;
    const share = price.kind === 'product' ? Fraction.one : this.overPeriod(service).price.share;
    if (price.kind === 'product') {
      const { row, product } = this.amountOf(line);
      const source = this.sourceOf(row);
      const evidence = { grade: 'reported', source: placeText(source) } as const;
      return { ...node, code: product.code, source, evidence, children: [] };
    }
    if (price.kind === 'parameter') {
      const given = this.parameterNode('price', price.parameter, price.unit, line);
      const over = { value: line.price ?? '', unit: line.priceUnit };
      return this.partOfYear({ ...given, ...over }, { value: given.value, unit: given.unit, share });
    }
    const trace = evaluateExactly(this.norm.formulas, price.formula, this.environment(price.formula, line.type));
    const { name } = this.norm.formulaTexts.find(({ code }) => code === price.formula)!;
    const given = { ...node, code: price.formula, name, trace, children: [] };
    return this.partOfYear(given, { value: trace.value, unit: price.unit.text, share });
  }

  /** What a modelled service counts over the period; a measured one is counted in it. */
  private overPeriod(service: Service): LineOverPeriod {
    const { quantity, price } = unitsOfService(service) ?? { quantity: dimensionless, price: dimensionless };
    return overPeriod(quantity, price, this.norm.units, this.observed.period);
  }

  /** A factor over part of a year leads to the rate of the year, which has what the factor had below it, and the share. */
  private partOfYear(factor: ExplainNode, rate: { value: string; unit: string; share: Fraction }): ExplainNode {
    if (rate.share.equals(Fraction.one)) return factor;
    const { kind, code, name, value, unit, ...below } = factor;
    const part: ExplainNode = {
      kind: 'share',
      code: this.observed.period,
      value: rate.share.toString(),
      unit: 'a',
      text: { zh: '核算期占全年的份额', en: 'share of the year that the period is' },
      children: [],
    };
    const ofYear: ExplainNode = { kind: 'rate', code, name, value: rate.value, unit: rate.unit, ...below };
    const text = { zh: '全年速率 × 核算期份额', en: 'rate of the year × share of the period' };
    return { kind, code, name, value, unit, text, children: [ofYear, part] };
  }

  private gamma({ gamma, gammaBasis }: Service, line: AccountLine): ExplainNode {
    const basis = gammaBasis && { text: gammaBasis };
    if (gamma.kind === 'parameter')
      return { ...this.parameterNode('gamma', gamma.parameter, undefined, line), ...basis };
    return { kind: 'gamma', code: 'γ', value: line.gamma ?? '', unit: '1', ...basis, children: [] };
  }

  private parameterNode(
    kind: 'price' | 'gamma',
    code: string,
    unit: Unit | undefined,
    { type }: AccountLine,
  ): ExplainNode {
    const found = this.lookup(code, type === null ? {} : { type })!;
    const { name } = this.norm.parameters.find((parameter) => parameter.code === code)!;
    const value = unit ? found.value.times(conversionFactor(found.unit, unit)) : found.value;
    const attested = attestedBy(found);
    return { kind, code, name, value: value.toExactText(), unit: (unit ?? found.unit).text, ...attested, children: [] };
  }

  /** A single patch is explained step by step; many are explained by their base sums, and a page of them step by step. */
  private patchSum(formula: string, type: string, unit: string): ExplainNode[] {
    const { offset = 0, limit = defaultExplainLimit, patch } = this.selection;
    if (patch !== undefined) return [this.patchNode(formula, this.patches.named(type, patch), unit)];
    const total = this.patches.count(type);
    const shown = this.patches.page(type, offset, limit);
    const nodes = shown.map((one) => this.patchNode(formula, one, unit));
    if (total === 1 && shown.length === 1) return nodes;
    const sum: ExplainNode = {
      kind: 'sum',
      code: type,
      value: this.totals([formula], type)[formula],
      unit,
      text: { zh: `${total} 个图斑之和`, en: `sum over ${total} patches` },
      page: { total, offset, shown: shown.length },
      children: nodes,
    };
    return [...this.parts(formula, type), sum];
  }

  private parts(formula: string, type: string): ExplainNode[] {
    const { program, sums } = this.run([formula], [type]);
    const index = program.plan.types.indexOf(type);
    const parts = program.linearParts(formula);
    // Then the part is the sum over the patches itself.
    if (parts.length === 1 && parts[0].coefficients[index].equals(Fraction.one)) return [];
    return parts.map(({ base, coefficients }) => {
      const sum = sums.sums[index * program.plan.bases.length + base];
      const product = new Decimal(sum)
        .times(coefficients[index].numerator.toString())
        .dividedBy(coefficients[index].denominator.toString());
      const coefficient = coefficients[index].toExactText();
      const expression = describeRow(program.plan.bases[base], index);
      return {
        kind: 'part',
        code: expression,
        value: product.toString(),
        unit: this.norm.formulas.byCode.get(formula)!.declaration.unit.text,
        text: {
          zh: `系数 ${coefficient} × 各图斑之和 ${decimalText(sum)}`,
          en: `coefficient ${coefficient} × sum over the patches ${decimalText(sum)}`,
        },
        children: [],
      };
    });
  }

  private patchNode(formula: string, patch: ObservedPatch, unit: string): ExplainNode {
    const trace = evaluateExactly(this.norm.formulas, formula, { lookup: this.lookup, patch, days: this.days });
    const chunk = this.observed.chunks[patch.chunk];
    const batch = this.observed.batches?.[patch.chunk];
    return {
      kind: 'patch',
      code: patch.label,
      type: patch.type,
      value: trace.value,
      unit,
      source: { ...(batch && { batch }), sheet: chunk.sourceSheet, row: chunk.sourceRow[patch.row] },
      trace,
      children: this.standInsOf(formula, patch),
    };
  }

  private standInsOf(formula: string, { chunk, row, type }: ObservedPatch): ExplainNode[] {
    const { columns } = this.observed.chunks[chunk];
    const { attributes } = inputsOf(this.norm.formulas, formula);
    const absent = [...attributes].filter((name) => isAbsent(columns[name], row));
    return absent.flatMap((attribute) => {
      const { fallback, unit } = this.norm.attributes.find(({ code }) => code === attribute)!;
      const found = fallback === undefined ? undefined : this.lookup(fallback, { type });
      if (!found) return [];
      const value = found.value.times(conversionFactor(found.unit, unit)).toExactText();
      const text = {
        zh: `观测缺少“${attribute}”，以参数“${fallback}”代替`,
        en: `"${attribute}" was not observed; parameter "${fallback}" stands in`,
      };
      return [{ kind: 'standIn', code: attribute, value, unit: unit.text, text, ...attestedBy(found), children: [] }];
    });
  }

  /** What a type or territory formula reads: patches themselves while they are few, else their sums. */
  private environment(formula: string, type: string | null): ExactEnvironment {
    const inputs = inputsOf(this.norm.formulas, formula);
    const products = productRows(this.amounts);
    const { lookup, types, days } = this;
    const shared = { lookup, products, types, days, ...(type === null ? {} : { type }) };
    if (inputs.totals.size === 0) return shared;
    const few = this.types.every((each) => this.patches.count(each) <= defaultExplainLimit);
    if (few) return { ...shared, patches: this.types.flatMap((each) => this.patches.page(each, 0, Infinity)) };
    const totals = this.types.map((each) => [each, this.totals([...inputs.totals], each)] as const);
    return { ...shared, totals: Object.fromEntries(totals) };
  }

  private totals(codes: readonly string[], type: string): Record<string, string> {
    const { program, sums } = this.run(codes, [type]);
    const results = program.assemble(sums, productRows(this.amounts));
    const index = program.plan.types.indexOf(type);
    return Object.fromEntries(codes.map((code) => [code, decimalText(results.get(code)![index])]));
  }

  private run(codes: readonly string[], types: readonly string[]): { program: FormulaProgram; sums: BaseSums } {
    const wanted = codes.map((code) => ({ code, types }));
    const program = compileFormulas(this.norm.formulas, wanted, this.lookup, this.types);
    const filled = fillStandIns(this.norm, this.lookup, program.plan.columns, this.observed.chunks);
    const { chunks } = fillDays(this.norm, program.daySums, this.observed, filled.chunks);
    return { program, sums: reducePartials(program.plan, [runKernel(program.plan, chunks)]) };
  }
}
