/** What is refused when daily values lack, and how to mend it. */
import { DomainError } from '@gep/kernel';

interface ObservedDays {
  readonly territory: string;
  readonly period: string;
}

/** Services read a daily series of which the observation has no value at all. */
export class DaySeriesMissing extends DomainError {
  readonly code = 'accounting.day-series-missing';
  readonly kind = 'invalid';
  constructor({ territory, period }: ObservedDays, series: readonly string[], services: readonly string[]) {
    super(
      {
        zh: `${territory} ${period}：没有逐日序列“${series.join('、')}”，${services.join('、')} 无法核算；请在导入文件中加上逐日表（territory、date、${series.join('、')}），或换用不读取它的规范`,
        en: `${territory} ${period}: there is no daily series "${series.join('", "')}", which ${services.join(', ')} need; add a table of days (territory, date, ${series.join(', ')}) to the file, or use a norm that does not read it`,
      },
      { territory, period, series, services },
    );
  }
}

/** A daily series lacks more days than the norm puts up with. */
export class DaysMissing extends DomainError {
  readonly code = 'accounting.days-missing';
  readonly kind = 'invalid';
  constructor({ territory, period }: ObservedDays, series: string, missing: number, days: number, most: string) {
    super(
      {
        zh: `${territory} ${period}：逐日序列“${series}”在 ${days} 天中缺 ${missing} 天，超过规范容许的份额 ${most}；请补齐缺测日期后重新导入（规范的 series.mostMissing 规定该份额）`,
        en: `${territory} ${period}: the daily series "${series}" lacks ${missing} of ${days} days, more than the share of ${most} that the norm allows; fill in the days and import again (mostMissing of the series in the norm states the share)`,
      },
      { territory, period, series, missing, days, most },
    );
  }
}
