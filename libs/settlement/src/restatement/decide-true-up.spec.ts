/** True-ups: worked lines of each way, and what holds after any sequence of restatements and payments. */
import * as fc from 'fast-check';
import { digestOfValue, sumFen, type Fen } from '@gep/kernel';
import { decideTrueUp, takeEntries, type PartyStanding, type TrueUp } from './decide-true-up';
import { readTerms, trueUpWays, type TrueUpTerms } from './true-up-terms';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const numRuns = process.env['GEP_MANY_CASES'] ? 100_000 : 1000;
const standing = (party: string, entitledFen: Fen, settledFen: Fen, more: Partial<PartyStanding> = {}) => ({
  ...{
    party,
    entitledFen,
    settledFen,
    shortfallFen: 0n,
    paidFen: settledFen > 0n ? settledFen : 0n,
    isDisputed: false,
  },
  ...more,
});
const contract = { contractFen: 1000n, supplementedFen: 0n };
const decide = (terms: TrueUpTerms, standings: PartyStanding[], of = contract): TrueUp =>
  decideTrueUp(readTerms(terms), of, standings);
const told = ({ kind, lines }: TrueUp) => [
  kind,
  ...lines.map((line) => {
    const { party, claimFen, billFen, clawbackFen, waitingFen, cause } = line;
    return `${party} +${claimFen} b${billFen} -${clawbackFen} ~${waitingFen} ${cause ?? 'now'}`;
  }),
];

it('pays more at once within the limit, the rest of all claims waits pro rata for the next contract', () => {
  const terms: TrueUpTerms = { way: 'supplement', supplementLimit: '0.1' };
  expect(told(decide(terms, [standing('a', 560n, 500n), standing('b', 530n, 500n)]))).toEqual([
    'supplement',
    'a +60 b0 -0 ~0 now',
    'b +30 b0 -0 ~0 now',
  ]);
  const beyond = [standing('a', 600n, 500n), standing('b', 550n, 500n), standing('c', 400n, 401n)];
  expect(told(decide(terms, beyond))).toEqual([
    'true-up',
    'a +67 b0 -0 ~33 limit',
    'b +33 b0 -0 ~17 limit',
    'c +0 b0 -1 ~0 now',
  ]);
  const used = { contractFen: 1000n, supplementedFen: 90n };
  expect(told(decide(terms, [standing('a', 560n, 500n)], used))).toEqual(['supplement', 'a +10 b0 -0 ~50 limit']);
});

it('claws back no more than was paid, and bills what is owed by the rule', () => {
  expect(told(decide({ way: 'clawback' }, [standing('a', 40n, 100n)]))).toEqual(['clawback', 'a +0 b0 -60 ~0 now']);
  expect(told(decide({ way: 'clawback' }, [standing('a', 40n, 100n, { paidFen: 50n })]))).toEqual([
    'clawback',
    'a +0 b0 -50 ~-10 paid',
  ]);
  expect(told(decide({ way: 'clawback' }, [standing('a', -30n, 100n)]))).toEqual(['clawback', 'a +0 b30 -100 ~0 now']);
  expect(told(decide({ way: 'clawback' }, [standing('a', -30n, -50n)]))).toEqual(['true-up', 'a +20 b0 -0 ~0 now']);
});

it('lets differences wait for the next cycle, below the least, under dispute, and where there is no true-up', () => {
  const parties = [standing('a', 110n, 100n), standing('b', 70n, 100n), standing('c', 100n, 100n)];
  const waiting = (terms: TrueUpTerms, list = parties) => decide(terms, list);
  expect(told(waiting({ way: 'next-cycle' }))).toEqual([
    'true-up',
    'a +0 b0 -0 ~10 next-cycle',
    'b +0 b0 -0 ~-30 next-cycle',
  ]);
  expect(waiting({ way: 'next-cycle' }).isDue).toBe(false);
  expect(told(waiting({ way: 'none' }))[1]).toBe('a +0 b0 -0 ~10 none');
  expect(told(waiting({ way: 'clawback', least: '11' }))).toEqual([
    'clawback',
    'a +0 b0 -0 ~10 least',
    'b +0 b0 -30 ~0 now',
  ]);
  expect(told(waiting({ way: 'clawback' }, [standing('b', 70n, 100n, { isDisputed: true })]))).toEqual([
    'true-up',
    'b +0 b0 -0 ~-30 disputed',
  ]);
});

