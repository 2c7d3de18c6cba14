/** A hash tree over the figures of a disclosure, so that one figure can be proved alone. Form: RFC 6962, section 2.1. */
import { createHash } from 'node:crypto';
import { assert } from '@gep/kernel';

type Node = Buffer;

const hash = (prefix: 0 | 1, ...parts: readonly (Node | string)[]): Node => {
  const sha = createHash('sha256').update(Buffer.of(prefix));
  for (const part of parts) sha.update(part);
  return sha.digest();
};

/** SHA-256 in hex over all texts, in their order. @param texts at least one */
export function treeRoot(texts: readonly string[]): string {
  assert(texts.length > 0, 'a tree has leaves');
  return rootOf(texts.map((text) => hash(0, text))).toString('hex');
}

/** Digests of the neighbours from the leaf up to the root. */
export function treePath(texts: readonly string[], index: number): string[] {
  assert(index >= 0 && index < texts.length, `no leaf ${index}`);
  const leaves = texts.map((text) => hash(0, text));
  return pathOf(leaves, index).map((node) => node.toString('hex'));
}

/**
 * The root that a leaf leads to.
 * @returns undefined when a path of this length belongs to no leaf at this place in a tree of this size
 */
export function rootFromPath(text: string, index: number, size: number, path: readonly string[]): string | undefined {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return undefined;
  const turns = turnsOf(index, size);
  if (turns.length !== path.length) return undefined;
  const root = turns.reduce<Node>(
    (node, neighbourIsRight, height) => {
      const neighbour = Buffer.from(path[height]!, 'hex');
      return neighbourIsRight ? hash(1, node, neighbour) : hash(1, neighbour, node);
    },
    hash(0, text),
  );
  return root.toString('hex');
}

/** The largest power of two below a size of at least two. */
function leftSize(size: number): number {
  let left = 1;
  while (left * 2 < size) left *= 2;
  return left;
}

function rootOf(leaves: readonly Node[]): Node {
  if (leaves.length === 1) return leaves[0]!;
  const left = leftSize(leaves.length);
  return hash(1, rootOf(leaves.slice(0, left)), rootOf(leaves.slice(left)));
}

function pathOf(leaves: readonly Node[], index: number): Node[] {
  if (leaves.length === 1) return [];
  const left = leftSize(leaves.length);
  const [lower, upper] = [leaves.slice(0, left), leaves.slice(left)];
  return index < left ? [...pathOf(lower, index), rootOf(upper)] : [...pathOf(upper, index - left), rootOf(lower)];
}

/** From the leaf up: whether the neighbour stands on the right. */
function turnsOf(index: number, size: number): boolean[] {
  if (size === 1) return [];
  const left = leftSize(size);
  return index < left ? [...turnsOf(index, left), true] : [...turnsOf(index - left, size - left), false];
}
