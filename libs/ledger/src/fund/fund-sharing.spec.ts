/** Claims on a fund: worked lines of the catalogue, and rules that hold for every fund, claim and order. */
import * as fc from 'fast-check';
import { sumFen } from '@gep/kernel';
import { type FundClaim, shareShortfall, shortfallPolicies } from './share-shortfall';
import { ageOf, drawableSources, planDraws, type SourceMoney } from './source-order';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const numRuns = process.env['GEP_MANY_CASES'] ? 100_000 : 1000;
const claim = (code: string, amountFen: bigint, more: Partial<FundClaim> = {}): FundClaim => ({
  code,
  amountFen,
  ...more,
});
const granted = (...of: Parameters<typeof shareShortfall>) =>
  shareShortfall(...of).map(({ code, grantedFen, queued }) => `${code} ${grantedFen}${queued ? ' waits' : ''}`);

it('shares as R4 of the catalogue does: 100.00 for 80 and 60', () => {
  expect(shareShortfall(100_00n, [claim('b', 60_00n), claim('a', 80_00n)], 'pro-rata')).toEqual([
    { code: 'a', claimedFen: 80_00n, grantedFen: 57_14n, shortfallFen: 22_86n, queued: false },
    { code: 'b', claimedFen: 60_00n, grantedFen: 42_86n, shortfallFen: 17_14n, queued: false },
  ]);
});

it('shares by class, by period, or not at all', () => {
  const claims = [claim('a', 80n, { priority: 2 }), claim('b', 60n, { priority: 1 }), claim('c', 80n, { priority: 2 })];
  expect(granted(100n, claims, 'priority')).toEqual(['a 20', 'b 60', 'c 20']);
  expect(granted(100n, claims, 'all-or-nothing')).toEqual(['a 0', 'b 0', 'c 0']);
  expect(granted(220n, claims, 'all-or-nothing')).toEqual(['a 80', 'b 60', 'c 80']);
  const waiting = [
    claim('new', 10n, { since: '2025' }),
    claim('old', 60n, { since: '2024' }),
    claim('now', 50n, { since: '2025' }),
  ];
  expect(granted(100n, waiting, 'queue')).toEqual(['new 0 waits', 'now 0 waits', 'old 60']);
  expect(granted(50n, waiting, 'queue')).toEqual(['new 0 waits', 'now 0 waits', 'old 0 waits']);
});

it('never grants more than there is or than is asked, whatever the order', () => {
  const anyClaim = fc.record({
    amountFen: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    priority: fc.nat(3),
    since: fc.constantFrom('2023', '2024', '2025'),
  });
  const setting = fc.tuple(
    fc.bigInt({ min: 0n, max: 10n ** 13n }),
    fc.array(anyClaim, { maxLength: 12 }),
    fc.constantFrom(...shortfallPolicies),
    fc.infiniteStream(fc.nat()),
  );
  const property = fc.property(setting, ([available, list, policy, random]) => {
    const claims = list.map((one, at) => ({ ...one, code: `c${at}` }));
    const results = shareShortfall(available, claims, policy);
    const wanted = sumFen(claims.map(({ amountFen }) => amountFen));
    const given = sumFen(results.map(({ grantedFen }) => grantedFen));
    const isShared = policy === 'pro-rata' || policy === 'priority';
    const isRight =
      given <= available &&
      (wanted > available || given === wanted) &&
      (wanted <= available || !isShared || given === available) &&
      results.every((one) => one.grantedFen >= 0n && one.grantedFen + one.shortfallFen === one.claimedFen);
    expect(isRight).toBe(true);
    const shuffled = [...claims]
      .map((one) => [random.next().value, one] as const)
      .sort(([a], [b]) => a - b)
      .map(([, one]) => one);
    const again = shareShortfall(available, shuffled, policy);
    const isSame = again.every(
      ({ code, grantedFen }, at) => code === results[at].code && grantedFen === results[at].grantedFen,
    );
    expect([again.length, isSame]).toEqual([results.length, true]);
  });
  fc.assert(property, { seed, numRuns, verbose: 1 });
}, 600_000);

const source = (code: string, budgetYear: number, availableFen: bigint, ...purposes: string[]): SourceMoney => ({
  ...{ code, budgetYear, availableFen, purposes },
});

it('uses the oldest money first, bound money before free money, and none that has lapsed or is bound elsewhere', () => {
  const sources = [
    source('free-2025', 2025, 10n),
    source('water-2025', 2025, 10n, 'water'),
    source('free-2024', 2024, 10n),
    source('forest-2024', 2024, 10n, 'forest'),
    source('old', 2023, 10n),
    source('next', 2026, 10n),
  ];
  const ordered = drawableSources(sources, 'water', 2025);
  expect(ordered.map(({ code }) => code)).toEqual(['free-2024', 'water-2025', 'free-2025']);
  expect([2022, 2023, 2024, 2025, 2026].map((year) => ageOf(year, 2025))).toEqual([
    ...['surplus', 'surplus', 'carried', 'current', 'future'],
  ]);
  const grants = [
    { code: 'b', grantedFen: 12n },
    { code: 'a', grantedFen: 15n },
  ];
  expect(planDraws(ordered, grants).map((draw) => Object.values(draw).join(' '))).toEqual([
    ...['a free-2024 10', 'a water-2025 5', 'b water-2025 5', 'b free-2025 7'],
  ]);
});

it('takes from the sources exactly what was granted, of each no more than it has, and for its purposes and years alone (I4)', () => {
  const money = fc.record({
    fen: fc.bigInt({ min: 0n, max: 100n }),
    year: fc.integer({ min: 2022, max: 2026 }),
    purposes: fc.subarray(['water', 'forest', 'air']),
  });
  const property = fc.property(
    fc.array(money, { minLength: 1, maxLength: 6 }),
    fc.array(fc.bigInt({ min: 0n, max: 100n }), { maxLength: 8 }),
    (sources, claims) => {
      const all = sources.map(({ fen, year, purposes }, at) => source(`s${at}`, year, fen, ...purposes));
      const usable = drawableSources(all, 'water', 2025);
      const available = sumFen(usable.map(({ availableFen }) => availableFen));
      const results = shareShortfall(
        available,
        claims.map((fen, at) => claim(`c${at}`, fen)),
        'pro-rata',
      );
      const drawn = new Map(all.map(({ code }) => [code, 0n]));
      const given = new Map(results.map(({ code }) => [code, 0n]));
      for (const draw of planDraws(usable, results)) {
        drawn.set(draw.source, drawn.get(draw.source)! + draw.amountFen);
        given.set(draw.claim, given.get(draw.claim)! + draw.amountFen);
      }
      const isRight =
        results.every(({ code, grantedFen }) => given.get(code) === grantedFen) &&
        all.every(({ code, budgetYear, purposes, availableFen }) => {
          const mayPay = [2024, 2025].includes(budgetYear) && (purposes.length === 0 || purposes.includes('water'));
          return drawn.get(code)! <= (mayPay ? availableFen : 0n);
        });
      expect(isRight).toBe(true);
    },
  );
  fc.assert(property, { seed, numRuns, verbose: 1 });
}, 600_000);