it('does not make good what the fund could not give, and asks nothing back of what it did not', () => {
  const short = (entitledFen: Fen) => standing('a', entitledFen, 60n, { shortfallFen: 40n });
  expect(told(decide({ way: 'clawback' }, [short(110n)]))[1]).toBe('a +10 b0 -0 ~0 now');
  expect(told(decide({ way: 'clawback' }, [short(80n)]))).toEqual(['true-up']);
  expect(told(decide({ way: 'clawback' }, [short(50n)]))[1]).toBe('a +0 b0 -10 ~0 now');
});

it('sets what waits off against what is due, and no further', () => {
  const waiting = new Map([
    ['a', 10n],
    ['b', -30n],
    ['c', -30n],
    ['d', -30n],
  ]);
  const due = new Map([
    ['a', -5n],
    ['b', 100n],
    ['c', 20n],
  ]);
  expect(takeEntries(waiting, due).map((one) => Object.values(one).join(' '))).toEqual([
    'a 10 0',
    'b -30 0',
    'c -20 -10',
    'd 0 -30',
  ]);
});

it.each([
  [{ way: 'later' }, 'way'],
  [{ way: 'supplement', supplementLimit: '-1' }, 'supplementLimit'],
  [{ way: 'supplement', supplementLimit: 'ten' }, 'supplementLimit'],
  [{ way: 'clawback', least: '1.5' }, 'least'],
])('refuses terms %j', (terms, term) => {
  expect(() => readTerms(terms as TrueUpTerms)).toThrow(
    expect.objectContaining({ code: 'settlement.true-up-terms-invalid', facts: expect.objectContaining({ term }) }),
  );
});

const hold = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`does not hold: ${what}`);
};

/** What stands with a party, moved as the stores move it. */
interface Moved {
  settledFen: Fen;
  shortfallFen: Fen;
  paidFen: Fen;
  everPaidFen: Fen;
  everClawedFen: Fen;
}

