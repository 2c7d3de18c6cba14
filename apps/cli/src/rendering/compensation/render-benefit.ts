/** Shows an evaluated programme: services, both sides, totals and standards. */
import type { BenefitEvaluation } from '@gep/compensation';
import type { Bilingual, Fraction } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { showDecimal, showUnit, showYuan } from '../figures';
import { renderTable } from '../text-table';

const headings = {
  period: { zh: '时期', en: 'Period' },
  service: { zh: '服务', en: 'Service' },
  unit: { zh: '单位', en: 'Unit' },
  supplied: { zh: '供给', en: 'Supplied' },
  used: { zh: '使用', en: 'Used' },
  unassigned: { zh: '无受益方', en: 'To nobody named' },
  usedYuan: { zh: '使用价值（元）', en: 'Value used (yuan)' },
  supplier: { zh: '供给地', en: 'From' },
  beneficiary: { zh: '受益地', en: 'To' },
  before: { zh: '实施前', en: 'Before' },
  expected: { zh: '无项目时', en: 'Without it' },
  after: { zh: '实施后', en: 'After' },
  effect: { zh: '效果', en: 'Effect' },
  benefit: { zh: '效益（元）', en: 'Benefit (yuan)' },
  provider: { zh: '提供方', en: 'Provider' },
  opportunity: { zh: '机会成本（元）', en: 'Opportunity cost (yuan)' },
  direct: { zh: '直接成本（元）', en: 'Direct cost (yuan)' },
  paid: { zh: '补偿（元）', en: 'Paid (yuan)' },
  net: { zh: '净收益（元）', en: 'Net gain (yuan)' },
  cost: { zh: '成本（元）', en: 'Cost (yuan)' },
  benefitCost: { zh: '效益/成本', en: 'Benefit/cost' },
  benefitPaid: { zh: '效益/补偿', en: 'Benefit/paid' },
  base: { zh: '每', en: 'Per' },
  size: { zh: '规模', en: 'Size' },
  lower: { zh: '下限：成本（元）', en: 'Lower: cost (yuan)' },
  upper: { zh: '上限：效益（元）', en: 'Upper: benefit (yuan)' },
  standard: { zh: '标准（元）', en: 'Standard (yuan)' },
  paidNow: { zh: '现付（元）', en: 'Paid now (yuan)' },
  paidStandard: { zh: '现付/标准', en: 'Paid/standard' },
} satisfies Record<string, Bilingual>;
type Heading = keyof typeof headings;

const numbersFrom = (fraction: Fraction | null): string =>
  fraction === null ? '' : showDecimal(fraction.toDecimalText());

type Section = readonly [texts: readonly Heading[], numbers: readonly Heading[], rows: readonly (readonly string[])[]];

export function renderBenefit(found: BenefitEvaluation, language: Language): string {
  const heading = (name: Heading): string => headings[name][language];
  return [...flowSections(found, language), ...moneySections(found, language)]
    .filter(([, , rows]) => rows.length > 0)
    .map(([texts, numbers, rows]) =>
      renderTable(
        [
          ...texts.map((name) => ({ heading: heading(name) })),
          ...numbers.map((name) => ({ heading: heading(name), numeric: true })),
        ],
        rows,
      ),
    )
    .join('\n\n');
}

function flowSections({ services, effects }: BenefitEvaluation, language: Language): Section[] {
  return [
    [
      ['period', 'service', 'unit'],
      ['supplied', 'used', 'unassigned', 'usedYuan'],
      services.map(({ period, service, unit, supplied, used, unassigned, usedFen }) => [
        ...[period, service, showUnit(unit, language)],
        ...[...[supplied, used, unassigned].map(numbersFrom), showYuan(usedFen)],
      ]),
    ],
    [
      ['period', 'service', 'supplier', 'beneficiary'],
      ['before', 'expected', 'after', 'effect', 'benefit'],
      effects.map(({ period, service, supplier, beneficiary, before, expected, after, effect, effectFen }) => [
        ...[period, service, supplier, beneficiary],
        ...[...[before, expected, after, effect].map(numbersFrom), showYuan(effectFen)],
      ]),
    ],
  ];
}

function moneySections(found: BenefitEvaluation, language: Language): Section[] {
  const all = { zh: '合计', en: 'All' }[language];
  return [
    [
      ['provider'],
      ['opportunity', 'direct', 'paid', 'net', 'benefit'],
      found.providers.map(({ provider, costFen, paidFen, netFen, benefitFen }) => [
        provider,
        ...[costFen.opportunity, costFen.direct, paidFen, netFen, benefitFen].map(showYuan),
      ]),
    ],
    [
      ['beneficiary'],
      ['benefit', 'paid', 'net'],
      found.beneficiaries.map(({ beneficiary, benefitFen, paidFen, netFen }) => [
        beneficiary,
        ...[benefitFen, paidFen, netFen].map(showYuan),
      ]),
    ],
    [
      ['period'],
      ['cost', 'benefit', 'paid', 'benefitCost', 'benefitPaid'],
      found.totals.map(({ period, costFen, benefitFen, paidFen, benefitOfCost, benefitOfPaid }) => [
        period === '' ? all : period,
        ...[...[costFen, benefitFen, paidFen].map(showYuan), benefitOfCost ?? '', benefitOfPaid ?? ''],
      ]),
    ],
    [
      ['base'],
      ['size', 'lower', 'upper', 'standard', 'paidNow', 'paidStandard'],
      found.standards.map(({ per, size, lower, upper, standard, paid, paidOfStandard }) => [
        per,
        ...[showDecimal(size), lower, upper, standard ?? '', paid, paidOfStandard ?? ''],
      ]),
    ],
  ];
}
