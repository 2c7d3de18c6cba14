/** Why a row or a table of daily values is refused. */
import { error, listed, type Word } from './reason-words';

export const ofDays = {
  dateInvalid: (text: string) =>
    error(
      'date-invalid',
      text === '' ? '没有日期' : `“${text}”不是日期`,
      text === '' ? 'there is no date' : `"${text}" is not a date`,
      '请写成 2024-07-01',
      'write 2024-07-01',
    ),
  dateOutside: (date: string, period: string, first: string, last: string) =>
    error(
      'date-outside',
      `日期 ${date} 不在核算期 ${period}（${first} 至 ${last}）之内`,
      `${date} is not in the period ${period}, which runs from ${first} to ${last}`,
      '请改正日期；不足一年的核算期须有“核算期”列',
      'correct the date, or the period; without a column "period" the year of the date is meant',
    ),
  dayTwice: (what: string, date: string, earlier: number) =>
    error(
      'duplicate-day',
      `${date} 的“${what}”已在第 ${earlier} 行给出`,
      `"${what}" of ${date} is already given in row ${earlier}`,
      '请删去其中一行',
      'remove one of the two rows',
    ),
  noDayValue: () =>
    error(
      'no-day-value',
      '此行没有任何逐日数值',
      'the row gives no value for its day',
      '请填写数值，或删去此行：缺测的日期不写即可',
      'fill in a value, or remove the row: a day without a value is simply left out',
    ),
  seriesMissing: (series: readonly Word[]) =>
    error(
      'series-missing',
      series.length === 0 ? '该规范不使用逐日序列' : '没有逐日序列的列',
      series.length === 0 ? 'the norm reads no daily series' : 'there is no column of a daily series',
      series.length === 0 ? '请删去此表，或换用读取逐日序列的规范' : `请增加以下列之一：${listed(series).zh}`,
      series.length === 0
        ? 'remove the table, or use a norm that reads daily series'
        : `add a column of one of ${listed(series).en}`,
    ),
  daysWithoutExtent: ({ territory, period }: { readonly territory: string; readonly period: string }) =>
    error(
      'days-without-extent',
      `地域 ${territory} 在 ${period} 没有可接受的面积，其逐日数值无处可用`,
      `${territory} has no accepted area in ${period} that could use its daily values`,
      '请核对地域代码与日期，并在同一文件中给出该地域和核算期的面积',
      'check the territory code and the dates, and give the areas of this territory and period in the same file',
    ),
};
