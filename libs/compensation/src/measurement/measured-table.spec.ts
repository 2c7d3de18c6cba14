/** Measurements: nobody measures themselves, and what is missing is what the agreement says and nothing else. */
import type { AgreementTerms, MeasuredInput } from '../agreement/agreement-terms';
import { DeedNotAgreed } from '../errors';
import { type ApprovedTable, measuredTable, requireIndependent, requireRows } from './measured-table';

const terms = (input: Partial<MeasuredInput> = {}): AgreementTerms =>
  ({
    code: 'air',
    parties: [
      { code: 'province', role: 'payer', place: '990000', units: [], rule: 'province' },
      { code: 'a', role: 'receiver', place: '990100', units: ['990100'], rule: null },
      { code: 'b', role: 'receiver', place: '990200', units: ['990200'], rule: null },
    ],
    input: { kind: 'measured', missing: 'refuse', fault: {}, joint: false, yearsBefore: 0, ...input },
  }) as unknown as AgreementTerms;

const table = (period: string, rows: readonly (readonly (string | number | null)[])[]): ApprovedTable => ({
  ...{ id: period, period, header: ['unit', 'period', 'score'], rows },
});
const source = { suppliedBy: 'Ecology bureau', supplierPlace: null, sampledWith: null };

it('takes no figure of the assessed unit itself, unless the other side sampled with it', () => {
  expect(() => requireIndependent(terms(), { ...source, supplierPlace: '990100' })).toThrow(DeedNotAgreed);
  requireIndependent(terms(), { ...source, supplierPlace: '990000' });
  requireIndependent(terms(), { ...source, supplierPlace: '990100', sampledWith: 'province' });
  expect(() => requireIndependent(terms({ joint: true }), source)).toThrow('joint sampling');
  requireIndependent(terms({ joint: true }), { ...source, sampledWith: 'b' });
});

it('asks for columns of unit and period and a row of the period', () => {
  requireRows(terms(), { header: ['单位代码', '年度', 'x'], rows: [['990100', 2025, 1]] }, '2025');
  requireRows(terms(), { header: ['unit', 'month'], rows: [['990100', '2025-03']] }, '2025');
  expect(() => requireRows(terms(), { header: ['unit', 'x'], rows: [['990100', 1]] }, '2025')).toThrow(DeedNotAgreed);
  expect(() => requireRows(terms(), { header: ['unit', 'period'], rows: [['990100', '2024']] }, '2025')).toThrow(
    'no row of 2025',
  );
});

it('puts in the place of missing data what the agreement says, and marks it', () => {
  const earlier = table('2024', [
    ['990100', '2024-01', 90],
    ['990100', '2024-02', 91],
    ['990200', '2024-01', 80],
  ]);
  const now = table('2025', [['990200', '2025-01', 85]]);
  expect(() => measuredTable(terms(), '2025', [now, earlier])).toThrow('no measurement of 990100');
  expect(measuredTable(terms({ missing: 'last-approved' }), '2025', [now, earlier])).toEqual({
    header: ['unit', 'period', 'score'],
    rows: [
      ['990200', '2025-01', 85],
      ['990100', '2025-01', 90],
      ['990100', '2025-02', 91],
    ],
    standIns: [{ unit: '990100', way: 'last-approved', from: '2024' }],
  });
  expect(() => measuredTable(terms({ missing: 'last-approved' }), '2025', [now])).toThrow('nor any approved before');
  expect(measuredTable(terms({ missing: 'own-fault', fault: { score: '0' } }), '2025', [])).toEqual({
    header: ['unit', 'period', 'score'],
    rows: [
      ['990100', '2025', '0'],
      ['990200', '2025', '0'],
    ],
    standIns: [
      { unit: '990100', way: 'own-fault', from: null },
      { unit: '990200', way: 'own-fault', from: null },
    ],
  });
});

it('keeps the rows of years that the rule looks back at, and of later tables none', () => {
  const tables = [2023, 2024, 2025, 2026].map((year) =>
    table(String(year), [
      ['990100', String(year), year],
      ['990200', String(year), 1],
    ]),
  );
  const found = measuredTable(terms({ yearsBefore: 1 }), '2025', tables);
  expect(found.rows.map(([unit, period]) => `${unit} ${period}`)).toEqual([
    '990100 2024',
    '990200 2024',
    '990100 2025',
    '990200 2025',
  ]);
  expect(found.standIns).toEqual([]);
});
