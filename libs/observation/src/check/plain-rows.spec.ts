/** Rows accepted straight from their bytes and rows read the long way give the same chunks and the same problems, for any file. */
import fc from 'fast-check';
import { UnitTable } from '@gep/kernel';
import { readCsv } from '../file/read-csv';
import { utf8Of } from '../file/decode-text';
import { ProblemList } from '../table/cell-problem';
import { ObservationVocabulary } from '../table/vocabulary';
import { CheckOutcome, checkTables } from './check-tables';
import { PlainRows } from './plain-rows';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const units = new UnitTable([
  { code: 'm', base: 'length' },
  { code: 'hm2', is: '10000 m2' },
  { code: 'mu', is: '10000/15 m2', aliases: ['亩'] },
  { code: 'mm', is: '1/1000 m' },
]);
const vocabulary: ObservationVocabulary = {
  units,
  types: [
    { code: 'forestLand', aliases: ['林地', 'Forest land', 'Aa'] },
    { code: 'dryland', aliases: ['旱地', 'BB'] },
  ],
  attributes: [
    { code: 'area', unit: units.parse('hm2'), aliases: ['面积'], required: true },
    { code: 'rain', unit: units.parse('mm'), aliases: ['降水量'], required: false, min: -50, max: 5000 },
    { code: 'slope', unit: units.parse('1'), aliases: [], required: true },
  ],
  series: [],
  products: [],
};

/** @param long whether the bytes are hidden from the check, so that every row is read the long way */
function check(bytes: Uint8Array, long: boolean): CheckOutcome {
  const problems = new ProblemList();
  const { bytes: source, ...table } = readCsv(utf8Of(bytes)!, { sheet: 'extent.csv' }, problems);
  const outcome = checkTables([long ? table : { ...table, bytes: source }], vocabulary, problems);
  for (const { chunk } of outcome.accepted) expect(chunk.patchIds?.length ?? chunk.rows).toBe(chunk.rows);
  return outcome;
}
const plainly = (outcome: CheckOutcome): unknown => ({
  ...outcome,
  accepted: outcome.accepted.map(({ chunk, ...rest }) => ({ ...rest, chunk: { ...chunk } })),
});
/** Counts how many rows the short way took. */
function acceptedPlainly(text: string): number {
  const all = jest.spyOn(PlainRows.prototype as unknown as { accept: () => boolean }, 'accept');
  const outcome = check(Buffer.from(text), false);
  const taken = all.mock.results.filter(({ value }) => value === true).length;
  all.mockRestore();
  expect(plainly(outcome)).toEqual(plainly(check(Buffer.from(text), true)));
  return taken;
}

const digits = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.nat(9999), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 4000, noNaN: true }).map(String) },
  { weight: 1, arbitrary: fc.stringMatching(/^[+-]?\d{0,17}\.?\d{0,17}(e-?\d)?$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        '',
        ' ',
        'NA',
        '—',
        '-0',
        '-',
        '.',
        '5.',
        '.5',
        '-3',
        ' 7 ',
        '12 亩',
        '3万',
        '１２',
        '1,234.5',
        '1.234,5',
        '9e9',
      ],
      ...["'5", '="5"', '=1+1', 'x', '#REF!', '6000', '1e400', '9007199254740993', '0.1234567890123456'],
    ),
  },
);
const word = <T extends string>(usual: T[], strange: string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<string>(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...strange) },
  );
