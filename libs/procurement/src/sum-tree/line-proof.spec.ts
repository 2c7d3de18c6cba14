/** Every line of a tree is proved, and whatever is changed in a proof is found. */
import { createHash, randomBytes } from 'node:crypto';
import { formatYuan } from '@gep/kernel';
import { checkProof, hashesOfLine, proveLine, type LineProof } from './line-proof';
import { cutLine, growTree, type KeptTree, leavesOfStretch } from './sum-tree';

const seedOfRun = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const cases = process.env['GEP_MANY_CASES'] ? 20_000 : 200;

/** Numbers of a run, the same for the same seed. */
let turn = 0;
const drawn = (below: number): number =>
  createHash('sha256').update(`${seedOfRun} ${turn++}`).digest().readUIntBE(0, 6) % below;

function linesOf(count: number): { owners: string[]; amounts: BigInt64Array } {
  const owners = Array.from({ length: count }, (_, at) => `9901-${String(at).padStart(7, '0')}`);
  return { owners, amounts: BigInt64Array.from(owners, () => BigInt(drawn(4) === 0 ? 0 : drawn(1e9))) };
}

/** Proves a line by a tree that is held as a whole. */
function proveBy(seed: Buffer, line: { owner: string; amountFen: bigint }, { stretches, tops }: KeptTree) {
  const found = hashesOfLine(seed, line).map((hash) => {
    const after = stretches.findIndex((stretch) => Buffer.compare(hash, stretch.subarray(0, hash.length)) < 0);
    const no = after < 0 ? stretches.length - 1 : Math.max(0, after - 1);
    return { no, leaves: stretches[no] };
  });
  return proveLine(seed, line, { tops, stretches: found });
}

function proofAt(seed: Buffer, { owners, amounts }: ReturnType<typeof linesOf>, at: number) {
  const tree = growTree(seed, owners, amounts);
  const proof = proveBy(seed, { owner: owners[at], amountFen: amounts[at] }, tree)!;
  return { proof, published: { root: tree.root.hash.toString('hex'), totalFen: tree.root.sumFen } };
}

it('proves every line of trees of every size, and the total is the sum of all lines', () => {
  for (const count of [1, 2, 3, 5, 8, leavesOfStretch / 2, leavesOfStretch / 2 + 1, 3 * leavesOfStretch + 7]) {
    const lines = linesOf(count);
    const seed = randomBytes(32);
    const tree = growTree(seed, lines.owners, lines.amounts);
    expect(tree.root.sumFen).toBe(lines.amounts.reduce((sum, fen) => sum + fen, 0n));
    const published = { root: tree.root.hash.toString('hex'), totalFen: tree.root.sumFen };
    for (let at = 0; at < count; at += 1 + Math.floor(count / 40)) {
      const proof = proveBy(seed, { owner: lines.owners[at], amountFen: lines.amounts[at] }, tree);
      expect(checkProof(proof!, published)).toBeUndefined();
    }
    const stranger = { owner: lines.owners[0], amountFen: lines.amounts[0] + 1n };
    expect(proveBy(seed, stranger, tree)).toBeUndefined();
  }
});

it('gives the same tree whatever the order of the lines', () => {
  const { owners, amounts } = linesOf(500);
  const seed = randomBytes(32);
  const turned = growTree(seed, [...owners].reverse(), amounts.slice().reverse());
  expect(turned.root).toEqual(growTree(seed, owners, amounts).root);
});

/** One place of a proof changed, as a forger would. */
const forgeries: readonly ((proof: LineProof) => LineProof)[] = [
  (proof) => ({ ...proof, owner: `${proof.owner}x` }),
  (proof) => ({ ...proof, amountFen: `${BigInt(proof.amountFen) + 1n}` }),
  (proof) => withPart(proof, (part) => ({ ...part, amountFen: `${BigInt(part.amountFen) + 1n}` })),
  (proof) => withPart(proof, (part) => ({ ...part, salt: flipped(part.salt) })),
  (proof) => withSibling(proof, (sibling) => ({ ...sibling, hash: flipped(sibling.hash) })),
  (proof) => withSibling(proof, (sibling) => ({ ...sibling, sumFen: `${BigInt(sibling.sumFen) + 1n}` })),
  (proof) => withSibling(proof, (sibling) => ({ ...sibling, sumFen: `-${sibling.sumFen}` })),
  (proof) => withSibling(proof, (sibling) => ({ ...sibling, side: sibling.side === 'left' ? 'right' : 'left' })),
  (proof) => ({ ...proof, parts: [proof.parts[0]] }),
  (proof) => ({ ...proof, parts: [proof.parts[0], proof.parts[0]] }),
  (proof) => ({ ...proof, parts: [...proof.parts].reverse() }),
  (proof) => withPart(proof, (part) => ({ ...part, path: part.path.slice(1) })),
];
type Part = LineProof['parts'][number];
const flipped = (hex: string): string => `${(parseInt(hex[0], 16) ^ 1).toString(16)}${hex.slice(1)}`;
function withPart(proof: LineProof, change: (part: Part) => Part): LineProof {
  const at = drawn(2);
  return { ...proof, parts: proof.parts.map((part, place) => (place === at ? change(part) : part)) };
}
const withSibling = (proof: LineProof, change: (sibling: Part['path'][number]) => Part['path'][number]): LineProof =>
  withPart(proof, (part) => {
    const at = drawn(part.path.length);
    return { ...part, path: part.path.map((sibling, place) => (place === at ? change(sibling) : sibling)) };
  });

it(`finds what was changed in a proof, in ${cases} cases (seed ${seedOfRun})`, () => {
  for (let turns = 0; turns < cases; turns++) {
    const lines = linesOf(2 + drawn(40));
    const { proof, published } = proofAt(randomBytes(32), lines, drawn(lines.owners.length));
    expect(checkProof(proof, published)).toBeUndefined();
    for (const forge of forgeries)
      expect([forge.toString(), checkProof(forge(proof), published)]).not.toContain(undefined);
    expect(checkProof(proof, { ...published, totalFen: published.totalFen + 1n })).toBe('total');
    expect(checkProof(proof, { ...published, root: flipped(published.root) })).toBe('root');
  }
});

it('shows of other lines parts and sums only', () => {
  const { owners, amounts } = linesOf(200);
  const { proof } = proofAt(randomBytes(32), { owners, amounts }, 0);
  const text = JSON.stringify(proof);
  for (const owner of owners.slice(1)) expect(text).not.toContain(owner);
  const shown = new Set(proof.parts.flatMap(({ path }) => path.map(({ sumFen }) => sumFen)));
  const bare = [...amounts.slice(1)].filter((fen) => fen > 0n && shown.has(fen.toString()));
  expect(bare.map(formatYuan)).toEqual([]);
});

it('cuts a line in two parts that sum to it, the same way every time', () => {
  const seed = randomBytes(32);
  for (const fen of [0n, 1n, 2n, 12_345_678_901n]) {
    const parts = cutLine(seed, 'a', fen);
    expect(parts.reduce((sum, { amountFen }) => sum + amountFen, 0n)).toBe(fen);
    expect(cutLine(seed, 'a', fen)).toEqual(parts);
    expect(cutLine(seed, 'b', fen)).not.toEqual(parts);
  }
});
