/** Which patches of a unit lie in which node, and what of its land and of every modelled line that makes. */
import type { DivisionPart } from '../division/divide-account';
import { Fraction } from '@gep/kernel';
import type { PatchChunk } from '@gep/observation';
import type { NormEdition } from '@gep/rulebook';
import { namesPatch, outsideNode, type TreeMembership } from '@gep/territory';
import { prepareRows, runHere } from '../account/compute-account';
import { lineKey } from '../account/line-order';
import type { ObservedPeriod } from '../account/observed-period';

/** Land of a unit by node, exact, in the unit of the norm. */
export interface NodeLand {
  readonly node: string;
  readonly area: Fraction;
  readonly areaByType: ReadonlyMap<string, Fraction>;
  /** The rows of the observation that lie in the node. */
  readonly chunks: readonly PatchChunk[];
}

export interface PlacedPatches {
  /** Nodes by code, and `outsideNode` for what no row names. */
  readonly land: readonly NodeLand[];
  /** The rows of membership that named a patch. */
  readonly used: ReadonlySet<TreeMembership>;
}

/** @param rows membership of the unit by patches, of which no two name one patch for different nodes */
export function placePatches(chunks: readonly PatchChunk[], rows: readonly TreeMembership[]): PlacedPatches {
  const named = new Map(rows.map((row) => [row.patch!, row]));
  const begun = rows.filter(({ patch }) => patch!.endsWith('*'));
  const used = new Set<TreeMembership>();
  const nodes = [...new Set(rows.map(({ node }) => node))].sort();
  const land = new Map([...nodes, outsideNode].map((node) => [node, emptyLand(node)]));
  for (const chunk of chunks) {
    const rowsOf = new Map<string, number[]>();
    for (let at = 0; at < chunk.rows; at++) {
      const patch = chunk.patchIds?.[at];
      const found =
        patch === undefined ? [] : [named.get(patch), ...begun.filter((row) => namesPatch(row.patch!, patch))];
      const speaking = found.filter((row) => row !== undefined);
      for (const row of speaking) used.add(row);
      const node = speaking[0]?.node ?? outsideNode;
      const own = rowsOf.get(node);
      if (own) own.push(at);
      else rowsOf.set(node, [at]);
    }
    for (const [node, own] of rowsOf) addLand(land.get(node)!, pickRows(chunk, own));
  }
  return { land: [...land.values()], used };
}

interface GrowingLand extends NodeLand {
  area: Fraction;
  readonly areaByType: Map<string, Fraction>;
  readonly chunks: PatchChunk[];
}

const emptyLand = (node: string): GrowingLand => ({ node, area: Fraction.zero, areaByType: new Map(), chunks: [] });

function addLand(land: GrowingLand, chunk: PatchChunk): void {
  land.chunks.push(chunk);
  for (let at = 0; at < chunk.rows; at++) {
    const type = chunk.types[chunk.typeIndex[at]];
    const area = exactly(chunk.columns['area'][at]);
    land.area = land.area.plus(area);
    land.areaByType.set(type, (land.areaByType.get(type) ?? Fraction.zero).plus(area));
  }
}

/** Types stay those of the whole chunk, so that one compiled norm serves the parts of all nodes. */
function pickRows(chunk: PatchChunk, rows: readonly number[]): PatchChunk {
  const columns = Object.entries(chunk.columns).map(([name, column]): [string, Float64Array] => [
    name,
    Float64Array.from(rows, (row) => column[row]),
  ]);
  return {
    ...chunk,
    rows: rows.length,
    typeIndex: Uint16Array.from(rows, (row) => chunk.typeIndex[row]),
    patchIds: chunk.patchIds && rows.map((row) => chunk.patchIds![row]),
    sourceRow: Int32Array.from(rows, (row) => chunk.sourceRow[row]),
    columns: Object.fromEntries(columns),
  };
}

