/** Tables of steps: what is wrong with one is told, and a step is refused for the state, the role, the person and the reason. */
import type { DomainError } from '@gep/kernel';
import { StepRefused } from '../errors';
import { nextSteps } from './next-steps';
import { judgeStep, possibleActs, tableFaults, type StepFacts, type StepTable, type TakenStep } from './step-table';

type State = 'prepared' | 'approved' | 'paid';
type Act = 'approve' | 'pay' | 'return';
const name = (en: string) => ({ zh: en, en });
const sound: StepTable<State, Act> = {
  kind: 'sample',
  name: { zh: '样本', en: 'sample' },
  first: 'prepared',
  rows: [
    { act: 'approve', from: ['prepared'], to: 'approved', permission: 'settlement.approve', apartFrom: ['open'] },
    { act: 'pay', from: ['approved'], to: 'paid', apartFrom: ['open', 'approve'] },
    { act: 'return', from: ['approved'], to: 'prepared', reasonNeeded: true },
  ],
  nameOfState: { prepared: name('prepared'), approved: name('approved'), paid: name('paid') },
  nameOfAct: { approve: name('approve'), pay: name('pay'), return: name('return') },
};
const changed = (more: Partial<Record<keyof typeof sound, unknown>>) => ({ ...sound, ...more }) as typeof sound;

it('finds no fault with a sound table', () => {
  expect(tableFaults(sound)).toEqual([]);
  expect(possibleActs(sound, 'approved')).toEqual(['pay', 'return']);
});

it.each<[string, Partial<Record<keyof typeof sound, unknown>>, string]>([
  [
    'an act that leads two ways',
    { rows: [...sound.rows, { ...sound.rows[0], to: 'paid' }] },
    'two ways: prepared approve',
  ],
  [
    'a state that nothing leads to',
    { nameOfState: { ...sound.nameOfState, lost: name('lost') } },
    'never reached: lost',
  ],
  ['a dead act', { nameOfAct: { ...sound.nameOfAct, wave: name('wave') } }, 'dead act: wave'],
  ['an act without a name', { nameOfAct: { approve: name('a'), return: name('r') } }, 'no name: pay'],
  ['no end', { rows: [...sound.rows, { act: 'return', from: ['paid'], to: 'prepared' }] }, 'no end'],
  ['a first state without a name', { first: 'begun' }, 'no name: begun'],
  [
    'a state that leads to no end',
    {
      rows: [
        ...sound.rows,
        { act: 'return', from: ['prepared'], to: 'stuck' },
        { act: 'pay', from: ['stuck'], to: 'stuck' },
      ],
      nameOfState: { ...sound.nameOfState, stuck: name('stuck') },
    },
    'no way to an end: stuck',
  ],
  [
    'persons apart from an act that is none',
    { rows: sound.rows.map((row) => ({ ...row, apartFrom: ['sign'] })) },
    'apart from an unknown act: sign',
  ],
])('tells of %s', (_what, more, fault) => {
  expect(tableFaults(changed(more))).toContain(fault);
});

const step = (no: number, act: string, actorId: string): TakenStep => ({
  ...{
    no,
    act,
    actorId,
    actorName: actorId,
    from: null,
    to: 'prepared',
    at: new Date(0),
    reason: null,
    documentDigest: null,
  },
});
const facts = (actorId: string, more: Partial<StepFacts> = {}): StepFacts => ({
  ...{ subject: { kind: 'sample', id: 'x' }, actorId, actorName: actorId, holds: () => true, reason: 'as agreed' },
  ...{ steps: [step(1, 'open', 'a'), step(2, 'approve', 'b')], ...more },
});
const refusal = (state: State, act: Act, of: StepFacts): string => {
  try {
    return judgeStep(sound, state, act, of).to;
  } catch (error) {
    if (error instanceof StepRefused) return error.code;
    throw error;
  }
};

it.each<[string, State, Act, StepFacts, string]>([
  ['somebody else', 'approved', 'pay', facts('c'), 'paid'],
  ['whoever approved', 'approved', 'pay', facts('b'), 'procedure.same-person'],
  ['whoever opened', 'approved', 'pay', facts('a'), 'procedure.same-person'],
  ['whoever approved, returning', 'approved', 'return', facts('b'), 'prepared'],
  ['without a reason', 'approved', 'return', facts('b', { reason: ' no ' }), 'procedure.reason-missing'],
  ['in another state', 'prepared', 'pay', facts('c'), 'procedure.not-now'],
  ['at the end', 'paid', 'pay', facts('c'), 'procedure.not-now'],
  ['without the permission', 'prepared', 'approve', facts('c', { holds: () => false }), 'procedure.not-yours'],
])('judges a step by %s', (_what, state, act, of, expected) => {
  expect(refusal(state, act, of)).toBe(expected);
});

it('tells a wrong step by code, kind, names and verbs, in Beijing time', () => {
  const told = (state: State, act: Act, of: StepFacts): DomainError => {
    try {
      judgeStep({ ...sound, verbs: { return: 'decide return' } }, state, act, of);
    } catch (error) {
      return error as DomainError;
    }
    throw new Error('not refused');
  };
  const subject = { kind: 'sample', id: '0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10', code: 'my-2024' };
  const { text, facts: said } = told('approved', 'approve', facts('c', { subject }));
  expect(text.zh).toBe(
    '样本 my-2024 现为“approved”（b 于北京时间 1970-01-01 08:00:00 approve），不能approve；' +
      '此时可以：pay（`pay`）、return（`decide return`）。查看：gep procedure show sample my-2024 · ' +
      'GET /api/v1/procedures/sample/0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10',
  );
  expect(text.en).toContain('sample my-2024 is "approved"');
  expect(said).toMatchObject({ kind: 'sample', id: subject.id, possible: ['pay', 'return'] });
  expect(told('approved', 'pay', facts('b', { subject })).text.en).toContain('has done "approve" on sample my-2024');
});

it('tells what comes next, by whom and by whom not; what takes no permission is done by nobody directly', () => {
  const steps = [
    { act: 'open', actorName: 'Ann' },
    { act: 'approve', actorName: 'Bo' },
    { act: 'open', actorName: 'Ann' },
  ];
  expect(nextSteps(sound, 'prepared', steps)).toMatchObject([
    { act: 'approve', permission: 'settlement.approve', notBy: ['Ann'], reasonNeeded: false },
  ]);
  expect(nextSteps(sound, 'approved', steps)).toEqual([]);
  expect(nextSteps(sound, 'approved', steps, { pay: 'settlement.pay', return: 'settlement.confirm' })).toMatchObject([
    { act: 'pay', notBy: ['Ann', 'Bo'] },
    { act: 'return', notBy: [], reasonNeeded: true },
  ]);
  expect(nextSteps(sound, 'paid', steps, { pay: 'settlement.pay' })).toEqual([]);
});
