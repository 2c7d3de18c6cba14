/** Accounts of the nodes of parallel trees, divided from the recorded accounts that the reader may see. */
import { Injectable } from '@nestjs/common';
import { periodEnd } from '@gep/kernel';
import { Actor, Database } from '@gep/platform';
import { NormEdition, RulebookService } from '@gep/rulebook';
import {
  codesOfPath,
  getTerritory,
  getTree,
  holdingOn,
  isWithin,
  listTreeMembership,
  listTreeNodes,
  pathsOf,
  TreeMissing,
  TreeNodeMissing,
  type TreeEdition,
  type TreeMembership,
} from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { AccountRecord, findAccount, listLines } from '../account/account.store';
import { observedOf, unitsBelow, withLines } from '../account/recorded-account.store';
import { AccountMissing } from '../errors';
import { listFlows } from '../flow/flow.store';
import { TreeEditionsDiffer, TreeTooWide } from './errors';
import { addNodes, EliminatedBetween } from './tree-account';
import { IdleMembership, tellTree, TreeAnswer } from './tree-answer';
import { divideUnit, goesByPatches, membershipAt, MembershipByUnit, UnitPart } from './unit-parts';

/** Which accounts to divide: those current, those known at a moment, or those published (by then). */
export interface TreeAccountRequest {
  readonly tree: string;
  readonly period: string;
  readonly norm: string;
  readonly edition?: string;
  readonly asOf?: Date;
  readonly published?: boolean;
  /** The node that is asked for; the root when absent. */
  readonly node?: string;
}

/** Observed accounts that are divided in one answer (the counties of the nation are 2,978), and read at once. */
const mostUnits = 4000;
const unitsPerRead = 40;

@Injectable()
export class TreeAccountsService {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
  ) {}

  /**
   * The account of every node. The tree is the one known at the moment asked for, as it holds on the last day of the
   * period. Of a reader who may not see all that the tree covers, it is the part of their territories.
   * @throws TreeMissing, TreeNodeMissing, AccountMissing, TreeEditionsDiffer, TreeTooWide
   */
  async accounts(actor: Actor, request: TreeAccountRequest): Promise<TreeAnswer> {
    return this.database.snapshot(actor, async (tx) => {
      const tree = await getTree(tx, request.tree, request.asOf);
      const day = periodEnd(request.period);
      const [head] = holdingOn([tree], day);
      if (!head) throw new TreeMissing(request.tree, { asOf: request.asOf, day });
      const { divided, whole: seesAll } = await accountsToDivide(tx, actor, tree, day, request);
      const norm = await this.rulebook.getNorm(tx, divided[0].norm.id, divided[0].norm.edition);
      const records = await listUnits(tx, divided, request);
      const membership = holdingOn(await listTreeMembership(tx, tree), day);
      const byUnit = groupByUnit(membership);
      const { parts, used } = await divideUnits(tx, norm, records, byUnit);
      const eliminated = await eliminatedIn(tx, divided, records, day);
      const named = holdingOn(await listTreeNodes(tx, tree), day);
      const whole = { period: request.period, norm, accounts: divided, eliminated };
      const nodes = addNodes(tree, named, parts, whole);
      const wanted = request.node ?? tree.code;
      const node = nodes.find(({ code }) => code === wanted);
      const known = nodes.map(({ code }) => code);
      if (!node) throw new TreeNodeMissing(tree.code, wanted, day, known);
      return tellTree({
        tree,
        period: request.period,
        norm,
        whole: seesAll,
        divided,
        nodes,
        node,
        units: new Map(records.map((record) => [record.territory, record])),
        idle: await idleRows(tx, byUnit, used, { divided, records }, day),
      });
    });
  }
}

interface AccountsToDivide {
  readonly divided: readonly AccountRecord[];
  readonly whole: boolean;
}

async function accountsToDivide(
  tx: EntityManager,
  actor: Actor,
  tree: TreeEdition,
  day: string,
  { period, norm, edition, asOf, published }: TreeAccountRequest,
): Promise<AccountsToDivide> {
  const { path } = await getTerritory(tx, tree.covers, day);
  const find = (territory: string): Promise<AccountRecord | undefined> =>
    findAccount(tx, { territory, period, norm: { id: norm, edition }, asOf, published });
  const seen = [...actor.scope, ...(actor.publishedScope ?? [])];
  const whole = seen.some((scope) => isWithin(path, scope));
  const inside = seen.filter((scope) => isWithin(scope, path)).sort();
  const outermost = inside.filter((scope) => !inside.some((other) => other !== scope && isWithin(scope, other)));
  const places = whole ? [tree.covers] : [...new Set(outermost)].map((scope) => codesOfPath(scope).at(-1)!);
  const divided: AccountRecord[] = [];
  for (const place of places) {
    const found = await find(place);
    if (found) divided.push(found);
  }
  if (divided.length === 0)
    throw new AccountMissing({ territory: tree.covers, period, norm, edition, asOf: asOf?.toISOString(), published });
  if (divided.some((one) => one.norm.edition !== divided[0].norm.edition)) {
    const told = divided.map((one) => ({ territory: one.territory, edition: one.norm.edition }));
    throw new TreeEditionsDiffer(tree.code, period, told);
  }
  return { divided, whole };
}