/**
 * Shares of the nodes in a unit: of a modelled line by what the formula gives for the patches of each node, of everything
 * else of a type by area, of what has no type by the area of all types. A line whose formula gives less than nothing for a
 * node goes by area as well.
 * @param withoutType exact shares of what has no type, where they are stated
 */
export function sharesOfLand(
  norm: NormEdition,
  observed: ObservedPeriod,
  land: readonly NodeLand[],
  types: readonly string[],
  withoutType?: ReadonlyMap<string, Fraction>,
): DivisionPart[] {
  const whole = sumOf(land.map(({ area }) => area));
  const byLine = sharesByLine(norm, observed, land);
  const ofAll = (one: NodeLand): Fraction => (whole.numerator === 0n ? onlyOutside(one) : one.area.dividedBy(whole));
  const wholeOf = new Map(
    types.map((type) => [type, sumOf(land.map(({ areaByType }) => areaByType.get(type) ?? Fraction.zero))]),
  );
  return land.map((one) => ({
    code: one.node,
    share: withoutType ? (withoutType.get(one.node) ?? Fraction.zero) : ofAll(one),
    shareByType: Object.fromEntries(
      [...wholeOf].map(([type, area]) => [
        type,
        area.numerator === 0n ? ofAll(one) : (one.areaByType.get(type) ?? Fraction.zero).dividedBy(area),
      ]),
    ),
    shareByLine: byLine.get(one.node)!,
  }));
}

const onlyOutside = ({ node }: NodeLand): Fraction => (node === outsideNode ? Fraction.one : Fraction.zero);

/** Of each modelled line, what the formula gives for the patches of every node, as exact shares. */
function sharesByLine(
  norm: NormEdition,
  observed: ObservedPeriod,
  land: readonly NodeLand[],
): Map<string, Map<string, Fraction>> {
  const shares = new Map(land.map(({ node }) => [node, new Map<string, Fraction>()]));
  const held = land.filter(({ chunks }) => chunks.length > 0);
  if (held.length === 0) return shares;
  const given = held.map(({ node, chunks }) => ({
    node,
    ...suppliesOf(norm, { ...observed, chunks }, observed.chunks),
  }));
  for (const line of given[0].lines) {
    const weights = given.map(({ node, supplies }) => ({ node, weight: supplies.get(line)! }));
    if (weights.some(({ weight }) => !Number.isFinite(weight) || weight < 0)) continue;
    const exact = weights.map(({ node, weight }) => ({ node, weight: exactly(weight) }));
    const whole = sumOf(exact.map(({ weight }) => weight));
    if (whole.numerator === 0n) continue;
    for (const one of land) shares.get(one.node)!.set(line, Fraction.zero);
    for (const { node, weight } of exact) shares.get(node)!.set(line, weight.dividedBy(whole));
  }
  return shares;
}

/** What the formulas give for some rows of an observation, before use, imports and caps, by line. */
function suppliesOf(
  norm: NormEdition,
  part: ObservedPeriod,
  whole: readonly PatchChunk[],
): { readonly lines: readonly string[]; readonly supplies: ReadonlyMap<string, number> } {
  // Rows of no type of the whole are added empty, so that every part is compiled for the same types.
  const empty = whole.map((chunk) => pickRows(chunk, []));
  const { compiled, chunks } = prepareRows(norm, { ...part, chunks: [...part.chunks, ...empty] });
  const results = compiled.program.assemble(runHere(compiled.program.plan, chunks), []);
  const supplies = new Map(
    compiled.lines.map(({ service, type, typeAt }) => [
      lineKey({ service: service.code, type, item: null }),
      results.get(service.quantity.formula)![typeAt],
    ]),
  );
  return { lines: [...supplies.keys()], supplies };
}

/** The shortest decimal of a double: the figure that was read. */
const exactly = (value: number): Fraction => Fraction.parse(String(value))!;
const sumOf = (values: readonly Fraction[]): Fraction => values.reduce((sum, one) => sum.plus(one), Fraction.zero);
