/** Writes where an amount of a settlement comes from: rule, exact working, values with their sources, accounts. */
import type { Bilingual } from '@gep/kernel';
import type { LineWorking, WorkedValue } from '@gep/rulebook';
import type { SettlementExplanation } from '@gep/settlement';
import type { Language } from '../../terminal/language';
import { partThousands, showDecimal, showUnit, showYuan } from '../figures';
import { renderTable } from '../text-table';

const valueHeads = {
  zh: ['代码', '名称', '数值', '单位', '来历', '来源'],
  en: ['Code', 'Name', 'Value', 'Unit', 'Origin', 'Source'],
} as const;
type Value = NonNullable<SettlementExplanation['lines'][number]['detail']['values']>[number];
const origins: Readonly<Record<Value['origin'], Bilingual>> = {
  column: { zh: '输入的列', en: 'column of the input' },
  parameter: { zh: '参数', en: 'parameter' },
  table: { zh: '规则的表', en: 'table of the rule' },
  formula: { zh: '公式', en: 'formula' },
  payment: { zh: '支付', en: 'payment' },
};
const leftovers: Readonly<Record<string, Bilingual>> = {
  'largest-remainder': { zh: '余数大者先得', en: 'to the largest remainders' },
  first: { zh: '归第一个', en: 'to the first' },
  last: { zh: '归最后一个', en: 'to the last' },
  largest: { zh: '归份额最大者', en: 'to the largest share' },
};
const modes: Readonly<Record<LineWorking['rounding']['mode'], Bilingual>> = {
  'half-away': { zh: '四舍五入', en: 'half away from zero' },
  'half-even': { zh: '四舍六入五成双', en: 'half to even' },
  down: { zh: '舍去', en: 'down' },
  up: { zh: '进上', en: 'up' },
};

export function renderSettlementExplanation(
  { gist, rule, lines, figures, workings, names }: SettlementExplanation,
  language: Language,
): string {
  const told = lines.flatMap(({ no, payment, unit, fromParty, toParty, amountFen, detail }) => [
    `${no}. ${names[payment]?.[language] ?? payment} ${unit}: ${fromParty} → ${toParty} ${showYuan(amountFen)}`,
    ...(workings ?? [])
      // Detail is kept as JSON, so its amounts are text.
      .filter((one) => one.payment === payment && one.unit === unit && `${one.entitledFen}` === `${detail.entitledFen}`)
      .slice(0, 1)
      .flatMap((one) => renderWorking(one, language)),
    ...(detail.values && detail.values.length > 0 ? [renderValues(detail.values, names, language)] : []),
  ]);
  const rests = figures.map(
    ({ unit, column, period, value, accountId, disclosureId, normId }) =>
      `${unit} ${period} ${names[column]?.[language] ?? column} = ${partThousands(value)}: ${normId}, ${{ zh: '核算', en: 'account' }[language]} ${accountId}, ${{ zh: '公布', en: 'disclosure' }[language]} ${disclosureId}`,
  );
  return [`${gist.code}  ${rule.title[language]} · ${rule.id} @ ${rule.edition}`, ...told, ...rests].join('\n');
}

/** Decimals keep every digit that they have: the explanation is what an amount is checked by. */
const shownValue = (value: string, unit: string | undefined, language: Language): string =>
  unit === undefined ? (yesNo[value]?.[language] ?? value) : exact(value);

const yesNo: Readonly<Record<string, Bilingual | undefined>> = {
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
};

function renderValues(values: readonly Value[], names: SettlementExplanation['names'], language: Language): string {
  return renderTable(
    valueHeads[language].map((heading) => ({ heading })),
    values.map(({ code, value, unit, origin, expression, source }) => [
      ...[
        code,
        names[code]?.[language] ?? '',
        shownValue(value, unit, language),
        unit === undefined ? '' : showUnit(unit, language),
      ],
      ...[expression ?? origins[origin][language], source ?? ''],
    ]),
  );
}

/** `pool × weight ÷ sum = exact → rounded`, with every expression of the rule. */
function renderWorking(working: LineWorking, language: Language): string[] {
  const { rounding, entitledFen } = working;
  const say = (zh: string, en: string): string => ({ zh, en })[language];
  const step = say(`${rounding.fen} 分的整倍数`, `whole multiples of ${rounding.fen} fen`);
  const rounded = `→ ${showYuan(entitledFen)} ${say('元', 'yuan')} (${step}, ${modes[rounding.mode][language]})`;
  const shown = ({ expression, value, unit }: WorkedValue): string =>
    `${expression} = ${exact(value)} ${showUnit(unit, language)}`.trim();
  if (working.kind === 'amount')
    return [
      ...working.amounts.map(
        ({ row, ...one }) =>
          `   ${row === undefined ? '' : `${say('第', 'row ')}${row}${say('行 ', ' ')}`}${shown(one)}`,
      ),
      `   ${rounded}`,
    ];
  if (working.kind === 'bands') {
    const { by, rank, ranked, bands } = working;
    return [
      `   ${say('按', 'by')} ${by.map(shown).join('; ')}: ${say(`第 ${rank ?? '—'} 名，共 ${ranked} 名`, `rank ${rank ?? '—'} of ${ranked}`)}`,
      ...bands.map(({ first, last, ...award }) => `   ${first}–${last}: ${shown(award)}`),
      `   ${rounded}`,
    ];
  }
  const { group, ofGroup, units, pool, shares, floor, cap, leftover } = working;
  const among = say(`${units} 个单位分配`, `shared by ${units} units`);
  return [
    `   ${say('总额', 'pool')} ${shown(pool)}${group === '' ? '' : ` (${group})`}, ${among}`,
    ...(ofGroup
      ? [
          `   ${say('各组按', 'groups share by')} ${ofGroup.expression}: ${say('本组', 'this one')} ${showYuan(ofGroup.poolFen)}`,
        ]
      : []),
    ...shares.flatMap(({ code, weight, sum, poolFen, exactYuan }) => [
      `   ${shares.length > 1 ? `${code}: ` : ''}${say('权重', 'weight')} ${shown(weight)}; ${say('权重之和', 'sum of weights')} ${exact(sum)}`,
      `   ${showYuan(poolFen)} × ${exact(weight.value)} ÷ ${exact(sum)} = ${exactYuan === undefined ? '—' : exact(exactYuan)} ${say('元', 'yuan')}`,
    ]),
    ...(floor ? [`   ${say('不低于', 'at least')} ${shown(floor)}`] : []),
    ...(cap ? [`   ${say('不高于', 'at most')} ${shown(cap)}`] : []),
    `   ${rounded}; ${say('零头', 'what rounding leaves')}: ${leftovers[leftover]?.[language] ?? leftover}`,
  ];
}

/** A decimal with its thousands parted; a fraction with what it comes to about. */
function exact(value: string): string {
  const [numerator, denominator] = value.split('/');
  if (denominator === undefined) return partThousands(value);
  return `${value} ≈ ${showDecimal(String(Number(numerator) / Number(denominator)))}`;
}
