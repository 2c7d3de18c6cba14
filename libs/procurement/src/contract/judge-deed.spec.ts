/** Facts of deeds: what lacks is named, the bond is at most a tenth, the invoice is for the contract, users take part. */
import type { ContractDeed, DeedFacts } from './contract';
import type { ContractAct } from './contract-table';
import { judgeDeed } from './judge-deed';

let deeds: ContractDeed[] = [];
const did = (act: string, facts: DeedFacts = {}, on = '2026-02-01'): void => {
  const of = { documentDigest: null, by: 'p', byName: 'P', at: new Date(0) };
  deeds = [...deeds, { no: deeds.length + 1, act, on, facts, ...of }];
};
const refusal = (act: ContractAct, facts: DeedFacts = {}, documentDigest: string | null = null): string => {
  try {
    judgeDeed('dajun-2025', deeds, { act, on: '2026-03-01', facts, documentDigest });
    return '';
  } catch (error) {
    return (error as { text: { en: string } }).text.en;
  }
};
beforeEach(() => {
  deeds = [];
  did('budget', { line: '1', amountFen: '1000' });
  did('measure', { settlementId: 's', dueFen: '1000' });
});

it('names every fact that is lacking, and every one that has no use', () => {
  expect(refusal('budget', { amountFen: '12.5', where: 'x' })).toMatch(
    /line is lacking: budget line.*no use for where.*whole fen/,
  );
  expect(refusal('certify', {})).toBe('');
});

it('reserves no more than the budget line, and nothing where nothing is due', () => {
  expect(refusal('reserve')).toBe('');
  did('return', {}, '2026-02-02');
  did('budget', { line: '1', amountFen: '999' });
  did('measure', { settlementId: 's2', dueFen: '1000' });
  expect(refusal('reserve')).toMatch(/10.00 yuan are due and the budget line has 9.99/);
  expect(refusal('conclude')).toMatch(/so the purchase goes on/);
  did('return');
  did('measure', { settlementId: 's3', dueFen: '0' });
  expect(refusal('reserve')).toMatch(/nothing to pay/);
  expect(refusal('conclude')).toBe('');
});

it('holds bond and invoice to the amount that the fund granted', () => {
  did('reserve', { grantedFen: '905', shortfallFen: '95' });
  const paper = 'a'.repeat(64);
  expect(refusal('sign', { bondFen: '91' }, paper)).toMatch(/at most a tenth.*0.90 yuan/);
  expect(refusal('sign', { bondFen: '90' }, paper)).toBe('');
  expect(refusal('sign', { bondFen: '90' })).toMatch(/SHA-256 of the paper/);
  did('sign', { bondFen: '0' }, '2026-02-20');
  const invoice = { number: '12345678', amountFen: '905', issuedOn: '2026-02-20' };
  expect(refusal('invoice', invoice)).toBe('');
  expect(refusal('invoice', { ...invoice, amountFen: '1000' })).toMatch(/9.05 yuan/);
  expect(refusal('invoice', { ...invoice, issuedOn: '2026-02-19' })).toMatch(/before the contract was signed/);
  expect(refusal('invoice', { ...invoice, issuedOn: '2026-03-02' })).toMatch(/2026-03-01 or before/);
});

it('accepts nothing without users', () => {
  const facts = { opinions: 'good', where: 'https://example.cn', users: '0' };
  expect(refusal('accept', facts, 'a'.repeat(64))).toMatch(/users take part/);
  expect(refusal('accept', { ...facts, users: '2' }, 'a'.repeat(64))).toBe('');
});
