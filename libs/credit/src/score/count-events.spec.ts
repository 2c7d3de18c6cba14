/** Scores of random histories are what the rule says, written down a second time without speed; order and what has expired do not matter. */
import fc from 'fast-check';
import { Fraction } from '@gep/kernel';
import type { CreditBehaviour, CreditCatalogue } from '@gep/rulebook';
import { addMonths, dayNumber, dayText } from './calendar-day';
import { countEvents } from './count-events';
import { explainScore, type ScoredEvent } from './explain-score';
import { makeScorer, type CreditEdition } from './scorer';

const asOf = '2026-03-01';
const named = { zh: '行为', en: 'behaviour' };
const behaviour = (code: string, points: string, more: Partial<CreditBehaviour> = {}): CreditBehaviour => ({
  ...{
    code,
    name: named,
    subjects: ['person'],
    points: Fraction.parse(points)!,
    decay: [Fraction.one],
    severity: 'ordinary',
  },
  ...{ evidence: [], source: 'a', grade: 'published', ...more },
});
const catalogue = (behaviours: readonly CreditBehaviour[], more: Partial<CreditCatalogue> = {}): CreditCatalogue => ({
  ...{ base: Fraction.of(100n), behaviours, grades: [], measures: [], counts: [], unverified: [], ...more },
});
const parts = (...texts: string[]): Fraction[] => texts.map((text) => Fraction.parse(text)!);

const early: CreditEdition = {
  edition: 'early',
  catalogue: catalogue([
    behaviour('sorting', '1', { yearlyCap: Fraction.of(6n), years: 3 }),
    behaviour('project', '7.5', { decay: parts('1', '0.5', '0.25') }),
    behaviour('discharge', '-3', { years: 5, yearlyCap: Fraction.parse('7.5')! }),
  ]),
};
const late: CreditEdition = {
  edition: 'late',
  catalogue: catalogue(
    [
      behaviour('sorting', '0.5', { yearlyCap: Fraction.of(4n), decay: parts('1', '0.7') }),
      behaviour('discharge', '-4', { years: 2, decay: parts('1', '0.9') }),
    ],
    {
      ...{ lowest: Fraction.of(60n), highest: Fraction.of(130n) },
      grades: [
        { code: 'B', name: named, from: Fraction.of(80n) },
        { code: 'A', name: named, from: Fraction.of(110n) },
      ],
    },
  ),
};
const scorer = makeScorer(late, [early]);

const event = fc
  .tuple(
    fc.constantFrom(
      ...([
        ['early', 'sorting'],
        ['early', 'project'],
        ['early', 'discharge'],
        ['late', 'sorting'],
        ['late', 'discharge'],
      ] as const),
    ),
    fc.integer({ min: dayNumber('2019-01-01'), max: dayNumber('2026-06-01') }),
    fc.integer({ min: 1, max: 5 }),
    fc.constantFrom('effective', 'effective', 'effective', 'confirmed', 'voided', 'repaired', 'returned', 'reported'),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([[edition, code], day, times, state, paused]): Omit<ScoredEvent, 'id'> => ({
    ...{ edition, behaviour: code, times, day: dayText(day), paused: paused === 0 },
    ...{ state: state as ScoredEvent['state'], effectiveFrom: state === 'effective' ? dayText(day) : null },
  }));
const history = fc.array(event, { maxLength: 14 }).map((all) => all.map((one, at) => ({ ...one, id: `e${at}` })));

/** The rule once more, one event after the other, in parts of a 360th. */
function ruleOf(events: readonly ScoredEvent[]): number {
  const live = events.filter(({ state, paused, day, edition, behaviour: code, effectiveFrom }) => {
    if (state !== 'effective' || paused || effectiveFrom! > asOf || day > asOf) return false;
    const { years } = itemOf.get(`${edition} ${code}`)!;
    return years === undefined || addMonths(dayNumber(day), years * 12) >= dayNumber(asOf);
  });
  const place = (one: ScoredEvent): string => `${one.day} ${order.indexOf(`${one.edition} ${one.behaviour}`)}`;
  const used = new Map<string, number>();
  let score = 100 * 360;
  for (const one of live.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))) {
    const { points, cap, decay } = itemOf.get(`${one.edition} ${one.behaviour}`)!;
    const key = `${one.behaviour} ${one.day.slice(0, 4)}`;
    const before = used.get(key) ?? 0;
    const size = Math.min(Math.abs(points) * one.times, Math.max(cap - before, 0));
    used.set(key, before + size);
    let age = 0;
    while (addMonths(dayNumber(one.day), (age + 1) * 12) < dayNumber(asOf)) age++;
    score += Math.round(Math.sign(points) * size * decay[Math.min(age, decay.length - 1)] * 360);
  }
  return Math.min(Math.max(score, 60 * 360), 130 * 360);
}
const order = ['late sorting', 'late discharge', 'early sorting', 'early project', 'early discharge'];
const itemOf = new Map(
  [early, late].flatMap(({ edition, catalogue: { behaviours } }) =>
    behaviours.map(({ code, points, yearlyCap, decay, years }) => [
      `${edition} ${code}`,
      {
        points: points!.toNumber(),
        cap: yearlyCap?.toNumber() ?? Infinity,
        decay: decay.map((part) => part.toNumber()),
        years,
      },
    ]),
  ),
);

