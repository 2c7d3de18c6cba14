/** Composes unit texts for results of steps inside a formula, cancelling symbols that occur on both sides. */
import { combineDimensions, dimensionless, Dimension, Fraction, Unit, UnitTable } from '@gep/kernel';

type Exponents = ReadonlyMap<string, number>;

/** Exponents of the symbols in a unit text such as `MJ*mm/(hm2*h*a)`; a text of another form is one symbol. */
function symbolsOf(text: string): Exponents {
  const exponents = new Map<string, number>();
  const signs = [1];
  let sign = 1;
  let at = 0;
  const pattern =
    /\s*(?:([*·×/])|(\()|(\))|(1(?![\d/])|[\p{L}%°][\p{L}\p{N}%°⁰²³⁴]*)(?:\^?(-\d+)|\^(\d+(?:\.\d+)?))?)\s*/uy;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return new Map([[text, 1]]);
    at = pattern.lastIndex;
    if (match[1]) sign = match[1] === '/' ? -1 : 1;
    else if (match[2]) [sign] = [1, signs.push(signs[signs.length - 1] * sign)];
    else if (match[3]) [sign] = [1, signs.pop()];
    else {
      const exponent = Number(match[5] ?? match[6] ?? 1) * sign * (signs[signs.length - 1] ?? 1);
      if (match[4] !== '1') exponents.set(match[4], (exponents.get(match[4]) ?? 0) + exponent);
      sign = 1;
    }
  }
  return exponents;
}

function textOf(exponents: Exponents): string {
  const part = (wanted: 1 | -1): string[] =>
    [...exponents]
      .filter(([, exponent]) => exponent * wanted > 0)
      .map(([symbol, exponent]) => (Math.abs(exponent) === 1 ? symbol : `${symbol}^${Math.abs(exponent)}`));
  const [above, below] = [part(1).join('*') || '1', part(-1)];
  if (below.length === 0) return above;
  return below.length === 1 ? `${above}/${below[0]}` : `${above}/(${below.join('*')})`;
}

/** The unit of a·b^power. */
export function multiplyUnits(a: Unit, b: Unit, power: number): Unit {
  const exponents = new Map(symbolsOf(a.text));
  for (const [symbol, exponent] of symbolsOf(b.text)) {
    const sum = (exponents.get(symbol) ?? 0) + exponent * power;
    if (sum === 0) exponents.delete(symbol);
    else exponents.set(symbol, sum);
  }
  return {
    text: textOf(exponents),
    dimension: combineDimensions(a.dimension, b.dimension, power),
    factor: a.factor.times(b.factor.power(power)),
  };
}

/** The unit of x^power for a whole `power`. */
export function raiseUnit(unit: Unit, power: number): Unit {
  return power === 0 ? dimensionless : multiplyUnits(dimensionless, unit, power);
}

/** The unit of a square root: base units of half the dimension. */
export function rootUnit(unit: Unit, units: UnitTable): Unit {
  return baseUnit(Object.fromEntries(Object.entries(unit.dimension).map(([base, n]) => [base, n / 2])), units);
}

/** The unit of a dimension that is written in base units only, so that its factor is one. */
export function baseUnit(dimension: Dimension, units: UnitTable): Unit {
  const codes = new Map(units.definitions.flatMap(({ base, code }) => (base ? [[base, code] as const] : [])));
  const exponents = new Map(Object.entries(dimension).map(([base, n]) => [codes.get(base) ?? base, n] as const));
  return { text: textOf(exponents), dimension, factor: Fraction.one };
}
