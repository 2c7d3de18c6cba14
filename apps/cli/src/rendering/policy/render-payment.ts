/** One payment of a rule: who pays whom, by which expressions, and what is done where they do not come out even. */
import type { Bilingual } from '@gep/kernel';
import type { policyView } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';

type ShownPayment = ReturnType<typeof policyView>['payments'][number];

const kinds: Readonly<Record<ShownPayment['kind'], Bilingual>> = {
  amount: { zh: '按式计算', en: 'an amount' },
  pool: { zh: '总额分配', en: 'a pool shared out' },
  bands: { zh: '按名次分档', en: 'awards by rank' },
};
const words: Readonly<Record<string, Bilingual>> = {
  ...{ bill: { zh: '反向支付', en: 'is paid the other way' }, nothing: { zh: '记零，不付', en: 'counts as nothing' } },
  ...{ refuse: { zh: '拒绝计算', en: 'is refused' }, carry: { zh: '结转', en: 'is carried' } },
  ...{ equal: { zh: '均分', en: 'shared equally' }, scale: { zh: '按比例缩减', en: 'scaled down pro rata' } },
  ...{ 'largest-remainder': { zh: '余数最大者得', en: 'to the largest remainders' } },
  ...{ first: { zh: '归最前者', en: 'to the first' }, last: { zh: '归最后者', en: 'to the last' } },
  ...{ largest: { zh: '归最大者', en: 'to the largest share' }, share: { zh: '平分其合计', en: 'share the sum' } },
  ...{ upper: { zh: '取高档', en: 'take the upper' }, lower: { zh: '取低档', en: 'take the lower' } },
  ...{
    'half-away': { zh: '四舍五入', en: 'half away from zero' },
    'half-even': { zh: '四舍六入五成双', en: 'half to even' },
  },
  ...{ down: { zh: '舍去', en: 'cut off' }, up: { zh: '进一', en: 'up' } },
};

/** @param say an expression with what it is in words */
export function renderPayment(payment: ShownPayment, language: Language, say: (text: string) => string): string[] {
  const told = (zh: string, en: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`  ${language === 'zh' ? `${zh}：` : `${en}: `}${value}`];
  const expression = (zh: string, en: string, text: string | undefined): string[] =>
    told(zh, en, text === undefined ? undefined : say(text));
  const word = (zh: string, en: string, key: string | undefined): string[] =>
    told(zh, en, key === undefined ? undefined : words[key][language]);
  const { code, name, kind, from, to, rounding } = payment;
  return [
    `${code} ${name[language]} (${kinds[kind][language]}): ${say(from)} → ${say(to)}`,
    ...expression('条件', 'when', payment.when),
    ...expression('金额', 'amount', payment.amount),
    ...word('负值', 'a negative amount', payment.negative),
    ...expression('总额', 'pool', payment.pool),
    ...expression('分组', 'within', payment.within),
    ...expression('各组份额', 'groups share by', payment.groups),
    ...expression('权重', 'weight', payment.weight),
    ...(payment.factors ?? []).flatMap(({ code: factor, name: called, share, weight }) => [
      ...told('因素', 'factor', `${factor} ${called?.[language] ?? ''}`.trim()),
      ...expression('份额', 'share', share).map((line) => `  ${line}`),
      ...expression('权重', 'weight', weight).map((line) => `  ${line}`),
    ]),
    ...expression('下限', 'floor', payment.floor),
    ...expression('上限', 'cap', payment.cap),
    ...(payment.by ?? []).flatMap((by) => expression('排名依据', 'ranked by', by)),
    ...(payment.bands ?? []).flatMap(({ ranks, each }) =>
      told(`第 ${ranks} 名`, `ranks ${ranks}`, language === 'zh' ? `各 ${say(each)}` : `${say(each)} each`),
    ),
    ...word('并列跨档', 'ties across bands', payment.ties),
    ...word('空缺名次', 'what nobody earned', payment.unfilled),
    ...(payment.kind === 'pool'
      ? [
          ...word('零头', 'what rounding leaves', payment.leftover),
          ...word('权重全为零', 'when no weight is above zero, it', payment.zeroWeights),
          ...(payment.floor === undefined ? [] : word('下限超出总额', 'floors beyond the pool', payment.floorsBeyond)),
          ...(payment.cap === undefined ? [] : word('上限不足总额', 'what caps leave', payment.capsBelow)),
        ]
      : []),
    ...expression('已预拨', 'advance', payment.advance),
    ...expression('分期', 'instalments', payment.instalments),
    ...told(
      '取整',
      'rounded',
      `${showYuan(rounding.fen)} ${language === 'zh' ? '元，' : 'yuan, '}${words[rounding.mode][language]}`,
    ),
  ];
}
