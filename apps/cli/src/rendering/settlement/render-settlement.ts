/** Writes settlements for a terminal: lists, one with its parties, where its amounts come from, and whether they hold. */
import type { Bilingual } from '@gep/kernel';
import type {
  PartState,
  SettlementHead,
  SettlementKind,
  SettlementState,
  SettlementVerdict,
  ShownSettlement,
} from '@gep/settlement';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { departmentSaid } from '../fund/render-fund';
import { codeOfPath, partySaid, type PlaceNames, placeSaid } from '../deed/naming';
import { nameOfAct, nameOfState } from '../deed/subject-kinds';
import { type Head, renderList } from '../listed';
import { renderTable } from '../text-table';
import { beijingMoment } from '../../terminal/beijing-time';

const partNames: Readonly<Record<PartState, Bilingual>> = {
  open: { zh: '待办', en: 'open' },
  disputed: { zh: '有异议', en: 'disputed' },
  queued: { zh: '排队', en: 'queued' },
  short: { zh: '未足', en: 'short' },
  reserved: { zh: '已预留', en: 'reserved' },
  payable: { zh: '应付', en: 'payable' },
  paid: { zh: '已付', en: 'paid' },
  billed: { zh: '待收', en: 'billed' },
  recovering: { zh: '待追回', en: 'owes back' },
  settled: { zh: '已清', en: 'settled' },
};
const listHeads: readonly Head[] = [
  { zh: '代码', en: 'Code', most: 36 },
  { zh: '地域', en: 'Territory', most: 24 },
  { zh: '协议', en: 'Agreement', most: 32 },
  { zh: '核算期', en: 'Period' },
  { zh: '种类', en: 'Kind' },
  { zh: '状态', en: 'State' },
  { zh: '编号', en: 'Id' },
];
const none: Bilingual = {
  zh: '没有结算（核算：gep agreement settle、gep settlement compute）',
  en: 'there is no settlement (one is computed by gep agreement settle or gep settlement compute)',
};

/** Kinds of settlements: the results first, then what corrects them. */
const kindNames: Readonly<Record<SettlementKind, Bilingual>> = {
  advance: { zh: '预付', en: 'advance' },
  settlement: { zh: '结果', en: 'result' },
  supplement: { zh: '补付', en: 'supplement' },
  'true-up': { zh: '多退少补', en: 'true-up' },
  clawback: { zh: '追回', en: 'clawback' },
};
const partHeads = {
  zh: ['对方', '状态', '应得（元）', '申请', '预付转支出', '应收', '应追回', '准予', '已付'],
  en: ['Party', 'State', 'Entitled (yuan)', 'Claim', 'Advance spent', 'Bill', 'Owed back', 'Granted', 'Paid'],
} as const;
const paymentHeads = {
  zh: ['付给', '来源', '部门', '金额（元）', '支付人'],
  en: ['Paid to', 'Source', 'Department', 'Yuan', 'Paid by'],
} as const;

const columnsFrom = (headings: readonly string[], numericFrom: number) =>
  headings.map((heading, at) => ({ heading, ...(at >= numericFrom && { numeric: 'point' as const }) }));

type ListedSettlement = Omit<SettlementHead, 'decision'> & { readonly state: SettlementState | null };

export function renderSettlements(found: readonly ListedSettlement[], places: PlaceNames, language: Language): string {
  const rows = found.map(({ code, territoryPath, agreement, period, kind, state, id }) => [
    ...[code, placeSaid(codeOfPath(territoryPath), places, language), agreement, period, kindNames[kind][language]],
    ...[state === null ? '' : nameOfState('settlement', state)[language], id],
  ]);
  return renderList(language, listHeads, rows, none);
}

export function renderSettlement(
  { gist, state, steps, frozen, parts, payments }: ShownSettlement,
  places: PlaceNames,
  language: Language,
): string {
  const stands = state === null ? '' : nameOfState('settlement', state)[language];
  const kind = kindNames[gist.kind][language];
  const head = {
    zh: `结算 ${gist.code} · 协议 ${gist.agreement} · 核算期 ${gist.period} · ${kind} · ${stands} · 编号 ${gist.id}`,
    en: `settlement ${gist.code} · agreement ${gist.agreement} · period ${gist.period} · ${kind} · ${stands} · id ${gist.id}`,
  }[language];
  const rule = { zh: `规则 ${gist.policyId} · ${gist.ruleEdition}`, en: `rule ${gist.policyId} · ${gist.ruleEdition}` }[
    language
  ];
  const amounts = parts.map((part) => [
    ...[part.entitledFen, part.claimFen, part.advanceSpentFen, part.billFen],
    ...[part.clawbackFen, part.grantedFen, part.paidFen],
  ]);
  const sums = (amounts[0] ?? []).map((_, at) => amounts.reduce((sum, row) => sum + row[at], 0n));
  const table = renderTable(columnsFrom(partHeads[language], 2), [
    ...parts.map((part, at) => [
      partySaid(part, places, language),
      partNames[part.state][language],
      ...amounts[at].map(showYuan),
    ]),
    ...(parts.length > 1 ? [[{ zh: '合计', en: 'Sum' }[language], '', ...sums.map(showYuan)]] : []),
  ]);
  const disputed = { zh: `有异议：${frozen.join('、')}`, en: `disputed: ${frozen.join(', ')}` }[language];
  const acts = steps.map(({ no, act, actorName, at, reason }) =>
    [`${no}.`, nameOfAct('settlement', act)[language], actorName, beijingMoment(at), reason ?? ''].join(' ').trimEnd(),
  );
  const stepHead = { zh: '办理（北京时间）', en: 'Steps (Beijing time)' }[language];
  const paid = renderPayments(payments, places, language);
  return [head, rule, ...(frozen.length > 0 ? [disputed] : []), table, ...paid, stepHead, ...acts].join('\n');
}

/** A payment from several sources has a row for each. */
function renderPayments(payments: ShownSettlement['payments'], places: PlaceNames, language: Language): string[] {
  if (payments.length === 0) return [];
  const returned = { zh: '（已退回）', en: ' (sent back)' }[language];
  const rows = payments.flatMap(({ payee, amountFen, paidBy, isReturned, sources }) =>
    (sources.length > 0 ? sources : [{ code: '', department: '', amountFen }]).map((source) => [
      ...[
        `${placeSaid(payee, places, language)}${isReturned ? returned : ''}`,
        source.code,
        departmentSaid(source.department, language),
        showYuan(source.amountFen),
        paidBy,
      ],
    ]),
  );
  const columns = paymentHeads[language].map((heading, at) => ({
    heading,
    ...(at === 3 && { numeric: 'point' as const }),
  }));
  return [renderTable(columns, rows)];
}

export function renderVerdicts(verdicts: readonly SettlementVerdict[], language: Language): string {
  const said = verdicts.map(({ code, id, holds, found, decisionDigest }) => {
    const holding = { zh: '一致', en: 'the same' }[language];
    const broken = { zh: `不一致：${found.join('、')}`, en: `differs: ${found.join(', ')}` }[language];
    return `${code}  ${id}  ${decisionDigest.slice(0, 12)}  ${holds ? holding : broken}`;
  });
  const sum = {
    zh: `${verdicts.length} 项结算重新决定，${verdicts.filter(({ holds }) => !holds).length} 项不一致`,
    en: `${verdicts.length} settlements decided anew, ${verdicts.filter(({ holds }) => !holds).length} differ`,
  }[language];
  return [...said, sum].join('\n');
}
