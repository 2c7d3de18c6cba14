/** The canonical content of a norm, whose digest names the edition. */
import { canonicalJson, digestOf, Fraction, type Unit, type UnitTable } from '@gep/kernel';
import { usualValuation } from './build-service-facts';
import type { NormEdition, NormFormula, NormParameterValue, ParameterDefinition, Service } from './norm';

/** Everything of an edition that a result may depend on or a reader may see; not its files, comments or positions. */
export type NormContent = Omit<NormEdition, 'edition' | 'formulas' | 'files' | 'units'>;

/** Raised whenever the meaning of the content changes without its letters changing. */
export const contentVersion = 1;

/** SHA-256 of `canonicalContent`. */
export function editionOf(content: NormContent, units: UnitTable): string {
  return digestOf(canonicalContent(content, units));
}

/**
 * Canonical JSON: keys sorted, numbers as fractions in lowest terms, units with their exact factor, parameters and
 * formulas by code. The order of types, services and groups is the order of the report and therefore kept.
 */
export function canonicalContent(content: NormContent, units: UnitTable): string {
  const {
    id,
    title,
    status,
    basis,
    currency,
    types,
    attributes,
    products,
    series,
    parameters,
    formulaTexts,
    services,
    groups,
    switches,
    excluded,
    exclusive,
    incomplete,
    base,
    place,
  } = content;
  const plainServices = (some: readonly Service[]): unknown[] => some.map((one) => plain(sayOnly(one, parameters)));
  return canonicalJson({
    contentVersion,
    id,
    title,
    status,
    basis,
    currency,
    types,
    groups,
    attributes: attributes.map(plain),
    products: products.map(plain),
    series: ifAny(series.map(plain)),
    services: plainServices(services),
    switches: ifAny(switches),
    excluded: ifAny(plainServices(excluded.map(({ definition }) => definition))),
    exclusive: ifAny(exclusive),
    incomplete: ifAny(incomplete),
    base,
    place,
    parameters: byCode(parameters).map((parameter) =>
      plain({ ...parameter, values: [...parameter.values].sort(byKeyAndDate) }),
    ),
    formulas: byCode(formulaTexts).map((formula) => plainFormula(formula, units)),
  });
}

/** Keys that a norm does not use are left out, so that an edition keeps its name when the form learns a new key. */
const ifAny = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined);

function sayOnly(service: Service, parameters: readonly ParameterDefinition[]): Partial<Service> {
  const { abiotic, intermediate, valuation, negative, beneficiaries, ...rest } = service;
  const usual = usualValuation(service.category, service.price, parameters);
  return {
    ...rest,
    ...(abiotic ? { abiotic } : {}),
    ...(intermediate ? { intermediate } : {}),
    ...(valuation === usual ? {} : { valuation }),
    ...(negative === 'refuse' ? {} : { negative }),
    ...(beneficiaries.length > 0 ? { beneficiaries } : {}),
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byCode = <T extends { code: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => compareText(a.code, b.code));
const keyOf = ({ type, place, from }: NormParameterValue): string => [type ?? '', place ?? '', from].join(' ');
const byKeyAndDate = (a: NormParameterValue, b: NormParameterValue): number => compareText(keyOf(a), keyOf(b));

function plainFormula({ code, scope, unit, name, expression }: NormFormula, units: UnitTable): unknown {
  // The units written inside an expression carry factors that the letters of the expression do not show.
  const inside = [...expression.matchAll(/\[([^\]=]+)\]/g)].map(([, text]) => plain(units.parse(text.trim())));
  return { code, scope, unit: plain(unit), name, expression: expression.trim().replace(/\s+/g, ' '), inside };
}

/** Fractions as text and units with text, factor and dimension, at any depth. */
function plain(value: unknown): unknown {
  if (value instanceof Fraction) return value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown> | Unit).map(([key, inner]) => [key, plain(inner)]),
  );
}
