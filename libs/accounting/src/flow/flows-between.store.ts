/** Reads the declared flows that a roll-up takes back, with the accounts at their ends as they are part of the sum. */
import { periodEnd } from '@gep/kernel';
import { codesOfPath, pathsOf } from '@gep/territory';
import type { NormEdition } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import type { AccountLine } from '../account/account';
import { listChildren, listLines, type AccountRecord } from '../account/account.store';
import type { EliminatedFlows } from '../account/aggregate-account';
import { commonPath, type DeclaredFlow, type PlacedFlow } from './declared-flow';
import { eliminateFlows } from './eliminate-flows';
import { listFlows } from './flow.store';
import { KnownFlows } from './known-flows';

/** Flows by the path of the smallest territory that both ends lie in: there they are taken back. */
export type FlowsByPlace = ReadonlyMap<string, readonly PlacedFlow[]>;

/** Flows of a norm that hold on a day; those with an end that is not in the tree on that day are left out. */
export async function listFlowsByPlace(tx: EntityManager, normId: string, date: string): Promise<FlowsByPlace> {
  return placeFlows(tx, await listFlows(tx, { normId, on: date, standing: true }), date);
}

async function placeFlows<F extends DeclaredFlow>(
  tx: EntityManager,
  flows: readonly F[],
  date: string,
): Promise<Map<string, PlacedFlow<F>[]>> {
  const paths = await pathsOf(tx, [...new Set(flows.flatMap((flow) => [flow.supplier, flow.beneficiary]))], date);
  const byPlace = new Map<string, PlacedFlow<F>[]>();
  for (const flow of flows) {
    const [supplierPath, beneficiaryPath] = [paths.get(flow.supplier), paths.get(flow.beneficiary)];
    if (supplierPath === undefined || beneficiaryPath === undefined) continue;
    const placed = { flow, supplierPath, beneficiaryPath };
    const common = commonPath(placed);
    byPlace.set(common, [...(byPlace.get(common) ?? []), placed]);
  }
  return byPlace;
}

/** Flows of a norm that hold at the end of a period, also those that have been withdrawn. */
export async function readKnownFlows(tx: EntityManager, normId: string, period: string): Promise<KnownFlows> {
  const date = periodEnd(period);
  return new KnownFlows(await placeFlows(tx, await listFlows(tx, { normId, on: date }), date));
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

/** The account of a territory that a child was added up from; `below` leads from the child to it. */
async function findPart(
  tx: EntityManager,
  children: readonly AccountRecord[],
  [child, ...below]: readonly string[],
): Promise<string | undefined> {
  let id = children.find(({ territory }) => territory === child)?.id;
  for (const code of below) {
    if (id === undefined) return undefined;
    id = (await listChildren(tx, id)).find(({ territory }) => territory === code)?.accountId;
  }
  return id;
}
