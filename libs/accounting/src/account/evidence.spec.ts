/** Every total of cn-terrestrial that rests on an unverified value says so: account, report, interval, change and indicators. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExactTrace } from '@gep/formula';
import { formatYuan, type EvidenceGrade } from '@gep/kernel';
import { checkFile, chunkDigest, observationDigest, vocabularyOf } from '@gep/observation';
import { loadNorm, type NormEdition } from '@gep/rulebook';
import { changeOfTerritories } from '../change/change-between';
import { explainAccount } from '../explanation/explain-account';
import type { ExplainNode } from '../explanation/explain-node';
import { computeIndicators } from '../indicator/compute-indicators';
import { standardIndicators } from '../indicator/indicator-definitions';
import { summariseDraws } from '../interval/account-interval';
import { drawParts } from '../interval/draw-parts';
import { buildReport } from '../report-table/build-report';
import { unassignedType, type Account } from './account';
import { computeAccount } from './compute-account';
import { evidenceOf, joinEvidence } from './evidence';
import type { ObservedPeriod } from './observed-period';

const root = join(__dirname, '../../../..');
let norm: NormEdition;
let observed: ObservedPeriod;
let account: Account;
/** `service type item` of the lines behind which an explanation meets an unverified value. */
const doubtful = new Set<string>();

const keyOf = ({ service, type, item }: Account['lines'][number]): string => `${service} ${type} ${item}`;
const gradesIn = ({ evidence, trace, children }: ExplainNode): EvidenceGrade[] => [
  ...(evidence ? [evidence.grade] : []),
  ...(trace ? gradesInTrace(trace) : []),
  ...children.flatMap(gradesIn),
];
const gradesInTrace = ({ evidence, children }: ExactTrace): EvidenceGrade[] => [
  ...(evidence ? [evidence.grade] : []),
  ...children.flatMap(gradesInTrace),
];

beforeAll(async () => {
  norm = await loadNorm('cn-terrestrial', join(root, 'rulebook'));
  const files = ['extent.csv', 'statistics.csv'].map((fileName) => ({
    fileName,
    bytes: readFileSync(join(root, 'libs/observation/samples', fileName)),
  }));
  const { accepted } = await checkFile(files, vocabularyOf(norm));
  const [{ territory, period, chunk, statistics }] = accepted;
  const digest = observationDigest({ chunks: [chunkDigest(chunk)], statistics, refusedRows: 0 });
  observed = { territory, period, places: [territory], chunks: [chunk], statistics, digest };
  account = computeAccount(norm, observed);
  for (const line of account.lines) {
    const { service, type, item } = line;
    const tree = explainAccount(norm, observed, account, { service, type, ...(item !== null && { item }) });
    if (gradesIn(tree).includes('unverified')) doubtful.add(keyOf(line));
  }
});

/** What must be said of a total, from explanations alone. */
const rests = (of: (line: Account['lines'][number]) => boolean): boolean =>
  account.lines.some((line) => of(line) && doubtful.has(keyOf(line)));

it('the sample has totals of both kinds', () => {
  const { byService } = evidenceOf(account.lines);
  expect(new Set(Object.values(byService))).toEqual(new Set(['published', 'unverified']));
});

it('totals by category, group, service and type are marked where an explanation meets an unverified value, and only there', () => {
  const evidence = evidenceOf(account.lines);
  expect(evidence.total === 'unverified').toBe(doubtful.size > 0);
  for (const [axis, keyFor] of [
    ['byCategory', 'category'],
    ['byGroup', 'group'],
    ['byService', 'service'],
    ['byType', 'type'],
  ] as const) {
    const worth = Object.entries(account.totals[axis]).filter(([, fen]) => fen !== 0n);
    expect(Object.keys(evidence[axis])).toEqual(expect.arrayContaining(worth.map(([code]) => code)));
    for (const [code, grade] of Object.entries(evidence[axis])) {
      const own = rests((line) => (line[keyFor] ?? unassignedType) === code);
      expect([axis, code, grade === 'unverified']).toEqual([axis, code, own]);
    }
  }
  const fen = account.lines.filter((line) => doubtful.has(keyOf(line))).reduce((sum, line) => sum + line.valueFen, 0n);
  expect(evidence.unverifiedFen).toBe(fen);
});

