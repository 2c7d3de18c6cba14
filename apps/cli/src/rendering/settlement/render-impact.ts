/** Writes what a restatement touches for a terminal: each settlement with its parties, then what rests on it. */
import type { Bilingual } from '@gep/kernel';
import type { Impact, ImpactedSettlement, TrueUpRecord } from '@gep/settlement';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { type Naming, partySaid, type PlaceNames, placeSaid } from '../deed/naming';
import { nameOfState } from '../deed/subject-kinds';
import { renderTable } from '../text-table';
import { type FigureWords, renderDependents } from './dependent-figures';

const outcomes: Readonly<Record<ImpactedSettlement['outcome'], Bilingual>> = {
  open: { zh: '尚未处理', en: 'not looked at yet' },
  stale: {
    zh: '未付，应重新核算（gep settlement recompute）',
    en: 'not paid: recompute it (gep settlement recompute)',
  },
  drafted: { zh: '已起草更正', en: 'a correction is drafted' },
  unchanged: { zh: '金额不变', en: 'amounts do not change' },
  listed: { zh: '只列出，不更正', en: 'listed only' },
  refused: { zh: '无法核算', en: 'cannot be decided' },
  falsified: { zh: '认定造假，不按多退少补办理', en: 'falsified: not trued up' },
};
const causes: Readonly<Record<NonNullable<ImpactedSettlement['parts'][number]['cause']>, Bilingual>> = {
  'next-cycle': { zh: '下一期', en: 'next cycle' },
  limit: { zh: '超过补充限额', en: 'beyond the limit' },
  least: { zh: '低于起点', en: 'below the least' },
  paid: { zh: '超过已付', en: 'beyond what was paid' },
  disputed: { zh: '有异议', en: 'disputed' },
  none: { zh: '不更正', en: 'no true-up' },
};
const heads = {
  zh: ['对方', '原应得（元）', '现应得（元）', '差额', '已付', '应补（退）', '留待', '原因'],
  en: ['party', 'before (yuan)', 'now (yuan)', 'difference', 'paid', 'due', 'waits', 'why'],
} as const;

export function renderImpact(impact: Impact, words: FigureWords, naming: Naming, language: Language): string {
  const { territory, period, reason, isFalsified, settlements, others } = impact;
  const head = {
    zh: `${placeSaid(territory, naming.places, 'zh')} ${period} ${reason === null ? '尚未重述' : `重述：${reason}`}${isFalsified ? '（造假）' : ''}`,
    en: `${placeSaid(territory, naming.places, 'en')} ${period} ${reason === null ? 'not restated so far' : `restated: ${reason}`}${isFalsified ? ' (falsified)' : ''}`,
  }[language];
  const nothing = { zh: '没有依据它的决定、支付或分红', en: 'nothing was decided, paid or shared out by it' }[language];
  const sums = {
    zh: `合计：原应得 ${showYuan(impact.beforeFen)}，现应得 ${showYuan(impact.afterFen)}，已付 ${showYuan(impact.paidFen)} 元`,
    en: `in all: before ${showYuan(impact.beforeFen)}, now ${showYuan(impact.afterFen)}, paid ${showYuan(impact.paidFen)} yuan`,
  }[language];
  return [
    head,
    ...(settlements.length + others.length === 0 ? [nothing] : []),
    ...settlements.map((one) => renderSettlement(one, naming.places, language)),
    ...(settlements.length > 0 ? [sums] : []),
    ...(others.length > 0 ? [renderDependents(others, words, naming, language)] : []),
  ].join('\n\n');
}

function renderSettlement(one: ImpactedSettlement, places: PlaceNames, language: Language): string {
  const { code, id, state, outcome, correction, refusal, parts } = one;
  const stateOf = (of: string): string => nameOfState('settlement', of)[language];
  const drafted = correction ? ` → ${correction.code} ${correction.id} (${stateOf(correction.state)})` : '';
  const line = `${code} ${id} (${stateOf(state)}): ${outcomes[outcome][language]}${drafted}`;
  if (refusal) return `${line}\n${refusal[language]}`;
  const rows = parts.map((part) => [
    ...[
      partySaid(part, places, language),
      ...[part.beforeFen, part.afterFen, part.differenceFen, part.paidFen].map(showYuan),
    ],
    ...[showYuan(part.dueFen), showYuan(part.waitingFen), part.cause ? causes[part.cause][language] : ''],
  ]);
  const columns = heads[language].map((heading, at) => ({ heading, numeric: at > 0 && at < 7 }));
  return `${line}\n${renderTable(columns, rows)}`;
}

/** What a true-up came to, to be told with its deed. */
export function trueUpSaid({ about, outcome, refusal }: TrueUpRecord, language: Language): object {
  const why = refusal && (refusal as { readonly text: Bilingual }).text[language];
  return { about, outcome, says: [outcomes[outcome][language], ...(why ? [why] : [])].join('; ') };
}
