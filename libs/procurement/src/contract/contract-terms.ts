/** Terms of a yearly contract on increments: what counts, what it is compared with, rate, bounds, and how the money is used. */
import { type Bilingual, Fraction, type Fen } from '@gep/kernel';
import { ContractRefused } from './errors';

export const references = ['previousYear', 'fixedYear', 'highWaterMark'] as const;
/** What an increment is counted above: the year before, the GEP of one year, or the highest of all years since the first. */
export type Reference = (typeof references)[number];

export const negativePolicies = ['record', 'carry', 'bill'] as const;
/** What a fall does: nothing is paid and it is recorded; it is made up first; the company is billed, if the rule bills. */
export type NegativePolicy = (typeof negativePolicies)[number];

export interface ContractTerms {
  /** Code of the territory whose GEP counts. */
  readonly unit: string;
  readonly norm: string;
  /** Services of the norm that count. */
  readonly services: readonly string[];
  /** Effects whose part of the change counts; null: the whole change at constant prices. */
  readonly effects: readonly string[] | null;
  readonly reference: Reference;
  /** The year that is compared with, or the first of all that are; null where only the year before counts. */
  readonly baseYear: string | null;
  /** Year of the prices of all years. */
  readonly pricesOf: string;
  /** Exact decimal text, 0.001 to 0.02. */
  readonly rate: string;
  /** Fen as decimal text; null for none. */
  readonly floorFen: string | null;
  readonly capFen: string | null;
  readonly negative: NegativePolicy;
  /** Id of the rule that decides; the edition in force for the place and the year counts. */
  readonly policy: string;
  readonly fundId: string;
  readonly purpose: string;
  readonly buyer: string;
  /** Why there is one supplier only. */
  readonly singleSourceReason: string;
  /** Part of what is paid that goes into conservation; exact decimal text, 0 to 1. */
  readonly conservationShare: string;
  /** What else the money may be used for. */
  readonly allowedPurposes: readonly string[];
  /** Day by which it is spent. */
  readonly spendBy: string;
  /** Whether a restatement is settled at once by a supplement, or with the next contract. */
  readonly trueUp: 'supplement' | 'next-cycle';
}

/** Most that supplements may be of the contract amount: Government Procurement Law art. 49. */
export const supplementLimit = '0.1';
/** Most that a performance bond may be of the contract amount: Regulation art. 48. */
const bondLimit = '0.1';

const [leastRate, mostRate, one] = [Fraction.parse('0.001')!, Fraction.parse('0.02')!, Fraction.one];

/** @throws ContractRefused with everything that is wrong */
export function checkTerms(code: string, year: string, terms: ContractTerms): void {
  const problems: Bilingual[] = [];
  const demand = (holds: boolean, zh: string, en: string): void => {
    if (!holds) problems.push({ zh, en });
  };
  const { reference, baseYear, effects } = terms;
  demand(
    /^[a-z0-9][a-z0-9-]{0,59}$/.test(code),
    '合同代码应为 1 到 60 个小写字母、数字或“-”，以字母或数字开头',
    'the code is 1 to 60 lower-case letters, digits or "-", a letter or digit first',
  );
  demand(isYear(year), `年度 ${year} 应为 1900 至 2199`, `the year ${year} is from 1900 to 2199`);
  demand(
    isYear(terms.pricesOf),
    'pricesOf 应为一个年度：各年按同一年的价格比较',
    'pricesOf is a year: all years are compared at the prices of one',
  );
  const rate = Fraction.parse(terms.rate);
  demand(
    rate !== undefined && rate.compare(leastRate) >= 0 && rate.compare(mostRate) <= 0,
    `采购比例 ${terms.rate} 应在 0.001 与 0.02 之间（0.1%—2%）`,
    `the rate ${terms.rate} lies between 0.001 and 0.02 (0.1% to 2%)`,
  );
  const [floor, cap] = [terms.floorFen, terms.capFen].map((fen) => (fen === null ? null : fenOf(fen)));
  demand(floor !== undefined, '保底额应为不小于零的整数分', 'the floor is whole fen, zero or more');
  demand(cap !== undefined, '封顶额应为不小于零的整数分', 'the cap is whole fen, zero or more');
  demand(
    !(floor && cap !== null && cap !== undefined && cap < floor),
    '封顶额不得小于保底额',
    'the cap is not below the floor',
  );
  demand(terms.services.length > 0, '至少计入一种服务', 'at least one service counts');
  demand(
    effects === null || effects.length > 0,
    '至少选定一种变化原因，或全部计入（不写 effects）',
    'at least one effect counts, or all of the change (leave effects out)',
  );
  const needsBase = reference !== 'previousYear' || terms.negative === 'carry';
  demand(
    needsBase ? baseYear !== null && isYear(baseYear) && baseYear < year : baseYear === null,
    needsBase ? `须写明早于 ${year} 的 baseYear：固定基准年，或比较所及的第一年` : '只比上年时不写 baseYear',
    needsBase
      ? `name a baseYear before ${year}: the year of reference, or the first of all years that are compared`
      : 'leave baseYear out where only the year before is compared',
  );
  const share = Fraction.parse(terms.conservationShare);
  demand(
    share !== undefined && share.compare(Fraction.zero) >= 0 && share.compare(one) <= 0,
    '用于保护的份额应在 0 与 1 之间',
    'the share that goes into conservation lies between 0 and 1',
  );
  for (const [name, zh] of [
    ['purpose', '资金用途'],
    ['buyer', '采购人'],
    ['singleSourceReason', '单一来源的理由'],
  ] as const)
    demand(terms[name].trim() !== '', `${zh}不能为空`, `${name} is not empty`);
  if (problems.length > 0) throw new ContractRefused(code, problems);
}

