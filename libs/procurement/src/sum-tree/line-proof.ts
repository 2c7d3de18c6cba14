/** The proof that an owner takes home: both parts of the own line, and the way of each up to the published root. */
import type { Fen } from '@gep/kernel';
import { climb, cutLine, leafOf, pathTo, readNodes, type LinePart, type Sibling, type TreeNode } from './sum-tree';

/** As a JSON file: amounts are decimal text in fen, hashes and salts hex. */
export interface LineProof {
  readonly format: 'gep-line-proof-1';
  readonly owner: string;
  readonly amountFen: string;
  /** Root and total as they are published; whoever checks compares them with the publication, not with this file. */
  readonly root: string;
  readonly totalFen: string;
  readonly parts: readonly {
    readonly part: number;
    readonly salt: string;
    readonly amountFen: string;
    readonly path: readonly { readonly side: 'left' | 'right'; readonly hash: string; readonly sumFen: string }[];
  }[];
}

interface ProvedLine {
  readonly owner: string;
  readonly amountFen: Fen;
}

/** Hashes of the leaves of a line, by which their stretches are found. */
export const hashesOfLine = (seed: Buffer, line: ProvedLine): Buffer[] =>
  cutLine(seed, line.owner, line.amountFen).map((part) => leafOf(line.owner, part).hash);

/** Leaves of a tree that stand together, and the number of the stretch from 0. */
export interface TreeStretch {
  readonly no: number;
  readonly leaves: Buffer;
}

/**
 * @param stretches those that the leaves of `hashesOfLine` stand in, in its order
 * @returns undefined when the tree does not hold the line
 */
export function proveLine(
  seed: Buffer,
  line: ProvedLine,
  tree: { readonly tops: Buffer; readonly stretches: readonly TreeStretch[] },
): LineProof | undefined {
  const tops = readNodes(tree.tops);
  const parts: LineProof['parts'][number][] = [];
  let root: TreeNode | undefined;
  for (const [at, part] of cutLine(seed, line.owner, line.amountFen).entries()) {
    const leaf = leafOf(line.owner, part);
    const { no, leaves } = tree.stretches[at];
    const nodes = readNodes(leaves);
    const place = nodes.findIndex(({ hash }) => hash.equals(leaf.hash));
    if (place < 0) return undefined;
    const path = [...pathTo(nodes, place), ...pathTo(tops, no)];
    root = climb(leaf, path);
    parts.push(writtenPart(part, path));
  }
  return {
    format: 'gep-line-proof-1',
    owner: line.owner,
    amountFen: line.amountFen.toString(),
    root: root!.hash.toString('hex'),
    totalFen: root!.sumFen.toString(),
    parts,
  };
}

const writtenPart = ({ part, salt, amountFen }: LinePart, path: readonly Sibling[]): LineProof['parts'][number] => ({
  part,
  salt: salt.toString('hex'),
  amountFen: amountFen.toString(),
  path: path.map(({ side, hash, sumFen }) => ({ side, hash: hash.toString('hex'), sumFen: sumFen.toString() })),
});

/** Why a proof does not hold. */
export type ProofFault = 'shape' | 'parts' | 'amount' | 'sum' | 'root' | 'total';

/**
 * Checks a proof against what was published. Needs nothing but the file: no database, no program of the company.
 * @returns the fault; undefined when the line is in the tree and all lines sum to the total
 */
export function checkProof(
  proof: LineProof,
  published: { readonly root: string; readonly totalFen: Fen },
): ProofFault | undefined {
  const hex = (text: string, bytes: number): boolean => new RegExp(`^[0-9a-f]{${2 * bytes}}$`).test(text);
  const whole = (text: string): boolean => /^(0|[1-9]\d{0,18})$/.test(text);
  // Does not narrow: that of Array.isArray would forget what a readonly list holds.
  const isList = (value: unknown): boolean => Array.isArray(value);
  if (proof?.format !== 'gep-line-proof-1' || !whole(proof.amountFen) || !proof.owner || !isList(proof.parts))
    return 'shape';
  for (const { salt, amountFen, path } of proof.parts) {
    if (!hex(salt, 16) || !whole(amountFen) || !isList(path) || path.length > mostLevels) return 'shape';
    if (
      path.some(({ side, hash, sumFen }) => !hex(hash, 32) || !whole(sumFen) || !(side === 'left' || side === 'right'))
    )
      return 'shape';
  }
  if (proof.parts.map(({ part }) => part).join() !== '1,2') return 'parts';
  const amountFen = proof.parts.reduce((sum, part) => sum + BigInt(part.amountFen), 0n);
  if (amountFen !== BigInt(proof.amountFen)) return 'amount';
  for (const part of proof.parts) {
    const leaf = leafOf(proof.owner, {
      part: part.part,
      salt: Buffer.from(part.salt, 'hex'),
      amountFen: BigInt(part.amountFen),
    });
    const path = part.path.map(({ side, hash, sumFen }) => ({
      side,
      hash: Buffer.from(hash, 'hex'),
      sumFen: BigInt(sumFen),
    }));
    if (path.reduce((sum, { sumFen }) => sum + sumFen, leaf.sumFen) > published.totalFen) return 'sum';
    const top = climb(leaf, path);
    if (top.hash.toString('hex') !== published.root) return 'root';
    if (top.sumFen !== published.totalFen) return 'total';
  }
  return undefined;
}

/** 2^24 leaves at most, so that a hostile file costs nothing. */
const mostLevels = 24;
