/** Agreements: the example of the README, every fault at its place, who decides disputes, and state machines that end. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tableFaults } from '@gep/procedure';
import { breachSteps } from '../breach/breach-steps';
import { cycleSteps } from '../cycle/cycle-steps';
import { partiesOf, planAdvance, settlementCode, withCarried } from '../cycle/draft-settlement';
import { AgreementRefused, DeedNotAgreed } from '../errors';
import { measurementSteps } from '../measurement/measurement-steps';
import { agreementSteps } from './agreement-steps';
import { sharedSuperior } from './shared-superior';
import { readAgreement } from './read-agreement';

const readme = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
const example = /```yaml\n([\s\S]*?)```/.exec(readme)![1];

const faultsOf = (text: string): string[] => {
  try {
    readAgreement(text);
  } catch (error) {
    if (error instanceof AgreementRefused) return error.problems.map((problem) => problem.path);
    throw error;
  }
  return [];
};

it('reads the agreement of the README', () => {
  const terms = readAgreement(example);
  expect(terms).toMatchObject({
    ...{ code: 'river-2025', place: '990100', policy: { id: 'gep-share', edition: '' }, carryInto: 'pool' },
    parties: [
      { code: 'city', rule: 'fund', units: [], book: 'fund:river' },
      { code: 'county-a', rule: null, units: ['990101'], book: '990101' },
      { code: 'county-b', units: ['990102'] },
    ],
    advances: [
      { by: 'amounts', amounts: { '990101': '200000' } },
      { by: 'share', share: '0.3' },
    ],
    trueUp: { way: 'supplement', supplementLimit: '0.1', least: '100' },
  });
  expect(readAgreement(JSON.stringify(terms))).toEqual({ ...terms, policy: { id: 'gep-share', edition: '' } });
});

it('tells every fault at its place, and what contradicts itself', () => {
  expect(faultsOf('code: Big River\nplaec: x\n')).toEqual(
    expect.arrayContaining([
      'plaec',
      'code',
      'title.zh',
      'title.en',
      'place',
      'term.from',
      'policy.id',
      'fund.code',
      'input.kind',
    ]),
  );
  const broken = (from: string | RegExp, to: string): string[] => faultsOf(example.replace(from, to));
  expect(broken('2027-12-31', '2024-12-31')).toEqual(['term']);
  expect(broken('role: payer', 'role: receiver')).toEqual(['parties']);
  expect(broken("'990102', name", "'990101', name")).toEqual(['parties', 'parties']);
  expect(broken('party: county-a', 'party: county-z')).toEqual(['duties[0].party']);
  expect(broken("book: 'fund:river'", "book: 'fund:lake'")).toEqual(['parties[0].book']);
  expect(broken('share: 30%', 'share: 130%')).toEqual(['advances[1].share']);
  expect(broken("'990102': 100000", "'990103': 100000")).toEqual(['parties']);
  expect(faultsOf('a: [1')).toEqual(['']);
});

it('names the common superior of the governments that are parties', () => {
  expect(sharedSuperior(['CN.34.3410', 'CN.33.3301'])).toBe('CN');
  expect(sharedSuperior(['CN.99.9901.990101', 'CN.99.9901.990102'])).toBe('CN.99.9901');
  expect(sharedSuperior(['CN.99.9901', 'CN.99.9901.990102'])).toBe('CN.99');
  expect(sharedSuperior(['CN', 'CN.99'])).toBe('CN');
  expect(sharedSuperior([])).toBeUndefined();
});

it('has state machines in which every state is reached and every way ends', () => {
  expect(
    [agreementSteps, cycleSteps, measurementSteps, breachSteps].flatMap((table) => tableFaults(table as never)),
  ).toEqual([]);
});

it('plans advances, parties and what is carried from the terms', () => {
  const terms = readAgreement(example);
  expect(partiesOf(terms)).toEqual({
    parties: { agreementFund: 'fund:river', fund: 'fund:river' },
    partyOfUnit: { '990101': '990101', '990102': '990102' },
  });
  expect([...planAdvance(terms, terms.advances[0], new Map())]).toEqual([
    ['990101', '200000'],
    ['990102', '100000'],
  ]);
  expect([
    ...planAdvance(
      terms,
      terms.advances[1],
      new Map([
        ['990101', 33_335n],
        ['990102', -5n],
      ]),
    ),
  ]).toEqual([['990101', '100.01']]);
  expect(() => planAdvance(terms, terms.advances[1], new Map())).toThrow(DeedNotAgreed);
  expect(withCarried(terms, 12_34n)).toEqual({ pool: '1000012.34' });
  expect(withCarried({ ...terms, carryInto: null }, 12_34n)).toEqual({ pool: '1000000' });
  expect(() => withCarried({ ...terms, totals: {} }, 12_34n)).toThrow(DeedNotAgreed);
  expect([
    settlementCode('river', '2025-Q1', 'advance-spring', 0),
    settlementCode('river', '2025', 'result', 1),
  ]).toEqual(['river-2025-q1-advance-spring', 'river-2025-result-2']);
});
