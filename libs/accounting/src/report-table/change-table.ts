/** T9: the change since the period before, at current prices and at the prices of a base. */
import { daysOfPeriod, periodEnd, roundToFen, sumFen, unitValue, type Bilingual, type Fen } from '@gep/kernel';
import { parameterLookup } from '@gep/rulebook';
import { priceBasisOf } from '../change/line-price';
import type { Account, AccountLine } from '../account/account';
import { evidenceNotes } from './evidence-notes';
import { worthOfLine } from './worth-of-line';
import { isOf, lineCode, nameIn, servicesOf, type ReportSource } from './report-source';
import { number, percent, shareOf, text, total, yuan, yuanOf, type ReportCell, type ReportTable } from './report-table';

/** A sum over one service, or over everything. */
interface Change {
  readonly before: Fen;
  readonly after: Fen;
  /** What each side is worth at the prices of the base; null where a line has no price there. */
  readonly beforeAtBase: Fen | null;
  readonly afterAtBase: Fen | null;
}

export function changeTable(source: ReportSource): ReportTable {
  const { norm, account, previous, base = previous } = source;
  const head = { id: 'T9', title: { zh: '价值量变化', en: 'Change of values' } };
  if (!previous || !base)
    return {
      ...head,
      columns: [text({ zh: '科目', en: 'Service' })],
      rows: [],
      notes: [{ zh: '没有上一期账户', en: 'There is no account of the period before' }],
    };
  const name = nameIn(norm);
  const services = servicesOf(norm, [previous, account]);
  const years = priceYears(source, base, [previous, account]);
  const of = (lines: (one: Account) => readonly AccountLine[], mixed = false): Change => ({
    before: sumFen(lines(previous).map(({ valueFen }) => valueFen)),
    after: sumFen(lines(account).map(({ valueFen }) => valueFen)),
    beforeAtBase: mixed ? null : atBase(lines(previous), base, source),
    afterAtBase: mixed ? null : atBase(lines(account), base, source),
  });
  const changes = services.map((service) => of(({ lines }) => lines.filter(isOf(service))));
  const missing = services.filter((_, at) => changes[at].afterAtBase === null || changes[at].beforeAtBase === null);
  const named = (code: string, language: keyof Bilingual): string => name(code)[language];
  return {
    ...head,
    columns: [
      text({ zh: '科目', en: 'Service' }),
      number({ zh: `${previous.period} 现价`, en: `${previous.period}, current prices` }, yuan),
      number({ zh: `${account.period} 现价`, en: `${account.period}, current prices` }, yuan),
      number({ zh: '增减', en: 'Change' }, yuan),
      number({ zh: '现价增长率', en: 'Growth at current prices' }, percent),
      number(
        { zh: `${previous.period} 可比价（${base.period} 年价）`, en: `${previous.period}, prices of ${base.period}` },
        yuan,
      ),
      number(
        { zh: `${account.period} 可比价（${base.period} 年价）`, en: `${account.period}, prices of ${base.period}` },
        yuan,
      ),
      number({ zh: '可比价增长率', en: 'Growth at comparable prices' }, percent),
      number({ zh: '隐含价格指数', en: 'Implied price index' }, percent),
    ],
    rows: [
      ...services.map((service, at) => ({ cells: [name(service), ...cellsOf(changes[at])] })),
      { cells: [total, ...cellsOf(of(({ lines }) => lines, years.size > 1))], level: 'total' },
    ],
    notes: [
      ...[previous, account].flatMap((one) => evidenceNotes(one)),
      ...gapNotes(previous, account),
      ...mixedNotes(years, named),
      ...(missing.length === 0
        ? []
        : [
            {
              zh: `基期没有价格、不能按可比价计：${missing.map((code) => named(code, 'zh')).join('、')}；合计的可比价因此空缺`,
              en: `Without a price in the base, so not comparable: ${missing.map((code) => named(code, 'en')).join(', ')}; the total has no comparable value either`,
            },
          ]),
    ],
  };
}

