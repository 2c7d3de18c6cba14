/** Reads the units of printed tables: those of the rulebook, with the multiples that tables put before them. */
import { Fraction, UnknownUnit, type Unit, type UnitTable } from '@gep/kernel';

const multiples: readonly (readonly [RegExp, bigint])[] = [
  [/^百万/, 10n ** 6n],
  [/^千万/, 10n ** 7n],
  [/^万亿/, 10n ** 12n],
  [/^万/, 10n ** 4n],
  [/^亿/, 10n ** 8n],
  [/^千/, 10n ** 3n],
];

/** `亿m3`, `万t`, `10^6 yuan`, `元/hm2`. @throws UnknownUnit */
export function parsePrintedUnit(text: string, units: UnitTable): Unit {
  try {
    return units.parse(text);
  } catch (error) {
    const scaled = error instanceof UnknownUnit ? scaledUnit(text.trim(), units) : undefined;
    if (!scaled) throw error;
    return scaled;
  }
}

function scaledUnit(text: string, units: UnitTable): Unit | undefined {
  const power = /^(?:10\^|1e)(\d{1,2})\s*/.exec(text);
  const multiple = multiples.find(([pattern]) => pattern.test(text));
  const scale = power ? 10n ** BigInt(power[1]) : multiple?.[1];
  if (scale === undefined) return undefined;
  const rest = text.replace(power ? power[0] : multiple![0], '');
  const unit = units.parse(rest);
  return { ...unit, text, factor: unit.factor.times(Fraction.of(scale)) };
}
