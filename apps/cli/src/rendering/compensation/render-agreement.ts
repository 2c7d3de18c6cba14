/** Shows agreements, their periods, measurements and breaches. */
import {
  agreementSteps,
  type AgreementEdition,
  type AgreementView,
  type BreachView,
  type CycleView,
  cycleSteps,
  type MeasurementView,
  type PassedOn,
} from '@gep/compensation';
import type { Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { nameOfAct, nameOfState } from '../deed/subject-kinds';
import { renderList } from '../listed';

const roles: Readonly<Record<AgreementEdition['terms']['parties'][number]['role'], Bilingual>> = {
  payer: { zh: '付款方', en: 'payer' },
  receiver: { zh: '收款方', en: 'receiver' },
  beneficiary: { zh: '受益方', en: 'beneficiary' },
};

const headings = {
  agreement: { zh: '协议', en: 'Agreement' },
  edition: { zh: '版', en: 'Edition' },
  place: { zh: '地域', en: 'Territory' },
  title: { zh: '名称', en: 'Title' },
  term: { zh: '期限', en: 'Term' },
  rule: { zh: '规则', en: 'Rule' },
  party: { zh: '一方', en: 'Party' },
  role: { zh: '身份', en: 'Role' },
  book: { zh: '账簿对方', en: 'In the book' },
  signed: { zh: '签署', en: 'Signed' },
  period: { zh: '时期', en: 'Period' },
  state: { zh: '状态', en: 'State' },
  settlement: { zh: '结算', en: 'Settlement' },
  id: { zh: '编号', en: 'Id' },
  claim: { zh: '应得（元）', en: 'Due (yuan)' },
  bill: { zh: '应付（元）', en: 'Owes (yuan)' },
  paid: { zh: '已付（元）', en: 'Paid (yuan)' },
  received: { zh: '收到（元）', en: 'Received (yuan)' },
  passedOn: { zh: '已拨付（元）', en: 'Passed on (yuan)' },
  rest: { zh: '未拨付（元）', en: 'Not passed on (yuan)' },
  due: { zh: '期限', en: 'Due' },
  supplier: { zh: '提供部门', en: 'Supplied by' },
  rows: { zh: '行数', en: 'Rows' },
  finding: { zh: '事实', en: 'Finding' },
  correctBy: { zh: '改正期限', en: 'Correct by' },
  measures: { zh: '措施', en: 'Measures' },
} satisfies Record<string, Bilingual>;
type Heading = keyof typeof headings;

function table(
  language: Language,
  names: readonly Heading[],
  rows: readonly (readonly string[])[],
  nothing: Bilingual,
  numbers: readonly Heading[] = [],
): string {
  const heads = names.map((name) => ({ ...headings[name], numeric: numbers.includes(name), most: widest[name] }));
  return renderList(language, heads, rows, nothing);
}

/** Display columns of words that may be long. */
const widest: Partial<Record<Heading, number>> = {
  ...{ title: 36, finding: 40, measures: 30 },
  ...{ party: 30, agreement: 30 },
};

export function renderAgreements(found: readonly AgreementEdition[], language: Language): string {
  return table(
    language,
    ['agreement', 'edition', 'place', 'title', 'term', 'rule', 'id'],
    found.map(({ id, code, editionNo, terms }) => [
      ...[code, String(editionNo), terms.place, terms.title[language], `${terms.term.from} – ${terms.term.to}`],
      ...[terms.policy.id, id],
    ]),
    {
      zh: '没有协议（起草：gep agreement draft）',
      en: 'there is no agreement (one is drafted by gep agreement draft)',
    },
  );
}

export function renderAgreement(view: AgreementView, cycles: readonly CycleView[], language: Language): string {
  const { code, editionNo, terms, state, disputesTo } = view;
  const signed = new Map(view.signatures.map((one) => [one.party, `${one.signedOn} ${one.signatory}`]));
  const disputes = { zh: `争议由 ${disputesTo ?? '—'} 处理`, en: `disputes go to ${disputesTo ?? '—'}` }[language];
  const parts = [
    `${code} · ${editionNo} · ${terms.title[language]} · ${agreementSteps.nameOfState[state][language]} · ${disputes}`,
    table(
      language,
      ['party', 'role', 'book', 'signed'],
      terms.parties.map((one) => [
        `${one.code} ${one.name[language]}`,
        roles[one.role][language],
        one.book,
        signed.get(one.code) ?? '',
      ]),
      { zh: '没有当事方', en: 'no parties' },
    ),
  ];
  if (cycles.length > 0) parts.push(renderCycles(cycles, language));
  return parts.join('\n\n');
}

function renderCycles(cycles: readonly CycleView[], language: Language): string {
  const rows = cycles.flatMap(({ period, state, settlements }) => {
    const name = cycleSteps.nameOfState[state][language];
    if (settlements.length === 0) return [[period, name, '', '', '', '', '']];
    return settlements.flatMap(({ settlementId, view }) =>
      view.parts.map(({ party, name: of, claimFen, billFen, paidFen }) => [
        ...[period, name, `${view.gist.code} ${view.nameOfState?.[language] ?? ''}`],
        of[language] === party ? party : `${party} ${of[language]}`,
        ...[claimFen, billFen, paidFen].map(showYuan),
        settlementId,
      ]),
    );
  });
  const names: readonly Heading[] = ['period', 'state', 'settlement', 'party', 'claim', 'bill', 'paid', 'id'];
  return table(language, names, rows, { zh: '没有时期', en: 'no periods' }, ['claim', 'bill', 'paid']);
}

export function renderMeasurements(found: readonly MeasurementView[], language: Language): string {
  return table(
    language,
    ['period', 'state', 'supplier', 'rows', 'id'],
    found.map(({ id, period, state, suppliedBy, sampledWith, rows }) => [
      ...[
        period,
        nameOfState('measurement', state)[language],
        sampledWith === null ? suppliedBy : `${suppliedBy} + ${sampledWith}`,
        String(rows.length),
        id,
      ],
    ]),
    { zh: '没有监测数据（gep agreement measure）', en: 'there are no measurements (gep agreement measure)' },
  );
}

export function renderBreaches(found: readonly BreachView[], language: Language): string {
  return table(
    language,
    ['party', 'state', 'correctBy', 'measures', 'finding', 'id'],
    found.map(({ id, party, state, correctBy, measures, finding }) => [
      ...[party, nameOfState('agreement-breach', state)[language], correctBy],
      ...[measures.map(({ kind }) => nameOfAct('agreement-breach', kind)[language]).join(', '), finding, id],
    ]),
    { zh: '没有违约（gep agreement breach）', en: 'there is no breach (gep agreement breach)' },
  );
}

export function renderPassedOn(found: readonly PassedOn[], language: Language): string {
  const late = { zh: '逾期', en: 'overdue' }[language];
  const names: readonly Heading[] = ['agreement', 'place', 'period', 'received', 'passedOn', 'rest', 'due'];
  const rows = found.map(({ agreement, place, period, receivedFen, passedOnFen, restFen, dueOn, isOverdue }) => [
    ...[agreement, place, period, showYuan(receivedFen), showYuan(passedOnFen), showYuan(restFen)],
    `${dueOn ?? ''}${isOverdue ? ` ${late}` : ''}`,
  ]);
  const nothing: Bilingual = { zh: '没有应拨付的资金', en: 'nothing has to be passed on' };
  return table(language, names, rows, nothing, ['received', 'passedOn', 'rest']);
}
