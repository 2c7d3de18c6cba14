/** Runs every worked example of this folder: a norm, an observation, and the figures that must come out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Account, aggregateAccounts, computeAccount, reproduceCase } from '@gep/accounting';
import { type Bilingual, Decimal, DomainError, formatYuan, sumInOrder } from '@gep/kernel';
import { checkTables, observationDigest, ProblemList, readJson, vocabularyOf } from '@gep/observation';
import { loadCase, loadNorm, loadUnits, type NormEdition, parseNorm } from '@gep/rulebook';

const root = join(__dirname, '../..');
const rulebook = join(root, 'rulebook');
const fenPerWanYuan = 1_000_000;

/** A figure that must come out: `computed` or `published` within a relative `tolerance`, or `within` absolutely. */
interface Figure {
  period: string;
  published: number;
  computed?: number;
  tolerance?: number;
  within?: number;
}

/** One exact line of an account. */
interface ExpectedLine {
  period: string;
  territory?: string;
  service: string;
  type?: string;
  item?: string;
  quantity?: number;
  price?: string;
  gamma?: string;
  /** Yuan and fen. */
  value: string;
  grade?: string;
}

interface WorkedExample {
  case: string;
  /** Id of a norm of the rulebook, or the norm itself. */
  norm: string | object;
  /** Path of a JSON file, or its content. */
  observations: string | object;
  /** Printed tables of the study, by the path of its file. */
  published?: string;
  territory: string;
  /** The territory and those above it, nearest first. */
  places?: string[];
  quantities?: (Figure & { service: string; unit: string; fromPublishedParameters?: boolean })[];
  totals?: Figure[];
  values?: (Figure & { service?: string; group?: string; type?: string })[];
  shares?: (Figure & { type: string; rank?: number })[];
  withoutLines?: string[];
  lines?: ExpectedLine[];
  /** Codes of refusals by period. */
  refused?: { period: string; code: string; says?: string }[];
  /** The sum of all territories of the observation, seen from the one above them. */
  aggregate?: { territory: string; expectedChildren: number; coverage: object; lines: ExpectedLine[] };
}

const files = readdirSync(__dirname).filter((file) => file.endsWith('.yaml'));

describe.each(files)('%s', (file) => {
  const example = parse(readFileSync(join(__dirname, file), 'utf8')) as WorkedExample;
  let norm: NormEdition;
  let accountOf: (period: string, territory?: string) => Account;
  let all: Account[];

  beforeAll(async () => {
    norm = await normOf(example.norm);
    const observed = observedIn(norm, example.observations);
    accountOf = (period, territory = example.territory) => {
      const found = observed.find((one) => one.period === period && one.territory === territory);
      if (!found) throw new Error(`no observation of ${territory} ${period}`);
      const { chunk, statistics } = found;
      const places = example.places ?? [territory];
      const digest = observationDigest({ chunks: [], statistics, refusedRows: 0 });
      return computeAccount(norm, { territory, period, places, chunks: [chunk], statistics, digest });
    };
    const refused = new Set(example.refused?.map(({ period }) => period));
    const good = observed.filter(({ period }) => !refused.has(period));
    all = good.map(({ period, territory }) => accountOf(period, territory));
  });

  it('gives the quantities', () => {
    for (const figure of example.quantities ?? []) {
      const lines = accountOf(figure.period).lines.filter(({ service }) => service === figure.service);
      const given = sumInOrder(lines.map(({ quantity }) => quantity));
      expectNear(`${figure.period} ${figure.service}`, given, figure);
      expect(new Set(lines.map(({ unit }) => unit))).toEqual(new Set([figure.unit]));
    }
  });

  it('gives the values and totals', () => {
    for (const figure of example.totals ?? []) {
      expectNear(`${figure.period} total`, wanYuan(accountOf(figure.period).totals.totalFen), figure);
    }
    for (const figure of example.values ?? []) {
      const wanted = (['service', 'group', 'type'] as const).filter((key) => figure[key] !== undefined);
      const lines = accountOf(figure.period).lines.filter((line) => wanted.every((key) => line[key] === figure[key]));
      const fen = lines.reduce((sum, { valueFen }) => sum + valueFen, 0n);
      expectNear(`${figure.period} ${wanted.map((key) => figure[key]).join(' ')}`, wanYuan(fen), figure);
    }
  });

  it('gives the shares and ranks of the types', () => {
    for (const figure of example.shares ?? []) {
      const { byType, totalFen } = accountOf(figure.period).totals;
      const share = (Number(byType[figure.type]) / Number(totalFen)) * 100;
      expectNear(`${figure.period} share of ${figure.type}`, share, figure);
      const ahead = Object.values(byType).filter((fen) => fen > byType[figure.type]).length;
      if (figure.rank !== undefined) expect([figure.type, ahead + 1]).toEqual([figure.type, figure.rank]);
    }
  });

  it('gives the lines to the fen', () => {
    for (const expected of example.lines ?? []) expectLine(accountOf(expected.period, expected.territory), expected);
    for (const type of example.withoutLines ?? []) {
      for (const account of all) expect(account.lines.filter((line) => line.type === type)).toEqual([]);
    }
  });

  it('adds up, and into the territory above', () => {
    for (const { totals } of all) {
      const { totalFen, ...parts } = totals;
      for (const part of Object.values(parts)) expect(Object.values(part).reduce((a, b) => a + b, 0n)).toBe(totalFen);
    }
    if (!example.aggregate) return;
    const { territory, expectedChildren, coverage, lines } = example.aggregate;
    const { period } = all[0];
    const children = all.filter((account) => account.period === period);
    const above = aggregateAccounts({ territory, period, norm, expectedChildren }, children);
    expect(above.coverage).toEqual(coverage);
    for (const expected of lines) expectLine(above, expected);
  });

  it('refuses what cannot be computed', () => {
    for (const { period, code, says = '' } of example.refused ?? []) {
      const text = refusalOf(() => accountOf(period));
      expect([text.code, text.en.includes(says) ? says : text.en]).toEqual([code, says]);
    }
  });

  it('stands beside the printed tables, with every note at its cell', async () => {
    if (example.published === undefined) return;
    const { published } = await loadCase(example.case, rulebook);
    const { before, after } = published.periods;
    const result = reproduceCase(norm, published, { before: accountOf(before), after: accountOf(after) });
    const cells = result.tables.flatMap(({ rows, totals }) => [...rows.flatMap((row) => row.cells), ...totals]);
    const noted = new Set([
      ...cells.flatMap(({ notes }) => notes),
      ...result.tables.flatMap(({ columnNotes }) => [...columnNotes.before, ...columnNotes.after]),
      ...result.textNotes,
    ]);
    expect([...noted].sort((a, b) => a - b)).toEqual(published.notes.map((_, at) => at));
    const unexplained = cells.filter(({ verdict, notes }) => verdict === 'off' && notes.length === 0);
    expect(unexplained.map(({ id, published: printed, rounded }) => `${id}: ${printed} ≠ ${rounded}`)).toEqual([]);
  });
});

