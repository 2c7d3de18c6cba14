/** Reads the declared flows that a roll-up takes back, with the accounts at their ends as they are part of the sum. */
import { periodEnd } from '@gep/kernel';
import { codesOfPath, pathsOf } from '@gep/territory';
import type { NormEdition } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import type { AccountLine } from '../account/account';
import { listChildren, listLines, type AccountRecord } from '../account/account.store';
import type { EliminatedFlows } from '../account/aggregate-account';
import { listCarried, type Carried } from '../succession/carried.store';
import { placesOfPart } from '../succession/places-of-part';
import { commonPath, type PlacedFlow, type RecordedFlow } from './declared-flow';
import { eliminateFlows } from './eliminate-flows';
import { listFlows } from './flow.store';
import { KnownFlows } from './known-flows';

/** Flows by the path of the smallest territory that both ends lie in: there they are taken back. */
export type FlowsByPlace = ReadonlyMap<string, readonly PlacedFlow[]>;

/**
 * Flows of a norm that hold at the end of a period. One declared for a predecessor has its end at the account of this one, as it is
 * part of those that followed; those with an end that is neither in the tree on that day nor carried as a whole are left out.
 */
export async function listFlowsByPlace(
  tx: EntityManager,
  normId: string,
  period: string,
  carried?: Carried,
): Promise<FlowsByPlace> {
  const flows = await listFlows(tx, { normId, on: periodEnd(period), standing: true });
  return placeFlows(tx, flows, period, carried ?? (await listCarried(tx, { period, norm: { id: normId } })));
}

async function placeFlows(
  tx: EntityManager,
  flows: readonly RecordedFlow[],
  period: string,
  carried: Carried,
): Promise<Map<string, PlacedFlow<RecordedFlow>[]>> {
  const codes = [...flows.flatMap((flow) => [flow.supplier, flow.beneficiary]), ...carried.parts.keys()];
  const paths = await pathsOf(tx, [...new Set(codes)], periodEnd(period));
  const placesOf = (territory: string, { at }: RecordedFlow): readonly string[] => {
    const path = paths.get(territory);
    return placesOfPart(carried, { territory, at }, paths) ?? (path === undefined ? [] : [path]);
  };
  const byPlace = new Map<string, PlacedFlow<RecordedFlow>[]>();
  for (const flow of flows) {
    const ends = [placesOf(flow.supplier, flow), placesOf(flow.beneficiary, flow)];
    const [[supplierPath], [beneficiaryPath]] = ends;
    if (supplierPath === undefined || beneficiaryPath === undefined) continue;
    const common = ends.flat().reduce((one, other) => commonPath({ supplierPath: one, beneficiaryPath: other }));
    byPlace.set(common, [...(byPlace.get(common) ?? []), { flow, supplierPath, beneficiaryPath }]);
  }
  return byPlace;
}

/** Flows of a norm that hold at the end of a period, also those that have been withdrawn. */
export async function readKnownFlows(tx: EntityManager, normId: string, period: string): Promise<KnownFlows> {
  const flows = await listFlows(tx, { normId, on: periodEnd(period) });
  return new KnownFlows(await placeFlows(tx, flows, period, await listCarried(tx, { period, norm: { id: normId } })));
}

/** A territory that is added up from children. */
export interface AddedUp {
  /** ltree text. */
  readonly path: string;
  readonly period: string;
  readonly norm: NormEdition;
  readonly children: readonly AccountRecord[];
  /** Lines of the children, by id of their account. */
  readonly lines: ReadonlyMap<string, readonly AccountLine[]>;
}

/**
 * What flows between children take back. An end below a child counts as far as its account is part of the child's: where a
 * territory in between has observed its ground itself, nothing of it does.
 * @returns also the lines of the ends that have an account
 */
export async function eliminatedBetween(
  tx: EntityManager,
  { path, period, norm, children, lines }: AddedUp,
  flows: readonly PlacedFlow[],
): Promise<EliminatedFlows & { readonly linesOf: ReadonlyMap<string, readonly AccountLine[]> }> {
  const ids = flows.map(({ flow }) => flow.id);
  if (ids.length === 0) return { flows: [], lines: [], linesOf: new Map() };
  const ends = new Map(
    flows.flatMap(({ flow, supplierPath, beneficiaryPath }) => [
      [flow.supplier, supplierPath] as const,
      [flow.beneficiary, beneficiaryPath] as const,
    ]),
  );
  const accounts = new Map<string, string>();
  for (const [code, at] of ends) {
    const below = codesOfPath(at).slice(codesOfPath(path).length);
    const id = await findPart(tx, children, below);
    if (id !== undefined) accounts.set(code, id);
  }
  const further = await listLines(
    tx,
    [...accounts.values()].filter((id) => !lines.has(id)),
  );
  const linesOf = new Map([...accounts].map(([code, id]) => [code, lines.get(id) ?? further.get(id) ?? []]));
  const back = children.flatMap(({ id }) => (lines.get(id) ?? []).filter((line) => line.flow !== undefined));
  const earlier = await listFlows(tx, { ids: [...new Set(back.map((line) => line.flow!))] });
  const declared = new Map(earlier.map((flow) => [flow.id, flow]));
  return {
    flows: ids,
    linesOf,
    lines: eliminateFlows({
      period,
      units: norm.units,
      flows: flows.map(({ flow }) => flow),
      linesOf,
      below: back.map((line) => ({ flow: declared.get(line.flow!)!, line })),
    }),
  };
}

/**
 * The account of a territory that a child was added up from; `below` leads from the child to it. While successors wait to take
 * over, the account of a predecessor stands where they will.
 */
async function findPart(
  tx: EntityManager,
  children: readonly AccountRecord[],
  below: readonly string[],
): Promise<string | undefined> {
  const last = below.at(-1);
  let level = children.map(({ id: accountId, territory }) => ({ accountId, territory }));
  let standing: string | undefined;
  for (const [at, code] of below.entries()) {
    standing = level.find(({ territory }) => territory === last)?.accountId ?? standing;
    const next = level.find(({ territory }) => territory === code)?.accountId;
    if (next === undefined || at === below.length - 1) return next ?? standing;
    level = await listChildren(tx, next);
  }
  return undefined;
}
