/** What is shown of a norm edition: exact values as text, units by their text, no inner forms. */
import { Fraction, type Unit } from '@gep/kernel';
import type { NormEdition, NormParameterValue, ParameterDefinition, Service } from '../norm/norm';

/** Decimal text when it is exact, else a fraction such as `1/7`. */
function exactText(value: Fraction): string {
  const decimal = value.toDecimalText();
  return Fraction.parse(decimal)?.equals(value) ? decimal : value.toString();
}

const textOf = (unit: Unit): string => unit.text;

/** The edition without parameters, which are many and have their own list. */
export function normView(norm: NormEdition) {
  const { id, edition, title, status, basis, currency, types, groups } = norm;
  return {
    ...{ id, edition, title, status, currency, basis: [...basis], groups: [...groups] },
    ...{ base: norm.base ?? null, place: norm.place ?? null, incomplete: [...norm.incomplete] },
    excluded: norm.excluded.map((left) => ({
      ...{ service: left.service, name: left.name, reason: left.reason, switch: left.switch },
    })),
    switches: norm.switches.map(({ code, name, state, services, reason }) => ({
      ...{ code, name, state, services: [...services], reason },
    })),
    exclusive: norm.exclusive.map(({ code, name, services, reason, deduct }) => ({
      ...{ code, name, services: [...services], reason, deduct: deduct ?? null },
    })),
    series: norm.series.map(({ code, name, unit, min, max, mostMissing }) => ({
      ...{ code, name, unit: textOf(unit), mostMissing: exactText(mostMissing) },
      min: min ? exactText(min) : null,
      max: max ? exactText(max) : null,
    })),
    types: types.map(({ code, name, hj1166 }) => ({ code, name, hj1166 })),
    attributes: norm.attributes.map(({ code, name, unit, required, min, max, fallback }) => ({
      ...{ code, name, unit: textOf(unit), required, fallback: fallback ?? null },
      min: min ? exactText(min) : null,
      max: max ? exactText(max) : null,
    })),
    products: norm.products.map((product) => ({
      ...{ code: product.code, name: product.name, unit: textOf(product.unit), priceUnit: textOf(product.priceUnit) },
      ...{ class: product.class, type: product.type ?? null },
    })),
    services: norm.services.map(serviceView),
    formulas: norm.formulaTexts.map(({ code, name, scope, unit, expression }) => ({
      ...{ code, name, scope, unit: textOf(unit), expression },
    })),
  };
}

function serviceView(service: Service) {
  const { code, category, group, name, seea, types, quantity, price, gamma, note, use, beneficiaries } = service;
  const given = { code, category, group, name, seea: seea ?? null, types: [...types], note: note ?? null };
  return {
    ...given,
    ...{ abiotic: service.abiotic, intermediate: service.intermediate, valuation: service.valuation },
    ...{ negative: service.negative, gammaBasis: service.gammaBasis ?? null, imports: service.imports ?? null },
    use: use ? { cap: use.cap ?? null, users: use.users ?? null, missing: use.missing } : null,
    beneficiaries: beneficiaries.map(({ group: who, scale, share }) => ({
      group: who,
      scale,
      share: exactText(share),
    })),
    quantity: 'unit' in quantity ? { ...quantity, unit: textOf(quantity.unit) } : { ...quantity },
    price: 'unit' in price ? { ...price, unit: textOf(price.unit) } : { ...price },
    gamma: gamma.kind === 'constant' ? { kind: gamma.kind, value: exactText(gamma.value) } : { ...gamma },
  };
}

/** Which values of the parameters are wanted; every part may be left out. */
export interface ParameterFilter {
  readonly code?: string;
  readonly type?: string;
  readonly grade?: string;
}

/** Parameters with all their dated values that fit the filter; parameters without such a value are left out. */
export function parameterViews(parameters: readonly ParameterDefinition[], filter: ParameterFilter) {
  const fits = (value: NormParameterValue): boolean =>
    (filter.type === undefined || value.type === undefined || value.type === filter.type) &&
    (filter.grade === undefined || value.evidence.grade === filter.grade);
  return parameters
    .filter(({ code }) => filter.code === undefined || code === filter.code)
    .map(({ code, symbol, name, unit, priceClass, values }) => ({
      ...{ code, symbol: symbol ?? null, name, unit: textOf(unit), priceClass: priceClass ?? null },
      values: values.filter(fits).map(valueView),
    }))
    .filter(({ values }) => values.length > 0);
}

function valueView({ value, from, type, place, evidence, priceYear, region, index, spread }: NormParameterValue) {
  return {
    ...{ value: exactText(value), from, type: type ?? null, place: place ?? null },
    ...{ grade: evidence.grade, source: evidence.source, note: evidence.note ?? null },
    ...{ priceYear: priceYear ?? null, region: region ?? null, index: index ?? null },
    spread: spread
      ? { low: exactText(spread.low), high: exactText(spread.high), distribution: spread.distribution }
      : null,
  };
}
