/** Growth, values per area and ratios: against the stated figures that they are taken of. */
import { Decimal, type Bilingual } from '@gep/kernel';
import { plainFactor, swapThatGives } from '../digit-slip';
import type { FindingLog } from '../finding';
import {
  byLastDigit,
  exactly,
  holds,
  middle,
  missesByLastDigit,
  over,
  overlap,
  printedRange,
  rangeOf,
  showLike,
  times,
  type Range,
} from '../printed-range';
import type { StatedAccount, StatedDerived } from '../stated-account';

export function checkDerived(stated: StatedAccount, log: FindingLog): void {
  for (const { period, derived } of stated.periods)
    for (const one of derived) {
      const right = quotientOf(one, stated.exact);
      if (!right || overlap(roundedAt(one.text), right)) continue;
      const { at, text, of, by, unit, service, type } = one;
      log.add('derivedWrong', {
        period,
        cells: [at, of.at, by.at],
        service,
        type,
        expected: showLike(middle(right), text),
        found: text,
        unit,
        ...(missesByLastDigit(text, right, log.limit('totalNotParts', 'lastDigit'))
          ? { grade: 'C' as const, cause: byLastDigit }
          : { cause: causeOf(one, right) }),
      });
    }
}

/** Half a unit of the last digit, also around nought. */
function roundedAt(text: string): Range {
  const { low, high } = printedRange(text === '' ? '0' : text);
  if (!low.equals(high)) return { low, high };
  const half = new Decimal(10).pow(-(/\.(\d+)$/.exec(text)?.[1].length ?? 0)).dividedBy(2);
  return { low: low.minus(half), high: high.plus(half) };
}

/** In the unit of the figure; undefined where it would be divided by nought. */
export function quotientOf(
  { of, by, factor, isGrowth }: Pick<StatedDerived, 'of' | 'by' | 'factor' | 'isGrowth'>,
  exact: boolean,
): Range | undefined {
  const base = rangeOf(by.text, exact);
  if (holds(base, new Decimal(0))) return undefined;
  const quotient = over(rangeOf(of.text, exact), base);
  const { low, high } = isGrowth ? { low: quotient.low.minus(1), high: quotient.high.minus(1) } : quotient;
  return times({ low, high }, exactly(factor));
}

function causeOf({ text, of, by }: StatedDerived, right: Range): Bilingual {
  const swapped = swapThatGives(text, right, roundedAt);
  if (swapped !== undefined) return { zh: `${text} 应为 ${swapped}`, en: `${text} should read ${swapped}` };
  const wanted = middle(right);
  const sign = wanted.isZero() ? undefined : plainFactor(new Decimal(text).dividedBy(wanted));
  return (
    sign ?? {
      zh: `由 ${of.at}（${of.text}）与 ${by.at}（${by.text}）推算不得此数；数值取自另一版，或基数不同`,
      en: `${of.at} (${of.text}) and ${by.at} (${by.text}) do not give it: figures of another run, or another base`,
    }
  );
}
