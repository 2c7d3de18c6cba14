/** Turns what a register gives into lines, and the lines into a tree: a million owners as columns. */
import { Fraction } from '@gep/kernel';
import type { PolicyRule } from '@gep/rulebook';
import { growTree } from '../sum-tree/sum-tree';
import type { LineBlock } from './line-block';
import { type Earnings, shareDividend, type WeighedOwner } from './share-dividend';

/** Lines, tree and sums of a dividend. */
export interface AllottedLines {
  readonly owners: number;
  readonly blocks: readonly LineBlock[];
  readonly reserveFen: bigint;
  readonly dividendFen: bigint;
  readonly retainedFen: bigint;
  readonly inputDigest: string;
  readonly root: string;
  readonly tops: Uint8Array;
  readonly stretches: readonly Uint8Array[];
}

interface HeldWeights {
  readonly owners: WeighedOwner[];
  readonly paths: string[];
}

/** Rows of one owner stand one after the other, one for each denominator. */
function readBlocks(blocks: readonly string[]): HeldWeights {
  const owners: WeighedOwner[] = [];
  const paths: string[] = [];
  // Paths repeat: each is kept once.
  const known = new Map<string, string>();
  for (const block of blocks)
    for (const line of block.split('\n')) {
      const [owner, numerator, denominator, path] = line.split('\t');
      const weight = Fraction.of(BigInt(numerator), BigInt(denominator));
      const last = owners.at(-1);
      if (last?.owner === owner) owners[owners.length - 1] = { owner, weight: last.weight.plus(weight) };
      else {
        owners.push({ owner, weight });
        if (!known.has(path)) known.set(path, path);
        paths.push(known.get(path)!);
      }
    }
  return { owners, paths };
}

const rowsOfBlock = 20_000;

/** @param blocks as `readWeights` gives them @throws DividendRefused, PolicyNotDecided */
export function allotLines(
  rule: PolicyRule,
  earnings: Earnings,
  blocks: readonly string[],
  seed: Buffer,
): AllottedLines {
  const { owners, paths } = readBlocks(blocks);
  const { amountsFen, earnedFen: _, ...sums } = shareDividend(rule, earnings, owners);
  const tree = growTree(
    seed,
    owners.map(({ owner }) => owner),
    amountsFen,
  );
  const lines: LineBlock[] = [];
  for (let at = 0; at < owners.length; at += rowsOfBlock) {
    const some = owners.slice(at, at + rowsOfBlock);
    lines.push({
      rows: some.length,
      owners: some.map(({ owner }) => owner).join('\n'),
      weights: some.map(({ weight }) => weight.toString()).join('\n'),
      amountsFen: amountsFen.subarray(at, at + rowsOfBlock).join('\n'),
      paths: paths.slice(at, at + rowsOfBlock).join('\n'),
    });
  }
  const { root, tops, stretches } = tree;
  return { owners: owners.length, blocks: lines, ...sums, root: root.hash.toString('hex'), tops, stretches };
}
