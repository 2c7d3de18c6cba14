/** A back-test for people: each period in one line, then each unit with what it gains or loses. */
import type { Backtest } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { renderTable } from '../text-table';

export function renderBacktest(
  { new: adopted, current, periods, units, gaining, losing, same, newFen, currentFen }: Backtest,
  language: Language,
): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const number = (heading: string) => ({ heading, numeric: 'point' as const });
  const money = [
    number(say('现行（元）', 'Current (yuan)')),
    number(say('新规则', 'New')),
    number(say('变化', 'Change')),
  ];
  const byPeriod = renderTable(
    [{ heading: say('核算期', 'Period') }, ...money],
    periods.map((one) =>
      one.undecided
        ? [one.period, say('不能计算', 'undecided'), '', '']
        : [one.period, showYuan(one.currentFen), showYuan(one.newFen), showYuan(one.newFen - one.currentFen)],
    ),
  );
  const byUnit = renderTable(
    [{ heading: say('单位', 'Unit') }, { heading: say('名称', 'Name') }, ...money],
    units.map((one) => [one.unit, one.name, showYuan(one.currentFen), showYuan(one.newFen), showYuan(one.changeFen)]),
  );
  const why = periods.flatMap(({ period, undecided = [] }) =>
    undecided.map(
      ({ rule, text }) =>
        `${period} · ${rule === 'new' ? say('新规则', 'new') : say('现行规则', 'current')}: ${text[language]}`,
    ),
  );
  const total = say(
    `合计 ${showYuan(currentFen)} → ${showYuan(newFen)}；增 ${gaining} 个单位，减 ${losing} 个，不变 ${same} 个`,
    `total ${showYuan(currentFen)} → ${showYuan(newFen)}; ${gaining} units gain, ${losing} lose, ${same} stay the same`,
  );
  return [
    `${adopted.id} @ ${adopted.edition.slice(0, 12)} / ${current.id} @ ${current.edition.slice(0, 12)}`,
    byPeriod,
    ...why,
    byUnit,
    total,
  ].join('\n\n');
}
