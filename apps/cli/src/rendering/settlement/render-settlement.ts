/** Writes settlements for a terminal: lists, one with its parties, where its amounts come from, and whether they hold. */
import type { Bilingual } from '@gep/kernel';
import type {
  PartState,
  SettlementExplanation,
  SettlementHead,
  SettlementState,
  SettlementVerdict,
  SettlementView,
} from '@gep/settlement';
import { settlementTable } from '@gep/settlement';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
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
const listHeads = {
  zh: ['代码', '协议', '核算期', '种类', '状态', '编制人', '编号'],
  en: ['Code', 'Agreement', 'Period', 'Kind', 'State', 'Prepared by', 'Id'],
} as const;
const partHeads = {
  zh: ['对方', '状态', '应得（元）', '申请', '预付转支出', '应收', '应追回', '准予', '已付'],
  en: ['Party', 'State', 'Entitled (yuan)', 'Claim', 'Advance spent', 'Bill', 'Owed back', 'Granted', 'Paid'],
} as const;
const valueHeads = {
  zh: ['数值', '', '单位', '来历', '来源'],
  en: ['Value', '', 'Unit', 'Origin', 'Source'],
} as const;

const columnsOf = (headings: readonly string[], numericFrom: number) =>
  headings.map((heading, at) => ({ heading, ...(at >= numericFrom && { numeric: 'point' as const }) }));

type ListedSettlement = Omit<SettlementHead, 'decision'> & { readonly state: SettlementState | null };

export function renderSettlements(found: readonly ListedSettlement[], language: Language): string {
  if (found.length === 0) return { zh: '没有结算', en: 'no settlements' }[language];
  return renderTable(
    columnsOf(listHeads[language], listHeads[language].length),
    found.map(({ code, agreement, period, kind, state, computedName, id }) => [
      ...[code, agreement, period, kind, state === null ? '' : settlementTable.nameOfState[state][language]],
      ...[computedName, id],
    ]),
  );
}

export function renderSettlement(
  { gist, state, nameOfState, steps, frozen, parts }: SettlementView,
  language: Language,
): string {
  const head = `${gist.code}  ${gist.agreement}  ${gist.period}  ${gist.kind}  ${nameOfState?.[language] ?? state ?? ''}`;
  const rule = { zh: `规则 ${gist.policyId} · ${gist.ruleEdition}`, en: `rule ${gist.policyId} · ${gist.ruleEdition}` }[
    language
  ];
  const amounts = parts.map((part) => [
    ...[part.entitledFen, part.claimFen, part.advanceSpentFen, part.billFen],
    ...[part.clawbackFen, part.grantedFen, part.paidFen],
  ]);
  const sums = (amounts[0] ?? []).map((_, at) => amounts.reduce((sum, row) => sum + row[at], 0n));
  const nameOf = ({ name, party }: (typeof parts)[number]): string =>
    name[language] === party ? party : `${name[language]} ${party}`;
  const table = renderTable(columnsOf(partHeads[language], 2), [
    ...parts.map((part, at) => [nameOf(part), partNames[part.state][language], ...amounts[at].map(showYuan)]),
    ...(parts.length > 1 ? [[{ zh: '合计', en: 'Sum' }[language], '', ...sums.map(showYuan)]] : []),
  ]);
  const disputed = { zh: `有异议：${frozen.join('、')}`, en: `disputed: ${frozen.join(', ')}` }[language];
  const acts = steps.map(({ no, act, actorName, at, reason }) =>
    [`${no}.`, nameOfAct(act)[language], actorName, beijingMoment(at), reason ?? ''].join(' ').trimEnd(),
  );
  const stepHead = { zh: '办理（北京时间）', en: 'Steps (Beijing time)' }[language];
  return [head, rule, ...(frozen.length > 0 ? [disputed] : []), table, stepHead, ...acts].join('\n');
}

function nameOfAct(act: string): Bilingual {
  const names: Readonly<Record<string, Bilingual>> = settlementTable.nameOfAct;
  return names[act] ?? { zh: '核算', en: 'compute' };
}

export function renderSettlementExplanation(
  { gist, rule, lines, figures }: SettlementExplanation,
  language: Language,
): string {
  const told = lines.flatMap(({ no, payment, unit, fromParty, toParty, amountFen, detail }) => [
    `${no}. ${payment} ${unit}: ${fromParty} → ${toParty} ${showYuan(amountFen)}`,
    ...(detail.values && detail.values.length > 0
      ? [
          renderTable(
            columnsOf(valueHeads[language], valueHeads[language].length),
            detail.values.map(({ code, value, unit: of, origin, expression, source }) => [
              ...[code, value, of ?? '', expression ?? origin, source ?? ''],
            ]),
          ),
        ]
      : []),
  ]);
  const rests = figures.map(
    ({ unit, column, period, value, accountId, disclosureId, normId }) =>
      `${unit} ${period} ${column} = ${value}: ${normId}, ${{ zh: '核算', en: 'account' }[language]} ${accountId}, ${{ zh: '公布', en: 'disclosure' }[language]} ${disclosureId}`,
  );
  return [`${gist.code}  ${rule.title[language]} · ${rule.edition}`, ...told, ...rests].join('\n');
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
