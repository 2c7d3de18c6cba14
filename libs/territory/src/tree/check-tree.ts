/** Holds the rows of a parallel tree against each other: parents, cycles, days, and land that two nodes claim. */
import { overlaps, uncovered, type Validity } from '../validity';
import { checkClaims } from './check-claims';
import type { TreeProblem } from './errors';
import type { Placed, PlacedTree } from './read-tree';
import { holdingOn, outsideNode, type TreeNode } from './tree';
import { problemAt } from './tree-columns';

/** Every problem of the tree as a whole, in the order of its rows; units are checked where the territories are known. */
export function checkTree({ head, nodes, membership }: PlacedTree): TreeProblem[] {
  const problems = [...checkNodes(head.code, head, nodes), ...checkCycles(nodes)];
  const versions = byCode(nodes);
  for (const { value, at } of membership) {
    const own = versions.get(value.node);
    if (!own) {
      problems.push(
        problemAt(at, 'node', value.node, 'node-unknown', {
          zh: `nodes 表中没有该节点；未归属的地自动归入 ${outsideNode}，不必写出`,
          en: `the table nodes has no such node; what no row names goes to ${outsideNode} by itself`,
        }),
      );
    } else if (uncovered(value, own).length > 0) {
      problems.push(
        problemAt(at, 'from', value.validFrom, 'node-not-then', {
          zh: `节点 ${value.node} 并非在整个期间都存在；请改起止日`,
          en: `the node ${value.node} is not there all that time; correct the days`,
        }),
      );
    }
  }
  return [...problems, ...checkClaims(membership)];
}

function byCode(nodes: readonly Placed<TreeNode>[]): Map<string, TreeNode[]> {
  const versions = new Map<string, TreeNode[]>();
  for (const { value } of nodes) {
    const own = versions.get(value.code);
    if (own) own.push(value);
    else versions.set(value.code, [value]);
  }
  return versions;
}

function checkNodes(root: string, tree: Validity, nodes: readonly Placed<TreeNode>[]): TreeProblem[] {
  const versions = byCode(nodes);
  const seen = new Map<string, Placed<TreeNode>[]>();
  return nodes.flatMap((node) => {
    const { value, at } = node;
    const { code, parent } = value;
    const before = seen.get(code) ?? [];
    seen.set(code, [...before, node]);
    if (code === root || code === outsideNode)
      return problemAt(at, 'node', code, 'node-reserved', {
        zh: `代码 ${root}（根）和 ${outsideNode}（其外）由树自己使用；请换代码`,
        en: `the codes ${root} (the root) and ${outsideNode} are the tree's own; take another`,
      });
    const twice = before.find((other) => overlaps(other.value, value));
    if (twice)
      return problemAt(at, 'node', code, 'node-twice', {
        zh: `与 ${twice.at.sheet} 第 ${twice.at.row} 行同为一个节点且期间重叠`,
        en: `the same node as row ${twice.at.row} of ${twice.at.sheet}, at the same time`,
      });
    if (uncovered(value, [tree]).length > 0)
      return problemAt(at, 'from', value.validFrom, 'node-beyond-tree', {
        zh: '节点的期间超出树的期间',
        en: 'the node is there longer than the tree',
      });
    if (parent === null) return [];
    const above = versions.get(parent);
    if (!above)
      return problemAt(at, 'parent', parent, 'parent-unknown', {
        zh: 'nodes 表中没有该上级；根的直接下级请留空',
        en: 'the table nodes has no such parent; leave it empty directly below the root',
      });
    if (uncovered(value, above).length === 0) return [];
    return problemAt(at, 'parent', parent, 'parent-not-then', {
      zh: '上级并非在整个期间都存在；请改起止日',
      en: 'the parent is not there all that time; correct the days',
    });
  });
}

/** A node that is, on some day, below itself; each cycle is told once. */
function checkCycles(all: readonly Placed<TreeNode>[]): TreeProblem[] {
  const suspects = comingBack(all);
  const nodes = all.filter(({ value }) => suspects.has(value.code));
  const told = new Set<Placed<TreeNode>>();
  for (const day of new Set(nodes.map(({ value }) => value.validFrom))) {
    const then = new Map(
      holdingOn(
        nodes.map(({ value }) => value),
        day,
      ).map((node) => [node.code, node]),
    );
    const sound = new Set<string>();
    for (const start of then.values()) {
      const way = new Set<string>();
      let node: TreeNode | undefined = start;
      while (node && !sound.has(node.code) && !way.has(node.code)) {
        way.add(node.code);
        node = node.parent === null ? undefined : then.get(node.parent);
      }
      if (node && way.has(node.code)) {
        const cycling = node;
        told.add(nodes.find(({ value }) => value === cycling)!);
      }
      for (const code of way) sound.add(code);
    }
  }
  return [...told].map(({ value, at }) =>
    problemAt(at, 'parent', value.parent!, 'node-cycle', {
      zh: `节点 ${value.code} 经其上级又回到自己；请改上级`,
      en: `the node ${value.code} is, by its parents, below itself; correct a parent`,
    }),
  );
}

/** Codes that may lie below themselves when days are left aside: no others can on any day, and mostly there are none. */
function comingBack(nodes: readonly Placed<TreeNode>[]): Set<string> {
  const suspects = new Set(nodes.map(({ value }) => value.code));
  const below = new Map<string, string[]>();
  const parents = new Map<string, number>();
  for (const { code, parent } of nodes.map(({ value }) => value)) {
    if (parent === null || !suspects.has(parent)) continue;
    const children = below.get(parent);
    if (children) children.push(code);
    else below.set(parent, [code]);
    parents.set(code, (parents.get(code) ?? 0) + 1);
  }
  const sound = [...suspects].filter((code) => !parents.has(code));
  for (const code of sound) {
    suspects.delete(code);
    for (const child of below.get(code) ?? []) {
      parents.set(child, parents.get(child)! - 1);
      if (parents.get(child) === 0) sound.push(child);
    }
  }
  return suspects;
}