/** Services by the year in whose money their prices of the base are, where the norm says one. */
function priceYears(
  { norm, places }: ReportSource,
  base: Account,
  accounts: readonly Account[],
): Map<string, string[]> {
  const lookup = parameterLookup(norm, { places, date: periodEnd(base.period) });
  const found = new Map<string, Set<string>>();
  for (const line of accounts.flatMap(({ lines }) => lines)) {
    if (line.valueFen === 0n || !norm.services.some(({ code }) => code === line.service)) continue;
    for (const year of priceBasisOf(norm, line, lookup, base.period.slice(0, 4)).years)
      found.set(year, (found.get(year) ?? new Set()).add(line.service));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([year, services]) => [year, [...services]]));
}

/** Why prices of several years give no comparable total: the same that the comparable account refuses. */
function mixedNotes(
  years: ReadonlyMap<string, readonly string[]>,
  named: (code: string, language: keyof Bilingual) => string,
): Bilingual[] {
  if (years.size <= 1) return [];
  const list = (language: keyof Bilingual, [mark, between]: readonly [string, string]): string =>
    [...years]
      .map(([year, codes]) => `${year} (${codes.map((code) => named(code, language)).join(mark)})`)
      .join(between);
  return [
    {
      zh: `单价分属不同年份：${list('zh', ['、', '；'])}；因此合计没有可比价，可用有出处的指数换算后再算（gep change --comparable --index 年份=系数 --index-source 出处；接口 GET /api/v1/changes）`,
      en: `Prices are in the money of different years: ${list('en', [', ', '; '])}; the total therefore has no comparable value; have it with indices and their source (gep change --comparable --index year=factor --index-source text; GET /api/v1/changes)`,
    },
  ];
}

/** Says so when the account compared with is not that of the period right before. */
function gapNotes(previous: Account, account: Account): Bilingual[] {
  const dayAfter = new Date(Date.parse(periodEnd(previous.period)) + 86_400_000).toISOString().slice(0, 10);
  if (daysOfPeriod(account.period)[0] === dayAfter) return [];
  return [
    {
      zh: `紧接 ${account.period} 之前的一期没有账户；所比的是最近的一期 ${previous.period}`,
      en: `The period right before ${account.period} has no account; compared with the latest that has one, ${previous.period}`,
    },
  ];
}

function cellsOf({ before, after, beforeAtBase, afterAtBase }: Change): ReportCell[] {
  const comparable = beforeAtBase !== null && afterAtBase !== null;
  return [
    yuanOf(before),
    yuanOf(after),
    yuanOf(after - before),
    growthOf(before, after),
    beforeAtBase === null ? null : yuanOf(beforeAtBase),
    afterAtBase === null ? null : yuanOf(afterAtBase),
    comparable ? growthOf(beforeAtBase, afterAtBase) : null,
    afterAtBase === null ? null : shareOf(after, afterAtBase),
  ];
}

/** Per cent of what was there before; null where that was nothing or less. */
const growthOf = (before: Fen, after: Fen): string | null => (before <= 0n ? null : shareOf(after - before, before));

/** Quantities of the lines at the prices and γ that the base has for the same line. */
function atBase(lines: readonly AccountLine[], base: Account, { norm }: ReportSource): Fen | null {
  const known = new Map(base.lines.map((line) => [lineCode(line), line]));
  // A type that is new in the territory takes the price that the service has for every other type.
  const alike = (line: AccountLine): AccountLine | undefined => {
    const own = base.lines.filter((one) => isOf(line.service, undefined, line.item)(one) && one.unit === line.unit);
    const same = own.every(({ price, gamma }) => price === own[0].price && gamma === own[0].gamma);
    return own.length > 0 && same ? own[0] : undefined;
  };
  let fen = 0n;
  for (const line of lines) {
    const priced = known.get(lineCode(line)) ?? alike(line);
    const worth = priced && worthOfLine(priced, norm);
    if (worth) fen += roundToFen(line.quantity, unitValue(worth));
    else if (line.quantity !== 0) return null;
  }
  return fen;
}
