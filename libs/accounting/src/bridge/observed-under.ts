/** An observation as another norm reads it: its own types, attributes, items and units, as far as it has them. */
import { conversionFactor, sameDimension, type Unit } from '@gep/kernel';
import type { PatchChunk, StatisticRow } from '@gep/observation';
import type { NormEdition } from '@gep/rulebook';
import type { ObservedPeriod } from '../account/observed-period';
import { BridgeTypesUnknown } from './errors';

/**
 * Codes that the other norm does not have are looked for among its aliases and the names that the first norm gives them.
 * What it does not measure is left out, as it is when a file is imported under it; a type that it does not know stays.
 */
export function observedUnder(from: NormEdition, to: NormEdition, observed: ObservedPeriod): ObservedPeriod {
  const typeOf = renamed(from.types, to.types);
  const chunks = observed.chunks.map((chunk) => chunkUnder(from, to, chunk, typeOf));
  const itemOf = renamed(from.products, to.products);
  const statistics = observed.statistics.flatMap((row): StatisticRow[] => {
    const item = itemOf(row.item);
    const product = to.products.find(({ code }) => code === item);
    const fits = product && sameDimension(to.units.parse(row.unit).dimension, product.unit.dimension);
    return fits ? [{ ...row, item, type: row.type && typeOf(row.type) }] : [];
  });
  return { ...observed, chunks, statistics };
}

/** @throws BridgeTypesUnknown for an observation as `observedUnder` gives it, in which a type is left that the norm does not have */
export function refuseStrangeTypes(from: NormEdition, to: NormEdition, under: ObservedPeriod): void {
  const used = new Set([
    ...under.chunks.flatMap(({ types }) => types),
    ...under.statistics.flatMap(({ type }) => (type ? [type] : [])),
  ]);
  const own = new Set(to.types.map(({ code }) => code));
  const strange = [...used].filter((code) => !own.has(code));
  if (strange.length === 0) return;
  const told = strange.sort().map((type) => {
    const { hj1166 } = from.types.find(({ code }) => code === type)!;
    const near = to.types.filter((one) => one.hj1166.charAt(0) === hj1166.charAt(0)).map(({ code }) => code);
    return { type, hj1166, near };
  });
  const shared = [...used].filter((code) => own.has(code)).sort();
  throw new BridgeTypesUnknown(under.territory, under.period, { from: from.id, to: to.id }, told, shared);
}

interface Named {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly aliases: readonly string[];
}

function renamed(from: readonly Named[], to: readonly Named[]): (code: string) => string {
  const own = new Set(to.map(({ code }) => code));
  const byName = new Map(
    to.flatMap(({ code, name, aliases }) => [name.zh, name.en, ...aliases].map((word) => [word.toLowerCase(), code])),
  );
  const names = new Map(from.map(({ code, name, aliases }) => [code, [code, name.zh, name.en, ...aliases]]));
  return (code) => {
    if (own.has(code)) return code;
    const words = names.get(code) ?? [code];
    return words.map((word) => byName.get(word.toLowerCase())).find((found) => found !== undefined) ?? code;
  };
}

function chunkUnder(
  from: NormEdition,
  to: NormEdition,
  chunk: PatchChunk,
  typeOf: (code: string) => string,
): PatchChunk {
  const types = [...new Set(chunk.types.map(typeOf))];
  const places = chunk.types.map((code) => types.indexOf(typeOf(code)));
  const columns = Object.entries(chunk.columns).flatMap(([code, column]) => {
    const [own, other] = [unitOf(from, code), unitOf(to, code)];
    if (!own || !other || !sameDimension(own.dimension, other.dimension)) return [];
    const factor = conversionFactor(own, other).toNumber();
    return [[code, factor === 1 ? column : column.map((value) => value * factor)] as const];
  });
  return {
    ...chunk,
    types,
    typeIndex: chunk.typeIndex.map((type) => places[type]),
    columns: Object.fromEntries(columns),
  };
}

const unitOf = ({ attributes }: NormEdition, code: string): Unit | undefined =>
  attributes.find((attribute) => attribute.code === code)?.unit;
