/** What a programme changed in the services that its beneficiaries use: after, less what would have been there anyhow. */
import { type Fen, Fraction } from '@gep/kernel';
import { BenefitInputRefused } from '../errors';
import { type SuppliedPart, toFen } from './supply-and-use';

/** The effect on one flow. */
export interface FlowEffect {
  readonly period: string;
  readonly service: string;
  readonly supplier: string;
  readonly beneficiary: string;
  readonly unit: string;
  /** Mean of the periods before; null where the table has no time before, and the flow is the effect itself. */
  readonly before: Fraction | null;
  /** What would be there without the programme: `before`, moved as the comparison units moved. */
  readonly expected: Fraction;
  readonly after: Fraction;
  readonly effect: Fraction;
  /** At the price of the period after. */
  readonly effectFen: Fen;
}

/** How a service moved, in a period, where the programme was not: after / before of the comparison units. */
export interface ComparisonTrend {
  readonly period: string;
  readonly service: string;
  readonly ratio: Fraction;
}

/**
 * Without comparison units what was there before is what would be there.
 * @throws BenefitInputRefused a flow after without one before, comparison units that had nothing before or have no row after
 */
export function programmeEffect(parts: readonly SuppliedPart[]): { effects: FlowEffect[]; trends: ComparisonTrend[] } {
  const own = parts.filter(({ group }) => group === 'programme');
  const comparison = parts.filter(({ group }) => group === 'comparison');
  const used = own.filter((part): part is SuppliedPart & { beneficiary: string } => part.beneficiary !== null);
  const before = used.filter(({ time }) => time === 'before');
  const after = used.filter(({ time }) => time === 'after');
  const trends = trendsOf(comparison, after);
  const trendOf = new Map(trends.map(({ period, service, ratio }) => [`${period} ${service}`, ratio]));
  const means = meansOf(before);
  const effects = after.map((part): FlowEffect => {
    const { period, service, supplier, beneficiary, unit, quantity, price } = part;
    const mean = means.get(flowOf(part));
    if (before.length > 0 && mean === undefined)
      throw refused(
        `${supplier} 至 ${beneficiary} 的 ${service} 没有实施前的数量；确实没有时请写 0`,
        `${service} from ${supplier} to ${beneficiary} has no quantity before; write 0 where there was none`,
      );
    const expected = (mean ?? Fraction.zero).times(trendOf.get(`${period} ${service}`) ?? Fraction.one);
    const effect = quantity.minus(expected);
    return {
      ...{ period, service, supplier, beneficiary, unit, before: mean ?? null, expected, after: quantity, effect },
      effectFen: toFen(effect.times(price)),
    };
  });
  return { effects, trends };
}

const flowOf = ({ service, supplier, beneficiary }: Pick<SuppliedPart, 'service' | 'supplier' | 'beneficiary'>) =>
  JSON.stringify([service, supplier, beneficiary]);

function meansOf(before: readonly SuppliedPart[]): Map<string, Fraction> {
  const groups = new Map<string, Fraction[]>();
  for (const part of before) groups.set(flowOf(part), [...(groups.get(flowOf(part)) ?? []), part.quantity]);
  return new Map([...groups].map(([key, quantities]) => [key, mean(quantities)]));
}

const sum = (numbers: readonly Fraction[]): Fraction => numbers.reduce((total, one) => total.plus(one), Fraction.zero);
const mean = (numbers: readonly Fraction[]): Fraction => sum(numbers).dividedBy(Fraction.of(BigInt(numbers.length)));

function trendsOf(comparison: readonly SuppliedPart[], after: readonly SuppliedPart[]): ComparisonTrend[] {
  const wanted = new Map(after.map(({ period, service }) => [`${period} ${service}`, { period, service }]));
  return [...wanted.values()].flatMap(({ period, service }): ComparisonTrend[] => {
    const rows = comparison.filter((row) => row.service === service);
    if (rows.length === 0) return [];
    const then = rows.filter(({ time }) => time === 'before');
    const now = rows.filter((row) => row.time === 'after' && row.period === period);
    const periods = BigInt(new Set(then.map((row) => row.period)).size);
    const base = sum(then.map(({ quantity }) => quantity));
    if (now.length === 0 || base.equals(Fraction.zero))
      throw refused(
        `对照单位的 ${service} 缺实施前的数量或 ${period} 的行，无从比较；请补上，或去掉对照单位`,
        `the comparison units lack ${service} before, or a row of ${period}: there is nothing to compare with; add it, or leave them out`,
      );
    return [
      {
        period,
        service,
        ratio: sum(now.map(({ quantity }) => quantity))
          .times(Fraction.of(periods))
          .dividedBy(base),
      },
    ];
  });
}

const refused = (zh: string, en: string): BenefitInputRefused =>
  new BenefitInputRefused([{ table: 'flows', row: 0, zh, en }]);
