/** Writes reviews and data sheets for a terminal. */
import { rolesWith } from '@gep/access';
import {
  type FollowingAct,
  nameOfAct,
  nameOfRole,
  nameOfState,
  type ReviewStep,
  type ReviewView,
  type ShownSheet,
  type SheetState,
} from '@gep/accounting';
import type { NormEdition } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { renderTable } from '../text-table';
import { beijingMoment } from '../../terminal/beijing-time';

const words = {
  zh: {
    round: '轮次',
    step: '步骤',
    judged: '评审中',
    current: '现行',
    published: '已发布',
    none: '无',
    locked: '锁定：由',
    since: '于',
    unlock: '解锁',
    can: '可办理',
    cannot: '不可',
    head: ['步', '轮', '办理', '状态', '版', '人员', '时间（北京）', '理由'],
    sheet: ['数据表', '部门', '状态', '期限', '已有/应有', '缺少'],
    extent: '图斑',
    between: '、',
    late: '逾期',
    weekends: '期限仅按周末推算：节假日安排缺相关年份，请补充 rulebook/calendars',
  },
  en: {
    round: 'round',
    step: 'step',
    judged: 'judged',
    current: 'current',
    published: 'published',
    none: 'none',
    locked: 'locked by',
    since: 'at',
    unlock: 'unlocked by',
    can: 'may',
    cannot: 'may not',
    head: ['step', 'round', 'act', 'state', 'vintage', 'by', 'at (Beijing time)', 'reason'],
    sheet: ['sheet', 'department', 'state', 'due', 'there/asked', 'missing'],
    extent: 'patches',
    between: ', ',
    late: 'late',
    weekends: 'counted by weekends alone: add the holidays of the year to rulebook/calendars',
  },
} as const;

/** Where a review stands, its lock, and each act with why it may not be done. */
export function renderReview(view: ReviewView, language: Language): string {
  const said = words[language];
  const vintage = (one: ReviewView['judged']): string =>
    one ? `v${one.vintage} ${one.digest.slice(0, 12)}` : said.none;
  const { lock } = view;
  const ways = (lock?.unlock ?? []).map(
    ({ act, roles }) => `${nameOfAct(act)[language]} (${roles.map((role) => nameOfRole(role)[language]).join(', ')})`,
  );
  return [
    `${view.territory} ${view.period} ${view.normId}: ${nameOfState(view.state)[language]}  ${said.round} ${view.round}  ${said.step} ${view.stepNo}`,
    `${said.judged} ${vintage(view.judged)}  ${said.current} ${vintage(view.current)}  ${said.published} ${vintage(view.published)}`,
    ...(lock
      ? [
          `${said.locked} ${lock.lockedBy} ${said.since} ${beijingMoment(new Date(lock.lockedAt))}; ${said.unlock}: ${ways.join(', ')}`,
        ]
      : []),
    ...view.acts.map(({ act, refusal }) =>
      refusal
        ? `  ${said.cannot} ${nameOfAct(act)[language]}: ${refusal.text[language]}`
        : `  ${said.can} ${nameOfAct(act)[language]}`,
    ),
  ].join('\n');
}

const deedWords = {
  zh: { next: '下一步', also: '亦可（须写理由）', not: (names: string) => `，不得是 ${names}` },
  en: { next: 'next', also: 'or, with a reason', not: (names: string) => `, not ${names}` },
} as const;

/** A step that was taken: the state before and after, and who does what next. No clock runs over a review. */
export function renderActed(step: ReviewStep, next: readonly FollowingAct[], language: Language): string {
  const said = deedWords[language];
  const whoOf = ({ role, permission }: FollowingAct['roles'][number]): string =>
    (permission === undefined ? '' : rolesWith(permission).join('/')) || nameOfRole(role)[language];
  const { territory, period, normId, vintage, act, from, state, reason } = step;
  return [
    `${territory} ${period} ${normId}  v${vintage.vintage}`,
    `${nameOfAct(act)[language]}: ${nameOfState(from)[language]} → ${nameOfState(state)[language]}${reason === '' ? '' : `  ${reason}`}`,
    ...next.map(
      ({ act: following, roles, notBy, reasonNeeded }) =>
        `${reasonNeeded ? said.also : said.next}: \`${following}\` · ${nameOfAct(following)[language]} — ${roles.map(whoOf).join(', ')}${notBy.length > 0 ? said.not(notBy.join(', ')) : ''}`,
    ),
  ].join('\n');
}

/** One line for each step. */
export function renderSteps(steps: readonly ReviewStep[], language: Language): string {
  return renderTable(
    words[language].head.map((heading, at) => ({ heading, numeric: at < 2 })),
    steps.map(({ stepNo, round, act, state, vintage, by, at, reason }) => [
      ...[String(stepNo), String(round), nameOfAct(act)[language], nameOfState(state)[language]],
      ...[`v${vintage.vintage}`, by.name, beijingMoment(at), reason],
    ]),
  );
}

const states: Readonly<Record<SheetState, Readonly<Record<Language, string>>>> = {
  received: { zh: '已收', en: 'received' },
  partial: { zh: '部分', en: 'partial' },
  missing: { zh: '未收', en: 'missing' },
};

/** One line for each sheet; what is missing by its name in the norm, where there is one. */
export function renderSheets(
  sheets: readonly ShownSheet[],
  norm: Pick<NormEdition, 'attributes' | 'products'> | undefined,
  language: Language,
): string {
  const known = [...(norm?.attributes ?? []), ...(norm?.products ?? [])];
  const names = new Map(known.map(({ code, name }) => [code, name[language]]));
  const nameOf = (code: string): string => (code === 'extent' ? words[language].extent : (names.get(code) ?? code));

  const table = renderTable(
    words[language].sheet.map((heading) => ({ heading })),
    sheets.map(({ definition, state, overdue, due, dueBasis, present, expected, missing }) => [
      definition.title[language],
      definition.department[language],
      `${states[state][language]}${overdue ? ` (${words[language].late})` : ''}`,
      ...[
        dueBasis === 'weekendsOnly' ? `${due} *` : due,
        `${present}/${expected}`,
        missing.map(nameOf).join(words[language].between),
      ],
    ]),
  );
  return sheets.some(({ dueBasis }) => dueBasis === 'weekendsOnly') ? `${table}\n* ${words[language].weekends}` : table;
}
