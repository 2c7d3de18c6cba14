/** A Merkle sum tree: a published root and total, from which each owner can check that the own line is in it and all lines sum to the fund. */
import { hash } from 'node:crypto';
import { assert, type Fen } from '@gep/kernel';

/** A leaf or an inner place of the tree: what is below it sums to `sumFen`. */
export interface TreeNode {
  readonly hash: Buffer;
  readonly sumFen: Fen;
}

/** A neighbour on the way up, and on which side it stands. */
export interface Sibling extends TreeNode {
  readonly side: 'left' | 'right';
}

/** One of the two halves into which a line is cut before it enters the tree. */
export interface LinePart {
  /** 1 or 2. */
  readonly part: number;
  readonly salt: Buffer;
  readonly amountFen: Fen;
}

/** Leaves of one stretch of the tree; a power of two, so that stretches are whole subtrees. */
export const leavesOfStretch = 1024;
export const bytesOfNode = 40;
const bytesOfHash = 32;
const partsOfLine = 2;
const bytesOfSalt = 16;
/** Hash prefixes keep a leaf from being taken for an inner node. */
const [leafMark, nodeMark] = [Buffer.from([0]), Buffer.from([1])];
const largest = (1n << 63n) - 1n;

const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

function sumBytes(sumFen: Fen): Buffer {
  assert(sumFen >= 0n && sumFen <= largest, `a sum of the tree is not between 0 and 2^63: ${sumFen}`);
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(sumFen);
  return bytes;
}

/**
 * Cuts a line in two at a place that nobody can guess: neighbours in the tree see parts, never the line of another. All
 * comes of the seed, which is kept secret, so that the same line is cut the same way whenever it is asked for.
 */
export function cutLine(seed: Buffer, owner: string, amountFen: Fen): LinePart[] {
  const secret = hash('sha512', Buffer.concat([seed, Buffer.from(owner)]), 'buffer');
  const cut = secret.readBigUInt64BE(partsOfLine * bytesOfSalt) % (amountFen + 1n);
  return [cut, amountFen - cut].map((part, at) => ({
    part: at + 1,
    salt: secret.subarray(at * bytesOfSalt, (at + 1) * bytesOfSalt),
    amountFen: part,
  }));
}

export function leafOf(owner: string, { part, salt, amountFen }: LinePart): TreeNode {
  const own = Buffer.from(owner);
  return {
    hash: sha256(Buffer.concat([leafMark, salt, Buffer.from([part]), sumBytes(amountFen), own])),
    sumFen: amountFen,
  };
}

/** Both sums enter the hash: were it only their total, a sum could be moved from one side to the other unseen. */
export function parentOf(left: TreeNode, right: TreeNode): TreeNode {
  return {
    hash: sha256(Buffer.concat([nodeMark, sumBytes(left.sumFen), left.hash, sumBytes(right.sumFen), right.hash])),
    sumFen: left.sumFen + right.sumFen,
  };
}

/** From the leaves to the top; one without a neighbour moves up as it is. */
function levelsOf(leaves: readonly TreeNode[]): TreeNode[][] {
  const levels = [[...leaves]];
  for (let below = levels[0]; below.length > 1; below = levels.at(-1)!) {
    const above: TreeNode[] = [];
    for (let at = 0; at < below.length; at += 2)
      above.push(at + 1 < below.length ? parentOf(below[at], below[at + 1]) : below[at]);
    levels.push(above);
  }
  return levels;
}

export const rootOf = (nodes: readonly TreeNode[]): TreeNode => {
  assert(nodes.length > 0, 'a tree has at least one leaf');
  return levelsOf(nodes).at(-1)![0];
};

/** The neighbours of one node on its way to the top of these. */
export function pathTo(nodes: readonly TreeNode[], place: number): Sibling[] {
  const path: Sibling[] = [];
  let at = place;
  for (const level of levelsOf(nodes)) {
    const side = at % 2 === 0 ? 'right' : 'left';
    const neighbour = level[side === 'right' ? at + 1 : at - 1];
    if (neighbour) path.push({ ...neighbour, side });
    at >>= 1;
  }
  return path;
}

/** Where a path leads from a leaf. @throws BrokenInvariant for a sum below zero or beyond 2^63 */
export function climb(leaf: TreeNode, path: readonly Sibling[]): TreeNode {
  return path.reduce<TreeNode>(
    (node, sibling) => (sibling.side === 'left' ? parentOf(sibling, node) : parentOf(node, sibling)),
    leaf,
  );
}

/** A whole tree as it is kept: its leaves by stretches, in the order of their hashes, and the tops of the stretches. */
export interface KeptTree {
  readonly root: TreeNode;
  /** `bytesOfNode` for each leaf, hash and sum. */
  readonly stretches: readonly Buffer[];
  /** The same for the top of each stretch. */
  readonly tops: Buffer;
}

/**
 * Builds the tree of all lines. The order of leaves is that of their salted hashes, so that a place tells nothing of an owner.
 * @param amountsFen none below zero
 */
export function growTree(seed: Buffer, owners: readonly string[], amountsFen: BigInt64Array): KeptTree {
  const leaves = Buffer.allocUnsafe(owners.length * partsOfLine * bytesOfNode);
  const order = new BigUint64Array(owners.length * partsOfLine);
  let place = 0;
  for (let row = 0; row < owners.length; row++)
    for (const part of cutLine(seed, owners[row], amountsFen[row])) {
      writeNode(leaves, place, leafOf(owners[row], part));
      // The first 40 bits of the hash decide; equal ones stand as they came.
      order[place] = ((leaves.readBigUInt64BE(place * bytesOfNode) >> 24n) << 24n) | BigInt(place);
      place += 1;
    }
  assert(place > 0 && place < 1 << 24, `a tree of ${place} leaves`);
  order.sort();
  const sorted = Buffer.allocUnsafe(leaves.length);
  for (let at = 0; at < place; at++) {
    const from = Number(order[at] & 0xffffffn) * bytesOfNode;
    leaves.copy(sorted, at * bytesOfNode, from, from + bytesOfNode);
  }
  const stretches: Buffer[] = [];
  for (let at = 0; at < sorted.length; at += leavesOfStretch * bytesOfNode)
    stretches.push(sorted.subarray(at, at + leavesOfStretch * bytesOfNode));
  const tops = stretches.map((stretch) => rootOf(readNodes(stretch)));
  return { root: rootOf(tops), stretches, tops: writeNodes(tops) };
}

function writeNode(into: Buffer, place: number, { hash: digest, sumFen }: TreeNode): void {
  digest.copy(into, place * bytesOfNode);
  into.writeBigUInt64BE(sumFen, place * bytesOfNode + bytesOfHash);
}

function writeNodes(nodes: readonly TreeNode[]): Buffer {
  const bytes = Buffer.allocUnsafe(nodes.length * bytesOfNode);
  nodes.forEach((node, at) => writeNode(bytes, at, node));
  return bytes;
}

export function readNodes(bytes: Buffer): TreeNode[] {
  return Array.from({ length: bytes.length / bytesOfNode }, (_, place) => {
    const at = place * bytesOfNode;
    return { hash: bytes.subarray(at, at + bytesOfHash), sumFen: bytes.readBigUInt64BE(at + bytesOfHash) };
  });
}
