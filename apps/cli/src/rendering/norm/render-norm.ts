/** A norm as a person reads it: how each service is counted and for whom, what is left out, what excludes what, what is uncertain. */
import type { Bilingual } from '@gep/kernel';
import { normView, parameterViews, type NormEdition } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { showUnit } from '../figures';
import { gradeNames } from '../render-account';
import { userName } from '../supply-use/render-supply-use';
import { renderTable } from '../text-table';

type View = ReturnType<typeof normView>;
type ServiceView = View['services'][number];

const words = {
  services: { zh: '服务及其规则', en: 'Services and their rules' },
  service: { zh: '服务', en: 'Service' },
  quantity: { zh: '实物量', en: 'Quantity' },
  price: { zh: '单价', en: 'Price' },
  gamma: { zh: 'γ', en: 'γ' },
  valuation: { zh: '价值性质', en: 'Value' },
  rules: { zh: '规则', en: 'Rules' },
  beneficiaries: { zh: '受益者', en: 'Beneficiaries' },
  unassigned: { zh: '未指明', en: 'unassigned' },
  switches: { zh: '开关一览', en: 'Switches' },
  switched: { zh: '开关', en: 'Switch' },
  state: { zh: '状态', en: 'State' },
  reason: { zh: '理由', en: 'Reason' },
  exclusive: { zh: '互斥或扣除的服务', en: 'Services that count the same thing' },
  excluded: { zh: '不计的服务', en: 'Services left out' },
  group: { zh: '组', en: 'Group' },
  rule: { zh: '做法', en: 'Rule' },
  series: { zh: '逐日序列', en: 'Daily series' },
  oneSeries: { zh: '序列', en: 'Series' },
  unit: { zh: '单位', en: 'Unit' },
  mostMissing: { zh: '容许缺测', en: 'May lack' },
  values: { zh: '参数的全部取值', en: 'Every value of the parameters' },
  parameter: { zh: '参数', en: 'Parameter' },
  value: { zh: '取值', en: 'Value' },
  from: { zh: '起用日期', en: 'From' },
  type: { zh: '类型', en: 'Type' },
  place: { zh: '适用地域', en: 'Place' },
  range: { zh: '区间', en: 'Range' },
  grade: { zh: '证据等级', en: 'Evidence' },
  incomplete: { zh: '骨架尚缺', en: 'A skeleton: still lacking' },
  lacking: { zh: '项目', en: 'What' },
} satisfies Record<string, Bilingual>;

const states: Readonly<Record<string, Bilingual>> = {
  on: { zh: '计入', en: 'on' },
  off: { zh: '不计', en: 'off' },
};
const valuations: Readonly<Record<string, Bilingual>> = {
  exchange: { zh: '交换价值', en: 'exchange' },
  cost: { zh: '成本', en: 'cost' },
  welfare: { zh: '福利', en: 'welfare' },
  transfer: { zh: '转移', en: 'transfer' },
};

type Section = (title: Bilingual, columns: readonly Bilingual[], rows: readonly (readonly string[])[]) => string[];

/** @param service only this one */
export function renderNorm(norm: NormEdition, language: Language, service?: string): string {
  const view = normView(norm);
  const section: Section = (title, columns, rows) =>
    rows.length === 0
      ? []
      : [
          '',
          title[language],
          renderTable(
            columns.map((each) => ({ heading: each[language] })),
            rows,
          ),
        ];
  const services = view.services.filter(({ code }) => service === undefined || code === service);
  const base = view.base ? ` ← ${view.base.id} @ ${view.base.edition.slice(0, 12)}` : '';
  const place = view.place === null ? '' : ` · ${view.place}`;
  return [
    `${view.id} @ ${view.edition.slice(0, 12)}  ${view.title[language]}${base}${place}`,
    ...serviceSection(services, section, language),
    ...(service === undefined
      ? [...choiceSections(view, section, language), ...valueSections(norm, view, section, language)]
      : []),
  ].join('\n');
}

const serviceSection = (services: readonly ServiceView[], section: Section, language: Language): string[] =>
  section(
    words.services,
    [words.service, words.quantity, words.price, words.gamma, words.valuation, words.rules, words.beneficiaries],
    services.map((one) => [
      ...[`${one.code} ${one.name[language]}`, quantityOf(one, language), priceOf(one, language), gammaOf(one)],
      ...[valuations[one.valuation][language], rulesOf(one, language), beneficiariesOf(one, language)],
    ]),
  );