/** Years whose accounts the rule reads, the first one first. Changes begin in the year after the base year. */
export function comparedYears(terms: ContractTerms, year: string): string[] {
  const { reference, baseYear, negative, effects } = terms;
  if (baseYear === null) return effects === null ? [String(Number(year) - 1), year] : [year];
  if (reference === 'fixedYear' && negative !== 'carry' && effects === null) return [baseYear, year];
  const first = Number(baseYear) + (effects === null ? 0 : 1);
  return Array.from({ length: Number(year) - first + 1 }, (_, at) => String(first + at));
}

/** Values of the whole that the rule reads beside the accounts. */
export function totalsOf(terms: ContractTerms, deductionFen: Fen): Record<string, string> {
  return {
    rate: terms.rate,
    reference: terms.reference,
    deficits: terms.negative === 'carry' ? 'carried' : 'recorded',
    ...(terms.reference === 'fixedYear' && terms.effects === null && { baseYear: terms.baseYear! }),
    ...(terms.floorFen !== null && { floor: yuanText(BigInt(terms.floorFen)) }),
    ...(terms.capFen !== null && { cap: yuanText(BigInt(terms.capFen)) }),
    ...(deductionFen > 0n && { deduction: yuanText(deductionFen) }),
  };
}

/** Exact yuan of fen, as a rule reads them. */
export const yuanText = (fen: Fen): string => `${fen / 100n}.${(fen % 100n).toString().padStart(2, '0')}`;

/** Most of a limit: a tenth of 12.34 yuan is 1.23. */
function tenthOf(amountFen: Fen, limit: string): Fen {
  const { numerator, denominator } = Fraction.parse(limit)!;
  return (amountFen * numerator) / denominator;
}

export const mostBondFen = (contractFen: Fen): Fen => tenthOf(contractFen, bondLimit);
/** What supplements may still come to. */
export const mostSupplementFen = (contractFen: Fen, alreadyFen: Fen): Fen =>
  tenthOf(contractFen, supplementLimit) - alreadyFen;

/** What of the money paid has to go into conservation, rounded up to the fen. */
export function conservationDueFen(terms: ContractTerms, paidFen: Fen): Fen {
  const { numerator, denominator } = Fraction.parse(terms.conservationShare)!;
  return (paidFen * numerator + denominator - 1n) / denominator;
}

const isYear = (text: string): boolean => /^(?:19|20|21)\d\d$/.test(text);
export const fenOf = (text: string): Fen | undefined => (/^\d{1,18}$/.test(text) ? BigInt(text) : undefined);
