/** Shares what a company earned between its reserve, its owners and itself, by the rule that a policy edition holds. */
import { Fraction, type Fen, sumFen } from '@gep/kernel';
import { type Decision, decide, type PolicyRule, readPolicyRows } from '@gep/rulebook';
import { DividendRefused } from './errors';

/** What the closed book says, and the share that the members put back. */
export interface Earnings {
  readonly period: string;
  readonly incomeFen: Fen;
  readonly costFen: Fen;
  /** Exact: `0.1`, `1/10`. */
  readonly reserveShare: string;
}

/** Exact weight of an owner; base-year GEP counts in yuan. */
export interface WeighedOwner {
  readonly owner: string;
  readonly weight: Fraction;
}

/** Reserve, dividends and what is retained make up what was earned. */
export interface SharedDividend {
  readonly earnedFen: Fen;
  readonly reserveFen: Fen;
  readonly dividendFen: Fen;
  readonly retainedFen: Fen;
  /** In the order of the owners given. */
  readonly amountsFen: BigInt64Array;
  readonly inputDigest: string;
}

/** Columns of a rule that say what owners are weighed by. */
const weightColumns = { 'base-gep': 'baseGep', shares: 'shares' } as const;
export type WeightKind = keyof typeof weightColumns;
/** Party of the rule that keeps the reserve. */
const reserveParty = 'reserveFund';
const hundred = Fraction.of(100n);

/** By which of the two the rule weighs. @throws DividendRefused when it is no rule for dividends of this form */
export function weightKindOf({ id, columns, mechanism }: PolicyRule): WeightKind {
  const own = columns.filter(({ per }) => per !== 'total').map(({ code }) => code);
  const kinds = Object.keys(weightColumns) as WeightKind[];
  const kind = kinds.find((each) => own.join() === weightColumns[each]);
  if (kind !== undefined && mechanism === 'dividend') return kind;
  throw new DividendRefused(id, {
    zh: `此规则不适用：每位权利人应只有一列 ${Object.values(weightColumns).join(' 或 ')}，机制应为 dividend`,
    en: `the rule does not fit: for each owner it has the one column ${Object.values(weightColumns).join(' or ')}, and its mechanism is dividend`,
  });
}

const lengthOf = (period: string): PolicyRule['period'] =>
  /^\d{4}$/.test(period) ? 'year' : period.includes('Q') ? 'quarter' : 'month';

const plainNumber: Parameters<typeof readPolicyRows>[3]['numberOf'] = (cell) =>
  cell === '' || cell === null || cell === undefined ? undefined : { decimal: String(cell) };

/**
 * The same decision as `gep policy run` makes of a file with these rows.
 * @throws DividendRefused, PolicyNotDecided
 */
export function shareDividend(rule: PolicyRule, earnings: Earnings, owners: readonly WeighedOwner[]): SharedDividend {
  const column = weightColumns[weightKindOf(rule)];
  if (rule.period !== 'none' && rule.period !== lengthOf(earnings.period))
    throw new DividendRefused(rule.id, {
      zh: `规则按 ${rule.period} 分配，而“${earnings.period}”不是；请改用相应的核算期`,
      en: `the rule shares out by the ${rule.period}, and "${earnings.period}" is none; name a period of that length`,
    });
  const inYuan = column === 'baseGep';
  function* rows(): Generator<{ row: number; cells: string[] }> {
    for (let at = 0; at < owners.length; at++) {
      const { owner, weight } = owners[at];
      yield { row: at + 2, cells: [owner, (inYuan ? weight.dividedBy(hundred) : weight).toString()] };
    }
  }
  const yuan = (fen: Fen): string => Fraction.of(fen, 100n).toExactText();
  const totals = {
    income: yuan(earnings.incomeFen),
    cost: yuan(earnings.costFen),
    reserveShare: earnings.reserveShare,
  };
  const table = { header: ['unit', column], rows: rows() };
  const read = readPolicyRows(rule, rule.units, table, {
    ...{ numberOf: plainNumber, period: earnings.period, totals },
  });
  const period = rule.period === 'none' ? '' : earnings.period;
  if (!read.book) {
    const [{ text, mend, value, row }] = read.problems;
    throw new DividendRefused(rule.id, {
      zh: `第 ${row} 行“${value}”：${text.zh}；${mend.zh}`,
      en: `row ${row} "${value}": ${text.en}; ${mend.en}`,
    });
  }
  return readDecision(rule, decide(rule, read.book, period, { isTraced: () => false }), earnings, owners);
}

function readDecision(
  rule: PolicyRule,
  { payments, inputDigest }: Decision,
  { incomeFen, costFen }: Earnings,
  owners: readonly WeighedOwner[],
): SharedDividend {
  const entitled = new Map<string, Fen>();
  let reserveFen = 0n;
  for (const { lines } of payments)
    for (const { to, entitledFen } of lines) {
      if (to.kind === 'unit') entitled.set(to.code, (entitled.get(to.code) ?? 0n) + entitledFen);
      else if (to.code === reserveParty) reserveFen += entitledFen;
    }
  const amountsFen = BigInt64Array.from(owners, ({ owner }) => entitled.get(owner) ?? 0n);
  const dividendFen = sumFen(amountsFen);
  const earnedFen = incomeFen > costFen ? incomeFen - costFen : 0n;
  const retainedFen = earnedFen - reserveFen - dividendFen;
  if (retainedFen < 0n || reserveFen < 0n || amountsFen.some((fen) => fen < 0n))
    throw new DividendRefused(rule.id, {
      zh: '规则分出的多于当期收益，或有负数；请更正规则',
      en: 'the rule gives away more than was earned, or something below zero; correct the rule',
    });
  return { earnedFen, reserveFen, dividendFen, retainedFen, amountsFen, inputDigest };
}
