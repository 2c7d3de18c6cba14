/** Shares and ranks: against the figures they are taken of, and against the other totals they may have been taken of. */
import { Decimal } from '@gep/kernel';
import { digitSwaps } from './digit-slip';
import type { FindingLog } from './finding';
import {
  byLastDigit,
  exactly,
  holds,
  middle,
  missesByLastDigit,
  over,
  overlap,
  Range,
  rangeOf,
  printedRange,
  showLike,
  sumOf,
  times,
} from './printed-range';
import type { StatedAccount, StatedFigure, StatedPeriod, StatedRank } from './stated-account';

interface Share {
  readonly at: string;
  readonly share: string;
  readonly part: string;
  readonly code: { readonly type?: string; readonly service?: string };
}

export function checkShares(stated: StatedAccount, log: FindingLog): void {
  for (const period of stated.periods) {
    const { areas, areaTotal, types, services, totals } = period;
    const areaSum = areas.flatMap(({ area }) => (area === undefined ? [] : [rangeOf(area, stated.exact)]));
    const areaWhole = areaTotal ? rangeOf(areaTotal.text, stated.exact) : sumOf(areaSum);
    const ofAreas = areas.flatMap(({ at, type, share, area }) => shareOf(`${at}.share`, share, area, { type }));
    checkColumn(stated, period, ofAreas, areaWhole, [], log);
    const ofTypes = types.flatMap(({ at, type, share, value }) => shareOf(`${at}.share`, share, value, { type }));
    const ofServices = services.flatMap(({ at, code, share, value }) =>
      shareOf(`${at}.share`, share, value, { service: code }),
    );
    for (const column of [ofTypes, ofServices]) {
      const own = column[0] && (totals.find(({ at }) => at.split('.')[0] === column[0].at.split('.')[0]) ?? totals[0]);
      if (own) checkColumn(stated, period, column, rangeOf(own.text, stated.exact), otherTotals(stated), log);
    }
    for (const { whole, shares } of period.shares) {
      const column = shares.flatMap(({ at, share, part, ...code }) => shareOf(at, share, part, code));
      checkColumn(stated, period, column, rangeOf(whole.text, stated.exact), wholesOf(stated), log);
    }
    const ranked = types.flatMap(({ at, type, value, rank }) =>
      value === undefined || rank === undefined ? [] : [{ at: `${at}.rank`, type, value, rank }],
    );
    for (const ranks of [ranked, ...period.ranks]) checkRanks(period, ranks, log);
  }
}

function shareOf(at: string, share: string | undefined, part: string | undefined, code: Share['code']): Share[] {
  return share === undefined || part === undefined ? [] : [{ at, share, part, code }];
}

/** Everything of the study that may have served as a base by mistake. */
function otherTotals({ periods }: StatedAccount): StatedFigure[] {
  return periods.flatMap(({ totals, sums }) => [...totals, ...sums.map(({ total }) => total)]);
}

const wholesOf = ({ periods }: StatedAccount): StatedFigure[] =>
  periods.flatMap(({ shares }) => shares.map(({ whole }) => whole));

function checkColumn(
  stated: StatedAccount,
  { period }: StatedPeriod,
  column: readonly Share[],
  whole: Range,
  others: readonly StatedFigure[],
  log: FindingLog,
): void {
  const zero = new Decimal(0);
  if (holds(whole, zero)) return;
  const hundred = exactly(100);
  const fits = ({ share, part }: Share, base: Range): boolean =>
    overlap(printedRange(share), over(times(rangeOf(part, stated.exact), hundred), base));
  const wrong = column.filter((one) => one.share !== '' && !fits(one, whole));
  const bases = others.filter(({ text }) => !holds(rangeOf(text, stated.exact), zero));
  const base =
    wrong.length > 1
      ? bases.find(({ text }) => wrong.every((one) => fits(one, rangeOf(text, stated.exact))))
      : undefined;
  for (const one of wrong) {
    const right = over(times(rangeOf(one.part, stated.exact), hundred), whole);
    const place = {
      period,
      cells: [one.at] as [string],
      ...one.code,
      expected: showLike(middle(right), one.share),
      found: one.share,
      unit: '%',
    };
    if (!base && !stated.exact && missesByLastDigit(one.share, right, log.limit('totalNotParts', 'lastDigit')))
      log.add('shareWrong', { ...place, grade: 'C', cause: byLastDigit });
    else if (base)
      log.add('shareBase', {
        ...place,
        cause: { zh: `占比以 ${base.at}（${base.text}）为基数`, en: `the share is taken of ${base.at} (${base.text})` },
      });
    else log.add('shareWrong', { ...place, cause: causeOf(one, right, wrong, column) });
  }
}

function causeOf({ share }: Share, right: Range, wrong: readonly Share[], column: readonly Share[]) {
  const swapped = digitSwaps(share).find((text) => overlap(printedRange(text), right));
  if (swapped !== undefined) return { zh: `${share} 应为 ${swapped}`, en: `${share} should read ${swapped}` };
  const sum = sumOf(column.map((one) => printedRange(one.share)));
  if (wrong.length > 1 && holds(sum, new Decimal(100)))
    return {
      zh: `本列 ${wrong.length} 个占比有误而合计仍为 100%，疑似一位数字在它们之间串位`,
      en: `${wrong.length} shares of the column are wrong and still add up to 100%: a digit seems to have moved from one to another`,
    };
  return {
    zh: '占比由另一版数值算得，或录入有误',
    en: 'the share was taken of figures of another run, or typed wrongly',
  };
}

/** The rank that the value gives among the others, or null where the stated one fits; equal values share their ranks. */
export function rankExpected({ rank, value }: StatedRank, among: readonly StatedRank[]): number | null {
  const own = new Decimal(value);
  const ahead = among.filter((other) => own.lessThan(other.value)).length;
  const level = among.filter((other) => own.equals(other.value)).length;
  return Number(rank) >= ahead + 1 && Number(rank) <= ahead + level ? null : ahead + 1;
}

function checkRanks({ period }: StatedPeriod, ranks: readonly StatedRank[], log: FindingLog): void {
  for (const one of ranks) {
    const expected = one.beside ? null : rankExpected(one, ranks);
    if (expected === null) continue;
    log.add('rankWrong', {
      period,
      cells: [one.at],
      type: one.type,
      expected: String(expected),
      found: one.rank,
      cause: { zh: '位次未随数值更新', en: 'the rank was not renewed with the figure' },
    });
  }
}