async function normOf(given: string | object): Promise<NormEdition> {
  if (typeof given === 'string') return loadNorm(given, rulebook);
  const own = { path: 'norm.yaml', text: JSON.stringify(given) };
  const base = 'extends' in given ? await loadNorm(String(given.extends), rulebook) : undefined;
  const below = base?.files.map(({ path, text }) => ({ path: `${base.id}/${path}`, text })) ?? [];
  const { norm, problems } = parseNorm([own, ...below], await loadUnits(rulebook));
  expect(problems).toEqual([]);
  return norm!;
}

function observedIn(norm: NormEdition, given: string | object): ReturnType<typeof checkTables>['accepted'] {
  const text = typeof given === 'string' ? readFileSync(join(root, given), 'utf8') : JSON.stringify(given);
  const problems = new ProblemList();
  const { accepted } = checkTables(readJson(text, problems), vocabularyOf(norm), problems);
  expect(problems.kept.filter(({ severity }) => severity === 'error')).toEqual([]);
  return accepted;
}

function refusalOf(act: () => unknown): Bilingual & { code: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, ...error.text };
    throw error;
  }
  return { code: 'nothing was refused', zh: '', en: '' };
}

function expectNear(what: string, given: number, { published, computed, tolerance, within }: Figure): void {
  const near = (wanted: number, allowed: number): void => {
    const difference = Math.abs(given - wanted);
    expect(`${what}: ${difference <= allowed ? wanted : given}`).toBe(`${what}: ${wanted}`);
  };
  if (tolerance !== undefined) near(published, Math.abs(published) * tolerance);
  if (within !== undefined) near(published, within);
  if (computed !== undefined) near(computed, 0.5 * 10 ** -decimalsOf(computed) * 1.0001);
}

/** Digits after the point that a figure is given with; trailing noughts are not seen. */
const decimalsOf = (figure: number): number => new Decimal(figure).decimalPlaces();

function expectLine({ lines }: Account, expected: ExpectedLine): void {
  const { service, type = null, item = null } = expected;
  const line = lines.find((each) => each.service === service && each.type === type && each.item === item);
  const { quantity, price, gamma, grade } = expected;
  expect(line && { ...line, value: formatYuan(line.valueFen) }).toMatchObject({
    service,
    value: expected.value,
    ...(quantity === undefined ? {} : { quantity }),
    ...(price === undefined ? {} : { price }),
    ...(gamma === undefined ? {} : { gamma }),
    ...(grade === undefined ? {} : { grade }),
  });
}

const wanYuan = (fen: bigint): number => Number(fen) / fenPerWanYuan;
