/** A virtual fund gives what the real one would, is taken down in the order given, and is named by what stands in it. */
import { sumFen } from '@gep/kernel';
import { digestOfFund, takeDown, type VirtualFund, type VirtualSource } from './virtual-fund';

const source = (code: string, availableFen: bigint, more: Partial<VirtualSource> = {}): VirtualSource => ({
  ...{ code, purposes: [], budgetYear: 2025, receivedFen: availableFen, reservedFen: 0n, paidFen: 0n, availableFen },
  ...more,
});
const fund: VirtualFund = {
  ...{ id: 'f', code: 'water', policy: 'pro-rata' as const },
  sources: [
    source('new', 50n),
    source('old', 100n, { budgetYear: 2024 }),
    source('bound', 70n, { purposes: ['forest'] }),
  ],
};
const claims = (...of: [string, bigint][]) => ({
  ...{ purpose: 'water', year: 2025 },
  claims: of.map(([code, amountFen]) => ({ code, amountFen })),
});

it('gives the first settlement all it asks for, and the second what is left', () => {
  const first = takeDown(fund, claims(['a', 80n], ['b', 40n]));
  expect(first.granted.map(({ code, grantedFen }) => `${code} ${grantedFen}`)).toEqual(['a 80', 'b 40']);
  expect(first.draws.map((draw) => Object.values(draw).join(' '))).toEqual(['a old 80', 'b old 20', 'b new 20']);
  const second = takeDown(first.after, claims(['a', 20n], ['c', 20n]));
  expect(second.granted.map(({ code, grantedFen, shortfallFen }) => `${code} ${grantedFen} ${shortfallFen}`)).toEqual([
    'a 15 5',
    'c 15 5',
  ]);
  expect(sumFen(second.after.sources.map(({ availableFen }) => availableFen))).toBe(70n);
});

it('is named by what was received, held and paid, and not by the order of its sources', () => {
  const digest = digestOfFund(fund);
  expect(digestOfFund({ ...fund, sources: fund.sources.toReversed() })).toBe(digest);
  expect(digestOfFund(takeDown(fund, claims(['a', 80n])).after)).toBe(digest);
  expect(digestOfFund({ ...fund, sources: [source('new', 50n, { reservedFen: 1n })] })).not.toBe(digest);
});