/** What is counted or left out as one choice, and what counts the same thing. */
function choiceSections({ switches, excluded, exclusive }: View, section: Section, language: Language): string[] {
  const atMostOne = { zh: '至多其一有值', en: 'at most one has a value' };
  return [
    ...section(
      words.switches,
      [words.switched, words.state, words.service, words.reason],
      switches.map(({ code, state, services, reason }) => [
        ...[code, states[state][language], services.join(', '), reason[language]],
      ]),
    ),
    ...section(
      words.excluded,
      [words.service, words.switched, words.reason],
      excluded.map((one) => [`${one.service} ${one.name[language]}`, one.switch, one.reason[language]]),
    ),
    ...section(
      words.exclusive,
      [words.group, words.service, words.rule, words.reason],
      exclusive.map(({ code, services, reason, deduct }) => [
        ...[code, services.join(', '), deduct ? `${deduct.from} − ${deduct.what}` : atMostOne[language]],
        reason[language],
      ]),
    ),
  ];
}

/** Daily series, parameters with each value by day, type and place, and what a skeleton lacks. */
function valueSections(norm: NormEdition, view: View, section: Section, language: Language): string[] {
  const values = parameterViews(norm.parameters, {}).flatMap(({ code, name, unit, values: own }) =>
    own.map(({ value, from, type, place, spread, grade }) => [
      ...[`${code} ${name[language]}`, `${value} ${showUnit(unit, language)}`.trim(), from, type ?? '', place ?? ''],
      spread ? `${spread.low} … ${spread.high} ${spread.distribution}` : '',
      gradeNames[grade][language],
    ]),
  );
  return [
    ...section(
      words.series,
      [words.oneSeries, words.unit, words.mostMissing],
      view.series.map(({ code, name, unit, mostMissing }) => [
        ...[`${code} ${name[language]}`, showUnit(unit, language), mostMissing],
      ]),
    ),
    ...section(
      words.values,
      [words.parameter, words.value, words.from, words.type, words.place, words.range, words.grade],
      values,
    ),
    ...section(
      words.incomplete,
      [words.lacking],
      view.incomplete.map((text) => [text[language]]),
    ),
  ];
}

function quantityOf({ quantity }: ServiceView, language: Language): string {
  if (quantity.kind === 'products') return `{${quantity.class}}`;
  const { unit } = quantity;
  return `${quantity.kind === 'formula' ? quantity.formula : quantity.product} [${showUnit(unit, language)}]`;
}

function priceOf({ price }: ServiceView, language: Language): string {
  if (price.kind === 'product') return '—';
  return `${price.kind === 'formula' ? price.formula : price.parameter} [${showUnit(price.unit, language)}]`;
}

const gammaOf = ({ gamma }: ServiceView): string => (gamma.kind === 'constant' ? gamma.value : gamma.parameter);

/** Caps, users, imports, the rule for negatives, and what the service is not. */
function rulesOf({ use, imports, negative, abiotic, intermediate }: ServiceView, language: Language): string {
  const rules: (Bilingual | false)[] = [
    use !== null && use.cap !== null && { zh: `不超过 ${use.cap}`, en: `at most ${use.cap}` },
    use !== null && use.users !== null && { zh: `${use.users}=0 时价格为0`, en: `price 0 where ${use.users} is 0` },
    use !== null && { zh: `未填报：${missing[use.missing].zh}`, en: `not reported: ${missing[use.missing].en}` },
    imports !== null && { zh: `扣除 ${imports}`, en: `less ${imports}` },
    negative !== 'refuse' && negatives[negative],
    abiotic && { zh: '非生物', en: 'abiotic' },
    intermediate && { zh: '中间服务', en: 'intermediate' },
  ];
  return rules.flatMap((rule) => (rule ? [rule[language]] : [])).join('; ');
}

const missing: Readonly<Record<string, Bilingual>> = {
  uncapped: { zh: '不封顶', en: 'no cap' },
  zero: { zh: '记零', en: 'nothing' },
  refuse: { zh: '拒绝', en: 'refused' },
};
const negatives: Readonly<Record<string, Bilingual>> = {
  zero: { zh: '负值记零', en: 'below zero: 0' },
  keep: { zh: '负值保留', en: 'below zero: kept' },
};

function beneficiariesOf({ beneficiaries }: ServiceView, language: Language): string {
  if (beneficiaries.length === 0) return words.unassigned[language];
  return beneficiaries
    .map(({ group, scale, share }) => `${userName(`${group}-${scale}`, language)} ${share}`)
    .join('; ');
}
