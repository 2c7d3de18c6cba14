/** Target plans as plain text: lists, and one plan with its milestones, replies and what the units leave of the whole. */
import { planSteps, type PlanEdition, type PlanView } from '@gep/evaluation';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { renderTable } from '../text-table';

const headings = {
  list: {
    zh: ['计划', '版', '地域', '名称', '目标期', '单位数', '编号'],
    en: ['Plan', 'Edition', 'Territory', 'Title', 'Term', 'Units', 'Id'],
  },
  targets: { zh: ['单位', '指标', '路径', '基数'], en: ['Unit', 'Indicator', 'Path', 'Base'] },
  replies: { zh: ['单位', '答复', '草案版次', '理由'], en: ['Unit', 'Answer', 'Version', 'Reason'] },
  gaps: {
    zh: ['指标', '年份', '整体目标', '各单位之和', '差额'],
    en: ['Indicator', 'Year', 'Whole', 'Units', 'Gap'],
  },
} as const;
const answers = { accepted: { zh: '接受', en: 'accepted' }, countered: { zh: '反提案', en: 'countered' } } as const;

const columnsOf = (names: readonly string[], numeric: (at: number) => boolean) =>
  names.map((heading, at) => ({ heading, numeric: numeric(at) }));

export function renderPlans(plans: readonly PlanEdition[], language: Language): string {
  if (plans.length === 0) return language === 'zh' ? '没有目标计划。' : 'There is no plan.';
  return renderTable(
    columnsOf(headings.list[language], (at) => at === 1 || at === 5),
    plans.map(({ id, code, editionNo, terms }) => [
      ...[code, String(editionNo), terms.place, terms.title[language]],
      ...[`${terms.term.first}–${terms.term.last}`, String(terms.units.length), id],
    ]),
  );
}

export function renderPlan(view: PlanView, language: Language): string {
  const { code, editionNo, versionNo, terms, state, targets, replies, gaps, silent, countered, restatedBases } = view;
  const years = targets[0]?.milestones.map(({ year }) => String(year)) ?? [];
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const parts = [
    `${code} · ${editionNo}.${versionNo} · ${terms.title[language]} · ${planSteps.nameOfState[state][language]}`,
    say(
      `${terms.place} ${terms.term.first}–${terms.term.last}，基年 ${terms.base}，边界 ${terms.boundaryDay}，规范 ${terms.norm}；金额为元（每公顷指标为元/公顷）`,
      `${terms.place} ${terms.term.first}–${terms.term.last}, base ${terms.base}, boundary of ${terms.boundaryDay}, norm ${terms.norm}; in yuan (by area: yuan for a hectare)`,
    ),
    renderTable(
      columnsOf([...headings.targets[language], ...years], (at) => at > 2),
      targets.map(({ unit, indicator, path, base, milestones }) => [
        ...[unit, indicator, path, showYuan(base.fen)],
        ...milestones.map(({ fen }) => showYuan(fen)),
      ]),
    ),
  ];
  if (replies.length > 0)
    parts.push(
      renderTable(
        columnsOf(headings.replies[language], (at) => at === 2),
        replies.map(({ unit, answer, versionNo: of, reason }) => [unit, answers[answer][language], String(of), reason]),
      ),
    );
  const rows = gaps.flatMap(({ indicator, years: each }) =>
    each.map(({ year, wholeFen, unitsFen, gapFen }) => [
      ...[indicator, String(year), showYuan(wholeFen), showYuan(unitsFen), showYuan(gapFen)],
    ]),
  );
  if (rows.length > 0)
    parts.push(
      renderTable(
        columnsOf(headings.gaps[language], (at) => at > 1),
        rows,
      ),
    );
  if (state === 'drafted' && silent.length > 0)
    parts.push(say(`尚未答复：${silent.join('、')}`, `have not answered: ${silent.join(', ')}`));
  if (countered.length > 0)
    parts.push(say(`反提案未采纳：${countered.join('、')}`, `counter-proposals that stand: ${countered.join(', ')}`));
  if (restatedBases.length > 0) {
    const named = restatedBases.map(({ territory, year }) => `${territory} ${year}`).join(', ');
    parts.push(say(`基数所依据的核算已重述：${named}`, `accounts under bases were restated: ${named}`));
  }
  return parts.join('\n\n');
}
