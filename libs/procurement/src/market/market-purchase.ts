/** A purchase on the market: valuation, price by a rule, instalments on their days, and what was received of each. */
import { type Bilingual, type Fen, Fraction } from '@gep/kernel';
import { decide, type PolicyRule, readPolicyRows } from '@gep/rulebook';
import type { UnitTable } from '@gep/kernel';
import { isDay } from '../company/company';
import { MarketPurchaseRefused } from './errors';

export const valuationPayers = ['buyer', 'seller', 'both', 'public'] as const;
/** Who paid the valuer; it is shown wherever the valuation is. */
export type ValuationPayer = (typeof valuationPayers)[number];

export interface SiteValuation {
  readonly valuer: string;
  readonly paidBy: ValuationPayer;
  /** Value of the regulating services of the site, and the ecological premium; fen as decimal text. */
  readonly gepFen: string;
  readonly premiumFen: string;
  readonly documentDigest: string;
}

export interface MarketTerms {
  /** Code of the territory of the site, and a parcel of it. */
  readonly territory: string;
  readonly parcel: string | null;
  readonly buyer: string;
  readonly valuation: SiteValuation;
  /** Above this value of the site a second valuer is heard; null where the place has no such rule. Fen as decimal text. */
  readonly secondOpinionAboveFen: string | null;
  readonly secondOpinion: SiteValuation | null;
  /** Id of the rule that sets the price. */
  readonly policy: string;
  readonly firstDueOn: string;
  readonly monthsBetween: number;
  /** Gains that are sold by it and bought nowhere else. */
  readonly gains: readonly { readonly service: string; readonly year: string; readonly amountFen: string }[];
}

const wholeFen = /^\d{1,18}$/;

/** @throws MarketPurchaseRefused with everything that is wrong */
export function checkMarketTerms(code: string, terms: MarketTerms): void {
  const problems: Bilingual[] = [];
  const demand = (holds: boolean, zh: string, en: string): void => {
    if (!holds) problems.push({ zh, en });
  };
  const { valuation, secondOpinion, secondOpinionAboveFen: threshold } = terms;
  demand(
    /^[a-z0-9][a-z0-9-]{0,59}$/.test(code),
    '代码应为 1 到 60 个小写字母、数字或“-”',
    'the code is 1 to 60 lower-case letters, digits or "-"',
  );
  const amounts = [valuation, secondOpinion].flatMap((one) => (one ? [one.gepFen, one.premiumFen] : []));
  const sound = [
    ...amounts,
    ...(threshold === null ? [] : [threshold]),
    ...terms.gains.map(({ amountFen }) => amountFen),
  ];
  demand(
    sound.every((text) => wholeFen.test(text)),
    '金额应为不小于零的整数分',
    'amounts are whole fen, zero or more',
  );
  demand(isDay(terms.firstDueOn), '首期应付日应为日期 YYYY-MM-DD', 'the first due day is a date YYYY-MM-DD');
  demand(
    Number.isInteger(terms.monthsBetween) && terms.monthsBetween >= 1 && terms.monthsBetween <= 120,
    '各期间隔应为 1 到 120 个月',
    'instalments are 1 to 120 months apart',
  );
  demand(terms.buyer.trim() !== '', '购买人不能为空', 'the buyer is not empty');
  if (problems.length > 0) throw new MarketPurchaseRefused(code, problems);
  const value = BigInt(valuation.gepFen) + BigInt(valuation.premiumFen);
  demand(
    threshold === null || value <= BigInt(threshold) || secondOpinion !== null,
    `估值超过 ${threshold} 分，须有第二家评估机构的意见（secondOpinion）`,
    `the site is valued above ${threshold} fen, so a second valuer is heard (secondOpinion)`,
  );
  demand(
    secondOpinion === null || secondOpinion.valuer.trim() !== valuation.valuer.trim(),
    '第二意见须出自另一家评估机构',
    'the second opinion comes from another valuer',
  );
  if (problems.length > 0) throw new MarketPurchaseRefused(code, problems);
}

export interface MarketPrice {
  readonly priceFen: Fen;
  readonly instalmentsFen: readonly Fen[];
}

/** What the rule makes of the valuation; instalments sum to the price. @throws MarketPurchaseRefused, PolicyNotDecided */
export function priceOf(
  code: string,
  rule: PolicyRule,
  units: UnitTable,
  { valuation, territory }: MarketTerms,
  year: string,
): MarketPrice {
  const refuse = (zh: string, en: string): MarketPurchaseRefused => new MarketPurchaseRefused(code, [{ zh, en }]);
  const yuan = (fen: string): string => Fraction.of(BigInt(fen), 100n).toDecimalText();
  const timeless = rule.period === 'none';
  const cells = [territory, ...(timeless ? [] : [year]), yuan(valuation.gepFen), yuan(valuation.premiumFen)];
  const header = ['unit', ...(timeless ? [] : ['period']), 'gep', 'premium'];
  const read = readPolicyRows(
    rule,
    units,
    { header, rows: [{ row: 2, cells }] },
    {
      numberOf: (cell) => (cell === null || cell === '' ? undefined : { decimal: String(cell) }),
      period: timeless ? undefined : year,
    },
  );
  if (!read.book)
    throw refuse(
      `规则 ${rule.id} 不能由估值（gep、premium）得出价款：${read.problems.map(({ text }) => text.zh).join('；')}`,
      `the rule ${rule.id} sets no price from a valuation (gep, premium): ${read.problems.map(({ text }) => text.en).join('; ')}`,
    );
  const lines = decide(rule, read.book, timeless ? '' : year).payments.flatMap((payment) => payment.lines);
  const [line] = lines;
  if (lines.length !== 1 || line.to.kind !== 'unit' || line.dueFen <= 0n)
    throw refuse(
      `规则 ${rule.id} 应只得出一笔付给该地块、大于零的价款`,
      `the rule ${rule.id} has to come to one price above zero for the site`,
    );
  return { priceFen: line.dueFen, instalmentsFen: line.instalments ?? [line.dueFen] };
}

/** So many months after a day; a day that the month does not have becomes its last. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

export interface MarketInstalment {
  readonly no: number;
  readonly dueOn: string;
  readonly amountFen: Fen;
}

export const scheduleOf = (
  instalmentsFen: readonly Fen[],
  { firstDueOn, monthsBetween }: Pick<MarketTerms, 'firstDueOn' | 'monthsBetween'>,
): MarketInstalment[] =>
  instalmentsFen.map((amountFen, at) => ({ no: at + 1, dueOn: addMonths(firstDueOn, at * monthsBetween), amountFen }));

export interface MarketReceipt {
  readonly id: string;
  readonly instalmentNo: number;
  readonly amountFen: Fen;
  readonly receivedOn: string;
  /** Number of the bank's slip; it is matched once on the whole platform. */
  readonly bankReference: string;
}

export interface InstalmentStanding extends MarketInstalment {
  readonly receivedFen: Fen;
  readonly openFen: Fen;
  readonly isOverdue: boolean;
}

export function standingOf(
  instalments: readonly MarketInstalment[],
  receipts: readonly MarketReceipt[],
  today: string,
): InstalmentStanding[] {
  return instalments.map((instalment) => {
    const receivedFen = receipts
      .filter(({ instalmentNo }) => instalmentNo === instalment.no)
      .reduce((sum, { amountFen }) => sum + amountFen, 0n);
    const openFen = instalment.amountFen - receivedFen;
    return { ...instalment, receivedFen, openFen, isOverdue: openFen > 0n && instalment.dueOn < today };
  });
}