/** The accounts that these were added up from, by code; of what was split, those of the successors. @throws TreeTooWide */
async function listUnits(
  tx: EntityManager,
  divided: readonly AccountRecord[],
  { tree, period }: TreeAccountRequest,
): Promise<AccountRecord[]> {
  const tooWide = (): Error => new TreeTooWide(tree, period, mostUnits);
  const observed: AccountRecord[] = [];
  for (const record of divided) observed.push(...(await unitsBelow(tx, record, mostUnits, tooWide)));
  if (observed.length > mostUnits) throw tooWide();
  return observed.sort((a, b) => (a.territory < b.territory ? -1 : 1));
}

function groupByUnit(membership: readonly TreeMembership[]): MembershipByUnit {
  const byUnit = new Map<string, TreeMembership[]>();
  for (const row of membership) {
    const own = byUnit.get(row.unit);
    if (own) own.push(row);
    else byUnit.set(row.unit, [row]);
  }
  return byUnit;
}

async function divideUnits(
  tx: EntityManager,
  norm: NormEdition,
  records: readonly AccountRecord[],
  byUnit: MembershipByUnit,
): Promise<{ parts: UnitPart[]; used: Set<TreeMembership> }> {
  const parts: UnitPart[] = [];
  const used = new Set<TreeMembership>();
  for (let from = 0; from < records.length; from += unitsPerRead) {
    for (const account of await withLines(tx, records.slice(from, from + unitsPerRead))) {
      const rows = membershipAt(account.path, byUnit);
      const observed = goesByPatches(rows) ? await observedOf(tx, account) : undefined;
      const divided = divideUnit(norm, account, rows, observed);
      parts.push(...divided.parts);
      for (const row of divided.used) used.add(row);
    }
  }
  return { parts, used };
}

/** What declared flows take back in the accounts that are divided, and in those below them. */
async function eliminatedIn(
  tx: EntityManager,
  divided: readonly AccountRecord[],
  records: readonly AccountRecord[],
  day: string,
): Promise<EliminatedBetween[]> {
  const ids = divided.filter(({ origin }) => origin !== 'observed').map(({ id }) => id);
  const lines = [...(await listLines(tx, ids)).values()].flat().filter(({ flow }) => flow !== undefined);
  if (lines.length === 0) return [];
  const flows = await listFlows(tx, { ids: [...new Set(lines.map(({ flow }) => flow!))] });
  const ends = flows.flatMap(({ supplier, beneficiary }) => [supplier, beneficiary]);
  const paths = await pathsOf(tx, ends, day);
  return flows.map(({ id, supplier, beneficiary }) => ({
    flow: id,
    lines: lines.filter(({ flow }) => flow === id),
    units: unitsWithin(
      [supplier, beneficiary].map((end) => paths.get(end)),
      records,
    ),
  }));
}

/** Units at both ends; none where an end is in the tree no more, so that it is told of the whole only. */
function unitsWithin(ends: readonly (string | undefined)[], records: readonly AccountRecord[]): string[] {
  if (ends.includes(undefined)) return [];
  return ends.flatMap((path) => records.filter((one) => isWithin(one.path, path!)).map(({ territory }) => territory));
}

/** Rows that decided nothing, of the territories that the reader sees; others are out of sight, and not told of. */
async function idleRows(
  tx: EntityManager,
  byUnit: MembershipByUnit,
  used: ReadonlySet<TreeMembership>,
  { divided, records }: { readonly divided: readonly AccountRecord[]; readonly records: readonly AccountRecord[] },
  day: string,
): Promise<IdleMembership[]> {
  const paths = await pathsOf(tx, [...byUnit.keys()], day);
  return [...byUnit].flatMap(([unit, rows]): IdleMembership[] => {
    const path = paths.get(unit);
    if (path === undefined || !divided.some((one) => isWithin(path, one.path))) return [];
    const held = records.filter((record) => isWithin(record.path, path));
    const going = held.filter((record) => membershipAt(record.path, byUnit) === rows);
    return rows
      .filter((row) => !used.has(row))
      .map((row) => {
        if (held.length === 0) return { membership: row, reason: 'no-account' };
        if (going.length === 0) return { membership: row, reason: 'overruled' };
        return { membership: row, reason: row.patch === null ? 'no-type' : 'no-patch' };
      });
  });
}