const guards = ["'", '="520523"', '=', '', ' ', '"', 'a"b', '\u3000', '\u00a0x\u00a0', 'two\nlines', ';', ','];
const row = fc.tuple(
  word(['520523', '520521'], ['5205', ' 520523', '５２０５２３', 'territory', ...guards]),
  word(['2024', '2023'], ['2024年', '24', 'period', ...guards]),
  word(['林地', 'forestLand', 'dryland'], ['FOREST LAND', 'drylnad', '合计', 'type', ...guards]),
  word(['', 'p1', 'p2', '图斑甲', 'p-3'], guards),
  digits,
  digits,
  digits,
  fc.constantFrom('', 'seen', '"x"', "'", '备注'),
);
const quoting = fc.constantFrom('never', 'needed', 'needed', 'always');
const file = fc.record({
  area: fc.constantFrom('area', 'area [mu]', '面积（亩）', '面积'),
  named: fc.boolean(),
  separator: fc.constantFrom(',', ';', '\t'),
  ending: fc.constantFrom('\n', '\r\n', '\r'),
  quoting: fc.array(quoting, { minLength: 1, maxLength: 3 }),
  rows: fc.array(row, { minLength: 30, maxLength: 80 }),
  numbered: fc.boolean(),
  odd: fc.array(fc.tuple(fc.nat(80), fc.constantFrom('', ',,,', 'a', '"', '520523,2024', ';'.repeat(9))), {
    maxLength: 3,
  }),
  mark: fc.constantFrom('', '\ufeff'),
  end: fc.boolean(),
});

function write({ area, named, separator, ending, quoting: habits, rows, numbered, odd, mark, end }: FileShape): string {
  const shown = (text: string, habit: string): string =>
    habit === 'always' || (habit === 'needed' && /["\r\n,;\t]/.test(text)) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = rows.map(([territory, period, type, patch, ...rest], i) => {
    const name = named ? [numbered && patch !== '' ? `${patch}-${i}` : patch] : [];
    return [territory, period, type, ...name, ...rest]
      .map((cell) => shown(cell, habits[i % habits.length]))
      .join(separator);
  });
  for (const [at, line] of odd) lines.splice(at, 0, line);
  const header = ['territory', 'period', 'type', ...(named ? ['patch'] : []), area, 'rain', 'slope', 'remark'];
  return mark + [header.join(separator), ...lines].join(ending) + (end ? ending : '');
}
type FileShape = typeof file extends fc.Arbitrary<infer T> ? T : never;

it(`gives the same both ways (seed ${seed})`, () => {
  fc.assert(
    fc.property(file, (shape) => {
      const bytes = Buffer.from(write(shape));
      expect(plainly(check(bytes, false))).toEqual(plainly(check(bytes, true)));
    }),
    { seed, numRuns: 150, endOnFailure: true },
  );
});

const header = 'territory,period,type,patch,area,rain,slope\n';
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

it('takes the short way for all rows but those read ahead, whether quoted, converted, with marks or Chinese', () => {
  expect(acceptedPlainly(header + lines(100, (i) => `520523,2024,林地,p${i},1.5,-3,\n`))).toBe(71);
  expect(acceptedPlainly(header + lines(100, (i) => `"520523","2024","林地","图斑${i}","1.5","NA",1e-3\r\n`))).toBe(71);
  expect(
    acceptedPlainly(header.replace('area', 'area [mu]') + lines(100, (i) => `520523,2024,林地,${i},0.3,12 mm,1\n`)),
  ).toBe(71);
});

it('leaves a wrong row to the long way and takes the short way again behind it', () => {
  const text = header + lines(100, (i) => `520523,2024,林地,p${i === 60 ? 59 : i},${i === 70 ? '-1' : '1'},3,1\n`);
  expect(acceptedPlainly(text)).toBe(69);
  const { problems } = check(Buffer.from(text), false);
  expect(problems.map((problem) => [problem.row, problem.column, problem.code])).toEqual([
    [62, 'D patch', 'observation.duplicate-patch'],
    [72, 'E area', 'observation.negative'],
  ]);
});

it('tells names apart whose hashes are the same, and takes the marks off that guard a name', () => {
  const plain = lines(60, (i) => `520523,2024,${i % 2 ? 'Aa' : 'BB'},${i % 2 ? 'Aa' : 'BB'}${i},1,3,1\n`);
  const alike = ['Aa', 'BB', "'p1", '="p2"', '"\'p3"'].map((name) => `520523,2024,Aa,${name},1,3,1\n`).join('');
  expect(acceptedPlainly(header + plain + alike)).toBe(33);
  const [{ chunk }] = check(Buffer.from(header + plain + alike), false).accepted;
  expect(chunk.patchIds?.slice(-5)).toEqual(['Aa', 'BB', 'p1', 'p2', 'p3']);
  expect([...chunk.typeIndex.subarray(40, 43)]).toEqual([1, 0, 1]);
});