/** Columns of the entries that count, subject after subject. */
function columnsOf(histories: readonly (readonly ScoredEvent[])[]) {
  const live = histories.map((events) =>
    events.filter(({ state, paused, effectiveFrom }) => state === 'effective' && !paused && effectiveFrom! <= asOf),
  );
  const starts = new Int32Array(live.length + 1);
  live.forEach((events, at) => (starts[at + 1] = starts[at] + events.length));
  const flat = live.flat();
  return {
    starts,
    rows: Int32Array.from(flat, (one) => scorer.rowOf(one.edition, one.behaviour)!),
    days: Int32Array.from(flat, ({ day }) => dayNumber(day)),
    times: Int32Array.from(flat, ({ times }) => times),
  };
}

/** Numbers below `most`, the same for the same seed; a hundred thousand histories are too many for an arbitrary each. */
function chance(seed: number): (most: number) => number {
  let state = seed | 0;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}
const items = [early, late].flatMap(({ edition, catalogue: { behaviours } }) =>
  behaviours.map(({ code }) => [edition, code]),
);
const states: readonly ScoredEvent['state'][] = [
  ...(['effective', 'effective', 'effective', 'confirmed', 'voided', 'repaired', 'returned', 'reported'] as const),
];
const [firstDay, days] = [dayNumber('2019-01-01'), 2700];
function historyOf(next: (most: number) => number): ScoredEvent[] {
  return Array.from({ length: next(15) }, (_, at): ScoredEvent => {
    const [edition, code] = items[next(items.length)];
    const [day, state] = [dayText(firstDay + next(days)), states[next(states.length)]];
    const effectiveFrom = state === 'effective' ? day : null;
    return {
      id: `e${at}`,
      edition,
      behaviour: code,
      day,
      state,
      effectiveFrom,
      times: 1 + next(5),
      paused: next(10) === 0,
    };
  });
}

it('gives each of 100,000 random histories the score that the rule says, counted together and one by one', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const next = chance(seed);
      const histories = Array.from({ length: 1000 }, () => historyOf(next));
      const right = histories.map(ruleOf);
      const together = countEvents(scorer, columnsOf(histories), dayNumber(asOf));
      expect(Array.from(together, (scaled) => (scaled * 360) / scorer.scale)).toEqual(right);
      const explained = histories.slice(0, 20).map((events) => explainScore(scorer, events, asOf));
      expect(explained.map(({ score }) => Fraction.parse(score)!.toNumber())).toEqual(
        right.slice(0, 20).map((one) => one / 360),
      );
      const closed = explained.filter(({ lines, base, bounded, score }) => {
        const sum = lines.reduce((total, { counted }) => total.plus(Fraction.parse(counted)!), Fraction.parse(base)!);
        return bounded || sum.toExactText() === score;
      });
      expect(closed).toHaveLength(explained.length);
    }),
    { numRuns: 100 },
  );
});

it('does not care in which order entries arrived, nor about entries that expired or do not count', () => {
  fc.assert(
    fc.property(history, fc.func(fc.integer()), (events, keyOf) => {
      const explained = explainScore(scorer, events, asOf);
      const shuffled = events.toSorted((a, b) => keyOf(a.id) - keyOf(b.id));
      expect(explainScore(scorer, shuffled, asOf).score).toBe(explained.score);
      const silent = new Set(
        explained.lines
          .filter(({ reasons: [reason] }) => !['counted', 'capped', 'cap-reached'].includes(reason))
          .map(({ event: id }) => id),
      );
      expect(
        explainScore(
          scorer,
          events.filter(({ id }) => !silent.has(id)),
          asOf,
        ).score,
      ).toBe(explained.score);
    }),
  );
});

it('gives grades by the table of the day, and a reason to every entry', () => {
  const one = (id: string, more: Partial<ScoredEvent>): ScoredEvent => ({
    ...{ id, edition: 'early', behaviour: 'sorting', day: '2025-06-01', times: 1, state: 'effective', paused: false },
    ...{ effectiveFrom: '2025-06-01', ...more },
  });
  const { score, grade, lines, base } = explainScore(
    scorer,
    [
      one('capped', { times: 9 }),
      one('reached', { day: '2025-07-01' }),
      one('decayed', { behaviour: 'project', day: '2024-02-01' }),
      one('last day', { behaviour: 'discharge', day: '2021-03-01' }),
      one('expired', { behaviour: 'discharge', day: '2021-02-28' }),
      one('paused', { behaviour: 'discharge', paused: true }),
      one('noticed', { behaviour: 'discharge', effectiveFrom: '2026-03-02' }),
      one('voided', { state: 'voided' }),
    ],
    asOf,
  );
  expect(
    Object.fromEntries(lines.map(({ event: id, counted, reasons }) => [id, `${counted} ${reasons.join(' ')}`])),
  ).toEqual({
    capped: '6 capped',
    reached: '0 cap-reached',
    decayed: '1.875 counted decayed',
    'last day': '-3 counted',
    expired: '0 expired',
    paused: '0 paused',
    noticed: '0 not-yet',
    voided: '0 voided',
  });
  expect([base, score, grade]).toEqual(['100', '104.875', 'B']);
});

it('refuses a catalogue whose numbers have no whole scale', () => {
  const fine = catalogue([behaviour('a', '1/7')]);
  expect(() => makeScorer({ edition: 'fine', catalogue: fine }, [])).toThrow('too fine');
});
