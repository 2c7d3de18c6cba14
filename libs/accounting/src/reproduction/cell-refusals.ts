/** Why the accounts do not have the figure of a cell, in words that say what is missing and how to mend it. */
import type { CaseMeasure } from '@gep/rulebook';
import type { FigureChoice } from './account-figures';
import { CellUnanswerable } from './errors';

export const perMissing = (): CellUnanswerable =>
  new CellUnanswerable({
    zh: 'ratio 缺少除数；请在该表写 per: { amount: …, unit: 亿元 }',
    en: 'ratio has nothing to divide by; give the table per: { amount: …, unit: 10^8 yuan }',
  });

export const sinceMissing = (measure: CaseMeasure): CellUnanswerable =>
  new CellUnanswerable({
    zh: `${measure} 缺少起始核算期；请在该表写 since: '…'`,
    en: `${measure} has no period to start from; give the table since: '…'`,
  });

export const periodMissing = (measure: CaseMeasure): CellUnanswerable =>
  new CellUnanswerable({
    zh: `${measure} 须属于一个核算期；请在 where 中写 period，或以 period 为行或列`,
    en: `${measure} is of one period; give period under where, or have periods as rows or columns`,
  });

export const notLater = (measure: CaseMeasure, since: string, period: string): CellUnanswerable =>
  new CellUnanswerable({
    zh: `${measure} 的核算期 ${period} 不晚于 since ${since}；请改 since，或不写这一格`,
    en: `${measure}: period ${period} is not after since ${since}; change since, or leave the cell out`,
  });

export const wholeNotRanked = (): CellUnanswerable =>
  new CellUnanswerable({
    zh: '合计没有位次；请不写这一格',
    en: 'a total has no rank; leave the cell out',
  });

export const lineMissing = (choice: FigureChoice): CellUnanswerable => {
  const of = Object.values(choice)
    .map((codes) => codes.join('+'))
    .join(', ');
  return new CellUnanswerable({
    zh: `账户中没有“${of}”的行；请检查其数量是否在观测数据中、该服务是否适用，或不写这一格`,
    en: `the accounts have no line for ${of}; see whether its quantity is observed and the service applies there, or leave the cell out`,
  });
};

export const severalUnits = (measure: CaseMeasure, units: readonly string[]): CellUnanswerable =>
  new CellUnanswerable({
    zh: `${measure}：各行的单位不一（${units.join('、')}），不能相加；请按单位分开，以 where 或 sets 限定`,
    en: `${measure}: the lines are in ${units.join(' and ')}, which do not add up; hold the cell to those of one unit by where or sets`,
  });

export const severalPrices = (prices: readonly string[]): CellUnanswerable => {
  const shown = [...prices.slice(0, 5), ...(prices.length > 5 ? ['…'] : [])].join(', ');
  return new CellUnanswerable({
    zh: `这一格的各行有几个单价（${shown}）；请限定到一个服务、统计项、类型或核算期；平均值用 unitValue`,
    en: `the lines of the cell have several prices (${shown}); hold it to one service, item, type or period; unitValue is their mean`,
  });
};

export const unitMissing = (measure: CaseMeasure): CellUnanswerable =>
  new CellUnanswerable({
    zh: `${measure}：缺少单位；请在该表的 units 中给出`,
    en: `${measure}: its unit is missing; give it under units of the table`,
  });

/** Money printed in a currency that nothing turns into yuan. */
export const exchangeMissing = (unit: string, currency: string): CellUnanswerable =>
  new CellUnanswerable({
    zh: `账户以元计，不能换算为“${unit}”；请在该表写 exchange: <规范中单位为 yuan/${currency} 的参数代码>`,
    en: `accounts are in yuan, which is not "${unit}"; give the table exchange: <code of a parameter of the norm in yuan/${currency}>`,
  });

export const exchangeUnknown = (code: string, known: readonly string[]): CellUnanswerable =>
  new CellUnanswerable({
    zh: `exchange：规范没有汇率参数“${code}”（单位如 yuan/USD）${known.length > 0 ? `；可用的有：${known.join('、')}` : '；请先在规范的 parameters 中写上'}`,
    en: `exchange: the norm has no rate "${code}" (a parameter in a unit as yuan/USD)${known.length > 0 ? `; known here: ${known.join(', ')}` : '; write it under parameters of the norm'}`,
  });

export const rateMissing = (code: string, territory: string, period: string): CellUnanswerable =>
  new CellUnanswerable({
    zh: `exchange：参数“${code}”在 ${territory} ${period} 没有值；请补上 from 更早的值`,
    en: `exchange: parameter "${code}" has no value for ${territory} in ${period}; add one with an earlier from`,
  });

export const onlyQuantity = (measure: CaseMeasure): CellUnanswerable =>
  new CellUnanswerable({
    zh: `公式只有实物量（quantity），没有 ${measure}；请改用读取它的服务，或写 quantity`,
    en: `a formula has a quantity and no ${measure}; name the service that reads it, or write quantity`,
  });
