/** A back-test for people: of money each period in one line, then each unit; of scores each unit in each period. */
import type { Backtest, MoneyBacktest, ScoreBacktest } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { renderTable } from '../text-table';

export const renderBacktest = (tried: Backtest, language: Language): string =>
  tried.kind === 'score' ? renderScores(tried, language) : renderMoney(tried, language);

const headOf = ({ new: adopted, current }: Backtest): string =>
  `${adopted.id} @ ${adopted.edition.slice(0, 12)} / ${current.id} @ ${current.edition.slice(0, 12)}`;

function reasons(periods: Backtest['periods'], language: Language): string[] {
  const side = { new: { zh: '新规则', en: 'new' }, current: { zh: '现行规则', en: 'current' } };
  return periods.flatMap(({ period, undecided = [] }) =>
    undecided.map(({ rule, text }) => `${period} · ${side[rule][language]}: ${text[language]}`),
  );
}

function renderScores(tried: ScoreBacktest, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { periods, rising, falling, same, gradesChanged } = tried;
  const number = (heading: string) => ({ heading, numeric: 'point' as const });
  const moves = { rises: say('升', 'rises'), falls: say('降', 'falls'), same: '' };
  const place = (rank: number | undefined): string => (rank === undefined ? '' : rank === 0 ? '–' : String(rank));
  const rows = periods.flatMap(({ period, units }) =>
    units.map(({ unit, name, current, new: after, move }) => [
      ...[period, unit, name],
      ...[current?.score ?? '', after?.score ?? '', place(current?.rank), place(after?.rank)],
      ...[current?.grade?.name[language] ?? '', after?.grade?.name[language] ?? '', moves[move]],
    ]),
  );
  const table = renderTable(
    [
      ...[say('核算期', 'Period'), say('单位', 'Unit'), say('名称', 'Name')].map((heading) => ({ heading })),
      ...[say('现行得分', 'Current'), say('新得分', 'New')].map(number),
      ...[say('现行名次', 'Rank'), say('新名次', 'new')].map(number),
      ...[say('现行等级', 'Grade'), say('新等级', 'new'), say('升降', 'Move')].map((heading) => ({ heading })),
    ],
    rows,
  );
  const total = say(
    `升 ${rising}，降 ${falling}，不变 ${same}；等级变化 ${gradesChanged}（单位·期）`,
    `${rising} rise, ${falling} fall, ${same} stay the same; ${gradesChanged} have another grade (units in periods)`,
  );
  return [headOf(tried), table, ...reasons(periods, language), total].join('\n\n');
}

function renderMoney(tried: MoneyBacktest, language: Language): string {
  const { periods, units, gaining, losing, same, newFen, currentFen } = tried;
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
  const total = say(
    `合计 ${showYuan(currentFen)} → ${showYuan(newFen)}；增 ${gaining} 个单位，减 ${losing} 个，不变 ${same} 个`,
    `total ${showYuan(currentFen)} → ${showYuan(newFen)}; ${gaining} units gain, ${losing} lose, ${same} stay the same`,
  );
  return [headOf(tried), byPeriod, ...reasons(periods, language), byUnit, total].join('\n\n');
}
