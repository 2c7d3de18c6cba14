/** Writes shadow settlements for a terminal: each settlement of the year with its parties, beside the year before. */
import { sumFen } from '@gep/kernel';
import type { ShadowHead, ShownShadow } from '@gep/settlement';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { partySaid, type PlaceNames } from '../deed/naming';
import { renderTable } from '../text-table';
import { beijingMoment } from '../../terminal/beijing-time';

const listHeads = {
  zh: ['名称', '时间（北京）', '试算人', '转为正式', '编号'],
  en: ['name', 'run at (Beijing time)', 'by', 'made real', 'id'],
} as const;
const heads = {
  zh: ['对方', '应得（元）', '上年', '应付', '资金可给', '缺口', '应收回'],
  en: ['party', 'entitled (yuan)', 'year before', 'due', 'fund gives', 'short', 'to be paid by it'],
} as const;

export function renderShadows(shadows: readonly ShadowHead[], language: Language): string {
  if (shadows.length === 0)
    return {
      zh: '没有试算（gep settlement shadow run）',
      en: 'nothing was settled on trial (gep settlement shadow run)',
    }[language];
  return renderTable(
    listHeads[language].map((heading) => ({ heading })),
    shadows.map(({ id, name, runAt, runName, settlements }) => [
      ...[name, beijingMoment(runAt), runName, settlements === null ? '' : String(settlements.length), id],
    ]),
  );
}

export function renderShadow(
  { id, name, settlements, entries }: ShownShadow,
  places: PlaceNames,
  language: Language,
): string {
  const real = settlements === null ? '' : { zh: '（已转为正式）', en: ' (made real)' }[language];
  const head = { zh: `试算 ${name} · 编号 ${id}${real}`, en: `trial ${name} · id ${id}${real}` }[language];
  return [head, ...entries.map((entry) => renderEntry(entry, places, language))].join('\n\n');
}

function renderEntry(
  { draft, fund, draws, parts, beforeFen }: ShownShadow['entries'][number],
  places: PlaceNames,
  language: Language,
): string {
  const columns = heads[language].map((heading, at) => ({ heading, numeric: at > 0 }));
  const rows = parts.map((part) => {
    const before = part.party in beforeFen ? showYuan(beforeFen[part.party]) : '';
    return [
      ...[partySaid(part, places, language), showYuan(part.entitledFen), before],
      ...[part.claimFen, part.grantedFen, part.shortfallFen, part.billFen + part.clawbackFen].map(showYuan),
    ];
  });
  const left =
    sumFen(fund.sources.map(({ availableFen }) => availableFen)) - sumFen(draws.map((draw) => draw.amountFen));
  const said = {
    zh: `资金 ${fund.code} 其后尚余 ${showYuan(left)} 元`,
    en: `${fund.code} then has ${showYuan(left)} yuan left`,
  };
  const head = {
    zh: `结算 ${draft.code} · 协议 ${draft.agreement} · 核算期 ${draft.period}`,
    en: `settlement ${draft.code} · agreement ${draft.agreement} · period ${draft.period}`,
  };
  return [head[language], renderTable(columns, rows), said[language]].join('\n');
}