it('the report says it in T6 row by row, and under every table that has totals', () => {
  const { tables } = buildReport({ norm, account, previous: account, places: [account.territory] });
  const table = (id: string) => tables.find((each) => each.id === id)!;
  const marked = table('T6')
    .rows.filter(({ level }) => level !== undefined)
    .map(({ cells }) => cells.at(-1));
  expect(marked.every((cell) => cell !== null)).toBe(true);
  expect(marked.at(-1)).toEqual({ zh: '未核实', en: 'unverified' });
  const share = formatYuan(evidenceOf(account.lines).unverifiedFen);
  for (const id of ['T6', 'T7', 'T9', 'T12']) {
    const notes = table(id).notes.map(({ en }) => en);
    expect([id, notes.some((note) => note.startsWith('Unverified:') && note.includes(share))]).toEqual([id, true]);
  }
  const byType = evidenceOf(account.lines).byType;
  const [note] = table('T7').notes;
  for (const type of norm.types.filter(({ code }) => code in byType))
    expect([type.code, note.en.includes(type.name.en)]).toEqual([type.code, byType[type.code] === 'unverified']);
});

it('the interval says it of every figure', () => {
  const drawn = drawParts([{ norm, observed }], { seed: 1, from: 0, to: 100, draws: 100 });
  const interval = summariseDraws(drawn, { draws: 100, seed: 1 });
  const evidence = evidenceOf(account.lines);
  expect(interval.total.grade).toBe('unverified');
  for (const axis of ['byCategory', 'byService', 'byType'] as const)
    for (const [code, { grade }] of Object.entries(interval[axis]))
      expect([code, grade]).toEqual([code, evidence[axis][code] ?? 'published']);
});

it('the change says it of both sides, and of services and types', () => {
  const sides = { norms: [norm, norm], attributes: { condition: [], weather: [] } } as const;
  const change = changeOfTerritories({ territory: account.territory, ...sides, before: [observed], after: [observed] });
  const evidence = evidenceOf(account.lines);
  expect([change.before.grade, change.after.grade]).toEqual(['unverified', 'unverified']);
  expect(change.evidence).toEqual({ total: evidence.total, byService: evidence.byService, byType: evidence.byType });
});

it('an indicator says it where it reads such a total', () => {
  const facts = [
    { name: 'GDP', value: '4e9', unit: 'yuan', source: 'a yearbook' },
    { name: 'population', value: '80000', unit: 'person', source: 'a census' },
  ];
  const found = computeIndicators(account, standardIndicators, facts, norm.units);
  const gradeOf = (expression: RegExp) =>
    found.filter((one) => expression.test(one.expression)).map(({ grade }) => grade);
  expect(new Set(gradeOf(/\bGEP\b/))).toEqual(new Set(['unverified']));
  expect(gradeOf(/\bGEP\b/).length).toBeGreaterThan(2);
});

it('the weakest line decides, wherever it stands', () => {
  const line = (grade: EvidenceGrade, type: string | null) => {
    return { category: 'regulating' as const, group: 'air', service: 'so2', type, grade, valueFen: 100n };
  };
  const lines = [line('unverified', 'forest'), line('published', 'forest'), line('solved', null)];
  const expected = {
    total: 'unverified',
    byCategory: { regulating: 'unverified' },
    byGroup: { air: 'unverified' },
    byService: { so2: 'unverified' },
    byType: { forest: 'unverified', [unassignedType]: 'solved' },
    unverifiedFen: 100n,
  };
  expect(evidenceOf(lines)).toEqual(expected);
  const joined = joinEvidence(evidenceOf(lines.slice(0, 1)), evidenceOf(lines.slice(1)));
  expect(joined).toEqual(expected);
  expect(joinEvidence(evidenceOf(lines.slice(1)), evidenceOf(lines.slice(0, 1)))).toEqual(expected);
});
