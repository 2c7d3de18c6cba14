/** The accounts of the nodes of a parallel tree: each the sum of the parts of units below it, the root the whole. */
import { assert, type Fen } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import { outsideNode, type TreeHead, type TreeNode } from '@gep/territory';
import type { Account, AccountLine, AccountTotals } from '../account/account';
import { aggregateAccounts, type EliminatedFlows } from '../account/aggregate-account';
import type { UnitPart } from './unit-parts';

/** A node with its account. The account is derived from those of the units and is recorded nowhere. */
export interface NodeAccount {
  readonly code: string;
  /** Null for the root. */
  readonly parent: string | null;
  readonly nameZh: string;
  readonly nameEn: string | null;
  /** Nodes above it; the root has none. */
  readonly depth: number;
  readonly account: Account;
  /** What it was added up from: parts of units in it and in the nodes below it, by unit, then node. */
  readonly parts: readonly UnitPart[];
}

/** The administrative accounts that are divided. */
export interface DividedWhole {
  readonly period: string;
  readonly norm: NormEdition;
  readonly accounts: readonly Pick<Account, 'totals' | 'coverage'>[];
  /** What declared flows take back in them. */
  readonly eliminated?: readonly EliminatedBetween[];
}

/** The lines that take one declared flow back, and the units at its two ends. */
export interface EliminatedBetween {
  readonly flow: string;
  readonly lines: readonly AccountLine[];
  readonly units: readonly string[];
}

type NamedNode = Omit<NodeAccount, 'account' | 'parts'>;

/**
 * Flows are taken back at the root, as in the whole, and in every node that both ends lie in with all that they have.
 * The root comes first, then its nodes, each before those below it, in the order of the tree; `outsideNode` last.
 * @param nodes those that hold on the day of the accounts
 * @throws BrokenInvariant when the root is not, to the fen, the sum of the whole in every service, type and category
 */
export function addNodes(
  head: TreeHead,
  nodes: readonly TreeNode[],
  parts: readonly UnitPart[],
  whole: DividedWhole,
): NodeAccount[] {
  const listed = listNodes(head, nodes);
  const known = new Set(listed.map(({ code }) => code));
  for (const { node, unit } of parts) assert(known.has(node), `${unit} has a part in ${node}, which is no node`);
  const complete = whole.accounts.every(({ coverage }) => coverage.complete);
  const below = nodesBelow(listed);
  const added = listed.map((node): NodeAccount => {
    const own = parts.filter((part) => below.get(node.code)!.has(part.node));
    const target = { territory: node.code, period: whole.period, norm: whole.norm, expectedChildren: own.length };
    const eliminated = eliminatedIn(whole.eliminated ?? [], node.parent === null ? undefined : unitsWithin(own, parts));
    const account = aggregateAccounts(
      { ...target, ...(eliminated && { eliminated }) },
      own.map((part) => part.account),
    );
    // A unit that is missing from the whole may lie in any node.
    const coverage = { ...account.coverage, complete: account.coverage.complete && complete };
    return { ...node, account: { ...account, coverage }, parts: own };
  });
  assertWhole(
    added[0].account.totals,
    whole.accounts.map(({ totals }) => totals),
  );
  return added;
}

/** Units of which a node has every part. */
function unitsWithin(own: readonly UnitPart[], parts: readonly UnitPart[]): Set<string> {
  const within = new Set(own.map(({ unit }) => unit));
  const inside = new Set(own);
  for (const part of parts) if (!inside.has(part)) within.delete(part.unit);
  return within;
}

/** @param within units that both ends must be among; all flows when absent */
function eliminatedIn(flows: readonly EliminatedBetween[], within?: ReadonlySet<string>): EliminatedFlows | undefined {
  const inside = flows.filter(({ units }) => !within || (units.length > 0 && units.every((unit) => within.has(unit))));
  if (inside.length === 0) return undefined;
  return { flows: inside.map(({ flow }) => flow), lines: inside.flatMap(({ lines }) => lines) };
}

function listNodes({ code, nameZh, nameEn }: TreeHead, nodes: readonly TreeNode[]): NamedNode[] {
  const listed: NamedNode[] = [{ code, parent: null, nameZh, nameEn, depth: 0 }];
  const add = (parent: string | null, depth: number): void => {
    for (const node of nodes) {
      if (node.parent !== parent) continue;
      listed.push({ code: node.code, parent: parent ?? code, nameZh: node.nameZh, nameEn: node.nameEn, depth });
      add(node.code, depth + 1);
    }
  };
  add(null, 1);
  assert(listed.length === nodes.length + 1, `nodes of ${code} hang below nothing`);
  listed.push({ code: outsideNode, parent: code, nameZh: '其外', nameEn: 'outside', depth: 1 });
  return listed;
}

/** The codes of each node and of those below it. */
function nodesBelow(listed: readonly NamedNode[]): Map<string, Set<string>> {
  const below = new Map(listed.map(({ code }) => [code, new Set([code])]));
  for (const { code, parent } of [...listed].reverse()) {
    if (parent === null) continue;
    for (const one of below.get(code)!) below.get(parent)!.add(one);
  }
  return below;
}

function assertWhole(root: AccountTotals, wholes: readonly AccountTotals[]): void {
  const wholeFen = wholes.reduce((sum, { totalFen }) => sum + totalFen, 0n);
  assert(root.totalFen === wholeFen, `the root has ${root.totalFen} fen, the whole ${wholeFen}`);
  for (const by of ['byCategory', 'byGroup', 'byService', 'byType'] as const) {
    const sums = new Map<string, Fen>();
    for (const [key, fen] of wholes.flatMap((totals) => Object.entries(totals[by])))
      sums.set(key, (sums.get(key) ?? 0n) + fen);
    for (const key of new Set([...sums.keys(), ...Object.keys(root[by])])) {
      const [here, there] = [root[by][key] ?? 0n, sums.get(key) ?? 0n];
      assert(here === there, `${by} ${key} of the root is ${here} fen, of the whole ${there}`);
    }
  }
}
