/** A sheet reads the same as CSV and as JSON, and every fault of a row is told, whatever else is wrong with it. */
import fc from 'fast-check';
import { Fraction } from '@gep/kernel';
import type { CreditBehaviour } from '@gep/rulebook';
import { VillageSheetRefused } from '../errors';
import { digestOfSheet, isCalendarDay, judgeSheet, parseSheet, type SheetFacts, type SheetRow } from './read-sheet';

const digest = 'a'.repeat(64);
const subject = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const place = 'CN.990000.v1';
const sorting: CreditBehaviour = {
  ...{ code: 'sorting', name: { zh: '分类', en: 'Sorting' }, subjects: ['person'], points: Fraction.one },
  ...({ decay: [Fraction.one], severity: 'ordinary', evidence: [], source: 'A', grade: 'published' } as const),
};
const facts: SheetFacts = {
  ...{ today: '2026-03-20', monthEnd: '2026-03-31' },
  subjects: new Map([[subject, { kind: 'person', since: '2026-03-02', territoryPath: place }]]),
  behaviourOn: (path, day, code) =>
    path !== place || day < '2026-03-03' ? null : code === 'sorting' ? sorting : undefined,
  reported: new Set([`${subject} sorting 2026-03-19`]),
};
const row = (more: Partial<SheetRow> = {}): SheetRow => ({
  ...{ subject, behaviour: 'sorting', day: '2026-03-05', evidence: 'photograph', evidenceDigest: digest, ...more },
});
const judged = (...rows: SheetRow[]) =>
  judgeSheet({ month: '2026-03', rows }, facts).map(({ row: at, en }) => `${at} ${en}`);

it('reads CSV in any order of columns and JSON to the same rows', () => {
  const cell = fc.stringMatching(/^[a-z][a-z ,"]{0,10}[a-z]$/);
  const rows = fc.array(fc.record({ behaviour: cell, evidence: cell, times: fc.integer({ min: 1, max: 99_999 }) }), {
    minLength: 1,
    maxLength: 5,
  });
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(rows, (given) => {
      const csv = given.map((one) =>
        [digest, one.times, subject, quoted(one.evidence), quoted(one.behaviour), ''].join(','),
      );
      const json = given.map((one) => ({ ...one, subject: subject.toUpperCase(), evidenceDigest: digest, day: '' }));
      const read = parseSheet(`\ufeffevidenceDigest,times,subject,evidence,behaviour,day\r\n${csv.join('\r\n')}\r\n`);
      expect(read).toEqual(given.map((one) => ({ ...one, subject, evidenceDigest: digest })));
      expect(parseSheet(JSON.stringify({ rows: json }))).toEqual(read);
      expect(digestOfSheet({ month: '2026-03', rows: parseSheet(JSON.stringify(json)) })).toBe(
        digestOfSheet({ month: '2026-03', rows: read }),
      );
    }),
  );
});

it('refuses what is no table, another header, and numbers that are none', () => {
  for (const text of [
    '{',
    '{"rows": 1}',
    'subject,behaviour,evidence\n',
    'subject,behaviour,evidence,evidenceDigest,name\n',
    '',
  ])
    expect(() => parseSheet(text)).toThrow(VillageSheetRefused);
  expect(
    parseSheet(`subject,behaviour,evidence,evidenceDigest,times\n${subject},sorting,x,${digest},1.5`)[0].times,
  ).toBe(0);
});

it('tells every fault of every row', () => {
  expect(judged(row(), row({ day: '2026-03-04' }))).toEqual([]);
  expect(judged()).toEqual(['0 it has 1 to 5000 rows']);
  expect(judged(row({ times: 0, evidence: ' ', evidenceDigest: 'x', behaviour: 'singing' }))).toHaveLength(4);
  expect(judged(row({ day: '2026-02-28' }))).toEqual([
    expect.stringContaining('is not in 2026-03'),
    expect.stringContaining('registered since'),
    expect.stringContaining('no list is in force'),
  ]);
  expect(judged(row({ day: undefined }))).toEqual(['1 the month is not over; write the day']);
  expect(judged(row({ day: '2026-03-21' }))).toEqual(['1 the day 2026-03-21 is yet to come']);
  expect(judged(row({ day: '2026-03-19' }))).toEqual([expect.stringContaining('void it first')]);
  expect(judged(row(), row({ times: 2 }))).toEqual([expect.stringContaining('the same thing as row 1')]);
  expect(judged(row({ subject: 'somebody' }))).toEqual(['1 the village has no subject "somebody"']);
});

it('knows the days that there are', () => {
  expect(['2024-02-29', '2026-12-31'].map(isCalendarDay)).toEqual([true, true]);
  expect(['2026-02-29', '2026-02-30', '2026-13-01', '2026-3-1', ''].map(isCalendarDay)).toEqual(Array(5).fill(false));
});
