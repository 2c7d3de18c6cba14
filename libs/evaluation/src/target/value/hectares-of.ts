/** The area of an account in hectares, exactly. */
import { conversionFactor, Decimal, Fraction, type UnitTable } from '@gep/kernel';

/** Areas are read at fifteen significant digits, which every sum of decimals survives, and added exactly. */
export function hectaresOf(units: UnitTable, areaByType: Readonly<Record<string, number>>, areaUnit: string): Fraction {
  const sum = Object.values(areaByType).reduce(
    (all, area) => all.plus(new Decimal(area.toPrecision(15))),
    new Decimal(0),
  );
  return Fraction.parse(sum.toFixed())!.times(conversionFactor(units.parse(areaUnit), units.parse('hm2')));
}
