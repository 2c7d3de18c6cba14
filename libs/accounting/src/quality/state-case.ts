/** States the printed tables of a study, with what its printed method gives, in the form that the checks read. */
import { assert, sameDimension, combineDimensions, UnknownUnit } from '@gep/kernel';
import type { CasePeriod, NormEdition, PrintedCell, PublishedCase, QualityRules } from '@gep/rulebook';
import type { ObservedPeriod } from '../account/observed-period';
import { printedMethod, type PrintedMethod } from './printed-method';
import { typeName } from './state-accounts';
import {
  emptyPeriod,
  type StatedAccount,
  type StatedFigure,
  type StatedPeriod,
  type StatedService,
} from './stated-account';

/**
 * @param observed the two periods of the study; only what the study prints is in them
 * @throws as computeAccount
 */
export function stateCase(
  published: PublishedCase,
  norm: NormEdition,
  observed: readonly ObservedPeriod[],
  rules: Pick<QualityRules, 'most'>,
): StatedAccount {
  const { territory, valueUnit, periods } = published;
  assert(valueUnit === '万元', `values in ${valueUnit} are not known`);
  const statePeriod = (side: CasePeriod): StatedPeriod => {
    const own = observed.find(({ period }) => period === periods[side]);
    return stateSide(published, norm, side, own ? printedMethod(norm, own, rules) : new Map());
  };
  return {
    territory: territory.code,
    exact: false,
    valueUnit,
    yuanPerValue: '10000',
    types: norm.types.map(typeName),
    services: norm.services.map(({ code, name }) => ({ code, name })),
    periods: [statePeriod('before'), statePeriod('after')],
  };
}

function stateSide(
  { table1, table4, table5, table6, periods, claims = [] }: PublishedCase,
  norm: NormEdition,
  side: CasePeriod,
  method: ReadonlyMap<string, PrintedMethod>,
): StatedPeriod {
  const total = (name: string, text: string | undefined): StatedFigure[] =>
    text === undefined ? [] : [{ at: `${name}.total.${side}`, text }];
  const [areaTotal] = total('table1', table1.total?.[side]);
  return {
    ...emptyPeriod,
    period: periods[side],
    areas: Object.entries(table1[side]).map(([type, { area, share }]) => ({
      at: `table1.${side}.${type}`,
      type,
      ...(area === undefined ? {} : { area }),
      ...(share === undefined ? {} : { share }),
    })),
    ...(areaTotal ? { areaTotal } : {}),
    services: Object.entries(table4[side]).map(([code, cell]) =>
      stateService(norm, side, code, cell, method.get(code)),
    ),
    cells: Object.entries(table5[side]).flatMap(([row, byType]) =>
      Object.entries(byType).map(([type, value]) => ({ at: `table5.${side}.${row}.${type}`, row, type, value })),
    ),
    types: Object.entries(table6[side]).map(([type, { value, share, rank }]) => ({
      at: `table6.${side}.${type}`,
      type,
      ...(value === undefined ? {} : { value }),
      ...(share === undefined ? {} : { share }),
      ...(rank === undefined ? {} : { rank }),
    })),
    totals: [...total('table4', table4.total?.[side]), ...total('table6', table6.total?.[side])],
    claims: claims.filter(({ period }) => period === side),
  };
}

function stateService(
  norm: NormEdition,
  side: CasePeriod,
  code: string,
  { quantity, unit, printedUnit, value, share }: PrintedCell,
  method: PrintedMethod = {},
): StatedService {
  const service = norm.services.find((one) => one.code === code);
  return {
    at: `table4.${side}.${code}`,
    code,
    ...(service ? { group: service.group, category: service.category, negative: service.negative } : {}),
    ...(quantity === undefined ? {} : { quantity }),
    ...(unit === undefined ? {} : { unit }),
    ...(unit === undefined || printedUnit === undefined
      ? {}
      : { printedUnit: { text: printedUnit, fits: mayStandFor(norm, printedUnit, unit) } }),
    ...(value === undefined ? {} : { value }),
    ...(share === undefined ? {} : { share }),
    ...(method.unitValue === undefined ? {} : { unitValue: method.unitValue }),
    ...(method.quantity === undefined ? {} : { predicted: method.quantity }),
  };
}

/** The same kind of thing, whether or not the year was written; a spelling nobody knows is not held against the study. */
function mayStandFor({ units }: NormEdition, printed: string, meant: string): boolean {
  const wanted = units.parse(meant).dimension;
  const year = units.parse('a').dimension;
  try {
    const { dimension } = units.parse(printed);
    return [dimension, combineDimensions(dimension, year, 1), combineDimensions(dimension, year, -1)].some((one) =>
      sameDimension(one, wanted),
    );
  } catch (error) {
    if (error instanceof UnknownUnit) return true;
    throw error;
  }
}
