/** Appeals in any order of deeds by anybody: no state is skipped, an end stays one, and nobody judges what is their own. */
import * as fc from 'fast-check';
import { StepRefused } from '../errors';
import type { Officer } from '../officer';
import { placeOfHousehold } from '../publication/publication-rule';
import { judgeStep, possibleActs, tableFaults, type TakenStep } from '../step/step-table';
import {
  complaintFrom,
  complaintTooEarly,
  decisionDocument,
  lackingPermission,
  speaksFor,
  superiorOf,
  type Appeal,
} from './appeal';
import { appealActs, appealTable, isOutcome, type AppealAct, type AppealState } from './appeal-table';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const numRuns = process.env['GEP_MANY_CASES'] ? 100_000 : 300;
const [party, city, province] = ['CN.99.9901.990101', 'CN.99.9901', 'CN.99'];

it('has a sound table', () => {
  expect(tableFaults(appealTable)).toEqual([]);
});

const places = { territoryPath: party, respondentPath: city, superiorPath: superiorOf(party, city) };
const officer = (id: string, held: Readonly<Record<string, readonly string[]>>): Officer => ({
  ...{ id, name: id, scope: ['CN'], permissions: new Map(Object.entries(held)) },
});
const people = [
  officer('party', { 'appeal.file': [party] }),
  officer('administrator', { 'settlement.prepare': [city] }),
  officer('judge', { 'appeal.decide': [city] }),
  officer('above', { 'appeal.decide': [province] }),
  officer('neighbour', { 'appeal.decide': ['CN.99.9902'], 'appeal.file': ['CN.99.9902'] }),
  officer('everything', { 'appeal.decide': ['CN'], 'appeal.file': ['CN'], 'settlement.prepare': ['CN'] }),
];

it('keeps to its table and to persons apart, whatever is tried in whatever order', () => {
  const tries = fc.array(fc.tuple(fc.constantFrom(...appealActs), fc.constantFrom(...people)), { maxLength: 40 });
  fc.assert(
    fc.property(fc.constantFrom(people[0], people[5]), tries, (filer, deeds) => {
      const steps: TakenStep[] = [];
      const taken = (act: string, by: Officer, from: AppealState | null, to: AppealState) =>
        steps.push({
          ...{ no: steps.length + 1, act, from, to, actorId: by.id, actorName: by.name, at: new Date(0) },
          ...{ reason: 'as it is', documentDigest: null },
        });
      taken('open', filer, null, 'queried');
      for (const [act, by] of deeds) {
        const state = steps.at(-1)!.to as AppealState;
        if (lackingPermission(by, act, places) !== undefined) continue;
        try {
          const facts = { subject: { kind: 'appeal', id: 'x' }, actorId: by.id, actorName: by.name, holds: () => true };
          const { to } = judgeStep(appealTable, state, act, { ...facts, steps, reason: 'as it is' });
          taken(act, by, state, to);
        } catch (error) {
          if (!(error instanceof StepRefused)) throw error;
        }
      }
      const by = (...acts: string[]) => steps.filter(({ act }) => acts.includes(act)).map(({ actorId }) => actorId);
      const deciders = by('uphold', 'uphold-partly', 'reject', 'pause', 'inspect');
      expect(by('open', 'reply', 'complain').filter((id) => deciders.includes(id))).toEqual([]);
      expect(by('reply', 'admit').filter((id) => id === filer.id)).toEqual([]);
      expect([...deciders, ...by('reply', 'complain', 'withdraw')]).not.toContain('neighbour');
      expect(by('lapse')).toEqual([]);
      for (const [at, { from, to }] of steps.entries()) {
        expect(from).toBe(at === 0 ? null : steps[at - 1].to);
        if (isOutcome(to)) expect(at).toBe(steps.length - 1);
      }
      if (by('uphold', 'uphold-partly', 'reject').length > 0) expect(by('complain')).toHaveLength(1);
    }),
    { seed, numRuns },
  );
});

it.each<[AppealState, readonly AppealAct[]]>([
  ['queried', ['reply', 'admit', 'complain', 'withdraw']],
  ['replied', ['complain', 'withdraw', 'lapse']],
  ['upheld', []],
])('in state %s there may be done %j', (state, acts) => {
  expect(possibleActs(appealTable, state)).toEqual(acts);
});

it('lies with the lowest territory above both', () => {
  expect(superiorOf(party, city)).toBe(city);
  expect(superiorOf(party, 'CN.99.9902.990201')).toBe(province);
  expect(superiorOf('CN.34.3410', 'CN.33.3301')).toBe('CN');
  expect(superiorOf('CN.99.99', 'CN.99.9901')).toBe(province);
});

it('counts the time to complain from the end of the time to reply, or from a later reply', () => {
  expect(complaintFrom('2025-06-12', '2025-06-05')).toBe('2025-06-12');
  expect(complaintFrom('2025-06-12', '2025-06-20')).toBe('2025-06-20');
  expect(complaintFrom('2025-06-12', null)).toBe('2025-06-12');
  expect(complaintTooEarly('queried', '2025-06-12', '2025-06-12')).toBeDefined();
  expect(complaintTooEarly('queried', '2025-06-12', '2025-06-13')).toBeUndefined();
  expect(complaintTooEarly('replied', '2025-06-12', '2025-06-05')).toBeUndefined();
});

it.each([
  ['990101', true],
  ['company:fir', true],
  ['990102', false],
])('%s speaks for itself there: %s', (name, expected) => {
  expect(speaksFor(name, party)).toBe(expected);
});

it('names no household in what is published of a decision', () => {
  const appeal = {
    ...{ id: 'a', subject: { kind: 'dividend', id: 'd' }, figure: '', shownFen: 100n, party: '990101', ...places },
    ...{
      shownDigest: null,
      knownOn: '',
      filedOn: '',
      grounds: '',
      filedByName: '',
      state: 'complained',
      outcome: null,
    },
    pausedUntil: null,
  } as const satisfies Appeal;
  const told = (more: Partial<Appeal>) =>
    decisionDocument({ ...appeal, ...more }, 'upheld', { reason: 'so', on: '2025-06-12' });
  expect(told({})).toMatchObject({ party: '990101', shownFen: 100n, reason: 'so' });
  for (const more of [{ party: 'owner:7' }, { figure: 'owner:7' }]) {
    expect(placeOfHousehold(told(more))).toBeUndefined();
    expect(told(more)).not.toHaveProperty('reason');
  }
  expect(placeOfHousehold({ lines: [{ to: 'company:a' }, { to: 'owner:7' }] })).toBe('/lines/1/to');
  expect(placeOfHousehold({ 'owner:7': '100' })).toBe('/owner:7');
});