it('after any sequence each party has what the last vintage entitles it to, within the terms, and the book balances', () => {
  const parties = ['a', 'b', 'c', 'd'];
  const amount = fc.bigInt({ min: -1000n, max: 1000n });
  const step = fc.record({
    entitled: fc.array(amount, { minLength: 4, maxLength: 4 }),
    disputed: fc.option(fc.constantFrom(...parties), { nil: undefined }),
    /** How much of the claims the fund can give, in percent. */
    given: fc.constantFrom(100n, 100n, 60n),
    isDone: fc.boolean(),
    nextDue: fc.option(fc.array(fc.bigInt({ min: 0n, max: 500n }), { minLength: 4, maxLength: 4 }), { nil: undefined }),
  });
  const terms = fc.record({
    way: fc.constantFrom(...trueUpWays),
    supplementLimit: fc.constantFrom(undefined, '0', '0.1', '2'),
    least: fc.constantFrom('0', '50'),
  });
  const property = fc.property(terms, fc.array(step, { minLength: 1, maxLength: 12 }), (given, steps) => {
    const read = readTerms(given);
    const book = new Map<string, Fen>();
    const post = (debit: string, credit: string, fen: Fen): void => {
      book.set(debit, (book.get(debit) ?? 0n) + fen);
      book.set(credit, (book.get(credit) ?? 0n) - fen);
    };
    const stands = new Map<string, Moved>();
    for (const party of parties)
      stands.set(party, { settledFen: 0n, shortfallFen: 0n, paidFen: 0n, everPaidFen: 0n, everClawedFen: 0n });
    const pay = (moved: Moved, fen: Fen): void => {
      moved.settledFen += fen;
      moved.paidFen += fen;
      moved.everPaidFen += fen;
      post('spent', 'source', fen);
    };
    const claim = (moved: Moved, fen: Fen, percent: bigint): void => {
      const granted = (fen * percent) / 100n;
      moved.shortfallFen += fen - granted;
      pay(moved, granted);
    };
    const bill = (moved: Moved, fen: Fen): void => {
      moved.settledFen -= fen;
      post('billed', 'levied', fen);
    };
    let [contractFen, supplementedFen] = [0n, 0n];
    for (const [at, { entitled, disputed, given: percent, isDone, nextDue }] of steps.entries()) {
      if (at === 0) {
        for (const [index, party] of parties.entries()) {
          if (entitled[index] > 0n) claim(stands.get(party)!, entitled[index], percent);
          else bill(stands.get(party)!, -entitled[index]);
        }
        contractFen = sumFen(entitled.map((fen) => (fen > 0n ? fen : 0n)));
        continue;
      }
      const standings = parties.map((party, index) => {
        const { settledFen, shortfallFen, paidFen } = stands.get(party)!;
        return {
          party,
          entitledFen: entitled[index],
          settledFen,
          shortfallFen,
          paidFen,
          isDisputed: party === disputed,
        };
      });
      const { lines } = decideTrueUp(read, { contractFen, supplementedFen }, standings);
      const other = decideTrueUp(read, { contractFen, supplementedFen }, standings.toReversed());
      hold(digestOfValue(other.lines) === digestOfValue(lines), 'the order of parties changes nothing');
      for (const { claimFen, billFen, clawbackFen, waitingFen, differenceFen } of lines) {
        hold(claimFen - billFen - clawbackFen + waitingFen === differenceFen, 'a line adds up to its difference');
        hold(claimFen >= 0n && billFen >= 0n && clawbackFen >= 0n, 'nothing is negative');
      }
      if (!isDone) continue; // A draft that nobody paid is replaced by the next one.
      const waiting = new Map<string, Fen>();
      for (const { party, claimFen, billFen, clawbackFen, waitingFen, cause } of lines) {
        const moved = stands.get(party)!;
        claim(moved, claimFen, percent);
        bill(moved, billFen);
        moved.settledFen -= clawbackFen;
        moved.paidFen -= clawbackFen;
        moved.everClawedFen += clawbackFen;
        post('clawback', 'spent', clawbackFen);
        if (waitingFen !== 0n && cause !== 'disputed' && cause !== 'none') waiting.set(party, waitingFen);
        supplementedFen += claimFen;
      }
      const due = new Map(parties.map((one, index) => [one, nextDue?.[index] ?? 0n]));
      for (const { party, takenFen } of nextDue ? takeEntries(waiting, due) : []) {
        stands.get(party)!.settledFen += takenFen;
        waiting.set(party, waiting.get(party)! - takenFen);
      }
      for (const [index, party] of parties.entries()) {
        const { settledFen, shortfallFen, paidFen, everClawedFen, everPaidFen } = stands.get(party)!;
        const held = lines.find((line) => line.party === party && (line.cause === 'disputed' || line.cause === 'none'));
        const reached = settledFen + (waiting.get(party) ?? 0n) + (held?.waitingFen ?? 0n);
        hold(reached <= entitled[index], 'nobody has more than the last vintage entitles to');
        hold(reached >= entitled[index] - shortfallFen, 'nobody has less, save what the fund did not have');
        hold(paidFen >= 0n && everClawedFen <= everPaidFen, 'no more is clawed back than was paid');
      }
      if (read.supplementLimit) {
        const { numerator, denominator } = read.supplementLimit;
        hold(supplementedFen * denominator <= numerator * contractFen, 'supplements stay within the limit');
      }
      hold(sumFen(book.values()) === 0n, 'the book balances');
    }
  });
  fc.assert(property, { seed, numRuns, verbose: 1 });
});
