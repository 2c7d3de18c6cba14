/** Days that a daily series lacks: an account was made without them, and somebody must say why. */
import type { FindingLog } from './finding';
import type { StatedAccount } from './stated-account';

export function checkDays(stated: StatedAccount, log: FindingLog): void {
  for (const { period, dayGaps } of stated.periods) {
    for (const { at, series, days, missing } of dayGaps) {
      log.add('daysMissing', {
        period,
        cells: [at],
        expected: String(days),
        found: String(days - missing),
        unit: 'd',
        cause: {
          zh: `逐日序列“${series.name.zh}”在 ${days} 天中缺 ${missing} 天；缺测日没有计入`,
          en: `the daily series "${series.name.en}" lacks ${missing} of ${days} days, which were not summed`,
        },
      });
    }
  }
}
